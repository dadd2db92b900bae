import type { ComparedValue } from '../comparedValues';
import { dialects } from '../dialect';
import type { Severity } from '../syntax/tree';
import type { CheckContext } from './check';
import { changeTo, isNumber, isNumberType, valuesIn } from './values';

/**
 * quoted-value: a number, true, false or null in quotes. ZOQL documents none of them in quotes. In Export ZOQL quotes
 * around numbers are documented as optional, and booleans in quotes are in use.
 */
export function quotedValue(context: CheckContext): void {
  const { dialect, report } = context;
  for (const compared of valuesIn(context)) {
    const { literal } = compared;
    const wrong = literal.type === 'string' ? unquotedIn(compared) : undefined;
    if (!wrong || (wrong.what === 'number' && dialect === 'zoqlexport')) continue;
    const { what, text, severity = dialect === 'zoql' ? 'warning' : 'hint' } = wrong;
    report({
      start: literal.start,
      end: literal.end,
      code: 'quoted-value',
      message:
        what === 'null'
          ? 'In quotes this is the text null; no value is null without quotes'
          : `In ${dialects[dialect].name} a ${what} stands without quotes`,
      severity,
      fixes: () => [changeTo(text, literal, { preferred: what !== 'null' })],
    });
  }
}

interface Unquoted {
  readonly what: 'number' | 'boolean' | 'null';
  readonly text: string;
  readonly severity?: Severity;
}

function unquotedIn({ value, type, operator }: ComparedValue): Unquoted | undefined {
  const lower = value.toLowerCase();
  if (operator === 'like' || operator === 'not like') return undefined;
  if (lower === 'null' && (operator === '=' || operator === '!='))
    return { what: 'null', text: 'null', severity: 'hint' };
  if (isNumberType(type) && isNumber(value)) return { what: 'number', text: value };
  return type === 'boolean' && (lower === 'true' || lower === 'false') ? { what: 'boolean', text: lower } : undefined;
}

import type { ComparedValue } from '../comparedValues';
import { suggestions, plain } from '../nearest';
import type { Severity } from '../syntax/tree';
import type { CheckContext } from './check';
import { changeTo, leftText, requoted, valuesIn } from './values';

/**
 * unknown-value: a value that is not in the list of the field's values. Values are case-sensitive (Zuora docs, "ZOQL").
 * Weaker where the list comes from a source that spells otherwise, where the field is no picklist, and in Export ZOQL,
 * where older versions spell some values otherwise (UCE for ContractEffective). Of a hint no fix is sure.
 */
export function unknownValue(context: CheckContext): void {
  for (const compared of valuesIn(context)) {
    const { literal, value, field, operator } = compared;
    const values = field?.values ?? [];
    if (literal.type !== 'string' || values.length === 0 || values.includes(value) || /^(null)?$/i.test(value))
      continue;
    if (operator !== '=' && operator !== '!=' && operator !== '<>') continue;
    const near = suggestions(value, values.map(plain));
    const right = values.find(known => known.toLowerCase() === value.toLowerCase());
    const name = leftText(context, compared);
    // Sources differ in what stands between the words: One-Time is OneTime in others.
    const isSpelling = right === undefined && values.some(known => lettersOf(known) === lettersOf(value));
    const isOldSpelling = context.dialect === 'zoqlexport' && near.length === 0;
    const severity = isSpelling || isOldSpelling ? 'hint' : severityOf(compared);
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'unknown-value',
      message:
        right === undefined
          ? `${name} has no value ${value} by the known facts${listOf(values)}`
          : `Values are case-sensitive; ${name} has ${right}`,
      severity,
      fixes: () =>
        near.map(({ text, isClear }) =>
          changeTo(requoted(text, literal, context), literal, {
            preferred: severity === 'warning' && (isClear || text === right),
          }),
        ),
    });
  }
}

function lettersOf(value: string): string {
  return value.replace(/[\W_]/g, '').toLowerCase();
}

function severityOf({ field }: ComparedValue): Severity {
  return field?.valuesAssumed || field?.type !== 'picklist' ? 'hint' : 'warning';
}

function listOf(values: readonly string[]): string {
  return values.length <= 6 ? `: ${values.join(', ')}` : '';
}

import type { ComparedValue } from '../comparedValues';
import { suggestions, plain } from '../nearest';
import type { Severity } from '../syntax/tree';
import type { CheckContext } from './check';
import { changeTo, leftText, requoted, valuesIn } from './values';

/**
 * unknown-value: a value that is not in the list of the field's values. Values are case-sensitive (Zuora docs, "ZOQL").
 * Weaker where the list comes from a source that spells otherwise, where the field is no picklist, and in Export ZOQL,
 * where older versions spell some values otherwise (UCE for ContractEffective).
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
    const isKnownElsewhere = context.dialect === 'zoqlexport' && near.length === 0;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'unknown-value',
      message:
        right === undefined
          ? `${name} has no value ${value} by the known facts${listOf(values)}`
          : `Values are case-sensitive; ${name} has ${right}`,
      severity: isKnownElsewhere ? 'hint' : severityOf(compared),
      fixes: () =>
        near.map(({ text, isClear }) =>
          changeTo(requoted(text, literal, context), literal, { preferred: isClear || text === right }),
        ),
    });
  }
}

function severityOf({ field }: ComparedValue): Severity {
  return field?.valuesAssumed || field?.type !== 'picklist' ? 'hint' : 'warning';
}

function listOf(values: readonly string[]): string {
  return values.length <= 6 ? `: ${values.join(', ')}` : '';
}

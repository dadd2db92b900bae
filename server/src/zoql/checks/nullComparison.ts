import { declaration } from '../repairs';
import type { CheckContext } from './check';
import { isDateType, leftText, valuesIn } from './values';

/** null-operator: null is compared with = and != (Zuora docs, filter statements of both dialects). */
export function nullOperator(context: CheckContext): void {
  for (const { literal, condition, operator } of valuesIn(context)) {
    if (literal.type !== 'null' || condition.kind !== 'comparison') continue;
    if (operator === '=' || operator === '!=' || operator === '<>') continue;
    const { operatorSpan } = condition;
    const isPositive = operator === 'like' || operator === '<=' || operator === '>=';
    const signs = isPositive ? ['=', '!='] : ['!=', '='];
    context.report({
      ...operatorSpan,
      code: 'null-operator',
      message: 'null is compared with = or !=',
      severity: 'warning',
      fixes: () =>
        signs.map((sign, index) => ({
          title: `Change to ${sign} null`,
          edits: [{ ...operatorSpan, newText: sign }],
          preferred: index === 0 && (operator === 'like' || operator === 'not like'),
        })),
    });
  }
}

/** null-on-date: ZOQL cannot compare a custom field that is a date with null (Zuora docs, "ZOQL"). */
export function nullOnDate(context: CheckContext): void {
  if (context.dialect !== 'zoql') return;
  for (const compared of valuesIn(context)) {
    const { literal, field, type } = compared;
    if (literal.type !== 'null' || !field?.custom || !isDateType(type)) continue;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'null-on-date',
      message: `${leftText(context, compared)} is a custom date, which ZOQL cannot compare with null; Export ZOQL can`,
      severity: 'error',
      fixes: () => [declaration(context.statement, 'zoqlexport')],
    });
  }
}

import type { CheckContext } from './check';
import { leftText, valuesIn } from './values';

/** value-too-long: no record can have a text that is longer than its field. */
export function valueTooLong(context: CheckContext): void {
  for (const compared of valuesIn(context)) {
    const { literal, value, field, operator } = compared;
    const { maxLength = 0, type } = field ?? {};
    if (maxLength === 0 || value.length <= maxLength || literal.type !== 'string') continue;
    if ((type !== 'string' && type !== 'id') || (operator !== '=' && operator !== '!=')) continue;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'value-too-long',
      message: `${leftText(context, compared)} holds ${maxLength} characters; this is ${value.length} long`,
      severity: 'information',
    });
  }
}

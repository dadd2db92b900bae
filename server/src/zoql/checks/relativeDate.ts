import { readRelativeDate } from '../literals';
import type { CheckContext } from './check';
import { changeTo, isDateType, requoted, valuesIn } from './values';

/**
 * relative-date: a relative date in words that Export ZOQL does not have. What ZOQL says of any of them is
 * only-in-export.
 *
 * Source: Zuora docs, "Special date/time features in Export ZOQL": now/today +/- quantity unit-of-time (time zone).
 */
export function relativeDate(context: CheckContext): void {
  if (context.dialect !== 'zoqlexport') return;
  for (const { literal, value, type } of valuesIn(context)) {
    const read = literal.type === 'string' && isDateType(type) ? readRelativeDate(value) : undefined;
    if (!read || read.isRight) continue;
    const { meant } = read;
    const isOnlySpaced = meant !== undefined && withoutSpaces(meant) === withoutSpaces(value);
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'relative-date',
      message: isOnlySpaced
        ? 'The documentation writes a relative date with single spaces, such as today - 30 days'
        : 'A relative date is now or today, and what is added or taken away, such as today - 30 days',
      severity: isOnlySpaced ? 'hint' : 'error',
      fixes: () =>
        meant === undefined ? [] : [changeTo(requoted(meant, literal, context), literal, { preferred: true })],
    });
  }
}

function withoutSpaces(text: string): string {
  return text.replace(/\s|s\b/g, '').toLowerCase();
}

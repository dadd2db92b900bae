import { dialects } from '../dialect';
import type { CheckContext } from './check';
import { dateFixes, isDateType, valuesIn } from './values';

/**
 * datetime-with-space: '2026-08-01 00:00:00'. Export ZOQL takes it, leaves the condition out without a word, and returns
 * the whole table (observed on a tenant, 2026-08-20). A field of text can hold one.
 */
export function datetimeWithSpace(context: CheckContext): void {
  const { dialect, report } = context;
  for (const compared of valuesIn(context)) {
    const { literal, type, moment } = compared;
    if (moment?.form !== 'spaced' || (type !== undefined && !isDateType(type))) continue;
    report({
      start: literal.start,
      end: literal.end,
      code: 'datetime-with-space',
      message:
        dialect === 'zoqlexport' && literal.type === 'string'
          ? `${dialects[dialect].name} ignores a condition with this datetime and returns the whole table; write T for the space`
          : 'A datetime has T between date and time, not a space',
      severity: 'error',
      fixes: () => dateFixes(context, compared, moment),
    });
  }
}

import type { Severity } from '../syntax/tree';
import { exists, lastDayUpTo, readMoment, type Moment } from '../literals';
import type { CheckContext } from './check';
import { dateFixes, isDateType, valuesIn } from './values';

/**
 * malformed-date: a date in a way of other places, or one that the calendar does not have.
 *
 * Source: Zuora docs, "ZOQL" and "Special date/time features in Export ZOQL" (ISO 8601). Offsets without a colon are
 * what AQuA writes into results; the documentation shows none in a query.
 */
export function malformedDate(context: CheckContext): void {
  for (const compared of valuesIn(context)) {
    const { literal, value, type, moment } = compared;
    if (!moment || !isDateType(type)) continue;
    const wrong = wrongWith(moment, value);
    if (!wrong) continue;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'malformed-date',
      ...wrong,
      fixes: () => dateFixes(context, compared, moment),
    });
  }
}

function wrongWith(moment: Moment, value: string): { message: string; severity: Severity } | undefined {
  if (moment.form !== 'spaced' && !exists(moment)) {
    const isTime = lastDayUpTo(moment.day) === moment.day;
    return { message: isTime ? 'No clock shows this time' : `No calendar has ${moment.day}`, severity: 'error' };
  }
  if (moment.form !== 'loose') return undefined;
  const withColon = value.replace(/(T.*[+-]\d\d)(\d\d)$/, '$1:$2');
  if (readMoment(withColon)?.form === 'iso') {
    return { message: 'The documentation writes an offset with a colon: +00:00', severity: 'hint' };
  }
  const example = moment.time === undefined ? '2026-08-31' : '2026-08-31T10:30:00+00:00';
  return {
    message: `A ${moment.time === undefined ? 'date' : 'datetime'} is written like ${example}`,
    severity: 'error',
  };
}

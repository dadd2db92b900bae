import { exists, readMoment } from '../literals';
import type { CheckContext } from './check';
import { dateFixes, isDateType, leftText, valuesIn } from './values';

/**
 * date-type: in ZOQL, a date where the field is a datetime, or the other way round. From WSDL 69 on the service answers
 * INVALID_VALUE; before, it takes both (Zuora docs, "Date field changes in the WSDL"). Export ZOQL takes both.
 */
export function dateType(context: CheckContext): void {
  if (context.dialect !== 'zoql') return;
  for (const compared of valuesIn(context)) {
    const { literal, value, type } = compared;
    if (!isDateType(type) || (literal.type !== 'string' && literal.type !== 'date')) continue;
    const moment = readMoment(value);
    if (moment?.form !== 'iso' || !exists(moment) || (type === 'date') === (moment.time === undefined)) continue;
    const name = leftText(context, compared);
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'date-type',
      message:
        type === 'date'
          ? `${name} is a date; from WSDL 69 on ZOQL refuses a time here`
          : `${name} is a datetime; from WSDL 69 on ZOQL refuses a date without a time here`,
      severity: 'warning',
      fixes: () => dateFixes(context, compared, moment),
    });
  }
}

import { hasComment } from '../actions/conditions';
import type { ComparedValue } from '../comparedValues';
import type { Fix } from '../edits';
import { exists, momentText, type Moment } from '../literals';
import { cased } from '../repairs';
import type { CheckContext } from './check';
import { dateFixes, isDateType, leftText, requoted, valuesIn } from './values';

/**
 * date-type: in ZOQL, a date where the field is a datetime, or the other way round. From WSDL 69 on the service answers
 * INVALID_VALUE; before, it takes both (Zuora docs, "Date field changes in the WSDL"). Export ZOQL takes both.
 */
export function dateType(context: CheckContext): void {
  if (context.dialect !== 'zoql') return;
  for (const compared of valuesIn(context)) {
    const { literal, type, moment } = compared;
    if (
      !isDateType(type) ||
      moment?.form !== 'iso' ||
      !exists(moment) ||
      (type === 'date') === (moment.time === undefined)
    )
      continue;
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
      fixes: () => [...wholeDay(context, compared, moment), ...dateFixes(context, compared, moment)],
    });
  }
}

/** A datetime equals a day nowhere; what is meant is every moment of the day. */
function wholeDay(context: CheckContext, compared: ComparedValue, { day, time }: Moment): Fix[] {
  const { condition, literal, operator } = compared;
  const { text, parsed } = context.statement;
  if (time !== undefined || operator !== '=' || condition.kind !== 'comparison' || hasComment(parsed, condition))
    return [];
  if (context.uses.nots.some(({ node }) => node.start < condition.start && condition.end <= node.end)) return [];
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const [from, to] = [day, next].map(date =>
    requoted(momentText({ day: date, time: '00:00:00', offset: undefined }), literal, context),
  );
  const name = leftText(context, compared);
  const newText = `${name} >= ${from} ${cased('AND', text, context.query)} ${name} < ${to}`;
  return [
    { title: 'Take the whole day', edits: [{ start: condition.start, end: condition.end, newText }], preferred: true },
  ];
}

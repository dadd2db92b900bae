import { dialects } from '../dialect';
import type { CheckContext } from './check';
import { requoted, valuesIn } from './values';

/** unquoted-date: Export ZOQL's dates stand in quotes (Zuora docs, "Export ZOQL filter statements"). */
export function unquotedDate(context: CheckContext): void {
  const { literals, name } = dialects[context.dialect];
  if (literals.has('date')) return;
  for (const { literal, value, moment } of valuesIn(context)) {
    // A date with a space before its time is what datetime-with-space is about.
    if (literal.type !== 'date' || moment?.form !== 'iso') continue;
    const { start, end } = literal;
    context.report({
      start,
      end,
      code: 'unquoted-date',
      message: `In ${name} a date stands in quotes`,
      severity: 'warning',
      fixes: () => [
        {
          title: 'Put it in quotes',
          edits: [{ start, end, newText: requoted(value, literal, context) }],
          preferred: true,
        },
      ],
    });
  }
}

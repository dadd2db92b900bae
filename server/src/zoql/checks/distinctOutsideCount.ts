import { removal, withSpaceBehind } from '../repairs';
import type { CheckContext } from './check';

/** distinct-outside-count: DISTINCT in another function, error 90020: "Invalid Distinct column, without Count function". */
export function distinctOutsideCount({ query, uses, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport' || uses.calls.length === 0) return;
  const words = query.keywords.filter(({ word }) => word === 'DISTINCT');
  let next = 0;
  for (const { node } of uses.calls) {
    if (!node.distinct) continue;
    // Both lists are in the order of the text.
    while ((words[next]?.start ?? Infinity) < node.name.end) next++;
    const word = words[next];
    if (!word || node.name.text.toLowerCase() === 'count') continue;
    report({
      start: word.start,
      end: word.end,
      code: 'distinct-outside-count',
      message: `DISTINCT stands only inside COUNT( ), not in ${node.name.text}( )`,
      severity: 'error',
      fixes: () => [
        { title: 'Remove DISTINCT', edits: [removal(withSpaceBehind(statement.text, word))], preferred: true },
        { title: 'Change to count( )', edits: [{ start: node.name.start, end: node.name.end, newText: 'count' }] },
      ],
    });
  }
}

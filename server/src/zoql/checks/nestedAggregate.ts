import { aggregates } from '../dialect';
import type { CheckContext } from './check';

/**
 * nested-aggregate: `max(sum(Amount))`. The inner function is marked.
 *
 * Source: Zuora docs, Export ZOQL clause limits.
 */
export function nestedAggregate({ uses, statement, report }: CheckContext): void {
  for (const { node, outer } of uses.calls) {
    const { name } = node;
    if (!outer || !aggregates.has(name.text.toLowerCase()) || !aggregates.has(outer.name.text.toLowerCase())) continue;
    const inner = statement.text.slice(node.start, node.end);
    const argument = node.args[0];
    report({
      start: name.start,
      end: name.end,
      code: 'nested-aggregate',
      message: `${name.text} cannot stand inside ${outer.name.text}`,
      severity: 'error',
      fixes: () => [
        { title: `Change to ${inner}`, edits: [{ start: outer.start, end: outer.end, newText: inner }] },
        ...(argument
          ? [
              {
                title: `Remove ${name.text}( )`,
                edits: [{ ...spanOf(node), newText: statement.text.slice(argument.start, argument.end) }],
              },
            ]
          : []),
      ],
    });
  }
}

function spanOf({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end };
}

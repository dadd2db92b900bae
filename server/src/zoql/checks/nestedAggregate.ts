import { aggregates } from '../dialect';
import type { CheckContext } from './check';

/**
 * nested-aggregate: `max(sum(Amount))`. The inner function is marked.
 *
 * Source: Zuora docs, Export ZOQL clause limits.
 */
export function nestedAggregate({ uses, report }: CheckContext): void {
  for (const { node, outer } of uses.calls) {
    const { name } = node;
    if (!outer || !aggregates.has(name.text.toLowerCase()) || !aggregates.has(outer.name.text.toLowerCase())) continue;
    report({
      start: name.start,
      end: name.end,
      code: 'nested-aggregate',
      message: `${name.text} cannot stand inside ${outer.name.text}`,
      severity: 'error',
    });
  }
}

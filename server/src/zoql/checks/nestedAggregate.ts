import { aggregates } from '../dialect';
import { walk } from '../walk';
import type { CheckContext } from './check';

/**
 * nested-aggregate: `max(sum(Amount))`. The inner function is marked.
 *
 * Source: Zuora docs, Export ZOQL clause limits.
 */
export function nestedAggregate({ query, report }: CheckContext): void {
  walk(query, {
    call: ({ name }, _place, outer) => {
      if (!outer || !aggregates.has(name.text.toLowerCase()) || !aggregates.has(outer.name.text.toLowerCase())) return;
      report({
        start: name.start,
        end: name.end,
        code: 'nested-aggregate',
        message: `${name.text} cannot stand inside ${outer.name.text}`,
        severity: 'error',
      });
    },
  });
}

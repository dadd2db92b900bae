import { walk } from '../walk';
import type { CheckContext } from './check';

/**
 * in-and-between: ZOQL has neither operator. Export ZOQL's documentation shows neither and no public client sends one,
 * but nothing says that it refuses them, so there it is a warning.
 */
export function inAndBetween({ query, dialect, report }: CheckContext): void {
  walk(query, {
    expression: expression => {
      if (expression.kind !== 'in' && expression.kind !== 'between') return;
      const word = expression.kind === 'in' ? 'IN' : 'BETWEEN';
      const instead = expression.kind === 'in' ? 'compare with = and join by OR' : 'use >= and <=';
      report({
        ...expression.operatorSpan,
        code: 'in-and-between',
        message:
          dialect === 'zoql' ? `ZOQL has no ${word}: ${instead}` : `Export ZOQL documents no ${word}: ${instead}`,
        severity: dialect === 'zoql' ? 'error' : 'warning',
      });
    },
  });
}

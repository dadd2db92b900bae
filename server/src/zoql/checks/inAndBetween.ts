import { dialects } from '../dialect';
import type { CheckContext } from './check';

/**
 * in-and-between: ZOQL has neither operator. Export ZOQL's documentation shows neither and no public client sends one,
 * but nothing says that it refuses them, so there it is a warning.
 */
export function inAndBetween({ uses, dialect, report }: CheckContext): void {
  for (const { node } of uses.conditions) {
    if (node.kind !== 'in' && node.kind !== 'between') continue;
    const word = node.kind === 'in' ? 'IN' : 'BETWEEN';
    const instead = node.kind === 'in' ? 'compare with = and join by OR' : 'use >= and <=';
    const { name } = dialects[dialect];
    report({
      ...node.operatorSpan,
      code: 'in-and-between',
      message: dialect === 'zoql' ? `${name} has no ${word}: ${instead}` : `${name} documents no ${word}: ${instead}`,
      severity: dialect === 'zoql' ? 'error' : 'warning',
    });
  }
}

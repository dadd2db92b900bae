import { dialects } from '../dialect';
import type { CheckContext } from './check';

/**
 * function-in-where: a date function in WHERE, which the documentation of Export ZOQL does not allow ("Special date/time
 * features in Export ZOQL") and public queries use.
 */
export function functionInWhere({ uses, dialect, report }: CheckContext): void {
  for (const { node, place, outer } of uses.calls) {
    if (place !== 'where' || outer || !dialects[dialect].dateFunctions.has(node.name.text.toLowerCase())) continue;
    const { start, end, text } = node.name;
    report({
      start,
      end,
      code: 'function-in-where',
      message: `The documentation allows no ${text.toUpperCase()} in WHERE; it is seen in use`,
      severity: 'hint',
    });
  }
}

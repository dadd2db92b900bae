import { walk } from '../walk';
import type { CheckContext } from './check';

/**
 * like-pattern: both documentations allow one % at the start or the end of a pattern. ZOQL refuses any other; Export
 * ZOQL has been seen to take some ('GW%6%'), so there it is a warning.
 */
export function likePattern({ query, dialect, report }: CheckContext): void {
  walk(query, {
    expression: expression => {
      if (expression.kind !== 'comparison') return;
      const { operator, right } = expression;
      if (operator !== 'like' && operator !== 'not like') return;
      if (right?.kind !== 'literal' || right.type !== 'string' || isPattern(right.text)) return;
      report({
        start: right.start,
        end: right.end,
        code: 'like-pattern',
        message: '% stands once, at the start or the end of a LIKE pattern',
        severity: dialect === 'zoql' ? 'error' : 'warning',
      });
    },
  });
}

function isPattern(text: string): boolean {
  const first = text.indexOf('%');
  if (first === -1) return true;
  return first === text.lastIndexOf('%') && (first === 0 || first === text.length - 1);
}

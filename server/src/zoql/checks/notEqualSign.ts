import { walk } from '../walk';
import type { CheckContext } from './check';

/** not-equal-sign: `<>`, which both dialects write `!=` (Zuora docs, filter statements of both). */
export function notEqualSign({ query, report }: CheckContext): void {
  walk(query, {
    expression: expression => {
      if (expression.kind !== 'comparison' || expression.operator !== '<>') return;
      report({
        ...expression.operatorSpan,
        code: 'not-equal-sign',
        message: 'Not equal is written !=',
        severity: 'error',
      });
    },
  });
}

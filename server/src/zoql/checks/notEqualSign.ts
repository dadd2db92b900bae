import type { CheckContext } from './check';

/** not-equal-sign: `<>`, which both dialects write `!=` (Zuora docs, filter statements of both). */
export function notEqualSign({ uses, report }: CheckContext): void {
  for (const { node } of uses.conditions) {
    if (node.kind !== 'comparison' || node.operator !== '<>') continue;
    const { operatorSpan } = node;
    report({
      ...operatorSpan,
      code: 'not-equal-sign',
      message: 'Not equal is written !=',
      severity: 'error',
      fixes: () => [{ title: 'Change to !=', edits: [{ ...operatorSpan, newText: '!=' }], preferred: true }],
    });
  }
}

import type { CheckContext } from './check';

/**
 * like-pattern: by the documentation of both dialects, % stands once, at the start or the end. Public clients send other
 * patterns as Export ZOQL and get answers, so there it is a warning.
 */
export function likePattern({ uses, dialect, report }: CheckContext): void {
  for (const { node } of uses.conditions) {
    if (node.kind !== 'comparison') continue;
    const { operator, right } = node;
    if (operator !== 'like' && operator !== 'not like') continue;
    if (right?.kind !== 'literal' || right.type !== 'string' || isPattern(right.text)) continue;
    report({
      start: right.start,
      end: right.end,
      code: 'like-pattern',
      message: '% stands once, at the start or the end of a LIKE pattern',
      severity: dialect === 'zoql' ? 'error' : 'warning',
    });
  }
}

function isPattern(text: string): boolean {
  const first = text.indexOf('%');
  if (first === -1) return true;
  return first === text.lastIndexOf('%') && (first === 0 || first === text.length - 1);
}

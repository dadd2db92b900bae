import type { Fix } from '../edits';
import type { Literal } from '../syntax/tree';
import type { CheckContext } from './check';
import { changeTo, valuesIn } from './values';

/**
 * like-pattern: by the documentation of both dialects, % stands once, at the start or the end. Public clients send other
 * patterns as Export ZOQL and get answers, so there it is a warning.
 */
export function likePattern(context: CheckContext): void {
  const { dialect, statement, report } = context;
  for (const { literal, operator } of valuesIn(context)) {
    if (literal.type !== 'string' || !isLike(operator) || isPattern(literal.text)) continue;
    report({
      start: literal.start,
      end: literal.end,
      code: 'like-pattern',
      message: '% stands once, at the start or the end of a LIKE pattern',
      severity: dialect === 'zoql' ? 'error' : 'warning',
      fixes: () => patternFixes(literal, statement.text.charAt(literal.start), operator === 'like' ? 'more' : 'less'),
    });
  }
}

/** like-without-wildcard: LIKE without % or _ compares whole texts, which = says more plainly. */
export function likeWithoutWildcard(context: CheckContext): void {
  for (const { literal, value, operator, condition, type } of valuesIn(context)) {
    const isText = type === undefined || type === 'string' || type === 'picklist' || type === 'id';
    if (literal.type !== 'string' || !isLike(operator) || !isText || condition.kind !== 'comparison') continue;
    if (value === '' || /[%_]/.test(value)) continue;
    const sign = operator === 'like' ? '=' : '!=';
    const atEnd = literal.end - 1;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'like-without-wildcard',
      message: `Without % or _, LIKE looks for the whole text, as ${sign} does`,
      severity: 'hint',
      fixes: () => [
        { title: `Change to ${sign}`, edits: [{ ...condition.operatorSpan, newText: sign }] },
        { title: 'Add % at the end', edits: [{ start: atEnd, end: atEnd, newText: '%' }] },
      ],
    });
  }
}

function isLike(operator: string): boolean {
  return operator === 'like' || operator === 'not like';
}

function isPattern(text: string): boolean {
  const first = text.indexOf('%');
  if (first === -1) return true;
  return first === text.lastIndexOf('%') && (first === 0 || first === text.length - 1);
}

/** Several % in a row mean one; any other pattern can only be made wider or narrower, as the titles say. */
function patternFixes(literal: Literal, quote: string, found: 'more' | 'less'): Fix[] {
  const { text } = literal;
  const single = text.replace(/%+/g, '%');
  const change = (pattern: string, words: string): Fix => {
    const fix = changeTo(quote + pattern + quote, literal);
    return { ...fix, title: `${fix.title}, ${words}` };
  };
  if (isPattern(single)) return [{ ...changeTo(quote + single + quote, literal), preferred: true }];
  const inner = single.replace(/^%|%$/g, '');
  if (!inner.includes('%')) {
    return [change(`${inner}%`, 'which looks only at the start'), change(`%${inner}`, 'which looks only at the end')];
  }
  const starts = single.slice(0, single.indexOf('%') + 1);
  const ends = single.slice(single.lastIndexOf('%'));
  return [starts, ends].filter(pattern => pattern !== '%').map(pattern => change(pattern, `which finds ${found}`));
}

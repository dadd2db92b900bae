import type { Statement } from './document';
import { isLineBreak } from './syntax/lexer';

/**
 * The statement as it is sent to Zuora: from its first token to its last, without comments, since neither dialect
 * documents any. A comment becomes one space, or its line break where it holds one; all other white space is kept.
 */
export function queryText({ text, parsed }: Statement): string {
  const { start, end } = parsed.query;
  let result = '';
  let at = start;
  for (const comment of parsed.comments) {
    if (comment.start < start || end <= comment.start) continue;
    result += text.slice(at, comment.start) + gap(text, comment.start, comment.end);
    at = comment.end;
  }
  return result + text.slice(at, end);
}

function gap(text: string, start: number, end: number): string {
  // A line comment's own line break stands behind it and is kept as it is.
  if (isLineBreak(text.charCodeAt(end)) && text.startsWith('--', start)) return '';
  const lineBreak = /\r\n|\n|\r/.exec(text.slice(start, end));
  return lineBreak ? lineBreak[0] : ' ';
}

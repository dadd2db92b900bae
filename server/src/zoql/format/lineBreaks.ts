/** Line breaks, as the lexer sees them: LF, CR, and CR LF as one. */
import { isLineBreak, isSpace } from '../syntax/lexer';

export function countLineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (!isLineBreak(text.charCodeAt(at))) continue;
    if (text.charCodeAt(at) === 13 && at + 1 < to && text.charCodeAt(at + 1) === 10) at++;
    count++;
  }
  return count;
}

export function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isLineBreak(text.charCodeAt(at))) return true;
  return false;
}

/**
 * The line break that formatting writes: the file's own. A file that mixes them gets LF where it has any, and not its
 * first one, which formatting can take away: a second run would then write another.
 */
export function lineBreakOf(text: string): string {
  if (!text.includes('\r') || /(?<!\r)\n/.test(text)) return '\n';
  return text.includes('\r\n') ? '\r\n' : '\r';
}

/** How many characters of white space stand before an offset on its line; undefined where more than that does. */
export function indentationOf(text: string, offset: number): number | undefined {
  const first = textStart(text);
  let at = offset;
  while (at > first && isSpace(text.charCodeAt(at - 1)) && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at <= first || isLineBreak(text.charCodeAt(at - 1)) ? offset - at : undefined;
}

/** Behind the byte order mark, where a file has one. */
export function textStart(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0;
}

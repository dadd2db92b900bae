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

/** The text's first line break, which all that formatting adds are written as. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** How many characters of white space stand before an offset on its line; undefined where more than that does. */
export function indentationOf(text: string, offset: number): number | undefined {
  let at = offset;
  while (at > 0 && isSpace(text.charCodeAt(at - 1)) && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at === 0 || isLineBreak(text.charCodeAt(at - 1)) ? offset - at : undefined;
}

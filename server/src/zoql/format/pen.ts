/** Writes white space between what stays as it is, as edits that touch no more than what changes. */
import type { TextEdit } from '../edits';
import { countLineBreaks, lineBreakOf, textStart } from './lineBreaks';

export interface Pen {
  readonly text: string;
  readonly lineBreak: string;
  readonly indent: string;
  /** In the order of the text. */
  readonly edits: TextEdit[];
  /** The end of what was put last. What stands between it and what is put next is replaced. */
  at: number;
  /** True where what is put next begins the file, or a line that belongs to nobody else. */
  isFresh: boolean;
  /** A comma that has gone before comments, and is to be written there. */
  carried: string;
}

export function takePen(text: string, indent: string): Pen {
  return { text, lineBreak: lineBreakOf(text), indent, edits: [], at: textStart(text), isFresh: true, carried: '' };
}

/** Goes to what stands at `start` to `end`, with `gap` before it. */
export function put(pen: Pen, start: number, end: number, gap: string): void {
  change(pen, pen.at, start, pen.carried + (pen.isFresh ? '' : gap));
  pen.at = end;
  pen.isFresh = false;
  pen.carried = '';
}

/** Replaces a stretch, but for what its two texts begin and end with alike: a cursor that stands there stays. */
export function change({ text, edits }: Pen, start: number, end: number, newText: string): void {
  if (end - start === newText.length && text.startsWith(newText, start)) return;
  let same = 0;
  const shorter = Math.min(end - start, newText.length);
  while (same < shorter && text.charCodeAt(start + same) === newText.charCodeAt(same)) same++;
  if (splitsLineBreak(text, start + same)) same--;
  let sameAtEnd = 0;
  while (
    sameAtEnd < shorter - same &&
    text.charCodeAt(end - 1 - sameAtEnd) === newText.charCodeAt(newText.length - 1 - sameAtEnd)
  ) {
    sameAtEnd++;
  }
  if (splitsLineBreak(text, end - sameAtEnd)) sameAtEnd--;
  edits.push({
    start: start + same,
    end: end - sameAtEnd,
    newText: newText.slice(same, newText.length - sameAtEnd),
  });
}

/** Whether an offset lies between CR and LF, which has no place in an editor's lines. */
function splitsLineBreak(text: string, offset: number): boolean {
  return text.charCodeAt(offset - 1) === 13 && text.charCodeAt(offset) === 10;
}

/** How many line breaks stand between what was put last and an offset. */
export function lineBreaksBefore(pen: Pen, offset: number): number {
  return countLineBreaks(pen.text, pen.at, offset);
}

/** A line break and the indentation of the line behind it, with a blank line where there is one and it may stay. */
export function newLine(pen: Pen, level: number, keepsBlankLine: boolean, offset: number): string {
  const isBlank = keepsBlankLine && lineBreaksBefore(pen, offset) > 1;
  return (isBlank ? pen.lineBreak : '') + pen.lineBreak + pen.indent.repeat(level);
}

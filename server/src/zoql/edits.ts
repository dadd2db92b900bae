/** Changes of a text, as quick fixes, formatting and rename propose them. */
import type { Span } from './syntax/tree';

/** Puts `newText` in the place of a span. The edits of one change do not overlap; they all count in the text before. */
export interface TextEdit extends Span {
  readonly newText: string;
}

/** A way to mend a problem. */
export interface Fix {
  /** What it does, as a menu shows it: "Change to Balance". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Surely what the person meant: editors apply it by one key. */
  readonly preferred?: boolean;
}

/** The text with all edits made. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of [...edits].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

import type { Statement, ZoqlDocument } from './document';
import { countLineBreaks, hasLineBreak, indentationOf } from './format/lineBreaks';
import { isSpace, startsLineComment, tokenize } from './syntax/lexer';
import type { Span } from './syntax/tree';
import { walk } from './walk';

/** A stretch of several lines that can be folded to its first one, in offsets of the file. */
export interface FoldingRange extends Span {
  /** `region`: between the comments `-- #region` and `-- #endregion`. */
  readonly kind: 'statement' | 'comment' | 'list' | 'region';
}

/**
 * What can be folded: statements; in them clauses, conditions in parentheses and the values of IN; block comments, runs
 * of line comments, and regions. Parentheses are folded up to the `)`, so that the line which closes them stays in sight.
 */
export function foldingRanges(document: ZoqlDocument): readonly FoldingRange[] {
  const { text, starts, statements } = document;
  const ranges: FoldingRange[] = [];
  const comments: Span[] = [];
  let end = 0;
  statements.forEach((statement, index) => {
    const start = starts[index] ?? 0;
    comments.push(...commentsBetween(text, end, start));
    for (const comment of statement.parsed.comments) comments.push(moved(comment, start));
    for (const range of rangesOf(statement)) ranges.push({ ...moved(range, start), kind: range.kind });
    end = start + statement.text.length;
  });
  comments.push(...commentsBetween(text, end, text.length));
  return [...ranges, ...rangesOfComments(text, comments)].sort(
    (one, other) => one.start - other.start || other.end - one.end,
  );
}

/** Where no statement is, there are still comments, and further `;`. */
function commentsBetween(text: string, start: number, end: number): Span[] {
  return end - start < 2 ? [] : tokenize(text.slice(start, end)).comments.map(comment => moved(comment, start));
}

/** In offsets of the statement; its `;` counts as part of it. */
function rangesOf({ text, ending, parsed }: Statement): FoldingRange[] {
  const { tokens, query } = parsed;
  const start = tokens.starts[0] ?? 0;
  const end = ending === 'semicolon' ? text.length : (tokens.ends[tokens.count - 1] ?? 0);
  if (!hasLineBreak(text, start, end)) return [];

  const ranges: FoldingRange[] = [{ start, end, kind: 'statement' }];
  const addList = (list: Span): void => {
    if (hasLineBreak(text, list.start, list.end)) ranges.push({ start: list.start, end: list.end, kind: 'list' });
  };
  query.clauses.forEach(addList);
  walk(query, {
    expression(expression) {
      if (expression.kind === 'group') addList(withoutClosing(text, expression));
      if (expression.kind === 'in')
        addList(withoutClosing(text, { start: expression.operatorSpan.end, end: expression.end }));
    },
  });
  return ranges;
}

function withoutClosing(text: string, { start, end }: Span): Span {
  if (text.charAt(end - 1) !== ')') return { start, end };
  let last = end - 1;
  while (start < last && isSpace(text.charCodeAt(last - 1))) last--;
  return { start, end: last };
}

/** The comments come in the order of the text. */
function rangesOfComments(text: string, comments: readonly Span[]): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const regions: number[] = [];
  let run: Span | undefined;
  const endRun = (): void => {
    if (run && hasLineBreak(text, run.start, run.end)) ranges.push({ ...run, kind: 'comment' });
    run = undefined;
  };
  for (const { start, end } of comments) {
    const marker = regionMarker(text, start, end);
    if (marker === undefined && startsLineComment(text, start) && indentationOf(text, start) !== undefined) {
      if (run && !isOnNextLine(text, run.end, start)) endRun();
      run = { start: run?.start ?? start, end };
      continue;
    }
    endRun();
    if (marker === 'region') {
      regions.push(start);
    } else if (marker === 'endregion') {
      const opened = regions.pop();
      if (opened !== undefined) ranges.push({ start: opened, end, kind: 'region' });
    } else if (hasLineBreak(text, start, end)) {
      ranges.push({ start, end, kind: 'comment' });
    }
  }
  endRun();
  return ranges;
}

/** `-- #region Invoices`, as editors know it from other languages. */
function regionMarker(text: string, start: number, end: number): 'region' | 'endregion' | undefined {
  const match = /^--\s*#(end)?region\b/.exec(text.slice(start, Math.min(end, start + 100)));
  if (!match) return undefined;
  return match[1] === undefined ? 'region' : 'endregion';
}

function isOnNextLine(text: string, end: number, start: number): boolean {
  return countLineBreaks(text, end, start) === 1 && text.slice(end, start).trim() === '';
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

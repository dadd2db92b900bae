/** Writes statements and comments as a layout says, each comment in its place. */
import type { Statement } from '../document';
import { isSpace, startsLineComment, TokenKind } from '../syntax/lexer';
import type { Span } from '../syntax/tree';
import { sameLine, type Layout } from './layout';
import { hasLineBreak, indentationOf } from './lineBreaks';
import { change, lineBreaksBefore, newLine, put, type Pen } from './pen';

export type KeywordCase = 'lower' | 'upper' | 'preserve';

export interface Printed {
  readonly statement: Statement;
  /** Where its text begins in the file. The pen stands there or before it. */
  readonly start: number;
  readonly layout: Layout;
}

/** Writes a statement and its `;`. */
export function printStatement(pen: Pen, printed: Printed, keywordCase: KeywordCase): void {
  const { statement, start, layout } = printed;
  const { tokens, comments, query } = statement.parsed;
  const inFile = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  let comment = 0;
  let keyword = 0;
  let lineLevel = 0;

  for (let token = 0; token < tokens.count; token++) {
    const tokenStart = tokens.starts[token] ?? 0;
    const tokenEnd = tokens.ends[token] ?? 0;
    const above = comment;
    while (comment < comments.length && (comments[comment]?.start ?? 0) < tokenStart) comment++;
    const behind = comment;
    if (tokens.kinds[token] === TokenKind.comma) {
      while (above < comment && startsLineComment(statement.text, comments[comment - 1]?.start ?? 0)) comment--;
    }
    const level = layout.levels[token] ?? sameLine;
    const gap =
      above === behind
        ? gapBefore(pen, printed, token)
        : putComments(pen, comments.slice(above, comment).map(inFile), targetOf(pen, printed, token, lineLevel));
    if (level !== sameLine) lineLevel = level;
    if (comment < behind) {
      // A comma stands behind its field, so it goes before the line comments between the two.
      pen.carried = ',';
      continue;
    }
    put(pen, start + tokenStart, start + tokenEnd, gap);
    if (query.keywords[keyword]?.start === tokenStart) {
      keyword++;
      writeKeyword(pen, start + tokenStart, start + tokenEnd, keywordCase);
    }
  }

  const { length } = statement.text;
  const gap = putComments(pen, comments.slice(comment).map(inFile), endTarget(pen, printed));
  if (statement.ending === 'semicolon') put(pen, start + length, start + length + 1, gap);
}

/** Writes comments that belong to no statement, at the end of a file. */
export function printComments(pen: Pen, comments: readonly Span[]): void {
  putComments(pen, comments, {
    start: pen.text.length,
    level: 0,
    beginsLine: false,
    takesComments: false,
    keepsBlankLine: true,
    commentLevel: () => 0,
    gapBeforeComment: ' ',
    gapBehindComment: '',
  });
}

function writeKeyword(pen: Pen, start: number, end: number, keywordCase: KeywordCase): void {
  if (keywordCase === 'preserve') return;
  const word = pen.text.slice(start, end);
  change(pen, start, end, keywordCase === 'upper' ? word.toUpperCase() : word.toLowerCase());
}

/** What stands before a token that no comment stands before. */
function gapBefore(pen: Pen, { statement, start, layout }: Printed, token: number): string {
  const level = layout.levels[token] ?? sameLine;
  if (level === sameLine) return layout.glued[token] === 1 ? '' : ' ';
  return newLine(pen, level, layout.spaced[token] === 1, start + (statement.parsed.tokens.starts[token] ?? 0));
}

/** What comes behind comments, and how it and they are to stand. */
interface Target {
  /** In offsets of the file. */
  readonly start: number;
  /** How deep the line is indented that it begins: by the layout, or since a comment ends the line before it. */
  readonly level: number;
  readonly beginsLine: boolean;
  /** Whether a comment that shares its line with what is before and behind goes with what is behind it. */
  readonly takesComments: boolean;
  readonly keepsBlankLine: boolean;
  /** How deep a comment is indented that has a line of its own. */
  readonly commentLevel: (comment: Span) => number;
  /** What separates the token before from a comment, and a comment from the target. */
  readonly gapBeforeComment: string;
  readonly gapBehindComment: string;
}

function targetOf(pen: Pen, { statement, start, layout }: Printed, token: number, lineLevel: number): Target {
  const { kinds, starts } = statement.parsed.tokens;
  const before = kinds[token - 1];
  const tokenStart = start + (starts[token] ?? 0);
  const isGlued = layout.glued[token] === 1;
  const isBehindParenthesis = before === TokenKind.openParenthesis;
  const layoutLevel = layout.levels[token] ?? sameLine;
  const beginsLine = layoutLevel !== sameLine;
  const level = beginsLine ? layoutLevel : lineLevel + 1;
  const closes = beginsLine && kinds[token] === TokenKind.closeParenthesis;
  const beginsClause = beginsLine && level === 0 && 0 < token && !closes;
  return {
    start: tokenStart,
    level,
    beginsLine,
    takesComments:
      token === 0 ||
      isBehindParenthesis ||
      before === TokenKind.comma ||
      before === TokenKind.select ||
      before === TokenKind.by,
    keepsBlankLine: layout.spaced[token] === 1,
    commentLevel: beginsClause ? levelAtEnd(pen.text, tokenStart) : () => (closes ? level + 1 : level),
    gapBeforeComment: isBehindParenthesis || before === TokenKind.dot ? '' : ' ',
    gapBehindComment: isGlued && !isBehindParenthesis && 0 < token ? '' : ' ',
  };
}

/** The end of a statement, with its `;` or without. */
function endTarget(pen: Pen, { statement, start }: Printed): Target {
  const firstToken = start + (statement.parsed.tokens.starts[0] ?? 0);
  return {
    start: start + statement.text.length,
    level: 0,
    beginsLine: false,
    takesComments: false,
    keepsBlankLine: true,
    commentLevel: levelAtEnd(pen.text, firstToken),
    gapBeforeComment: ' ',
    gapBehindComment: '',
  };
}

/**
 * How deep a comment is indented behind the last field or condition of a clause: one level, where a person has indented
 * it deeper than the line that `reference` begins, since it is often a field that has been taken out for a while.
 */
function levelAtEnd(text: string, reference: number): (comment: Span) => number {
  const outer = indentationOf(text, reference);
  return comment => {
    const own = indentationOf(text, comment.start);
    return outer !== undefined && own !== undefined && outer < own ? 1 : 0;
  };
}

/** Writes the comments before a target. Returns what is to stand between the last one and the target. */
function putComments(pen: Pen, comments: readonly Span[], target: Target): string {
  if (comments.length === 0) return '';
  const sharing = firstOnLineOf(pen.text, comments, target.start);
  let isOnNewLine = pen.isFresh;
  let gap = target.gapBeforeComment;
  comments.forEach((comment, index) => {
    if (lineBreaksBefore(pen, comment.start) > 0) {
      gap = newLine(pen, target.commentLevel(comment), target.keepsBlankLine, comment.start);
      isOnNewLine = true;
    } else if (sharing <= index && !isOnNewLine && target.beginsLine && target.takesComments) {
      gap = newLine(pen, target.level, false, comment.start);
      isOnNewLine = true;
    }
    put(pen, comment.start, trimmedEnd(pen.text, comment), gap);
    gap = ' ';
  });
  if (lineBreaksBefore(pen, target.start) > 0) return newLine(pen, target.level, target.keepsBlankLine, target.start);
  return target.beginsLine && !isOnNewLine ? newLine(pen, target.level, false, target.start) : target.gapBehindComment;
}

/** The index of the first comment from which on no line ends before the target. */
function firstOnLineOf(text: string, comments: readonly Span[], target: number): number {
  let next = target;
  for (let index = comments.length - 1; 0 <= index; index--) {
    const { start, end } = comments[index] as Span;
    if (hasLineBreak(text, end, next)) return index + 1;
    next = start;
  }
  return 0;
}

/** Only a line comment can end in white space. */
function trimmedEnd(text: string, { start, end }: Span): number {
  while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

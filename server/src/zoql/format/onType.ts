/** What is formatted while a person types: the statement that a `;` ends, and the indentation of a new line. */
import { statementAt, type Statement, type ZoqlDocument } from '../document';
import type { TextEdit } from '../edits';
import { isLineBreak, isSpace, TokenKind } from '../syntax/lexer';
import { clauseOf, isComparisonSign, isName } from '../syntax/roles';
import { formatRange, type FormatOptions } from './format';
import { countLineBreaks, indentationOf } from './lineBreaks';

/** The edits that follow a typed character, which stands directly before the offset. */
export function formatOnType(
  document: ZoqlDocument,
  offset: number,
  character: string,
  options: FormatOptions,
): readonly TextEdit[] {
  if (character === ';') return formatEnded(document, offset - 1, options);
  return character === '\n' ? indentLine(document, offset, options) : [];
}

function formatEnded(document: ZoqlDocument, semicolon: number, options: FormatOptions): readonly TextEdit[] {
  const found = statementAt(document, semicolon);
  if (found?.statement.ending !== 'semicolon' || found.start + found.statement.text.length !== semicolon) return [];
  return formatRange(document, { start: semicolon, end: semicolon }, options);
}

/** Indents the line that holds the cursor, where only white space stands before it. */
function indentLine(document: ZoqlDocument, offset: number, options: FormatOptions): readonly TextEdit[] {
  const { text } = document;
  const indentation = indentationOf(text, offset);
  const found = statementAt(document, offset);
  if (indentation === undefined || (found && isInComment(found.statement, offset - found.start))) return [];

  const start = offset - indentation;
  let end = offset;
  while (end < text.length && isSpace(text.charCodeAt(end)) && !isLineBreak(text.charCodeAt(end))) end++;
  // On an empty line, what stands behind the cursor is left to whoever put it there.
  if (end === text.length || isLineBreak(text.charCodeAt(end))) end = offset;
  const newText = found ? indentationAt(found.statement, offset - found.start, end - found.start, options) : '';
  return text.slice(start, end) === newText ? [] : [{ start, end, newText }];
}

function isInComment({ parsed }: Statement, offset: number): boolean {
  return parsed.comments.some(({ start, end, closed }) => start < offset && (offset < end || !closed));
}

/** Works on a statement that is half typed, so it looks at tokens and not at the tree. `next` is what ends the gap. */
function indentationAt({ text, parsed }: Statement, offset: number, next: number, { indent }: FormatOptions): string {
  const { kinds, starts, ends, count } = parsed.tokens;
  const isClause = (token: number): boolean =>
    clauseOf(kinds[token] ?? 0) !== undefined && !isName(kinds[token] ?? 0, kinds[token + 1] ?? 0);
  const indentationOfLine = (token: number): string => /^[ \t]*/.exec(lineAt(text, starts[token] ?? 0))?.[0] ?? '';

  const open: number[] = [];
  let clause = 0;
  let behind = 0;
  for (; behind < count && (starts[behind] ?? 0) < offset; behind++) {
    if (kinds[behind] === TokenKind.openParenthesis) open.push(behind);
    else if (kinds[behind] === TokenKind.closeParenthesis) open.pop();
    else if (isClause(behind)) clause = kinds[behind] ?? 0;
  }
  if (behind === 0) return '';

  const before = behind - 1;
  const follows = behind < count && starts[behind] === next;
  const innermost = open.at(-1);
  if (innermost !== undefined) {
    if (follows && kinds[behind] === TokenKind.closeParenthesis) return indentationOfLine(innermost);
    return before === innermost ? indentationOfLine(before) + indent : indentationOfLine(before);
  }
  if (follows && isClause(behind)) return '';
  if (isOpen(kinds[before] ?? 0)) return indent;
  // A condition can go on with AND or OR. Whoever leaves a line empty has ended it.
  const hasEmptyLine = countLineBreaks(text, ends[before] ?? 0, offset) > 1;
  return !hasEmptyLine && (clause === TokenKind.where || clause === TokenKind.having) ? indent : '';
}

function lineAt(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return text.slice(start, offset);
}

/** Whether something must follow a token. */
function isOpen(kind: number): boolean {
  switch (kind) {
    case TokenKind.comma:
    case TokenKind.select:
    case TokenKind.from:
    case TokenKind.where:
    case TokenKind.by:
    case TokenKind.having:
    case TokenKind.limit:
    case TokenKind.and:
    case TokenKind.or:
    case TokenKind.not:
    case TokenKind.like:
    case TokenKind.in:
    case TokenKind.between:
    case TokenKind.is:
      return true;
    default:
      return isComparisonSign(kind);
  }
}

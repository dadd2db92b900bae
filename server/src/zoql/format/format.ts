/**
 * The formatter. Its style, in full:
 *
 * A query that fits on one line and stands on one line stays there. In any other, each clause begins a line. A clause
 * that fits on its line stays on it. One that does not is broken: the fields of SELECT, GROUP BY and ORDER BY stand
 * one a line below the keyword, indented, each with its comma behind it; the conditions of WHERE and HAVING stand one
 * a line, each but the first behind its AND or OR, indented. An AND chain among ORs stays together while it fits, and
 * is indented one level more when it does not. Parentheses that do not fit are broken as a whole: each condition, or
 * each value of IN, on a line of its own, between the line that opens them and the one that closes them.
 *
 * A list or a chain that a person has broken stays broken, even where it would fit: a line break before the first
 * field, or at the first AND or OR, asks for it. A blank line between two fields or two conditions on lines of their
 * own is kept; other blank lines in a query go. Between statements, one blank line is kept where there are any, and
 * each statement begins a line.
 *
 * One space stands around operators and behind commas, none inside the parentheses of a call or a group, nor at the
 * end of a line. The `;` stands directly behind the query. Line breaks are written as the file's own, and as LF in a
 * file that mixes them.
 *
 * Keywords are written in the case that the options name. All other tokens stay as they are and where they are, and so
 * does the tree. The one token that moves is a comma, before the line comments that a person has put between it and
 * its field.
 *
 * A comment stays where it is between its neighbors. One that has lines of its own keeps them, and stands as deep as
 * what is below it; one at the end of a line stays at the end of that line. What is inside a comment stays as it is.
 *
 * A statement that the parser finds a mistake in is left as it is, to the last byte, and so are the few that would
 * read differently with other line breaks: one with a string that ends in a backslash, which is read by the rest of
 * its line, and one with a field whose path begins with SELECT, which begins a new statement where it begins a line.
 *
 * Formatting twice is formatting once. The edits cover white space and keywords only, and no more of them than
 * changes.
 */
import type { Statement, ZoqlDocument } from '../document';
import type { TextEdit } from '../edits';
import type { ProblemCode } from '../problemCodes';
import { createStringReader, tokenize, TokenKind } from '../syntax/lexer';
import type { Span } from '../syntax/tree';
import { layOut } from './layout';
import { hasLineBreak } from './lineBreaks';
import { change, takePen, type Pen } from './pen';
import { printComments, printStatement, type KeywordCase } from './print';

export interface FormatOptions {
  /** What one level is indented by: spaces, or a tab. */
  readonly indent: string;
  readonly keywordCase: KeywordCase;
  /** How many columns code may take; a comment at the end of a line may stand behind them. */
  readonly maxLineLength: number;
  /** Whether a file that ends without a line break gets one; one that has several keeps one. */
  readonly insertFinalNewline: boolean;
}

/** Zuora's documentation of ZOQL writes keywords in lower case (Zuora, "ZOQL" and "Export ZOQL", 2026-02). */
export const defaultFormatOptions: FormatOptions = {
  indent: '  ',
  keywordCase: 'lower',
  maxLineLength: 100,
  insertFinalNewline: true,
};

/** The edits that format a file, in the order of its text. */
export function format(document: ZoqlDocument, options: FormatOptions): readonly TextEdit[] {
  const pen = printStatements(document, options, () => true);
  printEnd(pen, document, options);
  return pen.edits;
}

/** The edits that format the statements of which a span holds some part, be it the cursor alone. */
export function formatRange(document: ZoqlDocument, span: Span, options: FormatOptions): readonly TextEdit[] {
  return printStatements(document, options, index => touches(document, index, span)).edits;
}

/** Prints the statements that are wanted and goes past all others. */
function printStatements(document: ZoqlDocument, options: FormatOptions, isWanted: (index: number) => boolean): Pen {
  const { text, starts, statements } = document;
  const pen = takePen(text, options.indent);
  const page = {
    maxLineLength: options.maxLineLength,
    indentWidth: options.indent.replaceAll('\t', ' '.repeat(tabWidth)).length,
  };
  statements.forEach((statement, index) => {
    const start = starts[index] ?? 0;
    // All from a `;` on belongs to the next statement, but for further ones: they stay where they are.
    if (statements[index - 1]?.ending !== 'select' && pen.at < start) goTo(pen, start, false);
    if (isWanted(index) && isSafe(statement)) {
      printStatement(pen, { statement, start, layout: layOut(statement, page) }, options.keywordCase);
    } else {
      goTo(pen, start + statement.text.length, statement.ending === 'select');
    }
  });
  return pen;
}

/** How many columns a tab is taken for. */
const tabWidth = 4;

function goTo(pen: Pen, at: number, isFresh: boolean): void {
  pen.at = at;
  pen.isFresh = isFresh;
}

/** Whether the statement holds a part of the span, or touches the cursor. White space around it is none of it. */
function touches({ starts, statements }: ZoqlDocument, index: number, span: Span): boolean {
  const statement = statements[index] as Statement;
  const start = starts[index] ?? 0;
  const end = start + statement.text.length + (statement.ending === 'semicolon' ? 1 : 0);
  if (end < span.start || span.end < start) return false;
  const { tokens, comments } = statement.parsed;
  const first = start + Math.min(tokens.starts[0] ?? 0, comments[0]?.start ?? Infinity);
  return first < span.end || (first === span.end && span.start === span.end);
}

/** Whether other white space leaves the statement as it is read, and its tree tells all that is in it. */
function isSafe({ text, parsed }: Statement): boolean {
  if (parsed.problems.some(({ code }) => !harmless.has(code))) return false;
  const { kinds, starts, ends, count } = parsed.tokens;
  if (kinds.indexOf(TokenKind.select, 1) !== -1) return false;
  if (!text.includes('\\')) return true;
  for (let token = 0; token < count; token++) {
    if (kinds[token] !== TokenKind.string) continue;
    const string = text.slice(starts[token], ends[token]);
    const { closed, end } = createStringReader(string)(0, 'backslash');
    if (!closed || end !== string.length) return false;
  }
  return true;
}

/** What the parser reports and yet reads to the end. */
const harmless: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'clause-order',
  'distinct-outside-count',
  'typed-literal',
]);

/** Prints the comments below the last statement, and ends the file. */
function printEnd(pen: Pen, { text, starts, statements }: ZoqlDocument, options: FormatOptions): void {
  const last = statements.at(-1);
  if (last?.ending === 'file') {
    if (!isSafe(last)) return;
  } else {
    const start = last ? (starts.at(-1) ?? 0) + last.text.length + 1 : pen.at;
    const { tokens, comments } = tokenize(text.slice(start));
    if (comments.some(({ closed }) => !closed)) return;
    // Further `;` end nothing and stay where they are, as does what stands between them.
    const rest = start + (tokens.ends[tokens.count - 1] ?? 0);
    if (pen.at < rest) goTo(pen, rest, false);
    printComments(
      pen,
      comments
        .map(comment => ({ start: comment.start + start, end: comment.end + start }))
        .filter(comment => rest <= comment.start),
    );
  }
  const hasEnd = options.insertFinalNewline || hasLineBreak(text, pen.at, text.length);
  change(pen, pen.at, text.length, hasEnd && !pen.isFresh ? pen.lineBreak : '');
}

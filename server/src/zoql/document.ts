/**
 * A file's text as statements. A statement keeps its own text and is parsed on first need, once: an edit costs what
 * the statement costs that it touches, since all others are taken over from the document before.
 */
import {
  blockCommentEnd,
  escapesAfter,
  isLineBreak,
  isQuote,
  isSpace,
  isWordStart,
  lineEnd,
  readDirective,
  startsBlockComment,
  startsLineComment,
  stringAt,
  wordEnd,
  type Escapes,
} from './syntax/lexer';
import { parse, type Parsed } from './syntax/parser';

export interface ZoqlDocument {
  readonly text: string;
  /** Where each statement's text begins in the file; ascending, one for each of `statements`. */
  readonly starts: readonly number[];
  /** Every stretch of text that holds more than white space and comments. */
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Leading comments and the query, without its `;`. Offsets of the tree count from the start of this text. */
  readonly text: string;
  readonly ending: Ending;
  readonly parsed: Parsed;
}

/**
 * What ends a statement. `select`: no `;` but another SELECT that begins a line, since a person who types a query above
 * others types its `;` last.
 */
export type Ending = 'semicolon' | 'select' | 'file';

/** Splits a file into statements, taking over from `previous` those that an edit has left as they were. */
export function openDocument(text: string, previous?: ZoqlDocument): ZoqlDocument {
  const found = [...segments(text)];
  const known = previous?.statements ?? [];
  const statements: Statement[] = new Array<Statement>(found.length);
  const shared = Math.min(found.length, known.length);

  // An edit touches one stretch of the file: what stands before it is found from the front, what follows from the back.
  let front = 0;
  for (; front < shared; front++) {
    const statement = reusable(known[front], found[front], text);
    if (!statement) break;
    statements[front] = statement;
  }
  let back = 1;
  for (; back <= shared - front; back++) {
    const statement = reusable(known.at(-back), found.at(-back), text);
    if (!statement) break;
    statements[found.length - back] = statement;
  }
  found.forEach((segment, index) => (statements[index] ??= createStatement(text, segment)));
  return { text, starts: found.map(segment => segment.start), statements };
}

/** The statement whose text holds the offset, or ends at it; undefined between statements. */
export function statementAt(
  document: ZoqlDocument,
  offset: number,
): { readonly statement: Statement; readonly start: number } | undefined {
  const { starts, statements } = document;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const start = starts[low - 1];
  const statement = statements[low - 1];
  if (start === undefined || statement === undefined) return undefined;
  return offset <= start + statement.text.length ? { statement, start } : undefined;
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly ending: Ending;
}

function reusable(statement: Statement | undefined, segment: Segment | undefined, text: string): Statement | undefined {
  if (!statement || !segment || statement.ending !== segment.ending) return undefined;
  if (statement.text.length !== segment.end - segment.start) return undefined;
  return text.startsWith(statement.text, segment.start) ? statement : undefined;
}

function createStatement(file: string, { start, end, ending }: Segment): Statement {
  const text = file.slice(start, end);
  let parsed: Parsed | undefined;
  return {
    text,
    ending,
    get parsed() {
      return (parsed ??= parse(text));
    },
  };
}

/** Finds the borders of statements. A stretch of white space and comments alone is none. */
function* segments(text: string): Generator<Segment> {
  let start = 0;
  let at = 0;
  let hasToken = false;
  let hasSelect = false;
  let depth = 0;
  let escapes: Escapes = 'either';
  /** Where the comments begin that stand on lines of their own behind the last token. */
  let comments: number | undefined;

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
    } else if (startsLineComment(text, at)) {
      if (beginsLine(text, at)) comments ??= at;
      const end = lineEnd(text, at);
      const directive = readDirective(text, at, end);
      if (directive) escapes = escapesAfter(directive, escapes);
      at = end;
    } else if (startsBlockComment(text, at)) {
      if (beginsLine(text, at)) comments ??= at;
      at = blockCommentEnd(text, at);
    } else if (code === semicolon) {
      if (hasToken) yield { start, end: at, ending: 'semicolon' };
      at++;
      start = at;
      hasToken = hasSelect = false;
      depth = 0;
      escapes = 'either';
      comments = undefined;
    } else {
      const end = tokenEnd(text, at, escapes);
      if (isSelect(text, at, end)) {
        if (hasSelect && depth === 0 && beginsLine(text, at)) {
          const border = indentStart(text, comments ?? at);
          yield { start, end: border, ending: 'select' };
          start = border;
          escapes = 'either';
          // What stands above this SELECT is read again, since its directives belong to the new statement.
          at = border;
          hasSelect = false;
          comments = undefined;
          continue;
        }
        hasSelect = true;
      }
      if (code === openParenthesis) depth++;
      if (code === closeParenthesis) depth--;
      hasToken = true;
      comments = undefined;
      at = end;
    }
  }
  if (hasToken) yield { start, end: text.length, ending: 'file' };
}

const semicolon = 59;
const openParenthesis = 40;
const closeParenthesis = 41;

/** Borders ask little of a token: where a string or a word ends, and that all else is a character. */
function tokenEnd(text: string, at: number, escapes: Escapes): number {
  const code = text.charCodeAt(at);
  if (isQuote(code)) return stringAt(text, at, escapes).end;
  return isWordStart(code) ? wordEnd(text, at + 1) : at + 1;
}

function isSelect(text: string, start: number, end: number): boolean {
  return end - start === 6 && text.slice(start, end).toLowerCase() === 'select';
}

/** Whether only white space stands before it on its line. */
function beginsLine(text: string, at: number): boolean {
  const start = indentStart(text, at);
  return start === 0 || isLineBreak(text.charCodeAt(start - 1));
}

/** Where the white space begins that stands directly before it on its line. */
function indentStart(text: string, at: number): number {
  while (at > 0 && isSpace(text.charCodeAt(at - 1)) && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/**
 * A file's text as statements. A statement keeps its own text and is parsed on first need, once: an edit costs what
 * the statement costs that it touches, since all others are taken over from the document before.
 */
import {
  beginsLine,
  blockCommentEnd,
  createStringReader,
  escapesAfter,
  indentStart,
  isQuote,
  isSpace,
  isWordStart,
  lineEnd,
  readDirective,
  startsBlockComment,
  startsLineComment,
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

/**
 * Splits a file into statements, taking over from `previous` those that an edit has left as they were. Only what the
 * edit touched is read; the rest is compared, which is a hundred times faster.
 */
export function openDocument(text: string, previous?: ZoqlDocument): ZoqlDocument {
  const old = previous ?? nothing;
  const front = countUnchanged(text, old);
  const statements = old.statements.slice(0, front);
  const starts = old.starts.slice(0, front);

  for (const segment of segments(text, front === 0 ? 0 : endOf(old, front - 1))) {
    const rest = unchangedFrom(segment.start, text, old);
    if (rest !== undefined) {
      const shift = text.length - old.text.length;
      for (let index = rest; index < old.statements.length; index++) {
        statements.push(old.statements[index] as Statement);
        starts.push((old.starts[index] as number) + shift);
      }
      break;
    }
    statements.push(createStatement(text, segment.start, segment.end, segment.ending));
    starts.push(segment.start);
  }
  return { text, starts, statements };
}

const nothing: ZoqlDocument = { text: '', starts: [], statements: [] };

/** How many statements from the front are sure to be read as before, whatever follows them. */
function countUnchanged(text: string, old: ZoqlDocument): number {
  const { starts, statements } = old;
  const shared = sharedStart(text, old.text);
  let count = 0;
  for (; count < statements.length; count++) {
    const statement = statements[count] as Statement;
    const end = (starts[count] as number) + statement.text.length;
    if (statement.ending !== 'semicolon' || shared <= end) break;
  }
  // Whether a backslash keeps a string open depends on the rest of its line, which can reach behind the statement.
  while (0 < count && statements[count - 1]?.text.includes('\\')) count--;
  return count;
}

/**
 * How many code units two texts share from the start. Halves are compared, since comparing two slices is one run over
 * memory, and comparing unit by unit is not.
 */
function sharedStart(one: string, other: string): number {
  let low = 0;
  let high = Math.min(one.length, other.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Behind a statement and its `;`. */
function endOf({ starts, statements }: ZoqlDocument, index: number): number {
  return (starts[index] ?? 0) + (statements[index]?.text.length ?? 0) + 1;
}

/** The old statement that began here, where the text from here on is the old text's end. */
function unchangedFrom(start: number, text: string, old: ZoqlDocument): number | undefined {
  const before = start - (text.length - old.text.length);
  const index = lastAtOrBefore(old.starts, before);
  if (index < 0 || old.starts[index] !== before) return undefined;
  return text.slice(start) === old.text.slice(before) ? index : undefined;
}

/** The index of the last number that is not larger; -1 where all are. `ascending` has no number twice. */
function lastAtOrBefore(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The statement whose text holds the offset, or ends at it; undefined between statements. */
export function statementAt(
  document: ZoqlDocument,
  offset: number,
): { readonly statement: Statement; readonly start: number } | undefined {
  const index = lastAtOrBefore(document.starts, offset);
  const start = document.starts[index];
  const statement = document.statements[index];
  if (start === undefined || statement === undefined) return undefined;
  return offset <= start + statement.text.length ? { statement, start } : undefined;
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly ending: Ending;
}

function createStatement(file: string, start: number, end: number, ending: Ending): Statement {
  // A slice would keep the whole file in memory, and after many edits as many files: this is a copy.
  return new TextOfStatement(` ${file.slice(start, end)}`.slice(1), ending);
}

// A class, since an object literal with a getter gets a function and a hidden class of its own each time.
class TextOfStatement implements Statement {
  private tree: Parsed | undefined;

  constructor(
    readonly text: string,
    readonly ending: Ending,
  ) {}

  get parsed(): Parsed {
    if (!this.tree) {
      this.tree = parse(this.text);
      this.keepTree();
    }
    return this.tree;
  }

  /** Lets the oldest trees go where too much is kept; this one stays in any case. */
  private keepTree(): void {
    withTree.push(this);
    lengthWithTree += this.text.length;
    for (; mostTextWithTree < lengthWithTree && oldest < withTree.length - 1; oldest++) {
      const statement = withTree[oldest] as TextOfStatement;
      statement.tree = undefined;
      lengthWithTree -= statement.text.length;
    }
    // A queue: what has left it is cut off once it is half of the list.
    if (withTree.length < 2 * oldest) oldest -= withTree.splice(0, oldest).length;
  }
}

/**
 * How much text keeps its trees, in code units; a tree takes some forty times the memory of its text. A file of more,
 * some 150 queries, is parsed anew when a feature goes through all of it, which takes less time than to send the answer,
 * and less than the garbage collector takes to carry more trees about.
 */
const mostTextWithTree = 20_000;

/** From `oldest` on, the statements that keep their trees, in the order in which they were parsed. */
const withTree: TextOfStatement[] = [];
let oldest = 0;
let lengthWithTree = 0;

/** Finds the borders of statements from one of them on. A stretch of white space and comments alone is none. */
function* segments(text: string, from: number): Generator<Segment> {
  const stringAt = createStringReader(text);
  let start = from;
  let at = from;
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
      const end = isQuote(code) ? stringAt(at, escapes).end : isWordStart(code) ? wordEnd(text, at + 1) : at + 1;
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

function isSelect(text: string, start: number, end: number): boolean {
  return end - start === 6 && text.slice(start, end).toLowerCase() === 'select';
}

/** Edits that several quick fixes are made of. All offsets count from the start of the statement's text. */
import { directiveEdit } from './actions/directiveEdit';
import { dialects, type Dialect } from './dialect';
import type { Statement } from './document';
import type { Fix, TextEdit } from './edits';
import { isSpace, isWordStart } from './syntax/lexer';
import type { Clause, ClauseName, Query, Span } from './syntax/tree';

/** Takes a stretch of text away. */
export function removal({ start, end }: Span): TextEdit {
  return { start, end, newText: '' };
}

/** Puts a text between two characters. */
export function insertion(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}

/** The stretch with the white space that stands directly before it. */
export function withSpaceBefore(text: string, { start, end }: Span): Span {
  while (0 < start && isSpace(text.charCodeAt(start - 1))) start--;
  return { start, end };
}

/** The stretch with the white space that stands directly behind it. */
export function withSpaceBehind(text: string, { start, end }: Span): Span {
  while (end < text.length && isSpace(text.charCodeAt(end))) end++;
  return { start, end };
}

/** Takes one element of a list away, and the comma that held it. */
export function removalFromList(list: readonly Span[], index: number): TextEdit {
  const span = list[index] ?? { start: 0, end: 0 };
  const before = list[index - 1];
  const behind = list[index + 1];
  if (before) return removal({ start: before.end, end: span.end });
  return removal({ start: span.start, end: behind ? behind.start : span.end });
}

/** Takes away one character that binds nothing, and keeps words apart that would grow together. */
export function removalOfCharacter(text: string, at: number): TextEdit {
  const separates = isWordPart(text, at - 1) && isWordPart(text, at + 1);
  return { start: at, end: at + 1, newText: separates ? ' ' : '' };
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || isWordStart(code);
}

/** Declares a dialect: changes the statement's `-- @type`, or writes one above the query. */
export function declaration({ parsed }: Statement, dialect: Dialect): Fix {
  return { title: `Declare as ${dialects[dialect].name}`, edits: [directiveEdit(parsed, 'type', dialect)] };
}

/** A keyword in the case that the query's own SELECT has. */
export function cased(word: string, text: string, { start }: Query): string {
  return text.startsWith('s', start) ? word.toLowerCase() : word;
}

export function clauseNamed({ clauses }: Query, name: ClauseName): Clause | undefined {
  return clauses.find(clause => clause.name === name);
}

/** Behind everything that stands before the place of a clause: where a new one can be written. */
export function endBefore({ clauses, end }: Query, names: readonly ClauseName[]): number {
  return clauses.findLast(({ name }) => names.includes(name))?.end ?? end;
}

/** What completion offers, and what the items of one list depend on. */
import type { Context } from '../analysis';
import type { Catalogue, CatalogueObject } from '../catalogue';
import type { Statement } from '../document';
import { functionHelp, keywordHelp } from '../help';
import type { Span } from '../syntax/tree';

export type CompletionKind =
  'object' | 'field' | 'relation' | 'function' | 'keyword' | 'operator' | 'value' | 'directive' | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  /** Plain text. */
  readonly documentation?: string;
  /** What is inserted where it is not the label. */
  readonly insertText?: string;
  /** The same as a snippet in the form of the Language Server Protocol, for editors that know snippets. */
  readonly snippet?: string;
  /** What the typed text is compared with where it is not the label. */
  readonly filterText?: string;
  /** A digit; items of one digit sort by their labels. */
  readonly sortText: string;
  /** What the item takes the place of where that is more than the list's own span; on the same line, cursor in it. */
  readonly replace?: Span;
}

/** What the items of one list depend on. */
export interface Scope {
  readonly context: Context;
  readonly catalogue: Catalogue;
  readonly statement: Statement;
  /** After FROM. */
  readonly object: CatalogueObject | undefined;
  /** Nothing is there yet that names an object, nor anything behind the cursor. */
  readonly needsObject: boolean;
  readonly dialects: Dialects;
  /** Keywords are written in capitals, as the statement's own are. */
  readonly upperCase: boolean;
  /** The word at the cursor, in offsets of the statement. */
  readonly word: Span;
  /** The day for dates, as YYYY-MM-DD. */
  readonly today: string;
}

/** The dialects that are still open to the statement; at least one is. */
export interface Dialects {
  readonly zoql: boolean;
  readonly zoqlexport: boolean;
}

/** What is known to work comes first, what is there already and guesses last. */
export const Rank = {
  first: '0',
  best: '1',
  good: '2',
  otherDialect: '3',
  unknown: '4',
  further: '5',
  keyword: '6',
  selected: '8',
  guess: '9',
} as const;

export type Rank = (typeof Rank)[keyof typeof Rank];

export function cased(word: string, upperCase: boolean): string {
  return upperCase ? word.toUpperCase() : word.toLowerCase();
}

/** Whether ZOQL lacks a keyword; of several words the first one tells. */
export function isExportOnly(phrase: string): boolean {
  return keywordHelp.get(phrase.split(' ', 1)[0] ?? '')?.exportOnly ?? false;
}

/** A function's name, with its parentheses unless some follow the cursor. */
export function functionItem(word: string, parentheses: 'new' | 'there', upperCase: boolean): CompletionItem {
  const label = cased(word, upperCase);
  const help = functionHelp.get(word);
  return {
    label,
    kind: 'function',
    ...(help ? { detail: help.usage, documentation: help.text } : {}),
    ...(parentheses === 'there' ? {} : { insertText: `${label}()`, snippet: `${label}($1)` }),
    sortText: Rank.further,
  };
}

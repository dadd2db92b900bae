/**
 * Turns a statement's text into tokens. White space and comments are the gaps between them: tokens and gaps together
 * make up the text. Never throws, whatever the text holds.
 *
 * Tokens are kept as numbers in three arrays, not as objects: a file of 10,000 statements has a million of them.
 */
import { dialects, readDialect } from '../dialect';
import type { Directive, Span } from './tree';

/** What a token is. Keywords come last, so that `isWord` is one comparison. */
export const TokenKind = {
  number: 1,
  string: 2,
  /** A string that its line ends before its quote does. */
  unclosedString: 3,
  /** An unquoted date or datetime, e.g. 2024-01-31T00:00:00Z. */
  date: 4,
  comma: 5,
  dot: 6,
  star: 7,
  openParenthesis: 8,
  closeParenthesis: 9,
  equal: 10,
  notEqual: 11,
  less: 12,
  lessEqual: 13,
  greater: 14,
  greaterEqual: 15,
  /** `<>`, which neither dialect has. */
  lessGreater: 16,
  /** A character that neither dialect has a use for. */
  unknown: 17,
  word: 32,
  select: 33,
  from: 34,
  where: 35,
  group: 36,
  by: 37,
  having: 38,
  order: 39,
  limit: 40,
  and: 41,
  or: 42,
  not: 43,
  like: 44,
  in: 45,
  between: 46,
  is: 47,
  null: 48,
  as: 49,
  asc: 50,
  desc: 51,
  distinct: 52,
  true: 53,
  false: 54,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

export interface Tokens {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export interface Lexed {
  readonly tokens: Tokens;
  /** Comments in the order of the text. */
  readonly comments: readonly Comment[];
  readonly directives: readonly Directive[];
}

export interface Comment extends Span {
  /** False for a block comment that lacks its end; it reaches to the end of the text then. */
  readonly closed: boolean;
}

/** True for names and for every keyword. */
export function isWord(kind: number): boolean {
  return kind >= TokenKind.word;
}

/** True for words with a meaning of their own, such as SELECT. */
export function isKeyword(kind: number): boolean {
  return kind > TokenKind.word;
}

/** The keyword of a kind in upper case; empty for kinds that are none. */
export function keywordText(kind: number): string {
  return keywordTexts[kind] ?? '';
}

const longestKeyword = 8;
const keywordTexts: string[] = [];
/** Kinds by `keywordSlot`: no two keywords have the same one, so that a word is compared with one keyword at most. */
const keywordsBySlot = new Uint8Array((longestKeyword + 1) << 10);
for (const [word, kind] of Object.entries(TokenKind)) {
  if (!isKeyword(kind)) continue;
  keywordTexts[kind] = word.toUpperCase();
  keywordsBySlot[keywordSlot(word, 0, word.length)] = kind;
}

/** A number made of a word's length and of its first and last letters, in any case. */
function keywordSlot(text: string, start: number, end: number): number {
  return ((end - start) << 10) | ((text.charCodeAt(start) & 31) << 5) | (text.charCodeAt(end - 1) & 31);
}

/** How a string can hold its own quote: `\'` in ZOQL, `''` in Export ZOQL; `either` where the dialect is not declared. */
export type Escapes = 'backslash' | 'doubled' | 'either';

/** Reads the tokens, comments and directives of one statement. */
export function tokenize(text: string): Lexed {
  const { tokens, comments, directives } = scanned?.text === text ? scanned.lexed : scan(text);
  const { count, kinds, starts, ends } = tokens;
  const copy = { count, kinds: kinds.slice(0, count), starts: starts.slice(0, count), ends: ends.slice(0, count) };
  return { tokens: copy, comments, directives };
}

/**
 * Reads as `tokenize` does, into arrays that the next call reuses: for the parser, which is done with them when it
 * returns. Two tokens of kind 0 follow the last one, where it ends.
 */
export function scan(text: string): Lexed {
  let { kinds, starts, ends } = scratch;
  let comments = noComments;
  let directives = noDirectives;
  let stringAt: StringReader | undefined;
  const length = text.length;
  let escapes: Escapes = 'either';
  let count = 0;
  let at = 0;

  while (at < length) {
    const code = text.charCodeAt(at);
    const group = code < 128 ? groups[code] : groupBeyondAscii(code);

    if (group === Group.space) {
      at++;
      continue;
    }
    const start = at;
    let kind: number;

    if (group === Group.letter) {
      at = wordEnd(text, at + 1);
      kind = wordKind(text, start, at);
    } else if (group === Group.sign) {
      kind = signs[code] ?? TokenKind.unknown;
      at++;
    } else if (group === Group.digit || (code === Code.minus && isDigit(text.charCodeAt(at + 1)))) {
      at = dateEnd(text, at);
      kind = TokenKind.date;
      if (at === start) {
        at = numberEnd(text, at + 1);
        kind = TokenKind.number;
      }
    } else if (group === Group.quote) {
      at = plainStringEnd(text, start, code);
      kind = TokenKind.string;
      if (at === start) {
        stringAt ??= createStringReader(text);
        const string = stringAt(start, escapes);
        at = string.end;
        if (!string.closed) kind = TokenKind.unclosedString;
      }
    } else if (startsLineComment(text, at)) {
      at = lineEnd(text, at);
      if (comments === noComments) comments = [];
      comments.push({ start, end: at, closed: true });
      const directive = readDirective(text, start, at);
      if (directive) {
        if (directives === noDirectives) directives = [];
        directives.push(directive);
        escapes = escapesAfter(directive, escapes);
      }
      continue;
    } else if (startsBlockComment(text, at)) {
      at = blockCommentEnd(text, at);
      if (comments === noComments) comments = [];
      comments.push({ start, end: at, closed: text.startsWith('*/', at - 2) && at >= start + 4 });
      continue;
    } else {
      kind = comparisonSign(text, at, code);
      at += kind === TokenKind.unknown ? unknownLength(text, at) : comparisonLength(kind);
    }

    if (count + 2 === kinds.length) ({ kinds, starts, ends } = grow());
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = at;
    count++;
  }

  const end = count === 0 ? 0 : (ends[count - 1] ?? 0);
  for (let index = count; index < count + 2; index++) {
    kinds[index] = 0;
    starts[index] = end;
    ends[index] = end;
  }
  const lexed = { tokens: { count, kinds, starts, ends }, comments, directives };
  scanned = { text, lexed };
  return lexed;
}

/** What the arrays hold: whoever asks for tokens has mostly just had the same text parsed. */
let scanned: { readonly text: string; readonly lexed: Lexed } | undefined;

// Most statements have neither, and to make two lists for nothing is felt in a file of thousands.
const noComments: Comment[] = [];
const noDirectives: Directive[] = [];

/** The end of a string that no backslash, doubled quote or line break makes a matter of rules; else `start` itself. */
function plainStringEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return text.charCodeAt(at + 1) === quote ? start : at + 1;
    if (code === Code.backslash || isLineBreak(code)) return start;
  }
  return start;
}

export interface StringSpan {
  readonly end: number;
  /** False when its line ends first; `end` is the line's end then. */
  readonly closed: boolean;
}

export type StringReader = (start: number, escapes: Escapes) => StringSpan;

/** Makes a function that finds where the string that opens at `start` ends. Starts must come in ascending order. */
export function createStringReader(text: string): StringReader {
  // Where the dialect is not declared, a backslash counts unless it would leave the string open: 'C:\' is a whole
  // string in Export ZOQL. To find that out can mean to look at the rest of the line, which is done once a line for
  // each quote: `openUntil` is the end of a line in which every quote that is left is escaped or doubled.
  const openUntil = { [Code.quote]: -1, [Code.doubleQuote]: -1 };

  return (start, escapes) => {
    if (escapes !== 'either') return readString(text, start, escapes === 'backslash');
    const quote = text.charCodeAt(start) as keyof typeof openUntil;
    const isKnownOpen = start < openUntil[quote] && quotesBehind(text, start) % 2 === 0;
    const string = isKnownOpen ? { end: openUntil[quote], closed: false } : readString(text, start, true);
    if (string.closed) return string;
    openUntil[quote] = string.end;
    const plain = readString(text, start, false);
    return plain.closed ? plain : string;
  };
}

/** How many quotes follow directly. An even number are doubled ones, an odd number close the string. */
function quotesBehind(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) === text.charCodeAt(start)) at++;
  return at - start - 1;
}

export function startsLineComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === Code.minus && text.charCodeAt(at + 1) === Code.minus;
}

export function startsBlockComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === Code.slash && text.charCodeAt(at + 1) === Code.star;
}

/** Behind the comment's end mark, or the end of the text where it has none. */
export function blockCommentEnd(text: string, start: number): number {
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? text.length : end + 2;
}

/** The end of the line, before its line break. */
export function lineEnd(text: string, at: number): number {
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Whether only white space stands before it on its line. */
export function beginsLine(text: string, at: number): boolean {
  const start = indentStart(text, at);
  return start === 0 || isLineBreak(text.charCodeAt(start - 1));
}

/** Where the white space begins that stands directly before it on its line. */
export function indentStart(text: string, at: number): number {
  while (at > 0 && isSpace(text.charCodeAt(at - 1)) && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

export function isLineBreak(code: number): boolean {
  return code === Code.lineFeed || code === Code.carriageReturn;
}

export function isSpace(code: number): boolean {
  return (code < 128 ? groups[code] : groupBeyondAscii(code)) === Group.space;
}

export function isWordStart(code: number): boolean {
  return (code < 128 ? groups[code] : groupBeyondAscii(code)) === Group.letter;
}

export function isQuote(code: number): boolean {
  return code < 128 && groups[code] === Group.quote;
}

/** Reads `-- @name value`; undefined when the comment is no directive. */
export function readDirective(text: string, start: number, end: number): Directive | undefined {
  directivePattern.lastIndex = start;
  const match = directivePattern.exec(text);
  if (!match || match.index + match[0].length > end) return undefined;
  const nameStart = start + (match[1] ?? '').length;
  const name = match[2] ?? '';
  const nameEnd = nameStart + name.length + 1;
  let valueStart = nameEnd;
  while (valueStart < end && isSpace(text.charCodeAt(valueStart))) valueStart++;
  let valueEnd = end;
  while (valueEnd > valueStart && isSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  return {
    start,
    end,
    name: name.toLowerCase(),
    nameSpan: { start: nameStart, end: nameEnd },
    value: text.slice(valueStart, valueEnd),
    valueSpan: { start: valueStart, end: valueEnd },
  };
}

/** A directive `@type` declares the dialect, and with it how strings are written from there on. */
export function escapesAfter(directive: Directive, before: Escapes): Escapes {
  if (directive.name !== 'type') return before;
  const declared = readDialect(directive.value);
  return declared ? dialects[declared].escapes : before;
}

const directivePattern = /(--[ \t]*)@([A-Za-z][A-Za-z0-9_-]*)(?![A-Za-z0-9_-])/y;

const Code = {
  lineFeed: 10,
  carriageReturn: 13,
  exclamation: 33,
  doubleQuote: 34,
  quote: 39,
  star: 42,
  minus: 45,
  dot: 46,
  slash: 47,
  less: 60,
  equal: 61,
  greater: 62,
  backslash: 92,
} as const;

const Group = { other: 0, space: 1, letter: 2, digit: 3, quote: 4, sign: 5 } as const;

const groups = new Uint8Array(128);
for (const space of ' \t\n\r\v\f') groups[space.charCodeAt(0)] = Group.space;
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_')
  groups[letter.charCodeAt(0)] = Group.letter;
for (const digit of '0123456789') groups[digit.charCodeAt(0)] = Group.digit;
for (const quote of `'"`) groups[quote.charCodeAt(0)] = Group.quote;

/** Kinds of the tokens that are one character, whatever follows it. */
const signs = new Uint8Array(128);
for (const [sign, kind] of [
  [',', TokenKind.comma],
  ['.', TokenKind.dot],
  ['*', TokenKind.star],
  ['(', TokenKind.openParenthesis],
  [')', TokenKind.closeParenthesis],
  ['=', TokenKind.equal],
] as const) {
  groups[sign.charCodeAt(0)] = Group.sign;
  signs[sign.charCodeAt(0)] = kind;
}

const beyondAsciiSpaces: ReadonlySet<number> = new Set([0x85, 0xa0, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]);

function groupBeyondAscii(code: number): number {
  if (beyondAsciiSpaces.has(code) || (code >= 0x2000 && code <= 0x200a)) return Group.space;
  return letterPattern.test(String.fromCharCode(code)) ? Group.letter : Group.other;
}

const letterPattern = /\p{L}/u;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The end of the word whose letters and digits go on at `at`. */
export function wordEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const group = code < 128 ? groups[code] : groupBeyondAscii(code);
    if (group !== Group.letter && group !== Group.digit) break;
  }
  return at;
}

function wordKind(text: string, start: number, end: number): number {
  if (end - start > longestKeyword) return TokenKind.word;
  const kind = keywordsBySlot[keywordSlot(text, start, end)] ?? 0;
  return kind !== 0 && spells(text, start, keywordText(kind)) ? kind : TokenKind.word;
}

/** Whether a word in upper case stands at `start`, in any case. */
function spells(text: string, start: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    // The bit that tells a small letter from its capital.
    if ((text.charCodeAt(start + index) & ~32) !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** Digits, a fraction and nothing else; `start` is behind the first character, which may be a minus. */
function numberEnd(text: string, at: number): number {
  while (isDigit(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) === Code.dot && isDigit(text.charCodeAt(at + 1))) {
    at++;
    while (isDigit(text.charCodeAt(at))) at++;
  }
  return at;
}

/** The end of an unquoted date or datetime; `start` itself where none stands. */
function dateEnd(text: string, start: number): number {
  // A date has its first minus after four digits: one look spares almost every number the pattern.
  if (text.charCodeAt(start + 4) !== Code.minus) return start;
  datePattern.lastIndex = start;
  return datePattern.test(text) ? datePattern.lastIndex : start;
}

const datePattern = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|Z)?/y;

function readString(text: string, start: number, backslash: boolean): StringSpan {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) return { end: at + 1, closed: true };
      at++;
    } else if (isLineBreak(code)) {
      return { end: at, closed: false };
    } else if (backslash && code === Code.backslash && !isLineBreak(text.charCodeAt(at + 1))) {
      at++;
    }
  }
  return { end: text.length, closed: false };
}

function comparisonSign(text: string, at: number, code: number): number {
  switch (code) {
    case Code.exclamation:
      return text.charCodeAt(at + 1) === Code.equal ? TokenKind.notEqual : TokenKind.unknown;
    case Code.less: {
      const next = text.charCodeAt(at + 1);
      if (next === Code.equal) return TokenKind.lessEqual;
      return next === Code.greater ? TokenKind.lessGreater : TokenKind.less;
    }
    case Code.greater:
      return text.charCodeAt(at + 1) === Code.equal ? TokenKind.greaterEqual : TokenKind.greater;
    default:
      return TokenKind.unknown;
  }
}

function comparisonLength(kind: number): number {
  return kind === TokenKind.less || kind === TokenKind.greater ? 1 : 2;
}

/** A character outside the basic plane is two code units that belong together. */
function unknownLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

// One buffer serves every call: to allocate three arrays a statement costs more than to read it.
let scratch = allocate(1024);

function allocate(capacity: number): Omit<Tokens, 'count'> {
  return {
    kinds: new Uint8Array(capacity),
    starts: new Uint32Array(capacity),
    ends: new Uint32Array(capacity),
  };
}

function grow(): Omit<Tokens, 'count'> {
  const { kinds, starts, ends } = scratch;
  scratch = allocate(kinds.length * 2);
  scratch.kinds.set(kinds);
  scratch.starts.set(starts);
  scratch.ends.set(ends);
  return scratch;
}

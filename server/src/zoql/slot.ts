/**
 * What can stand at a cursor, as far as the text alone tells: no catalogue, no dialect. Completion turns the answer into
 * items. Tokens behind the cursor keep an item out that would break them.
 */
import { isNameAt, isRightSide, leftOf, readTo, type Left, type State } from './cursorState';
import {
  beginsLine,
  isKeyword,
  isWord,
  lineEnd,
  tokenize,
  TokenKind,
  type Comment,
  type Lexed,
  type Tokens,
} from './syntax/lexer';
import { clauseOf, clauseOrder, isLiteral, isOperator } from './syntax/roles';
import type { ClauseName, Name, Span } from './syntax/tree';

/** The parts of `Parsed` that are read; `readGap` makes them of a text that is no statement. */
export interface SlotSource {
  readonly text: string;
  readonly tokens: Tokens;
  readonly comments: readonly Comment[];
}

export interface Slot {
  /** What an accepted item takes the place of: the word that the cursor is in or touches. */
  readonly replace: Span;
  /** Nothing follows the cursor's word in the statement. */
  readonly isLast: boolean;
  readonly place: Place;
  /** Words of either dialect that can stand here, in upper case, e.g. `ORDER BY`. */
  readonly keywords: readonly string[];
  /** The kind of the token before the cursor's word; 0 where there is none. */
  readonly previous: number;
  /** Words before the cursor's own that may be a name as people call it, such as Bill To. */
  readonly phrase: Phrase | undefined;
}

/** Several words, each a space behind the other, up to the end of the cursor's word. */
export interface Phrase extends Span {
  /** What could stand there instead. */
  readonly place: Place;
  /** The words before the last. */
  readonly words: readonly string[];
}

export type Place =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'object' }
  | OperandPlace
  | ValuePlace
  /** Behind the left side of a comparison, which is a field or a call. */
  | { readonly kind: 'operator'; readonly left: Left }
  /** Behind AS; `quote` is that of the string that the cursor is in. */
  | { readonly kind: 'alias'; readonly quote: string | undefined }
  /** Behind `-- @`. */
  | { readonly kind: 'directive' }
  | /** Behind `-- @type `; `before` is what stands between the name, which is in lower case, and the cursor's word. */
    { readonly kind: 'directive value'; readonly directive: string; readonly before: string };

/** A field, a path or a function. */
export interface OperandPlace {
  readonly kind: 'operand';
  readonly clause: ClauseName;
  /** The names before the cursor's own: `Account`, `BillToContact` in `Account.BillToContact.|`. */
  readonly path: readonly Name[];
  /** The function whose argument this is, as written. */
  readonly call: string | undefined;
  /** `*` can stand here. */
  readonly star: boolean;
  /** What follows the cursor's word. */
  readonly before: 'dot' | 'parenthesis' | 'operand' | 'other';
}

/** The right side of a comparison. */
export interface ValuePlace {
  readonly kind: 'value';
  readonly left: Left;
  /** The quote of the string that the cursor is in. */
  readonly quote: string | undefined;
}

/** Says what can stand at `offset`, which counts from the start of the source's text. */
export function slotAt(source: SlotSource, offset: number): Slot {
  const comment = source.comments.find(({ start, end, closed }) =>
    isInComment(source.text, start, end, closed, offset),
  );
  if (comment) return directiveSlot(source.text, comment, offset);

  const { tokens } = source;
  let index = 0;
  while (index < tokens.count && isBeforeCursor(tokens, index, offset)) index++;
  const kind = tokens.kinds[index] ?? 0;
  const start = tokens.starts[index] ?? offset;
  const end = tokens.ends[index] ?? offset;
  if (offset < start || kind === 0) return wordSlot(source, { index, start: offset, end: offset, offset });
  if (isWord(kind)) return wordSlot(source, { index, start, end, offset });
  if (offset === start) return wordSlot(source, { index, start: offset, end: offset, offset });
  if (kind === TokenKind.string || kind === TokenKind.unclosedString) return stringSlot(source, index, offset);
  return nothing(offset);
}

/** Reads a stretch of a file that belongs to no statement, e.g. what follows the last `;`. */
export function readGap(text: string): SlotSource & Pick<Lexed, 'directives'> {
  return { text, ...tokenize(text) };
}

function nothing(offset: number): Slot {
  return slotWith({ start: offset, end: offset }, { kind: 'nothing' });
}

function slotWith(replace: Span, place: Place): Slot {
  return { replace, isLast: false, place, keywords: [], previous: 0, phrase: undefined };
}

function isInComment(text: string, start: number, end: number, closed: boolean, offset: number): boolean {
  const endsOpen = !closed || text.startsWith('--', start);
  return start < offset && (offset < end || (endsOpen && offset === end));
}

function directiveSlot(text: string, comment: Comment, offset: number): Slot {
  const typed = text.slice(comment.start, offset);
  const at = (word: string, wordEnd: RegExp, place: Place): Slot => {
    const rest = wordEnd.exec(text.slice(offset, comment.end))?.[0].length ?? 0;
    return slotWith({ start: offset - word.length, end: offset + rest }, place);
  };
  const name = /^--[ \t]*@([\w-]*)$/.exec(typed);
  if (name) return at(name[1] ?? '', /^[\w-]*/, { kind: 'directive' });
  const [ahead, directive = ''] = /^--[ \t]*@([\w-]+)[ \t]+/.exec(typed) ?? [];
  if (ahead === undefined) return nothing(offset);
  let wordStart = typed.length;
  while (ahead.length < wordStart && /[\w.-]/.test(typed.charAt(wordStart - 1))) wordStart--;
  const before = typed.slice(ahead.length, wordStart);
  return at(typed.slice(wordStart), /^[\w.-]*/, {
    kind: 'directive value',
    directive: directive.toLowerCase(),
    before,
  });
}

/** Whether a token is done with at the cursor. Words, numbers and open strings still grow when the cursor touches them. */
function isBeforeCursor({ kinds, starts, ends }: Tokens, index: number, offset: number): boolean {
  const kind = kinds[index] ?? 0;
  const end = ends[index] ?? 0;
  if (end < offset) return true;
  const grows =
    isWord(kind) || kind === TokenKind.number || kind === TokenKind.date || kind === TokenKind.unclosedString;
  return end === offset && !(grows && (starts[index] ?? 0) < offset);
}

/** The word at the cursor, or an empty span; `index` is its token, or the first token behind the cursor. */
interface Word extends Span {
  readonly index: number;
  readonly offset: number;
}

function wordSlot(source: SlotSource, word: Word): Slot {
  const { text, tokens } = source;
  const hasWord = word.start < word.end;
  const state = readTo(text, tokens, word.index);
  const behind = look(text, tokens, word, hasWord ? word.index + 1 : word.index);
  const slot = (place: Place, keywords: readonly string[]): Slot => ({
    replace: { start: word.start, end: word.end },
    isLast: behind.kind === 0,
    place,
    keywords,
    previous: state.previous,
    phrase: phraseAt(source, word, behind),
  });
  const none: Place = { kind: 'nothing' };
  if (!hasWord) return slot(placeIn(state, behind), keywordsIn(state, behind));

  const kind = tokens.kinds[word.index] ?? 0;
  const isName = isNameAt(tokens, word.index);
  const clause = isName ? undefined : clauseOf(kind);
  // A name that a dot or parenthesis follows makes way for names only.
  const leadsOn = isName && (behind.kind === TokenKind.openParenthesis || behind.kind === TokenKind.dot);
  const keywords = word.start < word.offset && !leadsOn ? keywordsIn(state, behind) : [];
  // FROM is not to become AS, nor a field: the rest of the query hangs on it.
  if (clause) {
    const first = clause.toUpperCase().split(' ', 1)[0] ?? '';
    return slot(
      none,
      keywords.filter(keyword => keyword.startsWith(first)),
    );
  }
  const isWhole = word.offset === word.end || !isKeyword(kind) || isName;
  const breaksOperator = isOperator(kind) && !endsValue(behind.kind);
  return slot(isWhole && !breaksOperator ? placeIn(state, behind) : none, keywords);
}

/** The most words of a name, as people call it, that are looked back for. */
const longestPhrase = 5;

function phraseAt({ text, tokens }: SlotSource, { index, start, end }: Word, behind: Behind): Phrase | undefined {
  let first = index;
  let from = start;
  while (0 < first && index - first < longestPhrase && tokens.kinds[first - 1] === TokenKind.word) {
    if (tokens.ends[first - 1] !== from - 1 || text.charAt(from - 1) !== ' ') break;
    first--;
    from = tokens.starts[first] ?? 0;
  }
  if (first === index) return undefined;
  const place = placeIn(readTo(text, tokens, first), behind);
  if (place.kind !== 'operand' && place.kind !== 'object') return undefined;
  return { start: from, end, place, words: text.slice(from, start).trimEnd().split(' ') };
}

function stringSlot({ text, tokens }: SlotSource, index: number, offset: number): Slot {
  const state = readTo(text, tokens, index);
  const isValue = state.expect === 'operand' && isRightSide(state.role);
  if (!isValue && state.expect !== 'alias') return nothing(offset);
  const start = tokens.starts[index] ?? offset;
  const tokenEnd = tokens.ends[index] ?? offset;
  // A quote that was just typed pairs up with one further on: only what looks like one value is taken for the string.
  const isOneValue = tokens.kinds[index] === TokenKind.string && /^[^=<>!(),]*$/.test(text.slice(offset, tokenEnd));
  const end = isOneValue ? tokenEnd : offset;
  const quote = text.charAt(start);
  return slotWith({ start, end }, isValue ? { kind: 'value', left: state.left, quote } : { kind: 'alias', quote });
}

/** What stands behind the cursor's word. */
interface Behind {
  readonly kind: number;
  /** The next clause in the order of clauses; behind the last one where none follows. */
  readonly rank: number;
  readonly hasFrom: boolean;
  /** A clause's keyword can stand at the cursor without breaking what follows. */
  readonly takesClause: boolean;
  /** The token behind stands on the cursor's line. */
  readonly isOnLine: boolean;
  /** The cursor's word is the first of its line. */
  readonly beginsLine: boolean;
}

function look(text: string, tokens: Tokens, word: Word, index: number): Behind {
  const { kinds, starts, count } = tokens;
  let next = index;
  while (next < count && (clauseOf(kinds[next] ?? 0) === undefined || isNameAt(tokens, next))) next++;
  const clause = clauseOf(kinds[next] ?? 0);
  const kind = kinds[index] ?? 0;
  // In the place of AND, a new clause would take the condition behind it.
  const joins = index > word.index && isKeyword(kinds[word.index] ?? 0) && !clauseOf(kinds[word.index] ?? 0);
  return {
    kind,
    takesClause: kind === 0 || next === index || (!joins && beginsOperand(kind)),
    rank: clause ? clauseOrder.indexOf(clause) : clauseOrder.length,
    hasFrom: index < count && kinds.indexOf(TokenKind.from, index) !== -1,
    isOnLine: (starts[index] ?? text.length) <= lineEnd(text, word.end),
    beginsLine: beginsLine(text, word.start),
  };
}

function placeIn(state: State, behind: Behind): Place {
  const { expect, role, clause, previous } = state;
  if (expect === 'object') return { kind: 'object' };
  if (expect === 'after operand' && role === 'left' && !isOperator(behind.kind)) {
    return { kind: 'operator', left: leftOf(state, 0) };
  }
  if (expect === 'alias' && endsItem(behind.kind)) return { kind: 'alias', quote: undefined };
  if (expect !== 'operand' && expect !== 'part') return { kind: 'nothing' };
  const path = expect === 'part' ? state.path : [];
  if (isRightSide(role) && path.length === 0) {
    return endsValue(behind.kind) ? { kind: 'value', left: state.left, quote: undefined } : { kind: 'nothing' };
  }
  const call = role === 'argument' ? state.open.at(-1)?.call : undefined;
  return {
    kind: 'operand',
    clause: clause ?? 'select',
    path,
    call,
    star:
      (clause === 'select' && role === 'item') ||
      (path.length === 0 && call?.toLowerCase() === 'count' && previous !== TokenKind.distinct),
    before: nameOf(behind.kind),
  };
}

function nameOf(kind: number): OperandPlace['before'] {
  if (kind === TokenKind.dot) return 'dot';
  if (kind === TokenKind.openParenthesis) return 'parenthesis';
  return kind === TokenKind.word || kind === TokenKind.star || isLiteral(kind) ? 'operand' : 'other';
}

function keywordsIn(state: State, behind: Behind): readonly string[] {
  switch (state.expect) {
    case 'select':
      return behind.kind === TokenKind.select && behind.isOnLine ? [] : ['SELECT'];
    case 'by':
      return behind.kind === TokenKind.by ? [] : ['BY'];
    case 'operand':
      return operandKeywords(state, behind);
    case 'after operand':
      return afterOperandKeywords(state, behind);
    case 'after not':
      return ['LIKE'];
    case 'is':
      return behind.kind === TokenKind.null ? ['NOT'] : ['NULL', 'NOT NULL'];
    case 'is not':
      return ['NULL'];
    case 'after object':
    case 'after alias':
    case 'after direction':
    case 'after count':
      return nextClauses(state, behind);
    case 'object':
    case 'part':
    case 'in':
    case 'alias':
    case 'count':
    case 'anything':
      return [];
  }
}

function operandKeywords({ role, previous, open }: State, behind: Behind): readonly string[] {
  if (role === 'left' && previous !== TokenKind.not) return ['NOT'];
  const isFirstOfCount = previous === TokenKind.openParenthesis && open.at(-1)?.call?.toLowerCase() === 'count';
  return role === 'argument' && isFirstOfCount && behind.kind !== TokenKind.star ? ['DISTINCT'] : [];
}

function afterOperandKeywords(state: State, behind: Behind): readonly string[] {
  switch (state.role) {
    case 'item':
      return [...itemKeywords(state, behind), ...nextClauses(state, behind)];
    case 'right':
    case 'high':
      return isOperator(behind.kind) && behind.kind !== TokenKind.not
        ? []
        : ['AND', 'OR', ...nextClauses(state, behind)];
    case 'low':
      return behind.kind === TokenKind.and ? [] : ['AND'];
    case 'left':
    case 'listed':
    case 'argument':
      return [];
  }
}

function itemKeywords({ clause }: State, { kind }: Behind): readonly string[] {
  if (clause === 'select') return kind === TokenKind.as ? [] : ['AS'];
  return clause === 'order by' && kind !== TokenKind.asc && kind !== TokenKind.desc ? ['ASC', 'DESC'] : [];
}

/** The clauses that fit between the one before the cursor and the one behind it. */
function nextClauses({ clause, open, hasGroupBy }: State, behind: Behind): readonly string[] {
  if (open.length > 0 || clause === undefined) return [];
  if (clause === 'select') return behind.hasFrom ? [] : ['FROM'];
  if (!behind.takesClause) return [];
  if (behind.kind === TokenKind.by) return ['GROUP', 'ORDER'];
  const fitting = clauseOrder
    .slice(clauseOrder.indexOf(clause) + 1, behind.rank)
    .filter(name => name !== 'having' || hasGroupBy)
    .map(name => name.toUpperCase());
  // SELECT at the start of a line begins a statement of its own.
  return behind.kind === 0 && behind.beginsLine ? [...fitting, 'SELECT'] : fitting;
}

function beginsOperand(kind: number): boolean {
  switch (kind) {
    case TokenKind.word:
    case TokenKind.by:
    case TokenKind.not:
    case TokenKind.openParenthesis:
      return true;
    default:
      return isLiteral(kind);
  }
}

/** Whether an element of the SELECT list can end before a token of this kind. */
function endsItem(kind: number): boolean {
  return kind === 0 || kind === TokenKind.comma || clauseOf(kind) !== undefined;
}

/** Whether a value can end before a token of this kind. */
function endsValue(kind: number): boolean {
  switch (kind) {
    case 0:
    case TokenKind.and:
    case TokenKind.or:
    case TokenKind.comma:
    case TokenKind.closeParenthesis:
      return true;
    default:
      return clauseOf(kind) !== undefined;
  }
}

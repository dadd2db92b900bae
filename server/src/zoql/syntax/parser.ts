/**
 * A hand-written parser of the union of both dialects. It never throws: what is missing or wrong comes back in
 * `problems`, and the tree holds whatever could be read. One mistake gives one problem.
 *
 * No grammar of either language is published. This one follows Zuora's documentation and the queries that real clients
 * send, and leans to accepting: an error here means that no source shows such a query working.
 */
import type { ProblemCode } from '../problemCodes';
import { isKeyword, isWord, keywordText, scan, tokenize, TokenKind, type Comment, type Tokens } from './lexer';
import { clauseOf, clauseOrder, isLiteral, isName } from './roles';
import type {
  Alias,
  Clause,
  ClauseName,
  ComparisonOperator,
  Directive,
  Expression,
  Keyword,
  Limit,
  Literal,
  Name,
  Operand,
  OrderItem,
  Problem,
  Query,
  SelectItem,
  Span,
} from './tree';

export interface Parsed {
  readonly text: string;
  /** Read again when first asked for: only the statement at the cursor ever is. */
  readonly tokens: Tokens;
  readonly comments: readonly Comment[];
  readonly directives: readonly Directive[];
  readonly query: Query;
  readonly problems: readonly Problem[];
}

/** How deep parentheses may nest. Real queries stay below ten; the limit keeps any text from exhausting the stack. */
const maxDepth = 200;

/** Parses one statement's text, without its `;`. */
export function parse(text: string): Parsed {
  const { tokens, comments, directives } = scan(text);
  const parser = new Parser(text, tokens);
  pileHeight = 0;
  const query = parseQuery(parser);
  for (const comment of comments) {
    if (!comment.closed)
      parser.report(comment.start, comment.start + 2, 'unclosed-comment', 'This comment lacks its */');
  }
  const problems = parser.problems.length === 0 ? nothing : parser.problems.sort((a, b) => a.start - b.start);
  return new ParsedText(text, comments, directives, query, problems);
}

/** Every list that is empty: most lists of most queries are. */
const nothing: readonly never[] = [];

// What is seldom asked for is made when it is: a class can do that, since its getters stand in the prototype. An object
// literal with a getter gets a function and a hidden class of its own each time, which takes longer than to parse.
class ParsedText implements Parsed {
  private kept: Tokens | undefined;

  constructor(
    readonly text: string,
    readonly comments: readonly Comment[],
    readonly directives: readonly Directive[],
    readonly query: Query,
    readonly problems: readonly Problem[],
  ) {}

  get tokens(): Tokens {
    return (this.kept ??= tokenize(this.text).tokens);
  }
}

class QueryNode implements Query {
  end: number;
  items: readonly SelectItem[] = nothing;
  from: Name | undefined = undefined;
  where: Expression | undefined = undefined;
  groupBy: readonly Operand[] = nothing;
  having: Expression | undefined = undefined;
  orderBy: readonly OrderItem[] = nothing;
  limit: Limit | undefined = undefined;
  clauses: readonly Clause[] = nothing;
  packedKeywords: readonly number[] = nothing;
  /** Made when somebody first asks for keywords: few statements are ever looked at so closely. */
  private unpackedKeywords: readonly Keyword[] | undefined = undefined;

  constructor(readonly start: number) {
    this.end = start;
  }

  get keywords(): readonly Keyword[] {
    return (this.unpackedKeywords ??= this.packedKeywords.map(packed => {
      const start = Math.floor(packed / kindRange);
      const word = keywordText(packed % kindRange);
      return { start, end: start + word.length, word };
    }));
  }
}

/** A keyword is kept as one number, its start times this plus its kind: the kind says its length. */
const kindRange = 64;

// Lists grow here and are cut out once they are whole: an array that grows by itself keeps room for 16 things more.
const keywordPile: number[] = [];
const pile: unknown[] = [];
let pileHeight = 0;

function put(item: unknown): void {
  pile[pileHeight++] = item;
}

/** What was put since the pile was so high. */
function takeFrom<Item>(height: number): readonly Item[] {
  if (pileHeight === height) return nothing;
  const items = pile.slice(height, pileHeight) as Item[];
  pileHeight = height;
  return items;
}

/** A cursor over the tokens of `scan`. It knows how to look, step and report; the rules of the language are functions below. */
class Parser {
  readonly problems: Problem[] = [];
  private readonly count: number;
  private readonly kinds: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private reported: Set<number> | undefined;
  private depth = 0;
  /** Every parenthesis around one that is left open, or not read to its end, is open too: one report is enough. */
  private hasUnclosed = false;
  private index = 0;
  private keywordCount = 0;

  constructor(
    readonly text: string,
    { count, kinds, starts, ends }: Tokens,
  ) {
    this.count = count;
    this.kinds = kinds;
    this.starts = starts;
    this.ends = ends;
  }

  /** The kind of the token that is next; 0 at the end. */
  get kind(): number {
    return this.kinds[this.index] ?? 0;
  }

  /** The kind of the token behind the next one. */
  get kindAfter(): number {
    return this.kinds[this.index + 1] ?? 0;
  }

  get start(): number {
    return this.starts[this.index] ?? 0;
  }

  get end(): number {
    return this.ends[this.index] ?? 0;
  }

  get previousEnd(): number {
    return this.ends[this.index - 1] ?? 0;
  }

  get atEnd(): boolean {
    return this.count <= this.index;
  }

  get textOfToken(): string {
    return this.text.slice(this.start, this.end);
  }

  next(): void {
    this.index++;
  }

  eat(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.index++;
    return true;
  }

  /** Steps over a keyword and remembers it. */
  keyword(): void {
    keywordPile[this.keywordCount++] = this.start * kindRange + this.kind;
    this.index++;
  }

  eatKeyword(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.keyword();
    return true;
  }

  /** The keywords so far, packed. */
  get keywords(): readonly number[] {
    return keywordPile.slice(0, this.keywordCount);
  }

  /** Whether such a token comes, here or later. */
  has(kind: number): boolean {
    return this.find(kind) !== undefined;
  }

  /** Goes to the first such token; stays where there is none. */
  skipTo(kind: number): boolean {
    const index = this.find(kind);
    if (index !== undefined) this.index = index;
    return index !== undefined;
  }

  private find(kind: number): number | undefined {
    for (let index = this.index; index < this.count; index++) if (this.kinds[index] === kind) return index;
    return undefined;
  }

  skipAll(): void {
    this.index = this.count;
  }

  /** Steps over one token, or over a whole pair of parentheses. */
  step(): void {
    if (this.kind === TokenKind.openParenthesis) this.skipParentheses();
    else this.index++;
  }

  /** From an opening parenthesis to behind its closing one, or to the end. */
  skipParentheses(): void {
    this.index++;
    this.skipToClosing();
    this.eat(TokenKind.closeParenthesis);
  }

  /** To the parenthesis that closes the one we are in. A loop and not a recursion: any depth is fine. */
  skipToClosing(): void {
    let depth = 0;
    for (; !this.atEnd; this.index++) {
      if (this.kind === TokenKind.openParenthesis) depth++;
      else if (this.kind === TokenKind.closeParenthesis && depth-- === 0) return;
    }
  }

  /** Reads one level deeper; where that is too deep, reports it once and skips the level. */
  nested<T>(read: (p: Parser) => T): T | undefined {
    if (maxDepth <= this.depth) {
      this.reportHere('too-deep', `Parentheses and NOT nest more than ${maxDepth} levels deep here`);
      this.hasUnclosed = true;
      this.skipToClosing();
      return undefined;
    }
    this.depth++;
    const result = read(this);
    this.depth--;
    return result;
  }

  /** One mistake, one problem: a second one at the same place only echoes the first. */
  report(start: number, end: number, code: ProblemCode, message: string): void {
    if (this.reported?.has(start)) return;
    (this.reported ??= new Set()).add(start);
    this.problems.push({ start, end, code, message, severity: 'error' });
  }

  reportUnclosed(open: number): void {
    if (!this.hasUnclosed) this.report(open, open + 1, 'unclosed-parenthesis', 'This ( lacks its )');
    this.hasUnclosed = true;
  }

  /** Reports at the current token, or at the last one where the text ends too early. */
  reportHere(code: ProblemCode, message: string): void {
    if (!this.atEnd) {
      this.report(this.start, this.end, code, message);
      return;
    }
    const last = this.count - 1;
    this.report(this.starts[last] ?? 0, this.ends[last] ?? 0, code, message);
  }
}

function parseQuery(p: Parser): Query {
  const query = new QueryNode(p.start);
  if (seekSelect(p)) {
    const clauses = pileHeight;
    readClauses(p, query);
    query.clauses = takeFrom(clauses);
  }
  query.packedKeywords = p.keywords;
  query.end = p.previousEnd;
  return query;
}

function readClauses(p: Parser, query: QueryNode): void {
  let last: ClauseName = 'select';
  let seen = bitOf(last);
  put(parseClause(p, 'select', query));
  // FROM is missed only where none follows at all: "where … from …" is out of order, which is said there.
  if (p.kind !== TokenKind.from && p.problems.length === 0 && !p.has(TokenKind.from)) {
    p.reportHere('expected-from', 'Expected FROM and an object');
  }
  for (let name = clauseAt(p); !p.atEnd; name = clauseAt(p)) {
    if (!name) {
      reportUnexpected(p, last);
      skipToClause(p);
      continue;
    }
    const bit = bitOf(name);
    if ((seen & bit) !== 0) {
      p.reportHere('duplicate-clause', `A query has one ${name.toUpperCase()}; end the one before with ;`);
    } else if (bit < bitOf(last)) {
      p.reportHere('clause-order', `${name.toUpperCase()} stands before ${last.toUpperCase()}`);
    } else {
      last = name;
    }
    seen |= bit;
    put(parseClause(p, name, query));
  }
}

/** A clause as one bit; those that stand further back have higher ones. */
function bitOf(name: ClauseName): number {
  return 1 << clauseOrder.indexOf(name);
}

/**
 * Goes to the SELECT list. A text without SELECT that has a FROM is read as if SELECT stood before it, so that a person
 * who writes from the end still gets fields; any other has nothing to read.
 */
function seekSelect(p: Parser): boolean {
  if (p.atEnd || p.kind === TokenKind.select) return !p.atEnd;
  const isChange = /^(alter|create|delete|drop|insert|merge|truncate|update)$/i.test(p.textOfToken);
  p.reportHere('expected-select', `${isChange ? 'AQuA only reads: a' : 'A'} statement begins with SELECT`);
  if (p.skipTo(TokenKind.select) || p.has(TokenKind.from)) return true;
  p.skipAll();
  return false;
}

/** The clause whose keyword stands here. */
function clauseAt(p: Parser): ClauseName | undefined {
  return clauseOf(p.kind);
}

function parseClause(p: Parser, name: ClauseName, query: QueryNode): Clause {
  const start = p.start;
  if (clauseAt(p) === name) p.keyword();
  if ((name === 'group by' || name === 'order by') && !p.eatKeyword(TokenKind.by)) {
    p.reportHere('expected-by', `Expected BY after ${name.slice(0, -3).toUpperCase()}`);
  }
  const bodyStart = Math.max(start, p.previousEnd);
  parseBody(p, name, query);
  return { name, start, end: Math.max(start, p.previousEnd), bodyStart };
}

/** What a second clause of a kind says is read and left out of the tree. */
function parseBody(p: Parser, name: ClauseName, query: QueryNode): void {
  switch (name) {
    case 'select': {
      const items = parseList(p, parseSelectItem);
      if (query.items.length === 0) query.items = items;
      return;
    }
    case 'from': {
      const object = parseObject(p);
      query.from ??= object;
      return;
    }
    case 'where': {
      const where = parseExpression(p);
      query.where ??= where;
      return;
    }
    case 'group by': {
      const groupBy = parseList(p, parseField);
      if (query.groupBy.length === 0) query.groupBy = groupBy;
      return;
    }
    case 'having': {
      const having = parseExpression(p);
      query.having ??= having;
      return;
    }
    case 'order by': {
      const orderBy = parseList(p, parseOrderItem);
      if (query.orderBy.length === 0) query.orderBy = orderBy;
      return;
    }
    case 'limit': {
      const limit = parseLimit(p);
      query.limit ??= limit;
    }
  }
}

/** Reads `item, item, …` up to the next clause. */
function parseList<Item extends Span>(p: Parser, parseItem: (p: Parser) => Item | undefined): readonly Item[] {
  const first = pileHeight;
  for (;;) {
    const item = parseItem(p);
    if (item) put(item);
    if (p.eat(TokenKind.comma)) continue;
    if (p.atEnd || clauseAt(p)) return takeFrom(first);
    if (item && startsOperand(p)) {
      if (pileHeight === first + 1 && skipQuantifier(p, item)) pileHeight = first;
      else p.reportHere('expected-comma', wordsForTimes(p) ?? 'Expected a comma between two fields');
      continue;
    }
    reportUnexpected(p, undefined);
    skipToClauseOr(p, TokenKind.comma);
    if (!p.eat(TokenKind.comma)) return takeFrom(first);
  }
}

/** `top 10` and `all` before the first field, which SQL has and which would read as fields without a comma. */
function skipQuantifier(p: Parser, { start, end }: Span): boolean {
  const word = p.text.slice(start, end).toLowerCase();
  if (word === 'all') {
    p.report(start, end, 'unexpected-token', 'SELECT has no ALL; it reads all rows');
    return true;
  }
  if (word !== 'top' || p.kind !== TokenKind.number) return false;
  p.report(start, p.end, 'unexpected-token', `SELECT has no TOP; Export ZOQL has LIMIT ${p.textOfToken} at the end`);
  p.next();
  return true;
}

function parseSelectItem(p: Parser): SelectItem | undefined {
  const start = p.start;
  if (p.kind === TokenKind.distinct) {
    p.reportHere('distinct-outside-count', 'DISTINCT stands only inside COUNT( )');
    p.keyword();
  }
  const value = parseField(p);
  if (!value) return undefined;
  const alias = parseAlias(p);
  return { start, end: p.previousEnd, value, alias };
}

function parseAlias(p: Parser): Alias | undefined {
  if (!p.eatKeyword(TokenKind.as)) return undefined;
  const { start, end } = p;
  const kind = p.kind;
  if (kind === TokenKind.string || kind === TokenKind.unclosedString) {
    const literal = parseString(p);
    return { start, end, name: literal.text, quoted: true };
  }
  if (isWord(kind) && !clauseAt(p)) {
    p.next();
    return { start, end, name: p.text.slice(start, end), quoted: false };
  }
  p.reportHere('expected-alias', 'Expected a name after AS');
  return undefined;
}

function parseObject(p: Parser): Name | undefined {
  if (isNameHere(p)) return parseName(p);
  p.reportHere('expected-object', 'Expected an object after FROM');
  return undefined;
}

function parseOrderItem(p: Parser): OrderItem | undefined {
  const start = p.start;
  const value = parseField(p);
  if (!value) return undefined;
  const direction = p.kind === TokenKind.asc ? 'asc' : p.kind === TokenKind.desc ? 'desc' : undefined;
  if (direction) p.keyword();
  return { start, end: p.previousEnd, value, direction };
}

function parseLimit(p: Parser): Limit {
  const start = p.start;
  const first = parseCount(p);
  const hasTwo = p.eat(TokenKind.comma);
  const second = hasTwo ? parseCount(p) : undefined;
  const end = Math.max(start, p.previousEnd);
  return hasTwo ? { start, end, offset: first, count: second } : { start, end, offset: undefined, count: first };
}

function parseCount(p: Parser): number | undefined {
  if (p.kind !== TokenKind.number) {
    p.reportHere('expected-number', 'Expected a number of rows');
    return undefined;
  }
  const count = Number(p.textOfToken);
  if (!Number.isInteger(count) || count < 0)
    p.reportHere('expected-number', 'A number of rows is whole and not negative');
  p.next();
  return count;
}

/** `a and b or not (c)`; AND binds tighter than OR. */
function parseExpression(p: Parser): Expression | undefined {
  return parseLogical(p, TokenKind.or, parseConjunction);
}

function parseConjunction(p: Parser): Expression | undefined {
  return parseLogical(p, TokenKind.and, parseNegation);
}

function parseLogical(
  p: Parser,
  kind: typeof TokenKind.and | typeof TokenKind.or,
  parseOne: (p: Parser) => Expression | undefined,
): Expression | undefined {
  const start = p.start;
  const first = parseOne(p);
  if (p.kind !== kind) return first;
  const height = pileHeight;
  if (first) put(first);
  while (p.eatKeyword(kind)) {
    const operand = parseOne(p);
    if (operand) put(operand);
  }
  const operands = takeFrom<Expression>(height);
  return { kind: kind === TokenKind.and ? 'and' : 'or', start, end: p.previousEnd, operands };
}

function parseNegation(p: Parser): Expression | undefined {
  if (p.kind !== TokenKind.not) return parseCondition(p);
  const start = p.start;
  p.keyword();
  const operand = p.nested(parseNegation);
  return { kind: 'not', start, end: p.previousEnd, operand };
}

function parseCondition(p: Parser): Expression | undefined {
  if (p.kind === TokenKind.openParenthesis) return parseGroup(p);
  const left = parseOperand(p, 'expected-condition', 'Expected a condition');
  return left && parseComparison(p, left);
}

function parseGroup(p: Parser): Expression {
  const start = p.start;
  if (p.kindAfter === TokenKind.select) {
    skipSubselect(p);
    return { kind: 'group', start, end: p.previousEnd, expression: undefined };
  }
  p.next();
  const expression = p.nested(parseExpression);
  closeParenthesis(p, start);
  return { kind: 'group', start, end: p.previousEnd, expression };
}

function skipSubselect(p: Parser): void {
  p.reportHere('subselect', 'Neither ZOQL nor Export ZOQL has sub-selects; use a path or a second query');
  p.skipParentheses();
}

function parseComparison(p: Parser, left: Operand): Expression {
  const start = left.start;
  const operatorStart = p.start;
  const negated = p.kind === TokenKind.not && isNegatable(p.kindAfter);
  if (negated) p.keyword();
  const kind = p.kind;

  if (kind === TokenKind.is) {
    p.keyword();
    const isNot = p.eatKeyword(TokenKind.not);
    if (!p.eatKeyword(TokenKind.null)) p.reportHere('expected-null', 'Expected NULL after IS');
    return { kind: 'null-test', start, end: p.previousEnd, left, negated: isNot };
  }
  if (kind === TokenKind.in) {
    p.keyword();
    const operatorSpan = { start: operatorStart, end: p.previousEnd };
    const values = parseValues(p);
    return { kind: 'in', start, end: p.previousEnd, left, negated, operatorSpan, values };
  }
  if (kind === TokenKind.between) {
    p.keyword();
    const operatorSpan = { start: operatorStart, end: p.previousEnd };
    const low = parseValue(p);
    let high: Operand | undefined;
    if (p.eatKeyword(TokenKind.and)) high = parseValue(p);
    else p.reportHere('expected-and', 'Expected AND and the upper end of BETWEEN');
    return { kind: 'between', start, end: p.previousEnd, left, negated, operatorSpan, low, high };
  }

  const operator = comparisonAt(kind, negated);
  if (!operator) {
    p.reportHere('expected-operator', wordsForArithmetic(p) ?? 'Expected an operator such as = or LIKE');
    return { kind: 'bare', start, end: left.end, value: left };
  }
  if (kind === TokenKind.like) p.keyword();
  else p.next();
  const operatorSpan = { start: operatorStart, end: p.previousEnd };
  const right = parseValue(p);
  return { kind: 'comparison', start, end: p.previousEnd, left, operator, operatorSpan, right };
}

function isNegatable(kind: number): boolean {
  return kind === TokenKind.like || kind === TokenKind.in || kind === TokenKind.between;
}

function comparisonAt(kind: number, negated: boolean): ComparisonOperator | undefined {
  switch (kind) {
    case TokenKind.equal:
      return '=';
    case TokenKind.notEqual:
      return '!=';
    case TokenKind.less:
      return '<';
    case TokenKind.lessEqual:
      return '<=';
    case TokenKind.greater:
      return '>';
    case TokenKind.greaterEqual:
      return '>=';
    case TokenKind.lessGreater:
      return '<>';
    case TokenKind.like:
      return negated ? 'not like' : 'like';
    default:
      return undefined;
  }
}

/** The values of IN. */
function parseValues(p: Parser): readonly Operand[] {
  const start = p.start;
  if (p.kind !== TokenKind.openParenthesis) {
    p.reportHere('expected-list', 'Expected a list in parentheses after IN');
    return nothing;
  }
  if (p.kindAfter === TokenKind.select) {
    skipSubselect(p);
    return nothing;
  }
  const first = pileHeight;
  p.next();
  do {
    const value = parseValue(p);
    if (value) put(value);
  } while (p.eat(TokenKind.comma));
  const values = takeFrom<Operand>(first);
  closeParenthesis(p, start);
  return values;
}

function parseValue(p: Parser): Operand | undefined {
  if (p.kind === TokenKind.openParenthesis && p.kindAfter === TokenKind.select) {
    skipSubselect(p);
    return undefined;
  }
  if (p.kind === TokenKind.word && p.kindAfter === TokenKind.string) {
    p.reportHere('typed-literal', `Write the value in quotes alone, without ${p.textOfToken}`);
    p.next();
  }
  return parseOperand(p, 'expected-value', 'Expected a value');
}

function parseField(p: Parser): Operand | undefined {
  return parseOperand(p, 'expected-field', 'Expected a field');
}

function startsOperand(p: Parser): boolean {
  return isNameHere(p) || p.kind === TokenKind.star || isLiteral(p.kind);
}

function parseOperand(p: Parser, code: ProblemCode, message: string): Operand | undefined {
  if (p.kind === TokenKind.star) {
    const { start, end } = p;
    p.next();
    return { kind: 'star', start, end, parts: nothing };
  }
  if (isNameHere(p)) return p.kindAfter === TokenKind.openParenthesis ? parseCall(p) : parsePath(p);
  if (isLiteral(p.kind)) return parseLiteral(p);
  p.reportHere(code, wordsForSign(p) ?? message);
  return undefined;
}

/** What is written here for a sign of other languages. */
function wordsForSign(p: Parser): string | undefined {
  const sign = p.textOfToken;
  if (/^[‘’“”`´]/.test(sign)) return "A text stands in straight quotes: '";
  if (sign === '=' && p.text[p.start - 1] === '=') return 'Equal is written =';
  const meant = signsMeant[sign];
  return meant && `${meant} is written as a word`;
}

function wordsForArithmetic({ textOfToken: sign }: Parser): string | undefined {
  return /^[-+*/%]$/.test(sign) ? `Neither ZOQL nor Export ZOQL calculates: there is no ${sign}` : undefined;
}

/** Of a star between two values; one that ends a list of fields is another field. */
function wordsForTimes(p: Parser): string | undefined {
  const isBeforeValue = p.kindAfter === TokenKind.number || p.kindAfter === TokenKind.word;
  return isBeforeValue ? wordsForArithmetic(p) : undefined;
}

const signsMeant: Readonly<Record<string, string>> = { '&': 'AND', '|': 'OR', '!': 'NOT' };

function parseCall(p: Parser): Operand {
  const name = parseName(p);
  const open = p.start;
  let args: readonly Operand[] = nothing;
  p.next();
  const distinct = p.eatKeyword(TokenKind.distinct);
  if (p.kind === TokenKind.closeParenthesis) {
    p.reportHere('expected-field', `Expected a field in ${name.text}( )`);
  } else {
    args = p.nested(parseArguments) ?? nothing;
  }
  closeParenthesis(p, open);
  return { kind: 'call', start: name.start, end: p.previousEnd, name, distinct, args };
}

function parseArguments(p: Parser): readonly Operand[] {
  const first = pileHeight;
  do {
    const arg = parseField(p);
    if (arg) put(arg);
  } while (p.eat(TokenKind.comma));
  return takeFrom(first);
}

function parsePath(p: Parser): Operand {
  const start = p.start;
  const name = parseName(p);
  if (p.kind !== TokenKind.dot) return { kind: 'path', start, end: name.end, parts: [name], dangling: false };
  const first = pileHeight;
  put(name);
  while (p.eat(TokenKind.dot)) {
    if (p.eat(TokenKind.star)) return { kind: 'star', start, end: p.previousEnd, parts: takeFrom(first) };
    // Behind a dot every word is a name, but one that begins the next clause: "select Account. from Invoice".
    if (!isWord(p.kind) || (isKeyword(p.kind) && !isNameHere(p))) {
      p.report(p.previousEnd - 1, p.previousEnd, 'expected-field', 'Expected a field after the dot');
      return { kind: 'path', start, end: p.previousEnd, parts: takeFrom(first), dangling: true };
    }
    put(parseName(p));
  }
  return { kind: 'path', start, end: p.previousEnd, parts: takeFrom(first), dangling: false };
}

function parseName(p: Parser): Name {
  const { start, end } = p;
  p.next();
  return { start, end, text: p.text.slice(start, end) };
}

function isNameHere(p: Parser): boolean {
  return isName(p.kind, p.kindAfter);
}

function parseLiteral(p: Parser): Literal {
  const type = literalType(p.kind);
  if (type === 'string') return parseString(p);
  const { start, end, textOfToken: text } = p;
  if (type === 'number' || type === 'date') p.next();
  else p.keyword();
  return { kind: 'literal', start, end, type, text };
}

function literalType(kind: number): Literal['type'] {
  switch (kind) {
    case TokenKind.number:
      return 'number';
    case TokenKind.date:
      return 'date';
    case TokenKind.null:
      return 'null';
    case TokenKind.true:
    case TokenKind.false:
      return 'boolean';
    default:
      return 'string';
  }
}

function parseString(p: Parser): Literal {
  const { start, end } = p;
  const closed = p.kind === TokenKind.string;
  if (!closed) p.reportHere('unclosed-string', 'This text lacks its closing quote');
  p.next();
  return { kind: 'literal', start, end, type: 'string', text: p.text.slice(start + 1, closed ? end - 1 : end) };
}

function closeParenthesis(p: Parser, open: number): void {
  if (p.eat(TokenKind.closeParenthesis)) return;
  if (!p.atEnd && !clauseAt(p)) {
    reportUnexpected(p, undefined);
    p.skipToClosing();
    if (p.eat(TokenKind.closeParenthesis)) return;
  }
  p.reportUnclosed(open);
}

const joinWords: ReadonlySet<string> = new Set(['join', 'left', 'right', 'inner', 'outer', 'full', 'cross', 'natural']);

/** Says what is wrong with a token that no rule has a use for. */
function reportUnexpected(p: Parser, after: ClauseName | undefined): void {
  const text = p.textOfToken;
  const kind = p.kind;
  if (kind === TokenKind.closeParenthesis) {
    p.reportHere('unopened-parenthesis', 'This ) closes nothing');
  } else if (kind === TokenKind.unknown) {
    p.reportHere(
      'unexpected-character',
      wordsForSign(p) ?? wordsForArithmetic(p) ?? `${printable(text)} has no meaning here`,
    );
  } else if (kind === TokenKind.unclosedString) {
    p.reportHere('unclosed-string', 'This text lacks its closing quote');
  } else if (kind === TokenKind.star) {
    p.reportHere('unexpected-token', wordsForTimes(p) ?? '* is not expected here');
  } else if (joinWords.has(text.toLowerCase()) && after) {
    p.reportHere(
      'join',
      'Neither ZOQL nor Export ZOQL has JOIN; Export ZOQL reaches other objects by path: Account.Name',
    );
  } else if (after === 'from' && kind === TokenKind.comma) {
    p.reportHere('one-object', 'A query reads one object; Export ZOQL reaches others by path: Account.Name');
  } else if (after === 'from') {
    p.reportHere('unexpected-token', `Expected WHERE or another clause after the object, not ${text}`);
  } else if (after === 'where' || after === 'having') {
    p.reportHere('unexpected-token', `Expected AND or OR before ${text}`);
  } else {
    p.reportHere('unexpected-token', `${text} is not expected here`);
  }
}

function printable(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isControl = code < 32 || (code >= 0xd800 && code <= 0xdfff);
  return isControl ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : character;
}

/** Skips what nothing can be made of, up to the next clause. */
function skipToClause(p: Parser): void {
  skipToClauseOr(p, undefined);
}

function skipToClauseOr(p: Parser, stop: number | undefined): void {
  p.step();
  while (!p.atEnd && !clauseAt(p) && p.kind !== stop) p.step();
}

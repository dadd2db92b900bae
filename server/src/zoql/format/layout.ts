/** Decides where the lines of one statement break, before anything is written. */
import type { Statement } from '../document';
import { startsLineComment, TokenKind, type Tokens } from '../syntax/lexer';
import type { Clause, Expression, Logical, Query, Span } from '../syntax/tree';
import { walk } from '../walk';
import { hasLineBreak } from './lineBreaks';

/** What stands between a token and the one before it, comments aside. Each array has an entry a token. */
export interface Layout {
  /** How deep the line is indented that the token begins; `sameLine` where it goes on with the line before it. */
  readonly levels: Int16Array;
  /** 1 where a blank line above the token's line is kept. */
  readonly spaced: Uint8Array;
  /** 1 where no space stands before the token on its line. */
  readonly glued: Uint8Array;
}

export const sameLine = -1;

export interface Page {
  readonly maxLineLength: number;
  /** How many columns one level of indentation takes. */
  readonly indentWidth: number;
}

/** Lays out a statement that the parser has read without a mistake. */
export function layOut(statement: Statement, page: Page): Layout {
  const draft = measure(statement, page);
  const { levels, tokens } = draft;
  const last = tokens.count - 1;
  levels[0] = 0;
  draft.spaced[0] = 1;
  const isOneLine = !hasLineBreak(statement.text, tokens.starts[0] ?? 0, tokens.ends[last] ?? 0);
  if (!isOneLine || !fits(draft, { token: 0, level: 0 }, last)) {
    for (const clause of statement.parsed.query.clauses) layClause(draft, clause, statement.parsed.query);
  }
  return draft;
}

interface Draft extends Layout {
  readonly page: Page;
  readonly tokens: Tokens;
  /** Where each token would end if the statement stood on one line. */
  readonly flatEnds: Float64Array;
  /** The last token up to here, itself included, that must begin a line, whatever fits; 0 where none must. */
  readonly fixedBreaks: Uint32Array;
  readonly hasSemicolon: boolean;
}

/** A line that begins with a token at a level. */
interface Line {
  readonly token: number;
  readonly level: number;
}

function measure({ text, ending, parsed }: Statement, page: Page): Draft {
  const { tokens, comments, query } = parsed;
  const { count, kinds, starts, ends } = tokens;
  const glued = new Uint8Array(count);
  const flatEnds = new Float64Array(count);
  const fixedBreaks = keptBreaks(text, tokens, query);

  let comment = 0;
  let width = 0;
  let fixed = 0;
  for (let index = 0; index < count; index++) {
    const start = starts[index] ?? 0;
    if (isGlued(kinds, index)) glued[index] = 1;
    else width++;
    const before = ends[index - 1] ?? 0;
    let at = before;
    for (let next = comments[comment]; next && next.start < start; next = comments[++comment]) {
      if (startsLineComment(text, next.start) || hasLineBreak(text, at, next.end)) fixed = index;
      else width += next.end - next.start + 1;
      at = next.end;
    }
    if (fixedBreaks[index] === index || (before < at && hasLineBreak(text, at, start))) fixed = index;
    fixedBreaks[index] = fixed;
    width += (ends[index] ?? 0) - start;
    flatEnds[index] = width;
  }
  return {
    levels: new Int16Array(count).fill(sameLine),
    spaced: new Uint8Array(count),
    glued,
    page,
    tokens,
    flatEnds,
    fixedBreaks,
    hasSemicolon: ending === 'semicolon',
  };
}

/**
 * The first breaks of lists and chains that a person has broken: they stay broken, even where one line holds them. The
 * entry of a token that such a break stands before is the token itself; all others are 0.
 */
function keptBreaks(text: string, tokens: Tokens, query: Query): Uint32Array {
  const kept = new Uint32Array(tokens.count);
  const isBroken = (token: number): boolean =>
    hasLineBreak(text, tokens.ends[token - 1] ?? 0, tokens.starts[token] ?? 0);

  for (const [first, second] of [query.items, query.groupBy, query.orderBy]) {
    if (!first || !second) continue;
    const token = tokenAt(tokens, first.start);
    if (isBroken(token)) kept[token] = token;
  }
  walk(query, {
    expression(expression) {
      if (expression.kind !== 'and' && expression.kind !== 'or') return;
      const second = expression.operands[1];
      if (!second) return;
      const token = tokenAt(tokens, second.start);
      if (isBroken(token - 1) || isBroken(token)) kept[token - 1] = token - 1;
    },
  });
  return kept;
}

/** Whether no space stands before a token: inside parentheses and paths, before commas, behind a function's name. */
function isGlued(kinds: Uint8Array, token: number): boolean {
  const before = kinds[token - 1];
  const kind = kinds[token];
  if (token === 0 || before === TokenKind.openParenthesis || before === TokenKind.dot) return true;
  // ORDER and GROUP are names where no BY follows; no other keyword can name a function.
  if (kind === TokenKind.openParenthesis)
    return before === TokenKind.word || before === TokenKind.order || before === TokenKind.group;
  return kind === TokenKind.comma || kind === TokenKind.closeParenthesis || kind === TokenKind.dot;
}

function layClause(draft: Draft, clause: Clause, query: Query): void {
  const token = tokenAt(draft.tokens, clause.start);
  const line = { token, level: 0 };
  draft.levels[token] = 0;
  switch (clause.name) {
    case 'select':
      layList(draft, query.items, line);
      return;
    case 'group by':
      layList(draft, query.groupBy, line);
      return;
    case 'order by':
      layList(draft, query.orderBy, line);
      return;
    case 'where':
      layExpression(draft, query.where, { line, level: 0, chainLevel: 1 });
      return;
    case 'having':
      layExpression(draft, query.having, { line, level: 0, chainLevel: 1 });
      return;
    case 'from':
    case 'limit':
  }
}

/** `line` is the one with the list's keyword. */
function layList(draft: Draft, items: readonly Span[], line: Line): void {
  const end = items.at(-1)?.end;
  if (end === undefined || fits(draft, line, tokenBefore(draft.tokens, end))) return;
  items.forEach((item, index) => breakBefore(draft, tokenAt(draft.tokens, item.start), line.level + 1, index > 0));
}

interface Position {
  /** The line on which the expression begins. */
  readonly line: Line;
  /** Where the closing parenthesis of a broken group stands; what is inside stands one level deeper. */
  readonly level: number;
  /** Where the lines of a broken chain begin, each with its AND or OR. */
  readonly chainLevel: number;
}

function layExpression(draft: Draft, expression: Expression | undefined, position: Position): void {
  if (!expression) return;
  const { tokens } = draft;
  const first = tokenAt(tokens, expression.start);
  const last = tokenBefore(tokens, expression.end);
  const { line, level, chainLevel } = behindFixedBreak(draft, first, position);
  if (!hasFixedBreak(draft, first, last) && isShort(draft, line, last)) return;

  switch (expression.kind) {
    case 'and':
    case 'or':
      breakChain(draft, expression, { line, level, chainLevel });
      return;
    case 'not':
      layExpression(draft, expression.operand, { line, level, chainLevel });
      return;
    case 'group':
      breakBefore(draft, first + 1, level + 1, false);
      breakBefore(draft, last, level, false);
      layInside(draft, expression.expression, {
        line: { token: first + 1, level: level + 1 },
        level: level + 1,
        chainLevel: level + 1,
      });
      return;
    case 'in':
      expression.values.forEach((value, index) =>
        breakBefore(draft, tokenAt(tokens, value.start), level + 1, index > 0),
      );
      breakBefore(draft, last, level, false);
      return;
    case 'comparison':
    case 'null-test':
    case 'between':
    case 'bare':
  }
}

function breakChain(draft: Draft, { operands }: Logical, { line, chainLevel }: Position): void {
  operands.forEach((operand, index) => {
    const operator = tokenAt(draft.tokens, operand.start) - 1;
    if (index > 0) breakBefore(draft, operator, chainLevel, true);
    layExpression(draft, operand, {
      line: index > 0 ? { token: operator, level: chainLevel } : line,
      level: chainLevel,
      chainLevel: chainLevel + 1,
    });
  });
}

/** In parentheses that are broken, each condition has its line. */
function layInside(draft: Draft, expression: Expression | undefined, position: Position): void {
  if (expression?.kind === 'and' || expression?.kind === 'or') breakChain(draft, expression, position);
  else layExpression(draft, expression, position);
}

/** A comment can end the line before the expression: it stands one level deeper then, on a line of its own. */
function behindFixedBreak({ fixedBreaks }: Draft, first: number, position: Position): Position {
  const { line, level, chainLevel } = position;
  const token = fixedBreaks[first] ?? 0;
  if (token <= line.token) return position;
  const deeper = line.level + 1;
  return {
    line: { token, level: deeper },
    level: Math.max(level, deeper),
    chainLevel: Math.max(chainLevel, deeper),
  };
}

function breakBefore(draft: Draft, token: number, level: number, keepsBlankLine: boolean): void {
  draft.levels[token] = level;
  if (keepsBlankLine) draft.spaced[token] = 1;
}

/** Whether all from the line's start to a token can stand on that line. */
function fits(draft: Draft, line: Line, last: number): boolean {
  return !hasFixedBreak(draft, line.token, last) && isShort(draft, line, last);
}

function hasFixedBreak({ fixedBreaks }: Draft, first: number, last: number): boolean {
  return first < (fixedBreaks[last] ?? 0);
}

function isShort({ page, tokens, flatEnds, hasSemicolon }: Draft, line: Line, last: number): boolean {
  const start = (flatEnds[line.token] ?? 0) - ((tokens.ends[line.token] ?? 0) - (tokens.starts[line.token] ?? 0));
  const width = (flatEnds[last] ?? 0) - start + (hasSemicolon && last === tokens.count - 1 ? 1 : 0);
  return line.level * page.indentWidth + width <= page.maxLineLength;
}

/** The token that begins at an offset. */
function tokenAt({ starts, count }: Tokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The token that ends at an offset. */
function tokenBefore(tokens: Tokens, offset: number): number {
  return tokenAt(tokens, offset) - 1;
}

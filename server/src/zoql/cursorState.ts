/**
 * What may follow the tokens before a cursor. They are read once more, with the parser's rules: the tree says what a
 * text is, but not what could have followed at one place of it.
 */
import { isWord, TokenKind, type Tokens } from './syntax/lexer';
import { clauseOf, isComparisonSign, isLiteral, isName as isNameBefore } from './syntax/roles';
import type { ClauseName, Name } from './syntax/tree';

/** What the next token may be. */
export type Expect =
  | 'select'
  | 'object'
  | 'after object'
  | 'by'
  | 'operand'
  | 'part'
  | 'after operand'
  | 'after not'
  | 'in'
  | 'is'
  | 'is not'
  | 'alias'
  | 'after alias'
  | 'after direction'
  | 'count'
  | 'after count'
  | 'anything';

/** What an operand is there for. */
export type Role = 'item' | 'left' | 'right' | 'low' | 'high' | 'listed' | 'argument';

/** The left side of a comparison. */
export interface Left {
  /** The field's names, or those of the function's argument; empty where neither is there. */
  readonly path: readonly Name[];
  readonly call: string | undefined;
  /** The sign or word that compares, as a token's kind; 0 where none is there yet. */
  readonly operator: number;
}

/** A parenthesis that is open: the function it belongs to, as what it counts once closed, and its commas so far. */
export interface Opened {
  readonly call: string | undefined;
  readonly role: Role;
  commas: number;
}

export interface State {
  expect: Expect;
  clause: ClauseName | undefined;
  role: Role;
  /** The names of the operand that is being read. */
  path: Name[];
  /** The function that the operand is, once its parentheses are closed. */
  call: string | undefined;
  /** The names between that function's parentheses. */
  argument: readonly Name[];
  left: Left;
  readonly open: Opened[];
  previous: number;
  hasGroupBy: boolean;
}

const noLeft: Left = { path: [], call: undefined, operator: 0 };

/** Reads the tokens before `end` and says what may follow them. */
export function readTo(text: string, tokens: Tokens, end: number): State {
  const state: State = {
    expect: 'select',
    clause: undefined,
    role: 'item',
    path: [],
    call: undefined,
    argument: [],
    left: noLeft,
    open: [],
    previous: 0,
    hasGroupBy: false,
  };
  for (let index = 0; index < end; index++) {
    const kind = tokens.kinds[index] ?? 0;
    const isName = isNameAt(tokens, index);
    const clause = clauseOf(kind);
    const wantsName = state.expect === 'operand' || state.expect === 'part' || state.expect === 'object';
    if (clause && !(wantsName && isName)) {
      beginClause(state, clause);
    } else {
      const start = tokens.starts[index] ?? 0;
      const tokenEnd = tokens.ends[index] ?? 0;
      step(state, { kind, isName, name: { start, end: tokenEnd, text: text.slice(start, tokenEnd) } });
    }
    state.previous = kind;
  }
  return state;
}

/** Whether the token of that index is a name. */
export function isNameAt({ kinds }: Tokens, index: number): boolean {
  return isNameBefore(kinds[index] ?? 0, kinds[index + 1] ?? 0);
}

function beginClause(state: State, clause: ClauseName): void {
  state.clause = clause;
  state.open.length = 0;
  state.path = [];
  state.call = undefined;
  state.left = noLeft;
  state.role = isCondition(clause) ? 'left' : 'item';
  state.expect = firstOf[clause];
  if (clause === 'group by') state.hasGroupBy = true;
}

const firstOf: Readonly<Record<ClauseName, Expect>> = {
  select: 'operand',
  from: 'object',
  where: 'operand',
  'group by': 'by',
  having: 'operand',
  'order by': 'by',
  limit: 'count',
};

interface Step {
  readonly kind: number;
  readonly isName: boolean;
  readonly name: Name;
}

/** Takes one token that begins no clause. */
function step(state: State, token: Step): void {
  const { kind } = token;
  switch (state.expect) {
    case 'select':
      // A second `;` is no reason to stop offering SELECT.
      if (kind !== TokenKind.unknown) state.expect = 'anything';
      return;
    case 'object':
      state.expect = token.isName ? 'after object' : 'anything';
      return;
    case 'by':
      state.expect = 'operand';
      if (kind !== TokenKind.by) stepOperand(state, token);
      return;
    case 'operand':
      stepOperand(state, token);
      return;
    case 'part':
      state.expect = 'after operand';
      if (isWord(kind)) state.path.push(token.name);
      else if (kind === TokenKind.star) state.path = [];
      else stepAfterOperand(state, token);
      return;
    case 'after operand':
      stepAfterOperand(state, token);
      return;
    case 'after not':
      stepOperator(state, kind);
      return;
    case 'in':
      if (kind === TokenKind.openParenthesis) openParenthesis(state, undefined, 'right', 'listed');
      else state.expect = 'anything';
      return;
    case 'is':
      if (kind === TokenKind.not) state.expect = 'is not';
      else closeCondition(state);
      return;
    case 'is not':
      closeCondition(state);
      return;
    case 'alias':
      state.expect = 'after alias';
      return;
    case 'count':
      state.expect = 'after count';
      return;
    case 'after count':
      state.expect = kind === TokenKind.comma ? 'count' : 'anything';
      return;
    case 'after object':
    case 'after alias':
    case 'after direction':
    case 'anything':
      stepBack(state, kind);
  }
}

function stepOperand(state: State, { kind, isName, name }: Step): void {
  if (isName) {
    state.path = [name];
    state.call = undefined;
    state.expect = 'after operand';
  } else if (isLiteral(kind) || kind === TokenKind.star) {
    state.path = [];
    state.call = undefined;
    state.expect = 'after operand';
  } else if (kind === TokenKind.openParenthesis && state.role === 'left') {
    openParenthesis(state, undefined, 'right', 'left');
  } else if (kind === TokenKind.closeParenthesis) {
    closeParenthesis(state);
  } else if (kind !== TokenKind.not && kind !== TokenKind.distinct && kind !== TokenKind.comma) {
    state.expect = 'anything';
  }
}

function stepAfterOperand(state: State, { kind, isName, name }: Step): void {
  const { role, path } = state;
  if (kind === TokenKind.dot && path.length > 0) {
    state.expect = 'part';
  } else if (kind === TokenKind.openParenthesis && path.length === 1 && isWord(state.previous)) {
    openParenthesis(state, path[0]?.text, role, 'argument');
  } else if (kind === TokenKind.closeParenthesis) {
    closeParenthesis(state);
  } else if (kind === TokenKind.comma && isListed(role)) {
    const opened = state.open.at(-1);
    if (opened) opened.commas++;
    beginOperand(state, role);
  } else if (kind === TokenKind.as && role === 'item' && state.clause === 'select') {
    state.expect = 'alias';
  } else if ((kind === TokenKind.asc || kind === TokenKind.desc) && state.clause === 'order by') {
    state.expect = 'after direction';
  } else if (kind === TokenKind.and && role === 'low') {
    beginOperand(state, 'high');
  } else if (kind === TokenKind.and || kind === TokenKind.or) {
    beginOperand(state, 'left');
  } else if (role === 'left') {
    stepOperator(state, kind);
  } else if (role === 'item' && isName) {
    // The parser takes two fields without a comma for two fields.
    state.path = [name];
    state.call = undefined;
  } else {
    state.expect = 'anything';
  }
}

function stepOperator(state: State, kind: number): void {
  state.left = leftOf(state, kind);
  if (isComparisonSign(kind) || kind === TokenKind.like) beginOperand(state, 'right');
  else if (kind === TokenKind.between) beginOperand(state, 'low');
  else if (kind === TokenKind.not) state.expect = 'after not';
  else if (kind === TokenKind.is) state.expect = 'is';
  else if (kind === TokenKind.in) state.expect = 'in';
  else state.expect = 'anything';
}

/** What was read last, as the left side of a comparison by `operator`. */
export function leftOf({ path, call, argument }: State, operator: number): Left {
  return { path: call === undefined ? path : argument, call, operator };
}

/** Finds the way back where something stands that no rule has a use for: at a comma, AND and OR. */
function stepBack(state: State, kind: number): void {
  const isList = state.clause !== undefined && !isCondition(state.clause) && state.clause !== 'from';
  if (kind === TokenKind.comma && isList) beginOperand(state, 'item');
  else if ((kind === TokenKind.and || kind === TokenKind.or) && isCondition(state.clause)) beginOperand(state, 'left');
  else state.expect = 'anything';
}

function beginOperand(state: State, role: Role): void {
  state.role = role;
  state.path = [];
  state.call = undefined;
  state.expect = 'operand';
}

function openParenthesis(state: State, call: string | undefined, after: Role, inside: Role): void {
  state.open.push({ call, role: after, commas: 0 });
  beginOperand(state, inside);
}

function closeParenthesis(state: State): void {
  const opened = state.open.pop();
  state.argument = state.path;
  state.path = [];
  state.call = opened?.call;
  state.expect = opened ? 'after operand' : 'anything';
  if (opened) state.role = opened.role;
}

function closeCondition(state: State): void {
  state.path = [];
  state.role = 'right';
  state.expect = 'after operand';
}

function isCondition(clause: ClauseName | undefined): boolean {
  return clause === 'where' || clause === 'having';
}

/** Whether an operand is what something is compared with. */
export function isRightSide(role: Role): boolean {
  return role === 'right' || role === 'low' || role === 'high' || role === 'listed';
}

function isListed(role: Role): boolean {
  return role === 'item' || role === 'argument' || role === 'listed';
}

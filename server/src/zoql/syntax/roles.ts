/** What a token can be where it stands: the rules that parser and completion share. */
import { isKeyword, TokenKind } from './lexer';
import type { ClauseName } from './tree';

export const clauseOrder: readonly ClauseName[] = [
  'select',
  'from',
  'where',
  'group by',
  'having',
  'order by',
  'limit',
];

/** The clause that a keyword begins. */
export function clauseOf(kind: number): ClauseName | undefined {
  switch (kind) {
    case TokenKind.select:
      return 'select';
    case TokenKind.from:
      return 'from';
    case TokenKind.where:
      return 'where';
    case TokenKind.group:
      return 'group by';
    case TokenKind.having:
      return 'having';
    case TokenKind.order:
      return 'order by';
    case TokenKind.limit:
      return 'limit';
    default:
      return undefined;
  }
}

/**
 * Whether a token is a name, `next` being the one behind it. Keywords are, where they can be nothing else: before a dot,
 * and ORDER and GROUP without BY, since Order is one of Zuora's objects.
 */
export function isName(kind: number, next: number): boolean {
  if (kind === TokenKind.word) return true;
  if (!isKeyword(kind)) return false;
  if (next === TokenKind.dot) return true;
  return (kind === TokenKind.order || kind === TokenKind.group) && next !== TokenKind.by;
}

export function isLiteral(kind: number): boolean {
  switch (kind) {
    case TokenKind.number:
    case TokenKind.date:
    case TokenKind.string:
    case TokenKind.unclosedString:
    case TokenKind.true:
    case TokenKind.false:
    case TokenKind.null:
      return true;
    default:
      return false;
  }
}

/** True for the signs that compare, from = to <>. */
export function isComparisonSign(kind: number): boolean {
  return kind >= TokenKind.equal && kind <= TokenKind.lessGreater;
}

/** True for what can follow the left side of a condition. */
export function isOperator(kind: number): boolean {
  switch (kind) {
    case TokenKind.like:
    case TokenKind.not:
    case TokenKind.in:
    case TokenKind.between:
    case TokenKind.is:
      return true;
    default:
      return isComparisonSign(kind);
  }
}

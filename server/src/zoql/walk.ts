/** Visits of the tree that more than one feature makes. */
import type { Call, Expression, Literal, Operand, Path, Query, Star } from './syntax/tree';

/** Where an operand stands. */
export type Place = 'select' | 'where' | 'group by' | 'having' | 'order by';

export interface Visitor {
  /** `outer` is the call whose argument it is. */
  path?(path: Path, place: Place, outer: Call | undefined): void;
  star?(star: Star, place: Place): void;
  /** Called before the arguments; `outer` is the call around this one. */
  call?(call: Call, place: Place, outer: Call | undefined): void;
  literal?(literal: Literal, place: Place): void;
  /** Called before what it is made of. */
  expression?(expression: Expression, place: Place): void;
}

/** Visits every operand and expression of a query, in the order of the text. */
export function walk(query: Query, visitor: Visitor): void {
  for (const item of query.items) walkOperand(item.value, 'select', visitor);
  walkExpression(query.where, 'where', visitor);
  for (const value of query.groupBy) walkOperand(value, 'group by', visitor);
  walkExpression(query.having, 'having', visitor);
  for (const item of query.orderBy) walkOperand(item.value, 'order by', visitor);
}

function walkOperand(operand: Operand | undefined, place: Place, visitor: Visitor, outer?: Call): void {
  switch (operand?.kind) {
    case undefined:
      return;
    case 'path':
      visitor.path?.(operand, place, outer);
      return;
    case 'star':
      visitor.star?.(operand, place);
      return;
    case 'literal':
      visitor.literal?.(operand, place);
      return;
    case 'call':
      visitor.call?.(operand, place, outer);
      for (const arg of operand.args) walkOperand(arg, place, visitor, operand);
  }
}

function walkExpression(expression: Expression | undefined, place: Place, visitor: Visitor): void {
  if (!expression) return;
  visitor.expression?.(expression, place);
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const operand of expression.operands) walkExpression(operand, place, visitor);
      return;
    case 'not':
      walkExpression(expression.operand, place, visitor);
      return;
    case 'group':
      walkExpression(expression.expression, place, visitor);
      return;
    case 'comparison':
      walkOperand(expression.left, place, visitor);
      walkOperand(expression.right, place, visitor);
      return;
    case 'null-test':
      walkOperand(expression.left, place, visitor);
      return;
    case 'in':
      walkOperand(expression.left, place, visitor);
      for (const value of expression.values) walkOperand(value, place, visitor);
      return;
    case 'between':
      walkOperand(expression.left, place, visitor);
      walkOperand(expression.low, place, visitor);
      walkOperand(expression.high, place, visitor);
      return;
    case 'bare':
      walkOperand(expression.value, place, visitor);
  }
}

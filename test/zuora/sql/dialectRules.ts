/**
 * What a dialect refuses although it reads like a query. This is the service's view, written from its documentation and
 * not from the checks of the language library, which it is here to hold to account.
 */
import type { Dialect, Expression, Operand, Query } from '../../../server/src/zoql/index';
import { refuse, texts } from './refusal';

export function applyDialectRules(query: Query, dialect: Dialect): void {
  const conditions = [...expressions(query.where), ...expressions(query.having)];
  for (const condition of conditions) {
    // Neither dialect documents IN, BETWEEN, `<>` or a value without a comparison.
    if (condition.kind === 'in' || condition.kind === 'between' || condition.kind === 'bare') refuse(texts.syntax);
    if (condition.kind === 'comparison' && condition.operator === '<>') refuse(texts.syntax);
  }
  if (dialect === 'zoqlexport') return;

  const clauses: readonly string[] = ['group by', 'having', 'order by', 'limit'];
  if (query.clauses.some(clause => clauses.includes(clause.name))) refuse(texts.syntax);
  for (const item of query.items) {
    if (item.alias || !isPlainField(item.value)) refuse(texts.syntax);
  }
  let comparisons = 0;
  for (const condition of conditions) {
    if (condition.kind === 'group' || condition.kind === 'null-test') refuse(texts.syntax);
    if (condition.kind !== 'comparison') continue;
    comparisons++;
    if (!isPlainField(condition.left) || condition.right?.kind !== 'literal') refuse(texts.syntax);
    if (condition.operator.endsWith('like') && !isZoqlPattern(condition.right.text)) refuse(texts.syntax);
  }
  if (200 < comparisons) refuse(texts.syntax);
}

/** One field of the object itself: ZOQL has no paths, no `*` and no functions. */
function isPlainField(operand: Operand): boolean {
  return operand.kind === 'path' && operand.parts.length === 1;
}

/** ZOQL: one `%`, at the start or at the end. */
function isZoqlPattern(pattern: string): boolean {
  const first = pattern.indexOf('%');
  if (first === -1) return true;
  return first === pattern.lastIndexOf('%') && (first === 0 || first === pattern.length - 1);
}

/** An expression and all that it is made of. */
export function* expressions(expression: Expression | undefined): Generator<Expression> {
  if (!expression) return;
  yield expression;
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const operand of expression.operands) yield* expressions(operand);
      return;
    case 'not':
      yield* expressions(expression.operand);
      return;
    case 'group':
      yield* expressions(expression.expression);
      return;
    default:
      return;
  }
}

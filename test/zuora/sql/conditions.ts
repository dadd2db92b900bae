/** WHERE and HAVING as SQL. Values are bound, names come from the catalogue: no text of the query enters the SQL. */
import type { Comparison, Expression, Literal, Operand } from '../../../server/src/zoql/index';
import { readMoment, type Moment } from './moments';
import { refuse, texts } from './refusal';
import type { Column, Scope } from './scope';
import { textOf } from './strings';

export interface Binding {
  readonly scope: Scope;
  readonly now: number;
  /** A field or a function of one; what it may be depends on the clause. */
  readonly column: (operand: Operand) => Column;
  /** Adds a value and answers its place in the SQL. */
  readonly bind: (value: string) => string;
}

/** The expression in SQL; undefined when Zuora leaves it out, so that it restricts nothing. */
export function conditionSql(expression: Expression, binding: Binding): string | undefined {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const operands = expression.operands.map(operand => conditionSql(operand, binding));
      const kept = operands.filter(operand => operand !== undefined);
      if (kept.length === 0) return undefined;
      return `(${kept.join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not': {
      const operand = expression.operand && conditionSql(expression.operand, binding);
      return operand && `NOT (${operand})`;
    }
    case 'group':
      return expression.expression && conditionSql(expression.expression, binding);
    case 'null-test':
      return `${binding.column(expression.left).sql} IS ${expression.negated ? 'NOT ' : ''}NULL`;
    case 'comparison':
      return comparisonSql(expression, binding);
    case 'in':
    case 'between':
    case 'bare':
      return refuse(texts.syntax);
  }
}

function comparisonSql({ left, operator, right }: Comparison, binding: Binding): string | undefined {
  if (!right) refuse(texts.syntax);
  if (left.kind === 'literal') return literalsSql(left, operator, right, binding);
  const column = binding.column(left);
  if (operator === '<>') refuse(texts.syntax);
  if (right.kind !== 'literal') {
    if (operator === 'like' || operator === 'not like') refuse(texts.syntax);
    return fieldsSql(column, operator, binding.column(right));
  }
  if (right.type === 'null') return nullSql(column, operator, binding);
  if (operator === 'like' || operator === 'not like') {
    return `CAST(${column.sql} AS VARCHAR) ${operator.toUpperCase()} ${binding.bind(textOf(right, binding.scope.dialect))}`;
  }
  const value = valueSql(column, right, binding);
  return value && `${column.sql} ${operator} ${value}`;
}

/** `where 1=0`: real clients ask so for a header without rows. */
function literalsSql(left: Literal, operator: string, right: Operand, { scope, bind }: Binding): string {
  if (right.kind !== 'literal' || operator !== '=') refuse(texts.syntax);
  return `${bind(textOf(left, scope.dialect))} = ${bind(textOf(right, scope.dialect))}`;
}

/** A datetime and a date are compared as dates. */
function fieldsSql(left: Column, operator: string, right: Column): string {
  const isMixed = left.type !== right.type && isTemporal(left) && isTemporal(right);
  const side = (column: Column): string => (isMixed ? `CAST(${column.sql} AS DATE)` : column.sql);
  if (left.type !== right.type && !isMixed && isTemporal(left) !== isTemporal(right)) {
    refuse(texts.invalidValue(left.name, right.name));
  }
  return `${side(left)} ${operator} ${side(right)}`;
}

function nullSql(column: Column, operator: string, { scope }: Binding): string {
  // ZOQL's documentation excludes custom fields of type date.
  if (scope.dialect === 'zoql' && column.field?.custom && column.type === 'date') {
    refuse(texts.invalidValue(column.name, 'null'));
  }
  if (operator === '=') return `${column.sql} IS NULL`;
  if (operator === '!=') return `${column.sql} IS NOT NULL`;
  return refuse(texts.syntax);
}

/** The literal in the column's type; undefined for a datetime that Zuora reads as no condition at all. */
function valueSql(column: Column, literal: Literal, { scope, now, bind }: Binding): string | undefined {
  const text = textOf(literal, scope.dialect);
  const invalid = (): never => refuse(texts.invalidValue(column.name, text));
  switch (column.type) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toUpperCase() : invalid();
    case 'integer':
    case 'decimal':
      return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? `CAST(${bind(text.trim())} AS DECIMAL(38, 9))` : invalid();
    case 'date':
    case 'datetime': {
      const moment = readMoment(text, now);
      if (moment === undefined) return invalid();
      if (moment === 'ignored') return scope.dialect === 'zoql' ? invalid() : undefined;
      // ZOQL wants a date for a date and a time for a datetime (WSDL 69 and later).
      if (scope.dialect === 'zoql' && moment.hasTime !== (column.type === 'datetime')) return invalid();
      return momentSql(column, moment, bind);
    }
    case 'string':
    case 'id':
    case 'picklist':
    case 'binary':
      return literal.type === 'boolean' ? invalid() : bind(text);
  }
}

function momentSql(column: Column, moment: Moment, bind: (value: string) => string): string {
  if (column.type === 'date') return `CAST(${bind(moment.date)} AS DATE)`;
  return `CAST(${bind(new Date(moment.at).toISOString().replace('Z', ''))} AS TIMESTAMP)`;
}

function isTemporal({ type }: Column): boolean {
  return type === 'date' || type === 'datetime';
}

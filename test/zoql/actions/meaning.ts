/** What a query of Account says, worked out from its tree: its columns, and the rows for which its condition holds. */
import assert from 'node:assert/strict';
import { analyse, openDocument, type Catalogue, type Dialect } from '../../../server/src/zoql/index';
import { unescaped } from '../../../server/src/zoql/literals';
import type { Expression, Literal, Operand, Path } from '../../../server/src/zoql/syntax/tree';

export type Value = string | number | boolean | null;

/** Values by the field as Export ZOQL writes it, in lower case and without the object's name. */
export type Row = Readonly<Record<string, Value>>;

export interface Meaning {
  readonly fields: readonly string[];
  readonly holds: (row: Row) => boolean;
}

/** True, false, or null where a comparison meets an empty value. */
type Truth = boolean | null;

export function meaningOf(text: string, catalogue: Catalogue): Meaning {
  const [statement] = openDocument(text).statements;
  assert.ok(statement);
  const { dialect, object } = analyse(statement, { catalogue, queryType: 'auto' });
  const { query } = statement.parsed;
  const keyOf = ({ parts }: Path): string => {
    const names = parts.map(part => part.text.toLowerCase());
    if (names.length > 1 && names[0] === 'account') names.shift();
    const path = names.length === 1 ? object?.field(names[0] ?? '')?.exportPath : undefined;
    return path?.toLowerCase() ?? names.join('.');
  };
  const scope = { text: statement.text, dialect, keyOf };
  return {
    fields: query.items.map(({ value }) =>
      value.kind === 'path'
        ? keyOf(value)
        : statement.text.slice(value.start, value.end).toLowerCase().replace('account.', ''),
    ),
    holds: row => !query.where || truthOf(query.where, row, scope) === true,
  };
}

interface Scope {
  readonly text: string;
  readonly dialect: Dialect;
  readonly keyOf: (path: Path) => string;
}

function truthOf(expression: Expression, row: Row, scope: Scope): Truth {
  const value = (operand: Operand | undefined, like: Value): Value => valueOf(operand, like, row, scope);
  switch (expression.kind) {
    case 'and':
      return expression.operands.reduce<Truth>((all, one) => both(all, truthOf(one, row, scope)), true);
    case 'or':
      return opposite(
        expression.operands.reduce<Truth>((all, one) => both(all, opposite(truthOf(one, row, scope))), true),
      );
    case 'not':
      return opposite(expression.operand ? truthOf(expression.operand, row, scope) : null);
    case 'group':
      return expression.expression ? truthOf(expression.expression, row, scope) : null;
    case 'null-test':
      return (value(expression.left, null) === null) !== expression.negated;
    case 'comparison': {
      const left = value(expression.left, null);
      const { right, operator } = expression;
      if (right?.kind === 'literal' && right.type === 'null') return (left === null) === (operator === '=');
      return compare(left, operator, value(right, left));
    }
    case 'in': {
      const left = value(expression.left, null);
      const found = expression.values.map(one => opposite(compare(left, '=', value(one, left))));
      const truth = opposite(found.reduce(both, true));
      return expression.negated ? opposite(truth) : truth;
    }
    case 'between': {
      const left = value(expression.left, null);
      const truth = both(
        compare(left, '>=', value(expression.low, left)),
        compare(left, '<=', value(expression.high, left)),
      );
      return expression.negated ? opposite(truth) : truth;
    }
    case 'bare':
      return null;
  }
}

function both(one: Truth, other: Truth): Truth {
  if (one === false || other === false) return false;
  return one === null || other === null ? null : true;
}

function opposite(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/** `like` is the value that it is compared with: quoted numbers and booleans are what the field is. */
function valueOf(operand: Operand | undefined, like: Value, row: Row, { text, dialect, keyOf }: Scope): Value {
  if (operand?.kind === 'path') return row[keyOf(operand)] ?? null;
  if (operand?.kind !== 'literal') return null;
  const said = textOf(operand, text, dialect);
  if (typeof like === 'number') return Number(said);
  return typeof like === 'boolean' ? said.toLowerCase() === 'true' : said;
}

function textOf(literal: Literal, text: string, dialect: Dialect): string {
  const { type, start, text: inner } = literal;
  return type === 'string' ? unescaped(inner, text.charAt(start), dialect) : inner;
}

function compare(left: Value, operator: string, right: Value): Truth {
  if (left === null || right === null) return null;
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
    case '<>':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case 'like':
    case 'not like': {
      const pattern = String(right)
        .replace(/[^\w\s%]/g, '\\$&')
        .replace(/%/g, '.*')
        .replace(/_/g, '.');
      return new RegExp(`^${pattern}$`).test(String(left)) === (operator === 'like');
    }
    default:
      return null;
  }
}

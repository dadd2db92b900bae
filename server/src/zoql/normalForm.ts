/**
 * Conditions without parentheses: both dialects let AND bind tighter than OR, so that a disjunction of conjunctions
 * needs none. ZOQL has nothing else.
 *
 * What inverts a condition keeps its meaning for empty values too: a comparison with a value holds for no empty field,
 * whatever its operator (Zuora docs, "ZOQL": != leaves out null), and `= null` is exactly the opposite of `!= null`.
 */
import type { ComparisonOperator, Expression, Operand, Span } from './syntax/tree';

/** A condition that nothing is left to be expanded of. */
export interface Atom {
  readonly left: Operand;
  readonly operator: ComparisonOperator | 'is null' | 'is not null';
  /** Undefined behind `is null`. */
  readonly right: Operand | undefined;
  /** Where it stands like this in the text; undefined where it comes from NOT, IN or BETWEEN. */
  readonly written: Span | undefined;
}

/** Some of these hold of which all parts hold. */
type Disjunction = readonly (readonly Atom[])[];

/** The most conditions that an expansion may grow to: what ZOQL takes in one query. */
const mostAtoms = 200;

/** The expression as alternatives; undefined where it is not whole, or would grow past 200 conditions. */
export function disjunctionOf(expression: Expression | undefined, inverted = false): Disjunction | undefined {
  switch (expression?.kind) {
    case undefined:
    case 'bare':
      return undefined;
    case 'group':
      return disjunctionOf(expression.expression, inverted);
    case 'not':
      return disjunctionOf(expression.operand, !inverted);
    case 'and':
    case 'or': {
      const parts = expression.operands.map(operand => disjunctionOf(operand, inverted));
      return combine(parts, (expression.kind === 'and') === inverted ? either : both);
    }
    case 'null-test': {
      const isNegated = expression.negated !== inverted;
      const operator = isNegated ? 'is not null' : 'is null';
      return [[{ left: expression.left, operator, right: undefined, written: inverted ? undefined : expression }]];
    }
    case 'comparison': {
      const { left, operator, right } = expression;
      return (
        right && [atomOf(left, inverted ? opposite(operator) : operator, right, inverted ? undefined : expression)]
      );
    }
    case 'in': {
      const { left, values } = expression;
      const isNegated = expression.negated !== inverted;
      const parts = values.map(value => [atomOf(left, isNegated ? '!=' : '=', value)]);
      return combine(parts, isNegated ? both : either);
    }
    case 'between': {
      const { left, low, high } = expression;
      if (!low || !high) return undefined;
      return expression.negated === inverted
        ? both([atomOf(left, '>=', low)], [atomOf(left, '<=', high)])
        : either([atomOf(left, '<', low)], [atomOf(left, '>', high)]);
    }
  }
}

function atomOf(left: Operand, operator: ComparisonOperator, right: Operand, written?: Span): readonly Atom[] {
  return [{ left, operator, right, written }];
}

/** The operator that holds where the other does not, of the values that are there. */
function opposite(operator: ComparisonOperator): ComparisonOperator {
  switch (operator) {
    case '=':
      return '!=';
    case '!=':
    case '<>':
      return '=';
    case '<':
      return '>=';
    case '<=':
      return '>';
    case '>':
      return '<=';
    case '>=':
      return '<';
    case 'like':
      return 'not like';
    case 'not like':
      return 'like';
  }
}

type Combine = (one: Disjunction, other: Disjunction) => Disjunction;

function combine(parts: readonly (Disjunction | undefined)[], join: Combine): Disjunction | undefined {
  let result: Disjunction | undefined;
  for (const part of parts) {
    if (!part) return undefined;
    result = result ? join(result, part) : part;
    if (mostAtoms < countAtoms(result)) return undefined;
  }
  return result;
}

function either(one: Disjunction, other: Disjunction): Disjunction {
  return [...one, ...other];
}

function both(one: Disjunction, other: Disjunction): Disjunction {
  return one.flatMap(first => other.map(second => [...first, ...second]));
}

function countAtoms(disjunction: Disjunction): number {
  return disjunction.reduce((count, atoms) => count + atoms.length, 0);
}

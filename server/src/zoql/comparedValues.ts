import type { CatalogueField, FieldType } from './catalogue';
import { dateFunctions, type Dialect } from './dialect';
import { isClosed, readMoment, unescaped, type Moment } from './literals';
import type { ComparisonOperator, Literal, Operand } from './syntax/tree';
import type { Condition, ConditionUse, Uses } from './uses';

/** A value that a field, or a function of a field, is compared with. */
export interface ComparedValue {
  readonly condition: Condition;
  /** IN counts as = and BETWEEN as <=. */
  readonly operator: ComparisonOperator;
  /** A date without quotes has its time with it, also behind a space. */
  readonly literal: Literal;
  /** What a string stands for, and the text of any other literal. */
  readonly value: string;
  /** The date or datetime that a string or a date without quotes is read as. */
  readonly moment: Moment | undefined;
  /** The field on the left side; undefined where it is unknown, or stands in a function. */
  readonly field: CatalogueField | undefined;
  /** Of the left side; undefined where no source says. */
  readonly type: FieldType | undefined;
}

/** The values of all conditions, in the order of the text. A string without its closing quote is none yet. */
export function comparedValues(uses: Uses, text: string, dialect: Dialect): readonly ComparedValue[] {
  const found: ComparedValue[] = [];
  for (const use of uses.conditions) {
    const { node: condition } = use;
    for (const operand of valuesOf(condition)) {
      if (operand?.kind !== 'literal' || !isClosed(operand)) continue;
      const literal = operand.type === 'date' ? withTime(operand, text) : operand;
      const isString = literal.type === 'string';
      const value = isString ? unescaped(literal.text, text.charAt(literal.start), dialect) : literal.text;
      found.push({
        condition,
        operator: operatorOf(condition),
        literal,
        value,
        moment: isString || literal.type === 'date' ? readMoment(value) : undefined,
        field: condition.left.kind === 'path' ? use.field?.resolved?.field : undefined,
        type: typeOf(use),
      });
    }
  }
  return found;
}

/** Of a datetime with a space and without quotes the parser takes the date alone. */
function withTime(literal: Literal, text: string): Literal {
  timePattern.lastIndex = literal.end;
  const time = timePattern.exec(text)?.[0] ?? '';
  return { ...literal, end: literal.end + time.length, text: literal.text + time };
}

const timePattern = /[ \t]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)(?!\w))?/iy;

/** What stands on the right side of a condition. */
export function valuesOf(condition: Condition): readonly (Operand | undefined)[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.right];
    case 'null-test':
      return [];
    case 'in':
      return condition.values;
    case 'between':
      return [condition.low, condition.high];
  }
}

/** The type of a condition's left side; undefined where no source says. */
export function typeOf({ node: { left }, field: use }: ConditionUse): FieldType | undefined {
  const field = use?.resolved?.field;
  const type = field && !field.typeGuessed && !field.guessed ? field.type : undefined;
  if (left.kind !== 'call') return left.kind === 'path' ? type : undefined;
  const name = left.name.text.toLowerCase();
  if (name === 'max' || name === 'min') return type;
  if (name === 'date') return 'date';
  if (name === 'count' || dateFunctions.has(name)) return 'integer';
  return name === 'sum' || name === 'avg' ? 'decimal' : undefined;
}

function operatorOf(condition: Condition): ComparisonOperator {
  switch (condition.kind) {
    case 'comparison':
      return condition.operator;
    case 'between':
      return '<=';
    default:
      return '=';
  }
}

import type { FieldType } from '../catalogue';
import type { ComparedValue } from '../comparedValues';
import { dialects } from '../dialect';
import type { Fix } from '../edits';
import { readMoment, readRelativeDate } from '../literals';
import type { CheckContext } from './check';
import { changeTo, dateFixes, isNumber, leftText, requoted, valuesIn } from './values';

/**
 * value-type: a value that the field cannot have, such as a text for a number. Silent where no source says the type.
 * Strings that hold a number or a boolean are what quoted-value is about.
 */
export function valueType(context: CheckContext): void {
  for (const compared of valuesIn(context)) {
    const { literal, type } = compared;
    if (type === undefined || fits(compared, type) || isUnquotedDate(compared, context)) continue;
    context.report({
      start: literal.start,
      end: literal.end,
      code: 'value-type',
      message: `${leftText(context, compared)} is ${typeWords[type]}`,
      // Export ZOQL's documentation leaves the quotes around numbers to the person.
      severity:
        context.dialect === 'zoqlexport' && literal.type === 'number' && isText(type) ? 'information' : 'warning',
      fixes: () => conversions(context, compared, type),
    });
  }
}

const typeWords: Readonly<Record<FieldType, string>> = {
  string: 'a text, which stands in quotes',
  id: 'an ID, which stands in quotes',
  picklist: 'a text, which stands in quotes',
  binary: 'a text, which stands in quotes',
  boolean: 'true or false, without quotes',
  integer: 'a number, which this is not',
  decimal: 'a number, which this is not',
  date: 'a date, which this is not',
  datetime: 'a datetime, which this is not',
};

function fits({ literal, value, operator, moment }: ComparedValue, type: FieldType): boolean {
  if (literal.type === 'null') return true;
  const isString = literal.type === 'string';
  switch (type) {
    case 'string':
    case 'id':
    case 'picklist':
    case 'binary':
      return isString;
    // LIKE fits none of the others, which operator-type says.
    case 'boolean':
      return isLike(operator) || literal.type === 'boolean' || (isString && /^(true|false|null)$/i.test(value));
    case 'integer':
    case 'decimal':
      return isLike(operator) || literal.type === 'number' || (isString && (isNumber(value) || /^null$/i.test(value)));
    case 'date':
    case 'datetime':
      return (
        isLike(operator) || literal.type === 'date' || (isString && (moment !== undefined || isRelativeOrNull(value)))
      );
  }
}

function isText(type: FieldType): boolean {
  return type === 'string' || type === 'id' || type === 'picklist' || type === 'binary';
}

/** Where dates need quotes, unquoted-date says so. */
function isUnquotedDate({ literal }: ComparedValue, { dialect }: CheckContext): boolean {
  return literal.type === 'date' && !dialects[dialect].literals.has('date');
}

function isLike(operator: ComparedValue['operator']): boolean {
  return operator === 'like' || operator === 'not like';
}

function isRelativeOrNull(text: string): boolean {
  return readRelativeDate(text) !== undefined || /^null$/i.test(text);
}

function conversions(context: CheckContext, compared: ComparedValue, type: FieldType): Fix[] {
  const { literal, value } = compared;
  switch (type) {
    case 'string':
    case 'id':
    case 'picklist':
    case 'binary':
      return [changeTo(requoted(value, literal, context), literal, { preferred: true })];
    case 'boolean': {
      const isTrue = /^(1|yes|y|t|on)$/i.test(value);
      const isFalse = /^(0|no|n|f|off)$/i.test(value);
      return isTrue || isFalse ? [changeTo(`${isTrue}`, literal, { preferred: true })] : [];
    }
    case 'date':
    case 'datetime': {
      // A number such as 20260801 can be meant for one, too.
      const moment = readMoment(value);
      return moment ? dateFixes(context, compared, moment) : [];
    }
    case 'integer':
    case 'decimal':
      return [];
  }
}

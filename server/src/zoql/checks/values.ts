/** What the checks of values share. */
import type { FieldType } from '../catalogue';
import { comparedValues, type ComparedValue } from '../comparedValues';
import type { Fix } from '../edits';
import { exists, lastDayUpTo, momentText, quoted, type Moment } from '../literals';
import type { Literal } from '../syntax/tree';
import type { Uses } from '../uses';
import type { CheckContext } from './check';

/** The values that the query compares with; read once for all checks. */
export function valuesIn({ uses, statement, dialect }: CheckContext): readonly ComparedValue[] {
  let values = known.get(uses);
  if (!values) known.set(uses, (values = comparedValues(uses, statement.text, dialect)));
  return values;
}

const known = new WeakMap<Uses, readonly ComparedValue[]>();

export function isDateType(type: FieldType | undefined): type is 'date' | 'datetime' {
  return type === 'date' || type === 'datetime';
}

export function isNumberType(type: FieldType | undefined): type is 'integer' | 'decimal' {
  return type === 'integer' || type === 'decimal';
}

export function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** The left side of a condition as it is written. */
export function leftText({ statement }: CheckContext, { condition: { left } }: ComparedValue): string {
  return statement.text.slice(left.start, left.end);
}

/** Puts another value in the place of a literal. */
export function changeTo(newText: string, { start, end }: Literal, words: Pick<Fix, 'preferred'> = {}): Fix {
  return { title: `Change to ${newText}`, edits: [{ start, end, newText }], ...words };
}

/** A text in the quotes that the literal stands in. */
export function requoted(value: string, literal: Literal, { statement, dialect }: CheckContext): string {
  return quoted(value, dialect, literal.type === 'string' ? statement.text.charAt(literal.start) : "'");
}

/** The ways to write what a date or datetime means, as the dialect wants it for the type of the field. */
export function dateFixes(context: CheckContext, { literal, type, operator }: ComparedValue, moment: Moment): Fix[] {
  // Of 2026-02-30 the last day of the month may be meant.
  const read = { ...moment, day: lastDayUpTo(moment.day) ?? moment.day };
  if (moment.rest !== '' || !exists(read)) return [];
  const change = (changed: Pick<Moment, 'day' | 'time' | 'offset'>, isSure: boolean, words = ''): Fix => {
    const fix = changeTo(requoted(momentText(changed), literal, context), literal);
    return { ...fix, title: fix.title + words, preferred: isSure && read.day === moment.day };
  };

  const isZoql = context.dialect === 'zoql';
  const isMidnight = read.time === '00:00:00';
  if (type === 'date' && (isMidnight || (isZoql && read.time !== undefined))) {
    return [change({ ...read, time: undefined }, isMidnight, isMidnight ? '' : ', without the time')];
  }
  const isFirstMoment = isZoql && type === 'datetime' && read.time === undefined;
  const meant = isFirstMoment ? { ...read, time: '00:00:00' } : read;
  // The first moment stands for the whole day only where the rest of the day is on the other side.
  const isSure = read.otherDay === undefined && (!isFirstMoment || operator === '>=' || operator === '<');
  const fixes = [change(meant, isSure)];
  if (read.otherDay !== undefined) fixes.push(change({ ...meant, day: read.otherDay }, false));
  if (meant.time !== undefined && meant.offset === undefined) {
    fixes.push(change({ ...meant, offset: '' }, false, ', in the time zone of the tenant'));
  }
  return fixes;
}

/** What the checks of values share. */
import type { FieldType } from '../catalogue';
import { comparedValues, type ComparedValue } from '../comparedValues';
import type { Fix } from '../edits';
import { exists, lastDayUpTo, momentText, quoted, type Moment } from '../literals';
import type { Literal } from '../syntax/tree';
import type { CheckContext } from './check';

/** The values that the query compares with. */
export function valuesIn({ uses, statement, dialect }: CheckContext): readonly ComparedValue[] {
  return comparedValues(uses, statement.text, dialect);
}

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
export function changeTo(newText: string, { start, end }: Literal, words: Partial<Fix> = {}): Fix {
  return { title: `Change to ${newText}`, edits: [{ start, end, newText }], ...words };
}

/** A text in the quotes that the literal stands in. */
export function requoted(value: string, literal: Literal, { statement, dialect }: CheckContext): string {
  return quoted(value, dialect, literal.type === 'string' ? statement.text.charAt(literal.start) : "'");
}

/** The ways to write what a date or datetime means, as the dialect wants it for the type of the field. */
export function dateFixes(context: CheckContext, { literal, type, operator }: ComparedValue, moment: Moment): Fix[] {
  const { day, time, rest, otherDay } = moment;
  if (rest !== '') return [];
  const change = (changed: Pick<Moment, 'day' | 'time' | 'offset'>, words?: Partial<Fix>) =>
    changeTo(requoted(momentText(changed), literal, context), literal, words);

  const last = lastDayUpTo(day);
  if (last !== undefined && last !== day)
    return exists({ ...moment, day: last }) ? [change({ ...moment, day: last })] : [];
  if (!exists(moment)) return [];
  const isZoql = context.dialect === 'zoql';
  if (isZoql && type === 'date' && time !== undefined) {
    if (time === '00:00:00') return [change({ ...moment, time: undefined }, { preferred: true })];
    const fix = change({ ...moment, time: undefined });
    return [{ ...fix, title: `${fix.title}, without the time` }];
  }
  const meant = isZoql && type === 'datetime' && time === undefined ? { ...moment, time: '00:00:00' } : moment;
  // The first moment of a day stands for the whole of it only where the rest of it is on the other side.
  const isSure = otherDay === undefined && (meant === moment || operator === '>=' || operator === '<');
  const fixes = [change(meant, { preferred: isSure })];
  if (otherDay !== undefined) fixes.push(change({ ...meant, day: otherDay }));
  if (meant.time !== undefined && meant.offset === undefined) {
    const fix = change({ ...meant, offset: '' });
    fixes.push({ ...fix, title: `${fix.title}, in the time zone of the tenant` });
  }
  return fixes;
}

import type { FieldType } from '../catalogue';
import { dialects, type Dialect } from '../dialect';
import { backslashEscapes, quoted, readMoment, readRelativeDate, unescaped } from '../literals';
import type { Literal } from '../syntax/tree';

interface LiteralConversion {
  readonly from: Dialect;
  readonly to: Dialect;
  /** Of the field that it is compared with; undefined where that is unknown. */
  readonly type: FieldType | undefined;
}

/**
 * A literal of one dialect as the other one writes it; undefined where it cannot, or where what it says is unsure.
 *
 * Source: Zuora docs, filter statements of both dialects.
 */
export function literalText(text: string, literal: Literal, { from, to, type }: LiteralConversion): string | undefined {
  const written = text.slice(literal.start, literal.end);
  if (literal.type !== 'string' && literal.type !== 'date') return written;
  const isBare = literal.type === 'date';
  const quote = text.charAt(literal.start);
  if (!isBare && !isSure(literal.text, quote, from)) return undefined;
  const value = isBare ? written : unescaped(literal.text, quote, from);
  return to === 'zoql' ? zoqlValue(value, type, isBare) : exportString(value);
}

/** Whether a text has only the dialect's escapes: before a quote, a backslash of Export ZOQL is one of the other's. */
function isSure(text: string, quote: string, dialect: Dialect): boolean {
  if (dialects[dialect].escapes === 'doubled') return !text.includes(`\\${quote}`);
  return Array.from(text.matchAll(/\\([^]?)/g)).every(([, sign = '']) => sign in backslashEscapes);
}

/** Export ZOQL has no escape for a line break, and a string ends with its line. */
function exportString(value: string): string | undefined {
  return /[\b\f\n\r]/.test(value) ? undefined : quoted(value, 'zoqlexport');
}

function zoqlValue(value: string, type: FieldType | undefined, isBare: boolean): string | undefined {
  switch (type) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? value : undefined;
    case 'integer':
    case 'decimal':
      return /^-?\d+(\.\d+)?$/.test(value) ? value : undefined;
    case 'date':
    case 'datetime': {
      const date = zoqlDate(value, type);
      return date === undefined || isBare ? date : quoted(date, 'zoql');
    }
    default:
      // 'today' is a day where the field is a date, and a text where it is not.
      if (type === undefined && readRelativeDate(value)) return undefined;
      return isBare ? value : quoted(value, 'zoql');
  }
}

/** ZOQL takes no relative dates, and of a datetime only `YYYY-MM-DDThh:mm:ss`, with an offset or without. */
function zoqlDate(value: string, type: 'date' | 'datetime'): string | undefined {
  const moment = readMoment(value);
  if (moment?.form !== 'iso') return undefined;
  const { day, time, offset = '' } = moment;
  if (type === 'date') return value === day ? day : undefined;
  return time?.length === 'hh:mm:ss'.length ? `${day}T${time}${offset}` : undefined;
}

import type { FieldType } from '../catalogue';
import type { Dialect } from '../dialect';
import type { Literal } from '../syntax/tree';

export interface LiteralConversion {
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
export function literalText(text: string, literal: Literal, conversion: LiteralConversion): string | undefined {
  const { start, end, type } = literal;
  const written = text.slice(start, end);
  if (type !== 'string' && type !== 'date') return written;
  const value = type === 'date' ? written : valueOf(literal.text, text.charAt(start), conversion.from);
  if (value === undefined) return undefined;
  if (conversion.to === 'zoqlexport') return exportString(value);
  return zoqlValue(value, conversion.type, type === 'date');
}

/** What a string says; undefined for an escape that the dialect does not know. */
function valueOf(text: string, quote: string, dialect: Dialect): string | undefined {
  let isSure = true;
  const value = text.replace(/\\([^]?)|''|""/g, (written, escaped: string | undefined) => {
    if (escaped === undefined) return written.startsWith(quote) ? quote : written;
    if (dialect === 'zoqlexport') {
      // A backslash is itself; before a quote only somebody who is in the other dialect writes one.
      isSure &&= escaped !== quote;
      return written;
    }
    isSure &&= escaped in escapes;
    return escapes[escaped] ?? '';
  });
  return isSure ? value : undefined;
}

/** ZOQL's escapes, behind their backslash. */
const escapes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Export ZOQL has no escape for a line break, and a string ends with its line. */
function exportString(value: string): string | undefined {
  return /[\b\f\n\r]/.test(value) ? undefined : `'${value.replace(/'/g, "''")}'`;
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
      return date === undefined || isBare ? date : `'${date}'`;
    }
    default:
      // 'today' is a day where the field is a date, and a text where it is not.
      if (type === undefined && /^\s*(now|today)\b/i.test(value)) return undefined;
      return isBare ? value : `'${value.replace(/[\\'\t]/g, found => (found === '\t' ? '\\t' : `\\${found}`))}'`;
  }
}

/** ZOQL takes no relative dates, and of a datetime only `YYYY-MM-DDThh:mm:ss`, with an offset or without. */
function zoqlDate(value: string, type: 'date' | 'datetime'): string | undefined {
  const [, day, minutes, seconds = ':00', zone = ''] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(value) ?? [];
  if (day === undefined || (type === 'date') !== (minutes === undefined)) return undefined;
  if (minutes === undefined) return day;
  return `${day}T${minutes}${seconds}${zone.replace('Z', '+00:00').replace(/(\d\d)(\d\d)$/, '$1:$2')}`;
}

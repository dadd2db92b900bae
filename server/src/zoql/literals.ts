/**
 * What the values of a query say: strings with their escapes, and the dates, numbers and words that they hold.
 *
 * Sources: Zuora docs, "ZOQL", "Export ZOQL filter statements" and "Special date/time features in Export ZOQL" (scraped
 * 2025-12).
 */
import { dialects, type Dialect } from './dialect';
import { nearest } from './nearest';
import type { Literal } from './syntax/tree';

/** Whether a string has both of its quotes; the parser keeps one that its line ends before, too. */
export function isClosed({ type, start, end, text }: Literal): boolean {
  return type !== 'string' || end - start === text.length + 2;
}

/**
 * What a string stands for. `text` is what stands between the quotes, `quote` the sign around it. A backslash before a
 * sign that is no escape is kept, and so is a doubled quote in either dialect read as one: no string can hold a single.
 */
export function unescaped(text: string, quote: string, dialect: Dialect): string {
  if (!text.includes(quote) && !text.includes('\\')) return text;
  if (dialects[dialect].escapes === 'doubled') return text.replaceAll(quote + quote, quote);
  return text.replace(/\\([^]?)|''|""/g, (written, escaped: string | undefined) => {
    if (escaped === undefined) return written.startsWith(quote) ? quote : written;
    return backslashEscapes[escaped] ?? written;
  });
}

/** ZOQL's escapes, by the sign behind the backslash. */
export const backslashEscapes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** A text as a string of the dialect, in the quotes that its documentation uses unless others are given. */
export function quoted(value: string, dialect: Dialect, quote = "'"): string {
  const escaped =
    dialects[dialect].escapes === 'doubled'
      ? value.replaceAll(quote, quote + quote)
      : value.replace(/[\\'"\b\f\n\r\t]/g, sign => (isOther(sign, quote) ? sign : `\\${escapeLetters[sign] ?? sign}`));
  return quote + escaped + quote;
}

/** Whether a sign is the quote that the string does not stand in. */
function isOther(sign: string, quote: string): boolean {
  return (sign === "'" || sign === '"') && sign !== quote;
}

const escapeLetters = Object.fromEntries(Object.entries(backslashEscapes).map(([letter, sign]) => [sign, letter]));

/** A date or datetime, however it is written. */
export interface Moment {
  /**
   * `iso`: as the documentation writes it. `spaced`: the same with a space between date and time. `loose`: in a way of
   * other places, such as 01.08.2026, 2026-8-1 or 2026-08-01T00:00:00+0000.
   */
  readonly form: 'iso' | 'spaced' | 'loose';
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `hh:mm:ss`, and the fraction of a second unless it is zero; undefined for a date. */
  readonly time: string | undefined;
  /** `+hh:mm`; undefined where none is given. */
  readonly offset: string | undefined;
  /** What stands at the end and nothing is made of: the name of a zone. */
  readonly rest: string;
  /** Of `01/08/2026`, the day if the month stands first; undefined where there is one way to read it. */
  readonly otherDay: string | undefined;
}

/** Reads a date or datetime; undefined for a text that is none. The day and the time need not exist. */
export function readMoment(text: string): Moment | undefined {
  // Most texts are none, and begin with something else than a digit; most others are as the documentation writes them.
  if (longest < text.length || !beginsWithDigit.test(text)) return undefined;
  const iso = isoPattern.exec(text);
  if (iso) return readIso(iso);
  const match = momentPattern.exec(text.trim());
  if (!match) return undefined;
  const [, date = '', separator = '', clock, half, zone = ''] = match;
  if (clock === undefined && (separator !== '' || !/^Z?$/.test(zone))) return undefined;
  const [day, otherDay] = readDay(date);
  if (day === undefined) return undefined;
  const offset = readOffset(zone);
  return {
    form: /^\d{4}-/.test(date) && /^\s+$/.test(separator) ? 'spaced' : 'loose',
    day,
    time: clock === undefined ? undefined : readTime(clock, half),
    offset,
    rest: offset === undefined ? zone : '',
    otherDay,
  };
}

/** Whether the calendar has the day and the clock the time. */
export function exists({ day, time, offset }: Pick<Moment, 'day' | 'time' | 'offset'>): boolean {
  const [hour = 0, minute = 0, second = 0] = (time ?? '').split(':').map(Number);
  const [ahead = 0] = (offset ?? '').split(':').map(Number);
  return day === lastDayUpTo(day) && hour < 24 && minute < 60 && second < 60 && Math.abs(ahead) <= 14;
}

/** The day itself, or the last of its month where the month is too short; undefined where there is no such month. */
export function lastDayUpTo(day: string): string | undefined {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (month < 1 || 12 < month || date < 1 || 31 < date) return undefined;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return date <= last ? day : `${day.slice(0, -2)}${last}`;
}

/** `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss+hh:mm`. Without an offset, UTC is taken. */
export function momentText({ day, time, offset = '+00:00' }: Pick<Moment, 'day' | 'time' | 'offset'>): string {
  return time === undefined ? day : `${day}T${time}${offset}`;
}

/** No date is longer, and no long text is worth a search. In UTF-16 code units. */
const longest = 80;

// Day, zone of a date, time, zone of a time.
const isoPattern = /^(\d{4}-\d\d-\d\d)(?:(Z)|T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

function readIso([, day = '', dayZone, clock, zone = dayZone]: RegExpExecArray): Moment {
  const time = clock === undefined ? undefined : readTime(clock, undefined);
  return { form: 'iso', day, time, offset: zone === 'Z' ? '+00:00' : zone, rest: '', otherDay: undefined };
}

// Date, what stands between, time, half of the day, zone.
const momentPattern =
  /^(\d{8}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:(\s*T\s*|\s+)(\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?)(?:\s*([AP]M)\b)?)?\s*(Z|[+-]\d{1,2}(?::?\d\d)?|[A-Z][\w/]*)?$/i;

const beginsWithDigit = /^\s*\d/;

/** The day, and a second one where the first numbers can change places. */
function readDay(date: string): readonly [string?, string?] {
  const [first = '', second = '', third = ''] = date.split(/[-/.]/);
  if (second === '') return [`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`];
  if (first.length === 4) return [dayOf(first, second, third)];
  const dayFirst = dayOf(third, second, first);
  if (date.includes('.') || 12 < Number(first)) return [dayFirst];
  const monthFirst = dayOf(third, first, second);
  return 12 < Number(second) ? [monthFirst] : first === second ? [dayFirst] : [dayFirst, monthFirst];
}

function dayOf(year: string, month: string, date: string): string {
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

function readTime(clock: string, half: string | undefined): string {
  const [hours = '', minutes = '', seconds = '00'] = clock.replace(',', '.').replace(/\.0+$/, '').split(':');
  const noon = half === undefined ? 0 : /p/i.test(half) ? 12 : 0;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + noon;
  return `${`${hour}`.padStart(2, '0')}:${minutes}:${seconds}`;
}

function readOffset(zone: string): string | undefined {
  if (/^(Z|UTC|GMT)$/i.test(zone)) return '+00:00';
  const [, sign = '', hours, minutes = '00'] = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone) ?? [];
  return hours === undefined ? undefined : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

/** What a person means by a date such as `today - 30 days`. */
export interface RelativeDate {
  readonly isRight: boolean;
  /** As the documentation writes it; undefined where that is unsure. */
  readonly meant: string | undefined;
}

/** Reads a relative date of Export ZOQL, also one that is written wrongly; undefined for a text that is none. */
export function readRelativeDate(text: string): RelativeDate | undefined {
  if (longest < text.length || beginsWithDigit.test(text)) return undefined;
  if (relativePattern.test(text)) return { isRight: true, meant: text };
  const [, word = '', sign = '', count = '', unit = '', zone = ''] = looseRelativePattern.exec(text.trim()) ?? [];
  const known = relativeStarts.get(word.toLowerCase());
  const near = known ?? (3 < word.length ? nearest(word, relativeStarts.keys()) : undefined);
  const start = known ?? (near === undefined ? undefined : relativeStarts.get(near));
  if (start === undefined) return undefined;
  const [keyword = '', ...shift] = start.split(' ');
  const given = sign === '' ? [] : [sign, `${Number(count)}`, unitOf(unit, count)];
  const isSure = !given.includes(undefined) && (shift.length === 0 || given.length === 0);
  return {
    isRight: false,
    meant: isSure ? [keyword, ...shift, ...given, ...(zone ? [zone] : [])].join(' ') : undefined,
  };
}

const relativePattern = /^(now|today)( [+-] \d+ (second|minute|hour|day|week|month|year)s?)?( \([^()]+\))?$/i;
const looseRelativePattern = /^([a-z_]+)(?:\(\))?\s*(?:([+-])\s*(\d{1,9})\s*([a-z]*))?\s*(\([^()]+\))?$/i;

/** Words that people know from elsewhere. */
const relativeStarts: ReadonlyMap<string, string> = new Map([
  ['now', 'now'],
  ['today', 'today'],
  ['yesterday', 'today - 1 day'],
  ['tomorrow', 'today + 1 day'],
  ['current_date', 'today'],
  ['current_timestamp', 'now'],
]);

const units = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'];

/** `m` is left out: a minute to some and a month to others. */
const shortUnits: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['sec', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['hr', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['wk', 'week'],
  ['mo', 'month'],
  ['mon', 'month'],
  ['y', 'year'],
  ['yr', 'year'],
]);

function unitOf(word: string, count: string): string | undefined {
  const short = word.toLowerCase().replace(/s$/, '');
  const unit = shortUnits.get(short) ?? nearest(short, units);
  return unit === undefined || Number(count) === 1 ? unit : `${unit}s`;
}

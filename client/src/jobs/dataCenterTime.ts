/**
 * `incrementalTime` between a person's own clock and Zuora's: it is read without a time zone, as Pacific time in the US
 * data centers and as UTC in the EU (Zuora docs, "Post query with retrieval time", 2026-11).
 */
import { dataCenters } from '../zuora/environments';

/** How a data center reads a time without zone. */
export interface DataCenterZone {
  /** As IANA names it. */
  readonly zone: string;
  readonly name: 'Pacific time' | 'UTC';
  /** False where no document of Zuora says so and UTC is assumed. */
  readonly documented: boolean;
}

const pacific: DataCenterZone = { zone: 'America/Los_Angeles', name: 'Pacific time', documented: true };
const utc: DataCenterZone = { zone: 'UTC', name: 'UTC', documented: true };

/** The clock of the data center at an origin such as `https://rest.na.zuora.com`. */
export function dataCenterZone(origin: string): DataCenterZone {
  const name = dataCenters.find(center => center.origin === origin)?.name ?? '';
  if (name.startsWith('US ')) return pacific;
  if (name.startsWith('EU ')) return utc;
  return { ...utc, documented: false };
}

/** The zone of this computer's clock, as IANA names it. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A moment that somebody has written, or why it is none. */
export type TimeReading = ZonedReading | { readonly ok: false; readonly reason: string };

interface ZonedReading {
  readonly ok: true;
  /** ms since 1970, in whole seconds. */
  readonly instant: number;
  /**
   * Its hour is not there on that day (`skipped`) or twice (`repeated`), since clocks are changed. The earlier moment is
   * taken: rows come once too often rather than not at all.
   */
  readonly clockChange?: 'skipped' | 'repeated';
}

/**
 * Reads `2026-11-27 09:00`, with seconds or without a time, with `T`, with an offset (`Z`, `+01:00`), and `today`,
 * `yesterday` with or without a time, and `now`. Without an offset it is meant in `zone`.
 */
export function readTime(text: string, { zone, now }: { readonly zone: string; readonly now: number }): TimeReading {
  const written = text.trim();
  if (/^now$/i.test(written)) return { ok: true, instant: wholeSeconds(now) };
  const match = timePattern.exec(written);
  if (!match) return { ok: false, reason: 'Write it as 2026-11-27 09:00, or as "yesterday 09:00".' };
  const [, day = '', hour = '00', minute = '00', second = '00', offset] = match;
  const date = /^\d/.test(day) ? day : dayBefore(now, zone, /^y/i.test(day) ? 1 : 0);
  const local = `${date} ${hour.padStart(2, '0')}:${minute}:${second}`;
  const asUtc = utcOf(local);
  if (asUtc === undefined) return { ok: false, reason: `The calendar has no ${local}.` };
  if (offset === undefined) return inZone(asUtc, zone);
  return { ok: true, instant: asUtc - offsetMs(offset) };
}

const timePattern =
  /^(\d{4}-\d{2}-\d{2}|today|yesterday)(?:(?:[ \t]+|T)(\d{1,2}):(\d{2})(?::(\d{2}))?[ \t]*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The text for `zoql.job.incrementalTime`: `YYYY-MM-DD HH:MM:SS` on the data center's clock. */
export function dataCenterText(instant: number, origin: string): string {
  return clockText(instant, dataCenterZone(origin).zone);
}

/** Whether a text has the form of AQuA's, `YYYY-MM-DD HH:MM:SS`, and names a moment that the calendar has. */
export function isClockText(text: string): boolean {
  return utcOf(text) !== undefined;
}

/** The moment that a data center understands; undefined where the text is no time. */
export function instantOf(text: string, origin: string): number | undefined {
  return onDataCenterClock(text, origin)?.instant;
}

function onDataCenterClock(text: string, origin: string): ZonedReading | undefined {
  const asUtc = utcOf(text);
  return asUtc === undefined ? undefined : inZone(asUtc, dataCenterZone(origin).zone);
}

/** A moment on the clock of a zone: `YYYY-MM-DD HH:MM:SS`. */
export function clockText(instant: number, zone: string): string {
  return new Date(instant + zoneOffset(instant, zone)).toISOString().slice(0, 19).replace('T', ' ');
}

/** What a text in AQuA's form would be in UTC; undefined where it is no such text or the calendar has none. */
function utcOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19).replace('T', ' ') === text;
  return isReal ? date.getTime() : undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The moment at which a zone's clock shows what UTC's shows at `asUtc`. */
function inZone(asUtc: number, zone: string): ZonedReading {
  // Clocks are not changed twice within two days, so one of the offsets around is the right one.
  const offsets = [zoneOffset(asUtc - dayMs, zone), zoneOffset(asUtc + dayMs, zone)];
  const [early, late] = offsets.map(offset => asUtc - offset).sort((one, other) => one - other) as [number, number];
  const fits = (instant: number) => instant + zoneOffset(instant, zone) === asUtc;
  if (early !== late && fits(early) && fits(late)) return { ok: true, instant: early, clockChange: 'repeated' };
  if (fits(early)) return { ok: true, instant: early };
  return fits(late) ? { ok: true, instant: late } : { ok: true, instant: early, clockChange: 'skipped' };
}

/** How far a zone's clock is ahead of UTC at a moment, in ms. */
function zoneOffset(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en-US', { ...clockFields, timeZone: zone })));
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - wholeSeconds(instant);
}

/** Making one takes longer than all the rest. */
const formats = new Map<string, Intl.DateTimeFormat>();

const clockFields = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
} as const;

function dayBefore(now: number, zone: string, days: number): string {
  const today = clockText(now, zone).slice(0, 10);
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
}

function offsetMs(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [text.slice(1, 3), text.slice(-2)].map(Number) as [number, number];
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function wholeSeconds(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

/** What the input box says below what is typed. */
export interface TimePreview {
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** For the setting; undefined where what is typed is no time. Empty clears the setting. */
  readonly value: string | undefined;
}

/** What a person types, as it would be sent. */
export function previewTime(
  text: string,
  { zone, now, origin }: { readonly zone: string; readonly now: number; readonly origin: string },
): TimePreview {
  if (text.trim() === '') {
    return { message: 'Empty: the changes since the last job.', severity: 'information', value: '' };
  }
  const reading = readTime(text, { zone, now });
  if (!reading.ok) return { message: reading.reason, severity: 'error', value: undefined };
  const { instant, clockChange } = reading;
  const { name, documented } = dataCenterZone(origin);
  const value = dataCenterText(instant, origin);
  const sentences = [`= ${value} ${name}, as Zuora ${documented ? 'will read it' : 'is taken to read it'}.`];
  if (!documented) sentences.push('Zuora documents no time zone for this address.');
  if (clockChange !== undefined) {
    const what = clockChange === 'repeated' ? 'comes twice' : 'is left out';
    sentences.push(`This hour ${what} in ${zone} that day; the earlier moment is taken.`);
  }
  if (now < instant) sentences.push('It is in the future: no row has changed since.');
  if (onDataCenterClock(value, origin)?.clockChange === 'repeated') {
    sentences.push("On Zuora's clock this hour comes twice; it may read the other one.");
  }
  const severity = 1 < sentences.length ? 'warning' : 'information';
  return { message: sentences.join(' '), severity, value };
}

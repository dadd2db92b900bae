/**
 * Dates and times in a query: ISO 8601, and Export ZOQL's relative ones such as `today - 30 days (-08:00)`
 * (Zuora docs, "Special datetime features").
 */

/** The tenant's time zone: a fixed offset, so that no result changes with summer time. */
export const tenantOffsetMinutes = -8 * 60;

export interface Moment {
  /** Milliseconds since 1970; of a date its first moment. */
  readonly at: number;
  /** The date in the zone that was written, or the tenant's: `2026-08-01`. */
  readonly date: string;
  readonly hasTime: boolean;
}

/**
 * Reads a value that is compared with a date or datetime. `ignored`: the form with a space, `2026-08-01 00:00:00`, which
 * Zuora accepts and then leaves the whole condition out (seen on a tenant, 2026-08). Undefined: no date at all.
 */
export function readMoment(text: string, now: number): Moment | 'ignored' | undefined {
  const trimmed = text.trim();
  if (/^\d{4}-\d\d-\d\d\s+\d\d:\d\d/.test(trimmed)) return 'ignored';
  return readIso(trimmed) ?? readRelative(trimmed, now);
}

function readIso(text: string): Moment | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(\.\d{1,9})?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
  if (!match) return undefined;
  const [, date = '', time, seconds = '00', fraction = '', zone] = match;
  const offset = zone === undefined ? tenantOffsetMinutes : offsetOf(zone);
  const local = Date.parse(`${date}T${time ?? '00:00'}:${seconds}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(local) || offset === undefined) return undefined;
  return { at: local - offset * 60_000, date, hasTime: time !== undefined };
}

function readRelative(text: string, now: number): Moment | undefined {
  const match = /^(now|today)(?:\s*([+-])\s*(\d{1,6})\s*([a-z]+?)s?)?\s*(?:\(([^)]*)\))?$/i.exec(text);
  if (!match) return undefined;
  const [, base = '', sign, count = '0', unit, zone] = match;
  const offset = zone === undefined ? tenantOffsetMinutes : (offsetOf(zone) ?? offsetOfZone(zone, now));
  if (offset === undefined) return undefined;
  const local = new Date(now + offset * 60_000);
  const isToday = base.toLowerCase() === 'today';
  if (isToday) local.setUTCHours(0, 0, 0, 0);
  if (unit !== undefined && !shift(local, (sign === '-' ? -1 : 1) * Number(count), unit.toLowerCase()))
    return undefined;
  return { at: local.getTime() - offset * 60_000, date: local.toISOString().slice(0, 10), hasTime: !isToday };
}

function shift(date: Date, count: number, unit: string): boolean {
  switch (unit) {
    case 'second':
      date.setUTCSeconds(date.getUTCSeconds() + count);
      return true;
    case 'minute':
      date.setUTCMinutes(date.getUTCMinutes() + count);
      return true;
    case 'hour':
      date.setUTCHours(date.getUTCHours() + count);
      return true;
    case 'day':
      date.setUTCDate(date.getUTCDate() + count);
      return true;
    case 'week':
      date.setUTCDate(date.getUTCDate() + 7 * count);
      return true;
    case 'month':
      date.setUTCMonth(date.getUTCMonth() + count);
      return true;
    case 'year':
      date.setUTCFullYear(date.getUTCFullYear() + count);
      return true;
    default:
      return false;
  }
}

/** `Z`, `+08:00`, `-0800` in minutes. */
function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone.trim());
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

/** A zone's name, such as America/Los_Angeles, in minutes at that time; undefined where there is no such zone. */
function offsetOfZone(zone: string, at: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone.trim(), timeZoneName: 'longOffset' });
    const name = format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 0 : offsetOf(name.replace('GMT', ''));
  } catch {
    return undefined; // Intl throws on a name it does not know.
  }
}

/** `zoql.job.incrementalTime`: its form, and what it means on the person's own clock (AQuA error 90015). */
import { clockText, dataCenterZone, instantOf, isClockText, readTime } from '../dataCenterTime';
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { sessionOf, show, textValue } from '../settingValues';
import { aboutSetting, clearSetting, setSetting, type PreflightInput } from './rule';

const setting = 'zoql.job.incrementalTime';

/** incremental-time-form: anything but `YYYY-MM-DD HH:MM:SS`, or a moment that the calendar has not. */
export function incrementalTimeForm({ settings, variables }: RequestInput): readonly Finding[] {
  const text = textValue(settings, setting);
  if (text === undefined || isClockText(text)) return [];
  // Without an offset it is on the data center's clock already, so only its form changes; UTC keeps the digits.
  const reading = readTime(text, { zone: 'UTC', now: variables.now.getTime() });
  const isPlain = reading.ok && /^\d/.test(text) && !/(z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10));
  const fixes = isPlain ? [setSetting(setting, clockText(reading.instant, 'UTC'))] : [];
  const message = `must look like 2026-01-31 23:59:59 (with a space, not a T), not ${show(text)}.`;
  return [aboutSetting('incremental-time-form', setting, message, { fixes: [...fixes, clearSetting(setting)] })];
}

/**
 * incremental-time: what Zuora makes of the time, told in the person's own zone. incremental-time-future: no row can have
 * changed since. incremental-time-zone: no document says what zone the data center reads it in.
 */
export function incrementalTimeMeaning({ settings, variables, origin, zone }: PreflightInput): readonly Finding[] {
  if (!sessionOf(settings)) return [];
  const text = textValue(settings, setting);
  const instant = text === undefined ? undefined : instantOf(text, origin);
  if (text === undefined || instant === undefined) return [];
  const { name, documented } = dataCenterZone(origin);
  const own = `${clockText(instant, zone)} in ${zone}`;
  const meaning = aboutSetting('incremental-time', setting, `is ${text}, which Zuora reads as ${name}: ${own}.`, {
    weight: 'notes',
    fixes: [clearSetting(setting)],
  });
  const findings = [meaning];
  if (variables.now.getTime() < instant) {
    const message = `is in the future: ${own}. No row has changed since.`;
    findings.push(
      aboutSetting('incremental-time-future', setting, message, { weight: 'warns', fixes: [clearSetting(setting)] }),
    );
  }
  if (!documented) {
    const message = 'is taken for UTC: Zuora documents no time zone for this address.';
    findings.push(aboutSetting('incremental-time-zone', setting, message, { weight: 'notes' }));
  }
  return findings;
}

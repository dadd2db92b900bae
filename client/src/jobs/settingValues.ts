// The settings of a request as values of their types. What has the wrong type counts as not set; `rules` says so.
import type { StatefulSession } from './model';
import type { RequestSetting, RequestSettings } from './settings';

/** As settings.json has it; undefined where it is not set. */
export function rawValue(settings: RequestSettings, setting: RequestSetting): unknown {
  const value = settings[setting];
  return value === null || value === '' ? undefined : value;
}

export function textValue(settings: RequestSettings, setting: RequestSetting): string | undefined {
  const value = rawValue(settings, setting);
  return typeof value === 'string' ? value : undefined;
}

export function flagValue(settings: RequestSettings, setting: RequestSetting): boolean | undefined {
  const value = rawValue(settings, setting);
  return typeof value === 'boolean' ? value : undefined;
}

/** What the settings can be that have a fixed list of values. */
export const choices = {
  'zoql.job.format': ['csv', 'zip', 'gzip'],
  'zoql.job.encrypted': ['none', 'pgp'],
  'zoql.job.sourceData': ['LIVE', 'WAREHOUSE'],
} as const;

export function choiceValue<S extends keyof typeof choices>(
  settings: RequestSettings,
  setting: S,
): (typeof choices)[S][number] | undefined {
  const allowed: readonly (typeof choices)[S][number][] = choices[setting];
  return allowed.find(one => one === rawValue(settings, setting));
}

/** The reference's type is a number, so 1.0 goes out as `1`. */
export function versionValue(settings: RequestSettings): 1 | 1.1 | undefined {
  switch (rawValue(settings, 'zoql.job.version')) {
    case '1.0':
    case '1':
    case 1:
      return 1;
    case '1.1':
    case 1.1:
      return 1.1;
    default:
      return undefined;
  }
}

/** Seconds from 0 to 3600. */
export function offsetValue(settings: RequestSettings): number | undefined {
  const value = rawValue(settings, 'zoql.job.offset');
  return typeof value === 'number' && Number.isInteger(value) && 0 <= value && value <= 3600 ? value : undefined;
}

/** The session that makes a job stateful; undefined for a stateless one (Zuora docs, stateless and stateful modes). */
export function sessionOf(settings: RequestSettings): StatefulSession | undefined {
  const partner = textValue(settings, 'zoql.job.partner');
  const project = textValue(settings, 'zoql.job.project');
  const isStateful = versionValue(settings) === 1.1 && partner !== undefined && project !== undefined;
  return isStateful ? { partner, project } : undefined;
}

/** A value as settings.json has it, cut to what fits in a sentence. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

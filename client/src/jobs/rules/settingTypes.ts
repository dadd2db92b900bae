import type { Finding, FindingFix } from '../findings';
import type { RequestInput } from '../request';
import { requestSettings, type RequestSetting, type RequestSettings } from '../settings';
import { choices, rawValue, show, versionValue } from '../settingValues';
import { aboutSetting, clearSetting, setSetting } from './rule';

/** wrong-type: a value in settings.json that its setting cannot have. It counts as not set, so nothing goes out. */
export function wrongType({ settings }: RequestInput): readonly Finding[] {
  return requestSettings.flatMap(setting => {
    const value = rawValue(settings, setting);
    const fault = value === undefined ? undefined : faultOf(setting, value, settings);
    if (!fault) return [];
    const fixes = [...fault.fixes, clearSetting(setting)];
    return [aboutSetting('wrong-type', setting, `must be ${fault.wanted}, not ${show(value)}.`, { fixes })];
  });
}

interface Fault {
  /** What it has to be. */
  readonly wanted: string;
  readonly fixes: readonly FindingFix[];
}

function faultOf(setting: RequestSetting, value: unknown, settings: RequestSettings): Fault | undefined {
  if (isChoice(setting)) {
    const allowed: readonly unknown[] = choices[setting];
    if (allowed.includes(value)) return undefined;
    return { wanted: allowed.join(' or '), fixes: allowed.map(one => setSetting(setting, one)) };
  }
  switch (setting) {
    case 'zoql.job.version':
      if (versionValue(settings) !== undefined) return undefined;
      return { wanted: '1.0 or 1.1', fixes: [setSetting(setting, 1.1), setSetting(setting, 1, '1.0')] };
    case 'zoql.job.useQueryLabels':
    case 'zoql.job.dateTimeUtc':
    case 'zoql.request.acceptGzip':
    case 'zoql.request.gzipBody': {
      if (typeof value === 'boolean') return undefined;
      const meant = value === 'false' ? false : true;
      return { wanted: 'true or false', fixes: [setSetting(setting, meant), setSetting(setting, !meant)] };
    }
    // Rules of their own say what these have to be.
    case 'zoql.job.offset':
    case 'zoql.request.extraHeaders':
      return undefined;
    default:
      return typeof value === 'string' ? undefined : { wanted: 'a text', fixes: [] };
  }
}

function isChoice(setting: RequestSetting): setting is keyof typeof choices {
  return Object.hasOwn(choices, setting);
}

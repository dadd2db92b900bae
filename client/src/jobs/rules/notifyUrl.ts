import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { textValue } from '../settingValues';
import { aboutSetting, clearSetting } from './rule';

const setting = 'zoql.job.notifyUrl';

/** Zuora takes fewer characters than this (AQuA error 90014). */
const tooLong = 5000;

/** notify-url-variables: an address that does not tell which job ended, or how (Zuora API reference, notifyUrl). */
export function notifyUrlVariables({ settings }: RequestInput): readonly Finding[] {
  const url = textValue(settings, setting);
  if (url === undefined) return [];
  const missing = ['${JOBID}', '${STATUS}'].filter(variable => !url.includes(variable));
  if (missing.length === 0) return [];
  const parameters = missing.map(variable => (variable === '${JOBID}' ? `jobId=${variable}` : `status=${variable}`));
  const whole = `${url}${url.includes('?') ? '&' : '?'}${parameters.join('&')}`;
  return [
    aboutSetting('notify-url-variables', setting, `must contain ${missing.join(' and ')}.`, {
      fixes: [
        { kind: 'set-setting', title: `Append ${parameters.join('&')}`, setting, value: whole },
        clearSetting(setting),
      ],
    }),
  ];
}

/** notify-url-too-long: 5,000 characters or more (AQuA error 90014). */
export function notifyUrlTooLong({ settings }: RequestInput): readonly Finding[] {
  const url = textValue(settings, setting);
  if (url === undefined || url.length < tooLong) return [];
  return [
    aboutSetting('notify-url-too-long', setting, `has ${url.length} characters; Zuora takes fewer than 5,000.`, {
      fixes: [clearSetting(setting)],
    }),
  ];
}

import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { textValue } from '../settingValues';
import { aboutSetting, clearSetting } from './rule';

/** Longest name of a job (Zuora API reference, "Submit an aggregate query job", 2026-11). */
const longestName = 32;

/** job-name-too-long: more characters than AQuA takes. */
export function jobNameTooLong({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.job.name';
  const name = textValue(settings, setting);
  if (name === undefined || name.length <= longestName) return [];
  const shorter = name
    .slice(0, longestName)
    .trim()
    .replace(/[\ud800-\udbff]$/, '');
  return [
    aboutSetting('job-name-too-long', setting, `has ${name.length} characters; Zuora takes at most ${longestName}.`, {
      fixes: [
        { kind: 'set-setting', title: `Shorten to "${shorter}"`, setting, value: shorter },
        clearSetting(setting),
      ],
    }),
  ];
}

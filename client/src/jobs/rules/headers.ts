/** What the headers of a request may hold (Zuora API reference, "Submit an aggregate query job"; docs, API versions). */
import type { Finding } from '../findings';
import { fillTrackId, headersOfSettings, isHeaderText, readExtraHeaders } from '../requestHeaders';
import type { RequestInput } from '../request';
import { rawValue, show, textValue } from '../settingValues';
import { aboutSetting, clearSetting, setSetting } from './rule';

/** header-characters: what no header may hold, in a setting that is sent as one. */
export function headerCharacters({ settings, variables }: RequestInput): readonly Finding[] {
  return (Object.keys(headersOfSettings) as (keyof typeof headersOfSettings)[]).flatMap(setting => {
    const value = textValue(settings, setting);
    if (value === undefined) return [];
    const text = setting === 'zoql.request.trackId' ? fillTrackId(value, variables).text : value;
    if (isHeaderText(text)) return [];
    // A track id says what a person likes, while an id with other characters is another id.
    const plain = setting === 'zoql.request.trackId' ? [setSetting(setting, value.replace(/[^\x20-\x7e]/gu, '-'))] : [];
    return [
      aboutSetting('header-characters', setting, 'may hold visible US-ASCII characters and spaces only.', {
        fixes: [...plain, clearSetting(setting)],
      }),
    ];
  });
}

/** several-entity-ids: the header takes one id. */
export function severalEntityIds({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.request.entityIds';
  const value = textValue(settings, setting) ?? '';
  const ids = value.split(/[ ,;]+/).filter(id => id !== '');
  if (ids.length < 2 || !isHeaderText(value)) return [];
  return [
    aboutSetting('several-entity-ids', setting, 'takes the id of one entity.', {
      fixes: [...ids.map(id => setSetting(setting, id)), clearSetting(setting)],
    }),
  ];
}

/** Longest value of Zuora-Track-Id. */
const longestTrackId = 64;

/** track-id-variable, track-id-too-long, track-id-characters: what Zuora does not take as Zuora-Track-Id. */
export function trackId({ settings, variables }: RequestInput): readonly Finding[] {
  const setting = 'zoql.request.trackId';
  const template = textValue(settings, setting);
  if (template === undefined) return [];
  const { text, unknown } = fillTrackId(template, variables);
  const findings = unknown.map(variable => {
    const message = `does not know ${variable}; there are \${uuid}, \${date} and \${time}.`;
    const fixes = [setSetting(setting, template.replace(variable, '${uuid}')), clearSetting(setting)];
    return aboutSetting('track-id-variable', setting, message, { fixes });
  });
  if (longestTrackId < text.length) {
    const message = `is ${text.length} characters long once filled in; Zuora takes at most ${longestTrackId}.`;
    const fixes = [setSetting(setting, '${uuid}'), clearSetting(setting)];
    findings.push(aboutSetting('track-id-too-long', setting, message, { fixes }));
  }
  if (/[:;"']/.test(text)) {
    const message = `may not hold a colon, a semicolon or a quote: ${show(text)}.`;
    const fixes = [setSetting(setting, template.replace(/[:;"']/g, '-')), clearSetting(setting)];
    findings.push(aboutSetting('track-id-characters', setting, message, { fixes }));
  }
  return findings;
}

/**
 * zuora-version-form: minor versions are dates, older ones numbers from 186.0 to 341.0. Only the form is held to that,
 * since it is all that is documented for good: whether there is such a version, the service knows.
 */
export function zuoraVersionForm({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.request.zuoraVersion';
  const value = textValue(settings, setting);
  if (value === undefined || /^(\d{4}-\d{2}-\d{2}|\d{3}\.\d)$/.test(value)) return [];
  const number = /^\d{3}$/.test(value) ? [setSetting(setting, `${value}.0`)] : [];
  return [
    aboutSetting(
      'zuora-version-form',
      setting,
      `must be a date such as 2025-08-12, or a number such as 341.0, not ${show(value)}.`,
      { fixes: [...number, clearSetting(setting)] },
    ),
  ];
}

/** extra-header: a header that cannot be set by hand, or that is none. */
export function extraHeader({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.request.extraHeaders';
  const value = rawValue(settings, setting);
  const { faults, isObject } = readExtraHeaders(value);
  if (!isObject) {
    const message = 'must be an object of header names and their values.';
    return [aboutSetting('extra-header', setting, message, { fixes: [clearSetting(setting)] })];
  }
  return faults.map(({ name, fault }) => {
    const others = Object.fromEntries(Object.entries(value as object).filter(([other]) => other !== name));
    const fix = { kind: 'set-setting', title: `Remove ${name}`, setting, value: others } as const;
    const finding = aboutSetting('extra-header', setting, '', { fixes: [fix] });
    return { ...finding, message: `${setting}: "${name}" ${fault}` };
  });
}

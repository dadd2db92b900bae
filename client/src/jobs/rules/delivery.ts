/** How results are delivered: encryption, source, datetimes (Zuora API reference, "Submit an aggregate query job"). */
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { choiceValue, flagValue } from '../settingValues';
import { aboutSetting, clearSetting, setDirective, setSetting, untick } from './rule';

/** pgp-needs-archive: pgp works on zip and gzip only. */
export function pgpNeedsArchive({ settings }: RequestInput): readonly Finding[] {
  const format = choiceValue(settings, 'zoql.job.format') ?? 'csv';
  if (choiceValue(settings, 'zoql.job.encrypted') !== 'pgp' || format !== 'csv') return [];
  return [
    aboutSetting(
      'pgp-needs-archive',
      'zoql.job.encrypted',
      'is pgp, which needs zoql.job.format zip or gzip; csv cannot be encrypted.',
      {
        fixes: [
          setSetting('zoql.job.format', 'gzip'),
          setSetting('zoql.job.format', 'zip'),
          setSetting('zoql.job.encrypted', 'none'),
        ],
      },
    ),
  ];
}

/** source-data-warehouse: a source that the reference of 2023 had and that of 2026 has not. */
export function sourceDataWarehouse({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.job.sourceData';
  if (choiceValue(settings, setting) !== 'WAREHOUSE') return [];
  return [
    aboutSetting(
      'source-data-warehouse',
      setting,
      'is WAREHOUSE, which is no longer in the API reference and may be refused.',
      {
        weight: 'warns',
        fixes: [setSetting(setting, 'LIVE'), clearSetting(setting)],
      },
    ),
  ];
}

/** The oldest WSDL version that knows dateTimeUtc. */
const oldestWithUtc = 69;

/** date-time-utc-version: a query that is to run with a version that does not know dateTimeUtc. */
export function dateTimeUtcVersion({ settings, queries }: RequestInput): readonly Finding[] {
  const setting = 'zoql.job.dateTimeUtc';
  if (flagValue(settings, setting) !== true) return [];
  return queries.flatMap(query => {
    const { name, apiVersion } = query;
    if (apiVersion === undefined || oldestWithUtc <= Number(apiVersion)) return [];
    const finding = aboutSetting(
      'date-time-utc-version',
      setting,
      `needs version ${oldestWithUtc}.0 or newer; ${name} asks for ${apiVersion}.`,
    );
    const fixes = [setDirective(query, 'apiVersion', `${oldestWithUtc}.0`), clearSetting(setting), untick([name])];
    return [{ ...finding, query: name, fixes }];
  });
}

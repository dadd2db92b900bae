import type { JobScope } from '../zuora/scope';

/**
 * The settings that make the body and the headers of a request, by their full names.
 *
 * Values are as found in settings.json, hence `unknown` until `request.ts` has checked them: the editor marks a value
 * of the wrong type and hands it over all the same.
 */
export const requestSettings = [
  'zoql.job.format',
  'zoql.job.version',
  'zoql.job.name',
  'zoql.job.useQueryLabels',
  'zoql.job.dateTimeUtc',
  'zoql.job.nullReplacement',
  'zoql.job.partner',
  'zoql.job.project',
  'zoql.job.incrementalTime',
  'zoql.job.offset',
  'zoql.job.notifyUrl',
  'zoql.job.sourceData',
  'zoql.job.encrypted',
  'zoql.request.entityIds',
  'zoql.request.orgIds',
  'zoql.request.trackId',
  'zoql.request.zuoraVersion',
  'zoql.request.acceptGzip',
  'zoql.request.gzipBody',
  'zoql.request.extraHeaders',
] as const;

export type RequestSetting = (typeof requestSettings)[number];

/** Undefined, null and the empty string mean "not set". */
export type RequestSettings = Readonly<Partial<Record<RequestSetting, unknown>>>;

/** The settings as they count for a tenant: where its entry names an entity or organizations, these do. */
export function settingsFor(
  { entityIds, orgIds }: Pick<JobScope, 'entityIds' | 'orgIds'>,
  settings: RequestSettings,
): RequestSettings {
  return {
    ...settings,
    ...(entityIds !== undefined && { 'zoql.request.entityIds': entityIds }),
    ...(orgIds !== undefined && { 'zoql.request.orgIds': orgIds }),
  };
}

/**
 * Settings and queries → the exact request, or everything that is wrong with it at once.
 *
 * Names and types: Zuora API reference, "Submit an aggregate query job", 2026-11. What is wrong is said by `rules`.
 */
import type { Finding } from './findings';
import type { DeletedColumn, JobRequest, PlannedQuery, StatefulSession } from './model';
import { headersOf, type RequestVariables } from './requestHeaders';
import { requestFindings } from './rules/index';
import type { RequestSettings } from './settings';
import { choiceValue, flagValue, offsetValue, sessionOf, textValue, versionValue } from './settingValues';

export interface RequestInput {
  readonly settings: RequestSettings;
  /** The ticked ones, in the order in which they are sent. */
  readonly queries: readonly PlannedQuery[];
  readonly variables: RequestVariables;
}

export type RequestResult =
  | { readonly ok: true; readonly prepared: PreparedRequest }
  /** What blocks it; never empty. */
  | { readonly ok: false; readonly problems: readonly Finding[] };

export interface PreparedRequest {
  readonly request: JobRequest;
  /** The two ids that every later request for this job carries too: part of its `JobScope`. */
  readonly ids: { readonly entityIds?: string; readonly orgIds?: string };
  /** Of a stateful job, for its `JobPlan`. */
  readonly session?: StatefulSession;
}

/** Makes the request. All problems come at once, so that a person mends them in one go. */
export function createRequest(input: RequestInput): RequestResult {
  const { settings, queries, variables } = input;
  const problems = requestFindings(input).filter(({ weight }) => weight === 'blocks');
  if (0 < problems.length) return { ok: false, problems };

  const session = sessionOf(settings);
  const body = JSON.stringify({
    ...bodyFields(settings),
    queries: queries.map(query => queryFields(query, session)),
  });
  const headers = headersOf(settings, variables);
  const request = { body, headers, gzip: flagValue(settings, 'zoql.request.gzipBody') ?? false };
  return { ok: true, prepared: { request, ids: idsIn(headers), ...(session && { session }) } };
}

export type HeadersResult =
  | ({ readonly ok: true; readonly headers: Readonly<Record<string, string>> } & Pick<PreparedRequest, 'ids'>)
  | { readonly ok: false; readonly problems: readonly Finding[] };

/** The headers alone, and the two ids of the scope: what a job is asked for with that was not sent from here. */
export function createHeaders(settings: RequestSettings, variables: RequestVariables): HeadersResult {
  const problems = requestFindings({ settings, queries: [], variables }).filter(
    ({ weight, setting }) => weight === 'blocks' && setting?.startsWith('zoql.request.'),
  );
  if (0 < problems.length) return { ok: false, problems };
  const headers = headersOf(settings, variables);
  return { ok: true, headers, ids: idsIn(headers) };
}

function idsIn(headers: Readonly<Record<string, string>>): PreparedRequest['ids'] {
  const { 'Zuora-Entity-Ids': entityIds, 'Zuora-Org-Ids': orgIds } = headers;
  return { ...(entityIds !== undefined && { entityIds }), ...(orgIds !== undefined && { orgIds }) };
}

/** The body without its queries. A field that is undefined is left out of the JSON. */
function bodyFields(settings: RequestSettings) {
  return {
    format: choiceValue(settings, 'zoql.job.format'),
    version: versionValue(settings),
    name: textValue(settings, 'zoql.job.name'),
    encrypted: choiceValue(settings, 'zoql.job.encrypted'),
    // Zuora's own default, false, heads the columns with labels of the UI, which differ by tenant and language. True
    // gives API names (`Account.AccountNumber`), although the option's name says the opposite.
    useQueryLabels: flagValue(settings, 'zoql.job.useQueryLabels') ?? true,
    dateTimeUtc: flagValue(settings, 'zoql.job.dateTimeUtc'),
    nullReplacement: textValue(settings, 'zoql.job.nullReplacement'),
    partner: textValue(settings, 'zoql.job.partner'),
    project: textValue(settings, 'zoql.job.project'),
    incrementalTime: textValue(settings, 'zoql.job.incrementalTime'),
    offset: offsetValue(settings),
    notifyUrl: textValue(settings, 'zoql.job.notifyUrl'),
    sourceData: choiceValue(settings, 'zoql.job.sourceData'),
  };
}

function queryFields(query: PlannedQuery, session: StatefulSession | undefined) {
  const { name, type, query: text, apiVersion, convertToCurrencies, deleted } = query;
  return {
    name,
    type,
    query: text,
    apiVersion,
    convertToCurrencies,
    deleted: deleted && deletedField(deleted, session),
  };
}

/** A stateless job has deleted rows only by force (error 90012), and who asks for the column wants them. */
function deletedField(deleted: DeletedColumn, session: StatefulSession | undefined): DeletedColumn {
  return session ? deleted : { ...deleted, forceExport: true };
}

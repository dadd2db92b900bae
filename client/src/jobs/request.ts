/**
 * Settings and queries → the exact request, or everything that is wrong with it at once.
 *
 * Names, types and limits: Zuora, "Submit an aggregate query job" and AQuA API limits, 2026-11. What Zuora's documents
 * do not limit is not limited here: the service may know better.
 */
import { dialects } from '../../../server/src/zoql/index';
import type { JobRequest, PlannedQuery } from './model';
import type { RequestSetting, RequestSettings } from './settings';

export interface RequestInput {
  readonly settings: RequestSettings;
  /** The ticked ones, in the order in which they are sent. */
  readonly queries: readonly PlannedQuery[];
  /** What the variables of `zoql.request.trackId` are made of. */
  readonly variables: { readonly now: Date; readonly uuid: string };
}

export type RequestResult = { readonly ok: true; readonly prepared: PreparedRequest } | Problems;

interface Problems {
  readonly ok: false;
  readonly problems: readonly RequestProblem[];
}

export interface PreparedRequest {
  readonly request: JobRequest;
  /** The two ids that every later request for this job carries too: part of its `JobScope`. */
  readonly ids: { readonly entityIds?: string; readonly orgIds?: string };
}

export interface RequestProblem {
  /** A whole sentence that names the setting or the file. */
  readonly message: string;
  readonly setting?: RequestSetting;
  readonly uri?: string;
}

/** Most queries that one job takes (AQuA API limits, error 90004). */
const maxQueries = 50;

/** Makes the request. All problems come at once, so that a person mends them in one go. */
export function createRequest({ settings, queries, variables }: RequestInput): RequestResult {
  const problems: RequestProblem[] = [];
  const reader = createReader(settings, problems);
  const fields = bodyFields(reader);
  const headers = headerFields(reader, variables);
  const gzip = reader.flag('zoql.request.gzipBody') ?? false;
  problems.push(...queryProblems(queries));
  if (0 < problems.length) return { ok: false, problems };

  const body = JSON.stringify({
    ...fields,
    queries: queries.map(({ name, type, query }) => ({ name, type, query })),
  });
  return { ok: true, prepared: { request: { body, headers, gzip }, ids: idsIn(headers) } };
}

/** The headers alone, and the two ids of the scope: what a job is asked for with that was not sent from here. */
export function createHeaders(
  settings: RequestSettings,
  variables: RequestInput['variables'],
): ({ readonly ok: true; readonly headers: Record<string, string> } & Pick<PreparedRequest, 'ids'>) | Problems {
  const problems: RequestProblem[] = [];
  const headers = headerFields(createReader(settings, problems), variables);
  return 0 < problems.length ? { ok: false, problems } : { ok: true, headers, ids: idsIn(headers) };
}

function idsIn(headers: Readonly<Record<string, string>>): PreparedRequest['ids'] {
  const { 'Zuora-Entity-Ids': entityIds, 'Zuora-Org-Ids': orgIds } = headers;
  return { ...(entityIds !== undefined && { entityIds }), ...(orgIds !== undefined && { orgIds }) };
}

/** The settings as values of their types. What has the wrong type is reported and counts as not set. */
interface Reader {
  text(setting: RequestSetting): string | undefined;
  flag(setting: RequestSetting): boolean | undefined;
  choice<T extends string>(setting: RequestSetting, allowed: readonly T[]): T | undefined;
  raw(setting: RequestSetting): unknown;
  report(setting: RequestSetting, message: string): void;
}

function createReader(settings: RequestSettings, problems: RequestProblem[]): Reader {
  const report = (setting: RequestSetting, message: string) => {
    problems.push({ setting, message: `${setting}: ${message}` });
  };
  const raw = (setting: RequestSetting) => {
    const value = settings[setting];
    return value === null || value === '' ? undefined : value;
  };
  return {
    report,
    raw,
    text(setting) {
      const value = raw(setting);
      if (value === undefined || typeof value === 'string') return value;
      report(setting, `must be a text, not ${show(value)}.`);
      return undefined;
    },
    flag(setting) {
      const value = raw(setting);
      if (value === undefined || typeof value === 'boolean') return value;
      report(setting, `must be true or false, not ${show(value)}.`);
      return undefined;
    },
    choice(setting, allowed) {
      const value = raw(setting);
      const chosen = allowed.find(one => one === value);
      if (value === undefined || chosen !== undefined) return chosen;
      report(setting, `must be ${allowed.join(' or ')}, not ${show(value)}.`);
      return undefined;
    },
  };
}

/** The body without its queries. A field that is undefined is left out of the JSON. */
function bodyFields(reader: Reader) {
  const format = reader.choice('zoql.job.format', ['csv', 'zip', 'gzip']);
  const version = jobVersion(reader);
  const name = reader.text('zoql.job.name');
  const partner = reader.text('zoql.job.partner');
  const project = reader.text('zoql.job.project');
  const notifyUrl = reader.text('zoql.job.notifyUrl');
  const encrypted = reader.choice('zoql.job.encrypted', ['none', 'pgp']);

  if (name !== undefined && 32 < name.length) {
    reader.report('zoql.job.name', `has ${name.length} characters; Zuora takes at most 32.`);
  }
  if (partner !== undefined && project === undefined) {
    reader.report('zoql.job.partner', 'needs zoql.job.project as well: only both together make a stateful job.');
  }
  if (partner !== undefined && version !== 1.1) reader.report('zoql.job.partner', 'needs zoql.job.version 1.1.');
  // A project alone is no mistake: without a partner the job is stateless, whatever its version (Zuora docs, stateless
  // and stateful modes).
  const stateful = version === 1.1 && partner !== undefined && project !== undefined;
  checkNotifyUrl(notifyUrl, reader);
  if (encrypted === 'pgp' && (format === undefined || format === 'csv')) {
    reader.report('zoql.job.encrypted', 'pgp needs zoql.job.format zip or gzip; csv cannot be encrypted.');
  }
  return {
    format,
    version,
    name,
    encrypted,
    // Zuora's own default, false, heads the columns with labels of the UI, which differ by tenant and language. True
    // gives API names (`Account.AccountNumber`), although the option's name says the opposite.
    useQueryLabels: reader.flag('zoql.job.useQueryLabels') ?? true,
    dateTimeUtc: reader.flag('zoql.job.dateTimeUtc'),
    nullReplacement: reader.text('zoql.job.nullReplacement'),
    partner,
    project,
    incrementalTime: incrementalTime(reader, stateful),
    offset: offsetSeconds(reader, stateful),
    notifyUrl,
    sourceData: reader.choice('zoql.job.sourceData', ['LIVE', 'WAREHOUSE']),
  };
}

/** The reference's type is a number, so 1.0 goes out as `1`. */
function jobVersion(reader: Reader): 1 | 1.1 | undefined {
  const value = reader.raw('zoql.job.version');
  switch (value) {
    case undefined:
      return undefined;
    case '1.0':
    case '1':
    case 1:
      return 1;
    case '1.1':
    case 1.1:
      return 1.1;
    default:
      reader.report('zoql.job.version', `must be 1.0 or 1.1, not ${show(value)}.`);
      return undefined;
  }
}

const needsStateful =
  'works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1.';

function incrementalTime(reader: Reader, stateful: boolean): string | undefined {
  const setting = 'zoql.job.incrementalTime';
  const value = reader.text(setting);
  if (value === undefined) return undefined;
  if (!isDateTime(value)) {
    reader.report(setting, `must look like 2026-01-31 23:59:59 (with a space, not a T), not ${show(value)}.`);
  }
  if (!stateful) reader.report(setting, needsStateful);
  return value;
}

/** `YYYY-MM-DD HH:MM:SS`, and a moment that the calendar has. */
function isDateTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return false;
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19).replace('T', ' ') === text;
}

function offsetSeconds(reader: Reader, stateful: boolean): number | undefined {
  const setting = 'zoql.job.offset';
  const value = reader.raw(setting);
  if (value === undefined) return undefined;
  const valid = typeof value === 'number' && Number.isInteger(value) && 0 <= value && value <= 3600;
  if (!valid) reader.report(setting, `must be a whole number of seconds from 0 to 3600, not ${show(value)}.`);
  if (!stateful) reader.report(setting, needsStateful);
  return valid ? value : undefined;
}

function checkNotifyUrl(url: string | undefined, reader: Reader): void {
  if (url === undefined) return;
  const missing = ['${JOBID}', '${STATUS}'].filter(variable => !url.includes(variable));
  if (0 < missing.length) reader.report('zoql.job.notifyUrl', `must contain ${missing.join(' and ')}.`);
  if (5000 <= url.length) {
    reader.report('zoql.job.notifyUrl', `has ${url.length} characters; Zuora takes fewer than 5,000.`);
  }
}

function headerFields(reader: Reader, variables: RequestInput['variables']): Record<string, string> {
  const headers: Record<string, string> = {};
  // RFC 9110 would let more through; Zuora asks for US-ASCII, and a line break would begin a header of its own.
  const add = (name: string, setting: RequestSetting, value: string | undefined) => {
    if (value === undefined) return;
    if (/^[\x20-\x7e]*$/.test(value)) headers[name] = value.trim();
    else reader.report(setting, 'may hold visible US-ASCII characters and spaces only.');
  };
  add('Zuora-Entity-Ids', 'zoql.request.entityIds', reader.text('zoql.request.entityIds'));
  add('Zuora-Org-Ids', 'zoql.request.orgIds', reader.text('zoql.request.orgIds'));
  add('Zuora-Track-Id', 'zoql.request.trackId', trackId(reader, variables));
  add('Zuora-Version', 'zoql.request.zuoraVersion', zuoraVersion(reader));
  if (reader.flag('zoql.request.acceptGzip') === true) headers['Accept-Encoding'] = 'gzip';
  for (const [name, value] of extraHeaders(reader)) add(name, 'zoql.request.extraHeaders', value);
  return headers;
}

/**
 * The template with its variables filled in: `${uuid}`, `${date}` (2026-01-31) and `${time}` (235959), both in UTC.
 * The time has no colons, since Zuora refuses them in a track id.
 */
function trackId(reader: Reader, { now, uuid }: RequestInput['variables']): string | undefined {
  const setting = 'zoql.request.trackId';
  const template = reader.text(setting);
  if (template === undefined) return undefined;
  const moment = now.toISOString();
  const values = new Map([
    ['uuid', uuid],
    ['date', moment.slice(0, 10)],
    ['time', moment.slice(11, 19).replaceAll(':', '')],
  ]);
  const text = template.replace(/\$\{([^}]*)\}/g, (variable, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      reader.report(setting, `does not know ${variable}; there are \${uuid}, \${date} and \${time}.`);
    }
    return value ?? '';
  });
  if (64 < text.length) {
    reader.report(setting, `is ${text.length} characters long once filled in; Zuora takes at most 64.`);
  }
  if (/[:;"']/.test(text)) reader.report(setting, `may not hold a colon, a semicolon or a quote: ${show(text)}.`);
  return text;
}

/**
 * Minor versions are dates, older ones numbers from 186.0 to 341.0 (Zuora docs, API versions). Only the form is held to
 * that, since it is all that is documented for good: whether there is such a version, the service knows.
 */
function zuoraVersion(reader: Reader): string | undefined {
  const setting = 'zoql.request.zuoraVersion';
  const value = reader.text(setting);
  if (value === undefined || /^(\d{4}-\d{2}-\d{2}|\d{3}\.\d)$/.test(value)) return value;
  reader.report(setting, `must be a date such as 2025-08-12, or a number such as 341.0, not ${show(value)}.`);
  return undefined;
}

function extraHeaders(reader: Reader): [name: string, value: string][] {
  const setting = 'zoql.request.extraHeaders';
  const value = reader.raw(setting);
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    reader.report(setting, 'must be an object of header names and their values.');
    return [];
  }
  const names = new Set<string>();
  return Object.entries(value).flatMap(([name, content]): [string, string][] => {
    const lower = name.toLowerCase();
    const fault = headerFault(name) ?? (names.has(lower) ? 'is there twice.' : undefined);
    names.add(lower);
    if (fault !== undefined) reader.report(setting, `"${name}" ${fault}`);
    else if (typeof content !== 'string') reader.report(setting, `"${name}" must be a text, not ${show(content)}.`);
    else return [[name, content]];
    return [];
  });
}

/** Why a header cannot be an extra one; undefined when it can. */
function headerFault(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) return 'is not a valid header name.';
  if (credentialHeaders.has(lower)) {
    return 'carries credentials, which do not belong in settings. Use "ZOQL: Sign In" instead.';
  }
  const own = headersWithSetting.get(lower);
  if (own !== undefined) return `has a setting of its own: ${own}.`;
  if (transportHeaders.has(lower) || lower.startsWith('content-') || lower.startsWith('proxy-')) {
    return 'is made by the extension itself.';
  }
  return undefined;
}

const credentialHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'apiaccesskeyid',
  'apisecretaccesskey',
]);

const headersWithSetting: ReadonlyMap<string, RequestSetting> = new Map<string, RequestSetting>([
  ['zuora-entity-ids', 'zoql.request.entityIds'],
  ['zuora-org-ids', 'zoql.request.orgIds'],
  ['zuora-track-id', 'zoql.request.trackId'],
  ['zuora-version', 'zoql.request.zuoraVersion'],
  ['accept-encoding', 'zoql.request.acceptGzip'],
  ['content-encoding', 'zoql.request.gzipBody'],
]);

const transportHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'expect',
  'idempotency-key',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function queryProblems(queries: readonly PlannedQuery[]): RequestProblem[] {
  if (queries.length === 0) return [{ message: 'No query is chosen, so there is nothing to submit.' }];
  const problems: RequestProblem[] = [];
  const tooMany = queries[maxQueries]?.source;
  if (tooMany) {
    problems.push({
      uri: tooMany.uri,
      message:
        `${queries.length} queries are chosen; Zuora takes at most ${maxQueries} in one job. ` +
        `The first one too many is in ${tooMany.relativePath} line ${tooMany.line}.`,
    });
  }
  for (const { query, type, source } of queries) {
    const limit = dialects[type].maxLength;
    if (query.length <= limit) continue;
    problems.push({
      uri: source.uri,
      message:
        `${source.relativePath} line ${source.line}: the query has ${query.length} characters; ` +
        `${dialects[type].name} takes at most ${limit}.`,
    });
  }
  return problems;
}

/** A value as settings.json has it, cut to what fits in a sentence. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

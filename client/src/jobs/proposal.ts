/**
 * What a submit is about to send: the preflight shows it, and what a person ticks of it becomes one job or several.
 *
 * A proposal is a snapshot: what is confirmed is what goes out, even if a file or a setting changes meanwhile. After a
 * change a new one is made.
 */
import * as v from 'valibot';
import type { JobScope } from '../zuora/scope';
import type { ConfirmedTenant } from './confirmation';
import { jobLabel } from './describe';
import type { Finding } from './findings';
import type { Job, JobLineage, JobPlan, JobRequest, PlannedQuery, StatefulSession } from './model';
import type { OpenDocument, PlanEntry } from './plan';
import { createRequest, type RequestInput } from './request';
import { findingsOf } from './rules/index';
import type { RequestSetting, RequestSettings } from './settings';
import { jobsNeeded, mostQueries, partName, sessionNotSplit, splitEvenly } from './split';

export interface Proposal {
  readonly tenant: ConfirmedTenant;
  /** What the queries are taken of, in words; undefined where it is everything that is open. */
  readonly of: string | undefined;
  /** The options that have a value go into the list. */
  readonly settings: RequestSettings;
  /** Those that came with the workspace, which a person may not have looked into. */
  readonly ofWorkspace: ReadonlySet<RequestSetting>;
  readonly queries: readonly PlanEntry[];
  /** The texts that the queries were read from; what edits and offsets of findings count in. */
  readonly documents: readonly OpenDocument[];
  readonly withoutStatement: readonly OpenDocument[];
  /** The paths of files that a person has chosen although they are not ZOQL. */
  readonly notZoql: readonly string[];
  /** Queries of an earlier job that are no longer in their files, as "name (file)". */
  readonly gone: readonly string[];
  /** True where all goes out as it is or not at all, so that no tick can be taken away. */
  readonly whole: boolean;
  /** Of these queries alone; those about a query come whether or not it is sent in the end. */
  findingsOf(queries: readonly PlanEntry[], how: SendingWay): readonly Finding[];
  /** What is sent of these queries; empty where a setting is wrong or there are too many. */
  plansOf(queries: readonly PlanEntry[], how: SendingWay): readonly JobPlan[];
}

export interface SendingWay {
  /** Whether more queries than one job takes become several jobs. */
  readonly split: boolean;
}

/** What only others can tell of jobs that are about to be sent, such as how many run already. */
export type MoreFindings = (plans: readonly JobPlan[]) => readonly Finding[];

export interface ProposalInput extends Pick<
  Proposal,
  'tenant' | 'of' | 'settings' | 'ofWorkspace' | 'queries' | 'documents' | 'withoutStatement' | 'notZoql' | 'gone'
> {
  readonly variables: RequestInput['variables'];
  /** The person's own time zone, as IANA names it. */
  readonly zone: string;
  /** The last completed job of the session that the settings name. */
  readonly lastJob: Job | undefined;
  /** Shared by the jobs of a split. */
  readonly groupId: string;
  readonly lineage?: JobLineage;
  readonly more: MoreFindings;
}

/** Of queries as they are planned now, with the settings of now. */
export function propose(input: ProposalInput): Proposal {
  const { tenant, settings, variables, zone, lastJob, groupId, lineage, more, ...shown } = input;

  const request = (queries: readonly PlanEntry[], changed = settings) =>
    createRequest({ settings: changed, queries, variables });

  const plansOf = (queries: readonly PlanEntry[], { split }: SendingWay): JobPlan[] => {
    const parts = isSplit(queries, split) ? splitEvenly(queries) : [queries];
    const made = parts.map((part, place) => {
      const result = request(part, settingsOfPart(settings, place + 1, parts.length));
      if (!result.ok) return undefined;
      const { request: sent, ids, session } = result.prepared;
      return {
        scope: { tenant: tenant.name, origin: tenant.origin, ...ids },
        request: sent,
        queries: part.map(plannedQuery),
        ...(parts.length === 1 ? {} : { group: { id: groupId, index: place + 1, count: parts.length } }),
        ...(lineage && { lineage }),
        ...(session && { session }),
      };
    });
    const plans = made.filter(plan => plan !== undefined);
    const isPart = 1 < parts.length;
    if (plans.length < parts.length || (isPart && plans.some(({ session }) => session))) return [];
    return plans;
  };

  return {
    ...shown,
    tenant,
    settings,
    whole: false,
    plansOf,
    findingsOf(queries, how) {
      const found = findingsOf({ settings, queries, variables, zone, lastJob, origin: tenant.origin });
      const [first] = plansOf(queries.slice(0, 1), how);
      return [...splitFindings(found, queries, how, first?.session !== undefined), ...more(plansOf(queries, how))];
    },
  };
}

export interface RepeatInput {
  readonly tenant: ConfirmedTenant;
  readonly job: Job;
  readonly queries: readonly PlanEntry[];
  /** `as-sent` goes out byte by byte or not at all; of `failed` ones ticks can be taken away. */
  readonly how: Exclude<JobLineage['how'], 'edited'>;
  readonly more: MoreFindings;
}

/** Of queries of an earlier job, as they were sent and with the options that they were sent with. */
export function proposeAgain({ tenant, job, queries: all, how, more }: RepeatInput): Proposal {
  const { scope, request, key } = job;
  const session = job.session ?? sessionIn(request.body);
  const whole = how === 'as-sent';
  const plansOf = (queries: readonly PlanEntry[]): JobPlan[] => {
    if (queries.length === 0) return [];
    const body = whole ? request.body : bodyWith(request.body, queries);
    const plan = {
      scope,
      request: { ...request, body },
      queries: queries.map(plannedQuery),
      lineage: { from: key, how },
    };
    return [{ ...plan, ...(session && { session }) }];
  };
  return {
    tenant,
    of: jobLabel(job),
    settings: settingsIn(request, scope),
    ofWorkspace: new Set(),
    queries: all,
    documents: [],
    withoutStatement: [],
    notZoql: [],
    gone: [],
    whole,
    plansOf,
    findingsOf: queries => [...(queries.length === 0 ? [nothingChosen] : []), ...more(plansOf(queries))],
  };
}

const nothingChosen: Finding = {
  code: 'no-query',
  weight: 'blocks',
  message: 'No query is chosen, so there is nothing to submit. Tick at least one.',
  query: undefined,
  fixes: [],
};

/** Once it is split, too many queries are no longer too many; a session cannot be split, whoever asks. */
function splitFindings(
  found: readonly Finding[],
  queries: readonly PlanEntry[],
  { split }: SendingWay,
  stateful: boolean,
): readonly Finding[] {
  if (jobsNeeded(queries.length) <= 1) return found;
  if (!stateful) return split ? found.filter(({ code }) => code !== 'too-many-queries') : found;
  return found.flatMap(finding => {
    if (finding.code !== 'too-many-queries') return [finding];
    return [{ ...finding, fixes: finding.fixes.filter(({ kind }) => kind !== 'split') }, sessionNotSplit];
  });
}

/** What is written down of a query; what was found in it is news for the preflight only. */
function plannedQuery(entry: PlanEntry): PlannedQuery {
  const { name, type, query, source, apiVersion, convertToCurrencies, deleted } = entry;
  return {
    name,
    type,
    query,
    source,
    ...(apiVersion !== undefined && { apiVersion }),
    ...(convertToCurrencies !== undefined && { convertToCurrencies }),
    ...(deleted && { deleted }),
  };
}

function isSplit(queries: readonly PlanEntry[], split: boolean): boolean {
  return split && mostQueries < queries.length;
}

/** The parts of a split are told apart by their names, where they have one. */
function settingsOfPart(settings: RequestSettings, index: number, count: number): RequestSettings {
  const name = settings['zoql.job.name'];
  if (count === 1 || typeof name !== 'string' || name === '') return settings;
  return { ...settings, 'zoql.job.name': partName(name, index, count) };
}

const bodySchema = v.pipe(v.string(), v.parseJson(), v.looseObject({}));
const sessionSchema = v.object({
  version: v.pipe(
    v.union([v.string(), v.number()]),
    v.check(version => Number(version) === 1.1),
  ),
  partner: v.pipe(v.string(), v.nonEmpty()),
  project: v.pipe(v.string(), v.nonEmpty()),
});

/** A job is stateful when its version is 1.1 and it names both (Zuora docs, stateless and stateful modes). */
function sessionIn(body: string): StatefulSession | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), sessionSchema), body);
  return parsed.success ? { partner: parsed.output.partner, project: parsed.output.project } : undefined;
}

/** The body with only these of its queries, each as it was sent. */
function bodyWith(body: string, queries: readonly PlanEntry[]): string {
  const fields = v.parse(bodySchema, body);
  const wanted = new Set(queries.map(({ name }) => name));
  const sent = v.parse(v.array(v.looseObject({ name: v.string() })), fields['queries']);
  return JSON.stringify({ ...fields, queries: sent.filter(({ name }) => wanted.has(name)) });
}

/** The options of a request that was made before, under the names of the settings that make them. */
function settingsIn({ body, headers, gzip }: JobRequest, scope: JobScope): RequestSettings {
  const parsed = v.safeParse(bodySchema, body);
  const fields = Object.entries(parsed.success ? parsed.output : {}).filter(([name]) => name !== 'queries');
  const own = { 'Zuora-Entity-Ids': scope.entityIds, 'Zuora-Org-Ids': scope.orgIds };
  const others = Object.entries(headers).filter(([name]) => !(name in own));
  return {
    ...Object.fromEntries(fields.map(([name, value]) => [`zoql.job.${name}`, value])),
    'zoql.request.entityIds': scope.entityIds,
    'zoql.request.orgIds': scope.orgIds,
    'zoql.request.gzipBody': gzip,
    'zoql.request.extraHeaders': Object.fromEntries(others),
  };
}

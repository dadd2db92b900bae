/** AQuA: submit, look at and cancel jobs. Rules and codes: Zuora docs, "AQuA API" and "AQuA API error codes". */
import { Ajv } from 'ajv';
import { submitSchema, type SubmitQuery, type SubmitRequest } from './aqua.schema';
import { day, type Clock } from './clock';
import { csvOf } from './csv';
import { aquaRefusal, headerRefused, jobRefused, malformedRequest, type AquaErrorCode } from './errors';
import { zuoraId, type FileStore } from './files';
import { header, json, type Answer, type Received } from './http';
import {
  isFinal,
  jobEnd,
  jobView,
  settle,
  statusOf,
  submittedView,
  type Batch,
  type BatchOutcome,
  type Job,
  type Pace,
} from './jobs';
import type { Dialect } from '../../server/src/zoql/index';
import type { QueryEngine, QueryTable } from './sql/engine';

export interface BatchQuery {
  /** `report` hears of what Zuora's reference does not allow in a request. */
  submit(received: Received, report: (problem: string) => void): Answer;
  status(id: string): Promise<Answer>;
  cancel(id: string): Promise<Answer>;
  /** The last completed job of a stateful session. */
  last(partner: string, project: string): Promise<Answer>;
  /** Every job made, oldest first. */
  readonly jobs: readonly Job[];
  clear(): void;
}

export interface BatchQueryOptions {
  readonly clock: Clock;
  readonly engine: QueryEngine;
  readonly files: FileStore;
  readonly pace: Pace;
  /** Partner ids that Zuora Support has issued. */
  readonly partners: readonly string[];
  /** How many stateless and how many stateful jobs may be unfinished at once. */
  readonly maxConcurrentJobs: number;
  /** Objects the user may not read: their batches are ignored (90018). */
  readonly unreadableObjects: readonly string[];
  /** Rows a file, when the tenant has File Segmentation; it applies to stateful full loads only. */
  readonly segmentRows: number | undefined;
}

/** What a stateful session remembers of its last job. */
interface Session {
  readonly queries: readonly SubmitQuery[];
  readonly startedAt: number;
  readonly job: Job;
}

export function createBatchQuery(options: BatchQueryOptions): BatchQuery {
  const { clock, files } = options;
  const jobs = new Map<string, Job>();
  const sessions = new Map<string, Session>();

  const find = (id: string): Job | undefined => {
    const job = jobs.get(id);
    return job && clock.now() < job.createdAt + 180 * day ? job : undefined;
  };

  return {
    submit(received, report) {
      const trackProblem = headerProblem(received);
      if (trackProblem) {
        report(trackProblem.problem);
        return headerRefused(trackProblem.name);
      }
      const request = readRequest(received, report);
      if (!request.ok) return request.answer;

      const key = header(received, 'idempotency-key') ?? '';
      const prepared = prepare(request.value, key, { ...options, jobs: [...jobs.values()], sessions });
      if ('status' in prepared) return prepared;
      jobs.set(prepared.job.id, prepared.job);
      if (prepared.session) sessions.set(prepared.session.key, prepared.session.value);
      return json(200, submittedView(prepared.job, clock.now()));
    },
    async status(id) {
      const job = find(id);
      if (!job) return aquaRefusal(404, '90002');
      await settle(job, clock);
      return json(200, jobView(job, clock.now()));
    },
    async cancel(id) {
      const job = find(id);
      if (!job) return aquaRefusal(404, '90002');
      await settle(job, clock);
      if (isFinal(job, clock.now())) return aquaRefusal(200, '90003');
      job.canceledAt = clock.now();
      return json(200, jobView(job, clock.now()));
    },
    async last(partner, project) {
      const ofSession = [...jobs.values()].filter(
        job => sessionKey(job.partner, job.project) === sessionKey(partner, project),
      );
      for (const job of ofSession.reverse()) {
        if (!find(job.id)) continue;
        await settle(job, clock);
        if (statusOf(job, clock.now()) === 'completed') return json(200, jobView(job, clock.now()));
      }
      return aquaRefusal(404, '90002');
    },
    get jobs() {
      return [...jobs.values()];
    },
    clear() {
      jobs.clear();
      sessions.clear();
      files.clear();
    },
  };
}

interface Preparation extends BatchQueryOptions {
  readonly jobs: readonly Job[];
  readonly sessions: ReadonlyMap<string, Session>;
}

interface Prepared {
  readonly job: Job;
  readonly session: { readonly key: string; readonly value: Session } | undefined;
}

/** Checks a request in the order in which Zuora's codes make sense, and makes the job when nothing is against it. */
function prepare(request: SubmitRequest, idempotencyKey: string, preparation: Preparation): Prepared | Answer {
  const { clock, sessions } = preparation;
  const stateful = isStateful(request);
  const key = stateful ? sessionKey(request.partner, request.project) : undefined;
  const session = key === undefined ? undefined : liveSession(sessions.get(key), clock.now());
  const repeats = stateful && (request.queries ?? []).length === 0 && session !== undefined;
  const queries = repeats ? session.queries : (request.queries ?? []);

  const code = refusalOf(request, queries, preparation);
  if (code) return jobRefused(code, undefined, refusedFields(request, queries));
  for (const { query, type = 'zoqlexport', deleted } of queries) {
    const refusal = preparation.engine.check(query, type, { deleted: deleted !== undefined });
    if (!refusal) continue;
    const detail = refusal.code === '90005' ? `Error = ${refusal.error}, Query = ${query}` : undefined;
    return jobRefused(refusal.code, detail, refusedFields(request, queries));
  }

  const job = makeJob(request, queries, { ...preparation, idempotencyKey, session, repeats });
  if (key === undefined) return { job, session: undefined };
  return { job, session: { key, value: { queries, startedAt: job.startsAt, job } } };
}

/** The first of the rules that need no look at a query's text. */
function refusalOf(
  request: SubmitRequest,
  queries: readonly SubmitQuery[],
  { clock, jobs, partners, maxConcurrentJobs }: Preparation,
): AquaErrorCode | undefined {
  const stateful = isStateful(request);
  if (request.partner !== undefined && request.project !== undefined && !partners.includes(request.partner))
    return '90019';
  if (queries.length === 0) return '90016';
  if (!stateful && queries.some(({ deleted }) => deleted && !deleted.forceExport)) return '90012';
  // This tenant has no foreign exchange feature, without which any currency is refused.
  if (queries.some(({ convertToCurrencies }) => convertToCurrencies !== undefined)) return '90021';
  if (request.incrementalTime !== undefined && Number.isNaN(epochOf(request.incrementalTime))) return '90015';
  const underWay = jobs.filter(job => !isFinal(job, clock.now()) && isStatefulJob(job) === stateful);
  return underWay.length < maxConcurrentJobs ? undefined : '90028';
}

interface Making extends Preparation {
  readonly idempotencyKey: string;
  readonly session: Session | undefined;
  readonly repeats: boolean;
}

function makeJob(request: SubmitRequest, queries: readonly SubmitQuery[], making: Making): Job {
  const { clock, pace, idempotencyKey, session, repeats } = making;
  const createdAt = clock.now();
  // Jobs of one session run one after another.
  const free = session && session.job.canceledAt === undefined ? jobEnd(session.job) : createdAt;
  const incrementalTime = request.incrementalTime === undefined ? undefined : epochOf(request.incrementalTime);
  return {
    id: zuoraId(),
    key: idempotencyKey,
    name: request.name,
    version: request.version ?? 1,
    format: request.format ?? 'csv',
    encrypted: request.encrypted ?? 'none',
    partner: request.partner,
    project: request.project,
    offset: request.offset,
    incrementalTime,
    notifyUrl: request.notifyUrl,
    sourceData: request.sourceData ?? 'LIVE',
    repeatsLastQueries: repeats,
    batches: queries.map(query => makeBatch(query, request, incrementalTime, making)),
    startsAt: Math.max(createdAt, free) + pace.submittedMs,
    createdAt,
    pace,
    canceledAt: undefined,
    work: Promise.resolve(),
  };
}

function makeBatch(
  query: SubmitQuery,
  request: SubmitRequest,
  incrementalTime: number | undefined,
  making: Making,
): Batch {
  const { session } = making;
  const isKnown = session?.queries.some(
    other => other.name === query.name && other.query === query.query && sameDeleted(other, query),
  );
  const since = incrementalTime ?? (session && isKnown ? session.startedAt : undefined);
  const changedSince = isStateful(request) && since !== undefined ? since - (request.offset ?? 0) * 1000 : undefined;
  const id = zuoraId();
  return {
    id,
    name: query.name,
    query: query.query,
    type: query.type ?? 'zoqlexport',
    apiVersion: query.apiVersion ?? '145.0',
    full: changedSince === undefined,
    deleted: query.deleted,
    outcome: undefined,
    run: () => runBatch(id, query, request, changedSince, making),
  };
}

async function runBatch(
  id: string,
  { query, type = 'zoqlexport', deleted }: SubmitQuery,
  request: SubmitRequest,
  changedSince: number | undefined,
  { engine, files, unreadableObjects, segmentRows }: Making,
): Promise<BatchOutcome> {
  const isUnreadable = unreadableObjects.some(name => name.toLowerCase() === engine.objectOf(query)?.toLowerCase());
  // Zuora ignores the batch and completes the job: there is no file.
  if (isUnreadable)
    return { status: 'completed', recordCount: 0, message: '90018: no permission to one or more objects' };

  const header = isTrue(request.useQueryLabels) ? 'names' : 'labels';
  const run = await engine.run(query, type, { header, dateTimes: dateTimes(request, type), changedSince, deleted });
  if (!run.ok) return { status: 'aborted', message: run.message.slice(0, 2048) };

  const { format = 'csv', nullReplacement = '' } = request;
  const write = (table: QueryTable): string => files.add(id, format, csvOf(table.header, table.rows, nullReplacement));
  const { table } = run;
  const recordCount = table.rows.length;
  if (segmentRows === undefined || !isStateful(request) || changedSince !== undefined) {
    return { status: 'completed', recordCount, fileId: write(table) };
  }
  const segments: string[] = [];
  for (let from = 0; from === 0 || from < recordCount; from += segmentRows) {
    segments.push(write({ header: table.header, rows: table.rows.slice(from, from + segmentRows) }));
  }
  return { status: 'completed', recordCount, segments };
}

/** Reads the body and holds it against the schema. Zuora has codes of its own for some of what the schema refuses. */
function readRequest(
  received: Received,
  report: (problem: string) => void,
): { readonly ok: true; readonly value: SubmitRequest } | { readonly ok: false; readonly answer: Answer } {
  let body: unknown;
  try {
    body = JSON.parse(received.body);
  } catch (error) {
    report(received.unreadable ?? `the body is not JSON: ${String(error)}`);
    return { ok: false, answer: malformedRequest() };
  }
  const request = withLowerCaseFormat(body);
  if (isSubmitRequest(request)) {
    for (const oddity of oddities(request)) report(oddity);
    return { ok: true, value: request };
  }
  const errors = isSubmitRequest.errors ?? [];
  report(ajv.errorsText(errors, { dataVar: 'body' }));
  const broken = (path: string): boolean => errors.some(error => error.instancePath === path);
  if (broken('/queries') && errors.some(error => error.keyword === 'maxItems')) {
    return { ok: false, answer: jobRefused('90004', undefined, {}) };
  }
  if (broken('/notifyUrl')) return { ok: false, answer: jobRefused('90014', undefined, {}) };
  if (broken('/incrementalTime')) return { ok: false, answer: jobRefused('90015', undefined, {}) };
  return { ok: false, answer: malformedRequest() };
}

/** What Zuora's reference rules out and Zuora is not known to refuse: taken, and counted as the client's mistake. */
function oddities(request: SubmitRequest): string[] {
  const { notifyUrl, offset, incrementalTime, partner, project, version, encrypted, format = 'csv' } = request;
  const found: string[] = [];
  if (notifyUrl !== undefined && !(notifyUrl.includes('${JOBID}') && notifyUrl.includes('${STATUS}'))) {
    found.push('notifyUrl lacks ${JOBID} or ${STATUS}');
  }
  if (!isStateful(request)) {
    if (offset !== undefined) found.push('offset is for stateful jobs');
    if (incrementalTime !== undefined) found.push('incrementalTime is for stateful jobs');
  }
  if ((partner === undefined) !== (project === undefined)) found.push('partner and project go together');
  if (partner !== undefined && Number(version) !== 1.1) found.push('partner needs version 1.1');
  if (encrypted === 'pgp' && format === 'csv') found.push('pgp needs zip or gzip');
  return found;
}

/** Track-Id: US-ASCII, at most 64 characters, none of `: ; " '` (Zuora's reference of the header). */
function headerProblem(received: Received): { name: string; problem: string } | undefined {
  const track = header(received, 'zuora-track-id');
  if (track !== undefined && (track.length > 64 || /[:;"'\u0080-\uffff]/.test(track))) {
    return { name: 'Zuora-Track-Id', problem: 'Zuora-Track-Id is too long or has a forbidden character' };
  }
  const key = header(received, 'idempotency-key');
  if (key !== undefined && 255 < key.length) {
    return { name: 'Idempotency-Key', problem: 'Idempotency-Key is longer than 255 characters' };
  }
  return undefined;
}

/** A refused job shows its batches as they were asked for, all pending, without ids. */
function refusedFields(request: SubmitRequest, queries: readonly SubmitQuery[]): object {
  return {
    batches: queries.map(({ query, name, type = 'zoqlexport', apiVersion = '145.0' }) => ({
      ...{ localizedStatus: 'pending', recordCount: 0, batchType: type, apiVersion, full: true, status: 'pending' },
      ...(name === undefined ? {} : { name }),
      query,
    })),
    useLastCompletedJobQueries: false,
    encrypted: request.encrypted ?? 'none',
    ...(request.name === undefined ? {} : { name: request.name }),
    version: request.version ?? 1,
    format: (request.format ?? 'csv').toUpperCase(),
  };
}

function withLowerCaseFormat(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('format' in body) || typeof body.format !== 'string') return body;
  return { ...body, format: body.format.toLowerCase() };
}

/** After 180 idle days a session starts with a full load again. */
function liveSession(session: Session | undefined, now: number): Session | undefined {
  return session && now < session.startedAt + 180 * day ? session : undefined;
}

function isStateful({ version, partner, project }: SubmitRequest): boolean {
  return Number(version ?? 1) === 1.1 && partner !== undefined && project !== undefined;
}

function isStatefulJob({ version, partner, project }: Job): boolean {
  return Number(version) === 1.1 && partner !== undefined && project !== undefined;
}

function sessionKey(partner: string | undefined, project: string | undefined): string {
  return JSON.stringify([partner ?? '', (project ?? '').toLowerCase()]);
}

function sameDeleted(one: SubmitQuery, other: SubmitQuery): boolean {
  return JSON.stringify(one.deleted) === JSON.stringify(other.deleted);
}

function dateTimes({ dateTimeUtc }: SubmitRequest, type: Dialect): 'utc' | 'tenant' | 'soap' {
  if (isTrue(dateTimeUtc)) return 'utc';
  return type === 'zoql' ? 'soap' : 'tenant';
}

function isTrue(flag: boolean | 'true' | 'false' | undefined): boolean {
  return flag === true || flag === 'true';
}

/** `incrementalTime` is Pacific time in Zuora's American data centers; the stand-in's tenant is 8 hours behind UTC. */
function epochOf(incrementalTime: string): number {
  return Date.parse(`${incrementalTime.replace(' ', 'T')}-08:00`);
}

const ajv = new Ajv({ allErrors: true });
const isSubmitRequest = ajv.compile<SubmitRequest>(submitSchema);

/**
 * The lines of a job's journal entry, and the job that they add up to.
 *
 * The first line is the plan, each further one a change. Windows append without asking each other, so the rules of
 * `foldRecord` hold for any order in which their lines landed: what Zuora called final stays, an id once given stays.
 */
import * as v from 'valibot';
import type { Failure } from '../zuora/outcome';
import { idPattern, type AquaJob } from '../zuora/schemas';
import type { JobScope } from '../zuora/scope';
import {
  countsOf,
  isFinalStatus,
  isSettled,
  type Job,
  type JobBatch,
  type JobPhase,
  type JobPlan,
  type PlannedQuery,
  type SendAttempt,
  type StatefulSession,
} from './model';

/** Format of the entries that this version writes. A newer one is left alone. */
export const journalVersion = 1;

export type JournalRecord = FirstRecord | ChangeRecord;

/** What an entry begins with. */
export type FirstRecord = PlannedRecord | AdoptedRecord;

export interface PlannedRecord extends JobPlan {
  readonly kind: 'planned';
  readonly version: typeof journalVersion;
  readonly sequence: 0;
  /** ms since 1970. */
  readonly at: number;
  readonly attempt: SendAttempt;
}

/** A job that was not sent from here and is followed by its id. It must never be sent, so it is no plan. */
export interface AdoptedRecord {
  readonly kind: 'adopted';
  readonly version: typeof journalVersion;
  readonly sequence: 0;
  /** ms since 1970. */
  readonly at: number;
  readonly scope: JobScope;
  /** What its later requests carry. */
  readonly headers: Readonly<Record<string, string>>;
  /** Zuora's queries, as far as they belong to no file. */
  readonly queries: readonly PlannedQuery[];
  readonly session?: StatefulSession;
  readonly answer: JobAnswer;
}

/** A change as its maker states it; the journal adds sequence and time. */
export type JobChange =
  /** About to send, or to wait before sending. */
  | { readonly kind: 'attempt'; readonly attempt: SendAttempt }
  /** What Zuora says of the job. */
  | { readonly kind: 'answer'; readonly answer: JobAnswer }
  /**
   * The end of sending without an id, or of a job that Zuora no longer knows. `by`: the window that was sending it, whose
   * word counts only as long as the job is still its own.
   */
  | { readonly kind: 'ended'; readonly phase: EndPhase; readonly failure: Failure; readonly by?: string }
  /** What a person says of it. What is undefined stays as it is. */
  | { readonly kind: 'annotated'; readonly pinned?: boolean; readonly note?: string };

export type EndPhase = Extract<JobPhase, 'refused' | 'not-sent' | 'unknown' | 'given-up' | 'gone'>;

export type ChangeRecord = JobChange & {
  /** One more than the highest that its writer had read. */
  readonly sequence: number;
  readonly at: number;
};

/** Zuora's job without what the plan has already. */
export interface JobAnswer {
  readonly id: string;
  readonly status: string;
  readonly name: string | undefined;
  readonly message: string | undefined;
  readonly batches: readonly JobBatch[];
}

/** A job and the highest sequence that made it. */
export interface Folded {
  readonly job: Job;
  readonly sequence: number;
}

/** The job of an entry's first record, to which nothing more has happened. */
export function firstJob(key: string, record: FirstRecord): Folded {
  return record.kind === 'planned' ? plannedJob(key, record) : adoptedJob(key, record);
}

/** The job of a plan that nothing has happened to. */
export function plannedJob(key: string, record: PlannedRecord): Folded {
  const { at, scope, request, queries, attempt, group, lineage, session } = record;
  const job: Job = {
    key,
    createdAt: at,
    updatedAt: at,
    scope,
    request,
    queries,
    phase: phaseOf(attempt),
    attempt,
    id: undefined,
    name: nameInBody(request.body),
    firstQuery: queries[0]?.name,
    status: undefined,
    batches: [],
    counts: countsOf(queries, []),
    message: undefined,
    failure: undefined,
    condition: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    group,
    lineage,
    session,
    adopted: false,
    pinned: false,
    note: '',
    files: [...new Set(queries.map(({ source }) => source.uri))],
  };
  return { job, sequence: 0 };
}

function adoptedJob(key: string, { at, scope, headers, queries, session, answer }: AdoptedRecord): Folded {
  const plan = { scope, request: { body: '', headers, gzip: false }, queries, ...(session && { session }) };
  const nobody = {
    idempotencyKey: '',
    keyMadeAt: at,
    mayExist: false,
    writer: { window: '', host: '', pid: 0 },
    until: at,
  };
  const record: PlannedRecord = { kind: 'planned', version: journalVersion, sequence: 0, at, ...plan, attempt: nobody };
  const { job, sequence } = foldRecord(plannedJob(key, record), { kind: 'answer', answer, sequence: 0, at });
  // Its queries came from no file.
  return { job: { ...job, adopted: true, files: [] }, sequence };
}

function phaseOf({ waitsFor }: SendAttempt): JobPhase {
  return waitsFor === undefined ? 'sending' : 'queued';
}

/** The job after one more record. Taking a record twice changes nothing more. */
export function foldRecord(folded: Folded, record: ChangeRecord): Folded {
  const change = changeOf(folded, record);
  const sequence = Math.max(folded.sequence, record.sequence);
  if (!change) return { job: folded.job, sequence };
  // What a person notes is no news of the job.
  const updatedAt = record.kind === 'annotated' ? folded.job.updatedAt : record.at;
  return { job: { ...folded.job, ...change, updatedAt }, sequence };
}

/** What a record changes; undefined where something stronger is known already. */
function changeOf({ job, sequence }: Folded, record: ChangeRecord): Partial<Job> | undefined {
  switch (record.kind) {
    case 'attempt':
      if (job.id !== undefined || isOvertaken(job, sequence, record)) return undefined;
      return { phase: phaseOf(record.attempt), attempt: record.attempt, failure: undefined };
    case 'answer': {
      const { answer } = record;
      if (job.id !== undefined && job.id !== answer.id) return undefined;
      const final = isFinalStatus(answer.status);
      if (job.phase === 'finished' && job.status !== answer.status) return undefined;
      // Its writer did not know yet what another window had learned.
      if (!final && job.id !== undefined && record.sequence < sequence) return undefined;
      const batches = mergeBatches(job.batches, answer.batches);
      return {
        ...answer,
        name: answer.name ?? job.name,
        batches,
        counts: countsOf(job.queries, batches),
        phase: final ? 'finished' : 'running',
        startedAt: job.startedAt ?? record.at,
        finishedAt: job.finishedAt ?? (final ? record.at : undefined),
        failure: undefined,
      };
    }
    case 'ended':
      if (record.phase === 'gone' ? job.phase !== 'running' : job.id !== undefined) return undefined;
      if (record.by !== undefined && record.by !== job.attempt.writer.window) return undefined;
      return { phase: record.phase, failure: record.failure };
    case 'annotated':
      return { pinned: record.pinned ?? job.pinned, note: record.note ?? job.note };
  }
}

/**
 * Whether somebody else was quicker: its writer did not know the newest record, and the job is another window's by now,
 * or a person has ended it. So of two windows that reach for a job at once, the first in the file has it, and every
 * window that reads the file sees which.
 */
function isOvertaken(job: Job, sequence: number, record: ChangeRecord & { readonly kind: 'attempt' }): boolean {
  if (sequence < record.sequence) return false;
  return isSettled(job) || job.attempt.writer.window !== record.attempt.writer.window;
}

/** The name that the job is sent under, so that it has it before Zuora answers, or when Zuora never does. */
function nameInBody(body: string): string | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.object({ name: v.string() })), body);
  return parsed.success ? parsed.output.name : undefined;
}

/** A batch that was final stays so, like its job. */
function mergeBatches(known: readonly JobBatch[], answered: readonly JobBatch[]): readonly JobBatch[] {
  const final = new Map(known.filter(batch => isFinalStatus(batch.status)).map(batch => [batch.batchId, batch]));
  return answered.map(batch => {
    const before = batch.batchId === undefined ? undefined : final.get(batch.batchId);
    return before && before.status !== batch.status ? before : batch;
  });
}

/** What is kept of Zuora's answer: the batches without their query texts, each tied to the query it runs. */
export function answerOf(job: AquaJob, queries: readonly PlannedQuery[]): JobAnswer {
  const { id, status, name, message, errorCode, batches } = job;
  return {
    id,
    status: status.toLowerCase(),
    name,
    // As Zuora writes it for a batch: the code in front.
    message: errorCode === undefined ? message : [errorCode, message].filter(Boolean).join(': '),
    batches: batches.map((batch, index) => ({
      batchId: batch.batchId,
      name: batch.name,
      status: (batch.status ?? '').toLowerCase(),
      recordCount: batch.recordCount,
      message: batch.message,
      fileIds: batch.segments ?? (batch.fileId === undefined ? [] : [batch.fileId]),
      full: batch.full,
      query: queryIndex(batch, index, queries),
    })),
  };
}

/** By name, which is unique in a job of ours; else by place, where the text is the same. */
function queryIndex(
  batch: AquaJob['batches'][number],
  index: number,
  queries: readonly PlannedQuery[],
): number | undefined {
  if (batch.name !== undefined && queries[index]?.name === batch.name) return index;
  const named = queries.findIndex(query => query.name === batch.name);
  if (named !== -1) return named;
  return queries[index] !== undefined && queries[index].query === batch.query ? index : undefined;
}

/** One line of an entry. `unknown`: whole, but made by a newer version; it stays in the file and is passed over. */
export type ReadLine =
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'damaged' };

export function readLine(line: string): ReadLine {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return { kind: 'damaged' };
  const { kind } = value;
  if ((kind === 'planned' || kind === 'adopted') && 'version' in value && value.version !== journalVersion) {
    return { kind: typeof value.version === 'number' ? 'unknown' : 'damaged' };
  }
  if (!knownKinds.has(kind)) return { kind: 'unknown' };
  const parsed = v.safeParse(recordSchema, value);
  // JSON has no undefined: what the schema calls optional is a property that the types call `| undefined`.
  return parsed.success ? { kind: 'record', record: parsed.output as JournalRecord } : { kind: 'damaged' };
}

export function writeLine(record: JournalRecord): string {
  return JSON.stringify(record);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const knownKinds: ReadonlySet<unknown> = new Set(['planned', 'adopted', 'attempt', 'answer', 'ended', 'annotated']);

const attemptSchema = v.object({
  idempotencyKey: v.string(),
  keyMadeAt: v.number(),
  mayExist: v.boolean(),
  writer: v.object({ window: v.string(), host: v.string(), pid: v.number() }),
  until: v.number(),
  waitsFor: v.optional(v.picklist(['slot', 'tenant'])),
  doubt: v.optional(v.boolean()),
});

const querySchema = v.object({
  name: v.string(),
  type: v.picklist(['zoql', 'zoqlexport']),
  query: v.string(),
  source: v.object({
    uri: v.string(),
    relativePath: v.string(),
    statement: v.number(),
    range: v.object({ start: v.number(), end: v.number() }),
    line: v.number(),
    text: v.string(),
  }),
  apiVersion: v.optional(v.string()),
  convertToCurrencies: v.optional(v.string()),
  deleted: v.optional(
    v.object({
      column: v.string(),
      format: v.picklist(['Boolean', 'Numeric']),
      forceExport: v.optional(v.boolean()),
    }),
  ),
});

/** What is read from disk is as little trusted as what the service says: ids become parts of paths and file names. */
const id = v.pipe(v.string(), v.regex(idPattern));

const batchSchema = v.object({
  batchId: v.fallback(v.optional(id), undefined),
  name: v.optional(v.string()),
  status: v.string(),
  recordCount: v.optional(v.number()),
  message: v.optional(v.string()),
  // All or none: a result that lacks a segment must not look like a whole one.
  fileIds: v.fallback(v.array(id), []),
  full: v.optional(v.boolean()),
  query: v.optional(v.number()),
});

/** Failures are kept as they are: `words.ts` copes with a kind that it does not know. */
const failureSchema = v.looseObject({ kind: v.string() });

const when = { sequence: v.number(), at: v.number() };

const scopeSchema = v.object({
  tenant: v.string(),
  origin: v.string(),
  entityIds: v.exactOptional(v.string()),
  orgIds: v.exactOptional(v.string()),
});

const sessionSchema = v.exactOptional(v.object({ partner: v.string(), project: v.string() }));

const answerSchema = v.object({
  id,
  status: v.string(),
  name: v.optional(v.string()),
  message: v.optional(v.string()),
  batches: v.array(batchSchema),
});

const recordSchema = v.variant('kind', [
  v.object({
    kind: v.literal('planned'),
    version: v.literal(journalVersion),
    ...when,
    scope: scopeSchema,
    request: v.object({ body: v.string(), headers: v.record(v.string(), v.string()), gzip: v.boolean() }),
    queries: v.array(querySchema),
    group: v.exactOptional(v.object({ id: v.string(), index: v.number(), count: v.number() })),
    lineage: v.exactOptional(v.object({ from: v.string(), how: v.picklist(['as-sent', 'edited', 'failed']) })),
    session: sessionSchema,
    attempt: attemptSchema,
  }),
  v.object({
    kind: v.literal('adopted'),
    version: v.literal(journalVersion),
    ...when,
    scope: scopeSchema,
    headers: v.record(v.string(), v.string()),
    queries: v.array(querySchema),
    session: sessionSchema,
    answer: answerSchema,
  }),
  v.object({ kind: v.literal('attempt'), ...when, attempt: attemptSchema }),
  v.object({
    kind: v.literal('answer'),
    ...when,
    answer: answerSchema,
  }),
  v.object({
    kind: v.literal('ended'),
    ...when,
    phase: v.picklist(['refused', 'not-sent', 'unknown', 'given-up', 'gone']),
    failure: failureSchema,
    by: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal('annotated'),
    ...when,
    pinned: v.exactOptional(v.boolean()),
    note: v.exactOptional(v.string()),
  }),
]);

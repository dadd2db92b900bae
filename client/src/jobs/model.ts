/**
 * What a job is, from the plan to its last state. Plain data: the journal writes it, the store holds it, the tree
 * draws it.
 */
import type { Dialect, Span } from '../../../server/src/zoql/index';
import type { Failure } from '../zuora/outcome';
import type { JobScope, JobTarget } from '../zuora/scope';

/** One statement as it is sent, and where it came from. */
export interface PlannedQuery {
  /** Unique in its job; comes back as the batch's name. */
  readonly name: string;
  readonly type: Dialect;
  /** Without comments and without `;`. */
  readonly query: string;
  readonly source: QuerySource;
  /** WSDL version that the query runs with, e.g. `91.0` (`-- @apiVersion`); undefined: Zuora's newest. */
  readonly apiVersion?: string;
  /** Currencies such as `EUR,GBP` (`-- @convertToCurrencies`). */
  readonly convertToCurrencies?: string;
  /** The column that tells deleted rows (`-- @deleted`). */
  readonly deleted?: DeletedColumn;
}

/** The `deleted` of a query, as AQuA takes it (Zuora docs, export deleted data). */
export interface DeletedColumn {
  readonly column: string;
  readonly format: 'Boolean' | 'Numeric';
  /** Without it a stateless job gets error 90012. */
  readonly forceExport?: boolean;
}

/** Where a statement stood when it was planned. */
export interface QuerySource {
  readonly uri: string;
  /** The path that people read, relative to the workspace folder. */
  readonly relativePath: string;
  /** Its place among the file's statements, from 0. */
  readonly statement: number;
  /** The statement's text in the file, as offsets in UTF-16 code units. */
  readonly range: Span;
  /** The line of the statement's first token, from 1. */
  readonly line: number;
  /** The statement's text at that time, with its comments: finds the statement again after edits. */
  readonly text: string;
}

/** A request as it goes out, byte by byte; a repeat under the same key sends exactly this again. */
export interface JobRequest {
  /** The exact JSON text. */
  readonly body: string;
  /** Never holds credentials: those are added by the network, and extra headers that carry some are refused. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the body travels with `Content-Encoding: gzip`. */
  readonly gzip: boolean;
}

/** What is to be sent, and to where. */
export interface JobPlan {
  readonly scope: JobScope;
  readonly request: JobRequest;
  readonly queries: readonly PlannedQuery[];
  /** Of a submit that was split into several jobs. */
  readonly group?: JobGroup;
  readonly lineage?: JobLineage;
  /** Of a stateful job. */
  readonly session?: StatefulSession;
}

/** One of the jobs that one submit was split into, since a job takes at most 50 queries. */
export interface JobGroup {
  /** Shared by all of them. */
  readonly id: string;
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** What a job repeats. */
export interface JobLineage {
  /** The key of the earlier job, which may have been removed since. */
  readonly from: string;
  /** `as-sent`: the same queries, byte by byte; `edited`: as the files are now; `failed`: those that gave no result. */
  readonly how: 'as-sent' | 'edited' | 'failed';
}

/** What makes a job of version 1.1 stateful (Zuora docs, stateless and stateful modes). */
export interface StatefulSession {
  readonly partner: string;
  readonly project: string;
}

/**
 * Where a job stands for us; `status` is what Zuora says.
 *
 * - `queued`: written down and confirmed; it is sent when the tenant has room for one more job.
 * - `sending`: written down, no answer yet; some window is at it, or was when it ended.
 * - `running`: Zuora gave it an id and no final status yet.
 * - `finished`: Zuora's status is final.
 * - `refused`: Zuora said no; there is no job.
 * - `not-sent`: nothing that could have made a job left this machine.
 * - `unknown`: the answer is lost; Zuora may have made the job.
 * - `given-up`: it was unknown, and a person has decided to leave it at that.
 * - `gone`: Zuora no longer knows the id (jobs are kept for 180 days), or the entity is the wrong one.
 */
export type JobPhase =
  'queued' | 'sending' | 'running' | 'finished' | 'refused' | 'not-sent' | 'unknown' | 'given-up' | 'gone';

/** The newest try to send a job. */
export interface SendAttempt {
  /** The `Idempotency-Key` of the request. */
  readonly idempotencyKey: string;
  /** When that key was first used, or is about to be, ms since 1970: Zuora keeps a key for 24 h from then on. */
  readonly keyMadeAt: number;
  /** Whether a job may exist under this key if its writer ends now. False while it waits after a refusal. */
  readonly mayExist: boolean;
  readonly writer: Writer;
  /** Until then (ms since 1970) the writer is at work or writes a newer record; afterwards others may take over. */
  readonly until: number;
  /**
   * What the job waits for in the queue: `slot`, that fewer of our own jobs run on the tenant; `tenant`, that Zuora takes
   * more jobs after it refused this one with 90028. Undefined while it is being sent.
   */
  readonly waitsFor?: 'slot' | 'tenant';
  /** A job may exist under an earlier key, which a person has given up for this one. */
  readonly doubt?: boolean;
}

/** A window, as the other windows know it. */
export interface Writer {
  /** Random, made when the window's extension host starts. */
  readonly window: string;
  readonly host: string;
  readonly pid: number;
}

export interface JobBatch {
  readonly batchId: string | undefined;
  readonly name: string | undefined;
  /** Zuora's word, e.g. `completed`; may be one that we do not know. */
  readonly status: string;
  readonly recordCount: number | undefined;
  readonly message: string | undefined;
  /** One file, or the segments of a stateful full load. */
  readonly fileIds: readonly string[];
  /** False where a stateful job exports only what has changed; undefined where Zuora does not say. */
  readonly full: boolean | undefined;
  /** Which of the job's queries it runs, where that can be told. */
  readonly query: number | undefined;
}

/** What keeps a job's state from being news; known in memory only. */
export interface JobCondition {
  /**
   * - `unreachable`: the last poll failed; polling goes on.
   * - `paused`: nothing is sent for its tenant until a person acts. Its failure says why: nobody is signed in, the
   *   service refuses the sign-in, the workspace is not trusted, or polling is switched off.
   * - `stopped`: Zuora keeps refusing to show the job; only a refresh by hand asks again.
   * - `unsaved`: the journal cannot be written; the state is kept in memory and written later.
   */
  readonly kind: 'unreachable' | 'paused' | 'stopped' | 'unsaved';
  readonly failure: Failure | DiskFault | SwitchedOff;
}

/** A person wants no polling: the setting zoql.polling.enabled. */
export interface SwitchedOff {
  readonly kind: 'switched-off';
}

/** What the list shows of a job without its queries and batches: a history of thousands is held as these. */
export interface JobSummary {
  /** Names the journal's entry. Not the `Idempotency-Key`: a repeat after a received refusal takes a new one. */
  readonly key: string;
  readonly scope: JobScope;
  /** ms since 1970. */
  readonly createdAt: number;
  /** When the newest change was written down, ms since 1970. */
  readonly updatedAt: number;
  readonly phase: JobPhase;
  /** Zuora's job id. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** The name of its first query: what a job without a name is called by. */
  readonly firstQuery: string | undefined;
  /** Zuora's word, e.g. `executing`; undefined before the first answer. */
  readonly status: string | undefined;
  /** What Zuora says about the whole job, e.g. the reason of an error. */
  readonly message: string | undefined;
  /** Why the job is refused, unknown, not sent or gone. */
  readonly failure: Failure | undefined;
  readonly condition: JobCondition | undefined;
  readonly counts: BatchCounts;
  /** When Zuora's first answer was written down, ms since 1970. */
  readonly startedAt: number | undefined;
  /** When its final status was written down, ms since 1970: Zuora deletes the files three days after. */
  readonly finishedAt: number | undefined;
  readonly group: JobGroup | undefined;
  readonly lineage: JobLineage | undefined;
  readonly session: StatefulSession | undefined;
  /** Zuora's job was found by its id; nothing of it was sent from here. */
  readonly adopted: boolean;
  readonly pinned: boolean;
  /** A person's own words; empty where there are none. */
  readonly note: string;
  /** The URIs of the files that its queries came from. */
  readonly files: readonly string[];
}

export interface BatchCounts {
  readonly queries: number;
  /** Batches that Zuora reported; 0 before its first answer. */
  readonly batches: number;
  readonly completed: number;
  /** Aborted, or ended in another way without a result. */
  readonly failed: number;
  /** Records of all completed batches. */
  readonly records: number;
  /** Of a stateful job's batches that Zuora has told of: how many export everything. */
  readonly full: number;
  readonly incremental: number;
}

export interface Job extends JobSummary {
  readonly request: JobRequest;
  readonly queries: readonly PlannedQuery[];
  readonly attempt: SendAttempt;
  readonly batches: readonly JobBatch[];
}

/** The disk said no. */
export interface DiskFault {
  readonly kind: 'disk';
  /** The system's code, e.g. `ENOSPC`. */
  readonly code: string;
  readonly message: string;
}

export type Written<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: DiskFault };

/** Job statuses after which nothing changes any more (AQuA API, Get Job Results). */
const finalStatuses: ReadonlySet<string> = new Set(['completed', 'error', 'aborted', 'cancelled']);

export function isFinalStatus(status: string | undefined): boolean {
  return status !== undefined && finalStatuses.has(status);
}

/** Where a job's later requests go: its own scope and headers, whatever the settings say by now. */
export function targetOf({ scope, request }: Pick<Job, 'scope' | 'request'>): JobTarget {
  return { ...scope, headers: request.headers };
}

/** True when nothing is left to do for a job by itself: no answer to wait for, no status to ask for. */
export function isSettled({ phase }: Pick<JobSummary, 'phase'>): boolean {
  return phase !== 'queued' && phase !== 'sending' && phase !== 'running';
}

/** True for what takes one of the tenant's places for unfinished jobs, as far as we know (AQuA API limits: 50). */
export function isUnfinishedAtZuora({ phase }: Pick<JobSummary, 'phase'>): boolean {
  return phase === 'sending' || phase === 'running';
}

/** Batch statuses that are final and give no result. */
const failedBatchStatuses: ReadonlySet<string> = new Set(['error', 'aborted', 'cancelled', 'deleted_notallowed']);

export function hasFailed({ status }: Pick<JobBatch, 'status'>): boolean {
  return failedBatchStatuses.has(status);
}

export function countsOf(queries: readonly PlannedQuery[], batches: readonly JobBatch[]): BatchCounts {
  const count = (holds: (batch: JobBatch) => boolean) => batches.filter(holds).length;
  const isCompleted = ({ status }: JobBatch) => status === 'completed';
  return {
    queries: queries.length,
    batches: batches.length,
    completed: count(isCompleted),
    failed: count(hasFailed),
    records: batches.filter(isCompleted).reduce((sum, { recordCount = 0 }) => sum + recordCount, 0),
    full: count(({ full }) => full === true),
    incremental: count(({ full }) => full === false),
  };
}

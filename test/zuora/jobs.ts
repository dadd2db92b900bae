/**
 * AQuA jobs and their life: submitted → executing → completed, batch after batch.
 *
 * A job's state is a function of the clock. Nothing runs in the background: when a job is looked at, the queries that
 * are due by then are run first, in their order. So a test puts the clock forward and sees the next state at once.
 */
import type { DeletedColumn } from './aqua.schema';
import type { Clock } from './clock';
import type { FileFormat } from './files';

export interface Pace {
  /** How long a job stays `submitted`, in milliseconds. */
  readonly submittedMs: number;
  /** How long each batch executes, in milliseconds. */
  readonly batchMs: number;
}

export interface Job {
  readonly id: string;
  /** The Idempotency-Key that made it; empty where the request had none. */
  readonly key: string;
  readonly name: string | undefined;
  readonly version: number | string;
  readonly format: FileFormat;
  readonly encrypted: string;
  readonly partner: string | undefined;
  readonly project: string | undefined;
  readonly offset: number | undefined;
  readonly incrementalTime: number | undefined;
  readonly notifyUrl: string | undefined;
  readonly sourceData: string;
  readonly repeatsLastQueries: boolean;
  readonly batches: readonly Batch[];
  /** When it leaves `submitted`. */
  readonly startsAt: number;
  readonly createdAt: number;
  readonly pace: Pace;
  canceledAt: number | undefined;
  /** The queries run one after another; whoever looks at the job waits for those before. */
  work: Promise<void>;
}

export interface Batch {
  readonly id: string;
  readonly name: string | undefined;
  readonly query: string;
  readonly type: 'zoql' | 'zoqlexport';
  readonly apiVersion: string;
  /** False when a stateful job exports only what has changed. */
  readonly full: boolean;
  readonly deleted: DeletedColumn | undefined;
  /** Runs the query; never rejects. */
  readonly run: () => Promise<BatchOutcome>;
  outcome: BatchOutcome | undefined;
}

export type BatchOutcome =
  | {
      readonly status: 'completed';
      readonly recordCount: number;
      readonly fileId?: string;
      readonly segments?: readonly string[];
      readonly message?: string;
    }
  | { readonly status: 'aborted'; readonly message: string };

export type JobStatus = 'submitted' | 'executing' | 'completed' | 'aborted' | 'cancelled';

/** Runs what is due. */
export async function settle(job: Job, clock: Clock): Promise<void> {
  job.work = job.work.then(async () => {
    for (const [index, batch] of job.batches.entries()) {
      const due = batchEnd(job, index);
      if (batch.outcome || clock.now() < due) continue;
      if (job.canceledAt !== undefined && job.canceledAt < due) continue;
      batch.outcome = await batch.run();
    }
  });
  await job.work;
}

/** When the last batch ends, if nobody cancels the job. */
export function jobEnd(job: Job): number {
  return batchEnd(job, job.batches.length - 1);
}

export function isFinal(job: Job, now: number): boolean {
  return job.canceledAt !== undefined || jobEnd(job) <= now;
}

/** The status of a job that has been settled. */
export function statusOf(job: Job, now: number): JobStatus {
  if (job.canceledAt !== undefined) return 'cancelled';
  if (now < job.startsAt) return 'submitted';
  if (job.batches.some(batch => batch.outcome === undefined)) return 'executing';
  return job.batches.some(batch => batch.outcome?.status === 'aborted') ? 'aborted' : 'completed';
}

/** The job as `GET` answers it. */
export function jobView(job: Job, now: number): object {
  return {
    ...jobFields(job),
    id: job.id,
    status: statusOf(job, now),
    ...startTime(job, now),
    batches: batchViews(job, now),
  };
}

/** The job as `POST` answers it: without the time it starts at. */
export function submittedView(job: Job, now: number): object {
  return { ...jobFields(job), id: job.id, status: statusOf(job, now), batches: batchViews(job, now) };
}

function jobFields(job: Job): object {
  return defined({
    name: job.name,
    version: job.version,
    format: job.format.toUpperCase(),
    encrypted: job.encrypted,
    partner: job.partner,
    project: job.project,
    offset: job.offset,
    incrementalTime: job.incrementalTime,
    notifyUrl: job.notifyUrl,
    sourceData: job.sourceData,
    useLastCompletedJobQueries: job.repeatsLastQueries,
  });
}

function batchViews(job: Job, now: number): object[] {
  return job.batches.map((batch, index) => {
    const status = batchStatus(job, batch, index, now);
    return defined({
      batchId: batch.id,
      name: batch.name,
      query: batch.query,
      batchType: batch.type,
      apiVersion: batch.apiVersion,
      full: batch.full,
      deleted: batch.deleted,
      recordCount: 0,
      ...batch.outcome,
      status,
      localizedStatus: status,
    });
  });
}

function batchStatus(job: Job, batch: Batch, index: number, now: number): string {
  if (batch.outcome) return batch.outcome.status;
  if (job.canceledAt !== undefined) return 'cancelled';
  if (now < job.startsAt) return 'submitted';
  return batchEnd(job, index - 1) <= now ? 'executing' : 'pending';
}

function batchEnd(job: Job, index: number): number {
  return job.startsAt + (index + 1) * job.pace.batchMs;
}

/** `2014-09-03 08:20:07`; Zuora's examples show no zone, the stand-in uses UTC. */
function startTime(job: Job, now: number): object {
  if (now < job.startsAt) return {};
  return { startTime: new Date(job.startsAt).toISOString().slice(0, 19).replace('T', ' ') };
}

function defined(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The history as a file for other programs: all jobs as JSON. It holds what was asked and what came of it; no secret, and
 * neither request bodies nor headers, which can hold what a company keeps to itself.
 *
 * The text comes in pieces, so that a history of thousands is never in memory as a whole.
 */
import { problemOf, rowsOf } from './describe';
import type { Job, JobSummary } from './model';
import { standingOf } from './standing';

/** Raised when a field changes its meaning or goes; a new field raises nothing. */
const historyVersion = 1;

/** The pieces of the file, newest job first; `open` gives undefined for a job that was removed meanwhile. */
export async function* historyPieces(
  jobs: readonly JobSummary[],
  open: (key: string) => Promise<Job | undefined>,
  now: number,
): AsyncGenerator<string, void, undefined> {
  const head = { format: 'zoql-job-history', version: historyVersion, exportedAt: time(now) };
  yield `${JSON.stringify(head).slice(0, -1)},"jobs":[`;
  let separator = '\n';
  for (const { key } of jobs) {
    const job = await open(key);
    if (!job) continue;
    yield `${separator}${JSON.stringify(historyEntry(job))}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** A job in the words of the file. Times are ISO 8601 in UTC; what is not known is left out. */
function historyEntry(job: Job): object {
  const { scope, counts, attempt, adopted, pinned, note } = job;
  return {
    key: job.key,
    tenant: scope.tenant,
    origin: scope.origin,
    entityIds: scope.entityIds,
    orgIds: scope.orgIds,
    phase: job.phase,
    id: job.id,
    name: job.name,
    status: job.status,
    message: job.message,
    problem: problemOf(job),
    submittedAt: time(job.createdAt),
    startedAt: time(job.startedAt),
    finishedAt: time(job.finishedAt),
    changedAt: time(job.updatedAt),
    stateful: job.session,
    split: job.group,
    repeats: job.lineage && { key: job.lineage.from, how: job.lineage.how },
    adopted,
    pinned,
    note: note === '' ? undefined : note,
    // Zuora can find the request by it where nobody knows the job's id.
    idempotencyKey: standingOf(job) === 'unknown' ? attempt.idempotencyKey : undefined,
    counts,
    queries: job.queries.map(({ name, type, query, source, apiVersion, convertToCurrencies, deleted }) => ({
      name,
      type,
      query,
      file: source.relativePath,
      line: source.line,
      apiVersion,
      convertToCurrencies,
      deleted,
    })),
    batches: rowsOf(job).flatMap(({ name, batch }) =>
      batch
        ? [
            {
              name,
              id: batch.batchId,
              status: batch.status,
              records: batch.recordCount,
              full: batch.full,
              message: batch.message,
              fileIds: batch.fileIds,
            },
          ]
        : [],
    ),
  };
}

function time(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

// Jobs for the tests of what is said of them: by default three queries, submitted five minutes ago, and finished.
import { countsOf, type Job, type JobBatch, type PlannedQuery } from '../../client/src/jobs/model';
import { plannedJob } from '../../client/src/jobs/records';

export const now = Date.UTC(2026, 10, 23, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const sandbox = { tenant: 'Sandbox', origin: 'https://rest.test.zuora.com' };

export function job({ body = {}, ...rest }: Partial<Job> & { readonly body?: object }): Job {
  const writer = { window: 'w1', host: 'h1', pid: 1 };
  const { job: planned } = plannedJob(rest.key ?? 'k1', {
    kind: 'planned',
    version: 1,
    sequence: 0,
    at: now - 5 * minute,
    scope: sandbox,
    request: { body: JSON.stringify(body), headers: {}, gzip: false },
    queries: rest.queries ?? ['accounts', 'invoices', 'refunds'].map(query),
    attempt: { idempotencyKey: 'i1', keyMadeAt: now, mayExist: true, writer, until: now },
  });
  const { batches = [] } = rest;
  return { ...planned, updatedAt: now, phase: 'finished', counts: countsOf(planned.queries, batches), ...rest };
}

/** A job that Zuora has brought to its end, with a batch for each status: `completed` has 617 records in a file. */
export function ended(status: string, statuses: readonly string[], rest: Partial<Job> = {}): Job {
  const names = ['accounts', 'invoices', 'refunds', 'payments'];
  const queries = names.slice(0, statuses.length).map(query);
  const batches = statuses.map((each, index) => {
    const result = each === 'completed' ? { recordCount: 617, fileIds: [`f${index + 1}`] } : {};
    return batch({ batchId: `b${index + 1}`, name: names[index], status: each, query: index, ...result });
  });
  const times = { startedAt: now - 5 * minute, finishedAt: now - minute };
  return job({ phase: 'finished', id: 'j1', status, queries, batches, ...times, ...rest });
}

export function query(name: string, statement: number): PlannedQuery {
  const source = {
    uri: `file:///w/${name}.zoql`,
    relativePath: `${name}.zoql`,
    statement,
    range: { start: 0, end: 22 },
    line: 1,
    text: 'select Id from Account',
  };
  return { name, type: 'zoql', query: 'select Id from Account', source };
}

export function batch(rest: Partial<JobBatch>): JobBatch {
  return {
    batchId: undefined,
    name: 'accounts',
    status: 'pending',
    recordCount: undefined,
    message: undefined,
    fileIds: [],
    full: undefined,
    query: undefined,
    ...rest,
  };
}

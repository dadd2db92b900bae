/**
 * The jobs as the list shows them, newest first. There may be ten thousand, so each is held without its queries and
 * batches, and what many have in common, the tenant and the files, is held once.
 */
import type { JobScope } from '../zuora/scope';
import type { JobSummary } from './model';

export interface JobList {
  /** Newest first. The same array until something changes; it is never changed itself. */
  all(): readonly JobSummary[];
  find(key: string): JobSummary | undefined;
  /** Takes a job up, or what is new of it. */
  put(job: JobSummary): void;
  drop(key: string): void;
}

export function createJobList(): JobList {
  const jobs = new Map<string, JobSummary>();
  /**
   * Keys begin with the time. Oldest first: a new job, the usual one to come, goes to the end and leaves them sorted.
   * Those that were dropped are left out with the next list.
   */
  let keys: string[] = [];
  let isSorted = true;
  let newestFirst: readonly JobSummary[] | undefined;
  /** The scope that was met last of each tenant's name, and the files of each first file: nearly always the same. */
  const scopes = new Map<string, JobScope>();
  const filesByFirst = new Map<string, readonly string[]>();

  return {
    all: () => (newestFirst ??= listed()),
    find: key => jobs.get(key),
    put(job) {
      const { key } = job;
      if (!jobs.has(key)) {
        isSorted &&= (keys.at(-1) ?? '') < key;
        keys.push(key);
      }
      jobs.set(key, summaryOf(job, sharedScope(job.scope), sharedFiles(job.files)));
      newestFirst = undefined;
    },
    drop(key) {
      if (jobs.delete(key)) newestFirst = undefined;
    },
  };

  function listed(): readonly JobSummary[] {
    if (!isSorted) keys.sort();
    isSorted = true;
    if (jobs.size < keys.length) keys = keys.filter((key, index) => jobs.has(key) && key !== keys[index - 1]);
    const all: JobSummary[] = [];
    for (const key of keys) {
      const job = jobs.get(key);
      if (job) all.push(job);
    }
    return all.reverse();
  }

  function sharedScope(scope: JobScope): JobScope {
    const known = scopes.get(scope.tenant);
    if (known?.origin === scope.origin && known.entityIds === scope.entityIds && known.orgIds === scope.orgIds) {
      return known;
    }
    scopes.set(scope.tenant, scope);
    return scope;
  }

  function sharedFiles(files: readonly string[]): readonly string[] {
    const known = filesByFirst.get(files[0] ?? '');
    if (known?.length === files.length && known.every((file, index) => file === files[index])) return known;
    filesByFirst.set(files[0] ?? '', files);
    return files;
  }
}

/** Made field by field: a whole job is a summary, too, and would keep its queries in memory. */
function summaryOf(job: JobSummary, scope: JobScope, files: readonly string[]): JobSummary {
  return {
    key: job.key,
    scope,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    phase: job.phase,
    id: job.id,
    name: job.name,
    firstQuery: job.firstQuery,
    status: job.status,
    message: job.message,
    failure: job.failure,
    condition: job.condition,
    counts: job.counts,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    group: job.group,
    lineage: job.lineage,
    session: job.session,
    adopted: job.adopted,
    pinned: job.pinned,
    note: job.note,
    files,
  };
}

/**
 * The jobs as the list shows them, newest first. There may be ten thousand, so each is held without its queries and
 * batches, and texts that many have in common, such as the tenant and the files, are held once.
 */
import type { JobSummary } from './model';

export interface JobList {
  /** Newest first. The same array until something changes; it is never changed itself. */
  all(): readonly JobSummary[];
  /** Takes a job up, or what is new of it. What comes back is all that is held of it. */
  put(job: JobSummary): JobSummary;
  drop(key: string): void;
}

export function createJobList(): JobList {
  /** Oldest first: a new job, the usual one to come, goes to the end. Keys begin with the time and differ otherwise. */
  const sorted: JobSummary[] = [];
  const texts = new Map<string, string>();
  let newestFirst: readonly JobSummary[] | undefined;

  return {
    all: () => (newestFirst ??= sorted.toReversed()),
    put(job) {
      const summary = summaryOf(job, shared);
      const place = placeOf(job.key);
      sorted.splice(place, sorted[place]?.key === job.key ? 1 : 0, summary);
      newestFirst = undefined;
      return summary;
    },
    drop(key) {
      const place = placeOf(key);
      if (sorted[place]?.key !== key) return;
      sorted.splice(place, 1);
      newestFirst = undefined;
    },
  };

  /** Where the key is, or is to be: the first place with none before it. */
  function placeOf(key: string): number {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((sorted[middle]?.key ?? '') < key) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  function shared<T extends string | undefined>(text: T): T;
  function shared(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  }
}

/** Made field by field: a whole job is a summary, too, and would keep its queries in memory. */
function summaryOf(job: JobSummary, shared: <T extends string | undefined>(text: T) => T): JobSummary {
  const { tenant, origin, entityIds, orgIds } = job.scope;
  return {
    key: job.key,
    scope: {
      tenant: shared(tenant),
      origin: shared(origin),
      ...(entityIds !== undefined && { entityIds: shared(entityIds) }),
      ...(orgIds !== undefined && { orgIds: shared(orgIds) }),
    },
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    phase: shared(job.phase),
    id: job.id,
    name: shared(job.name),
    firstQuery: shared(job.firstQuery),
    status: shared(job.status),
    message: shared(job.message),
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
    files: job.files.map(shared),
  };
}

// What has to hold at the end of a run, whatever happened in it.
import type { Job } from '../../client/src/jobs/model';
import type { Zuora } from '../zuora/server';

/** What people at the windows were told, by the names of the jobs. */
export interface Told {
  readonly submits: ReadonlyMap<string, { readonly phase: string; readonly id: string | undefined }>;
  readonly withdrawn: ReadonlySet<string>;
}

export interface Evidence {
  /** What the journal remembers. */
  readonly jobs: readonly Job[];
  /** The text of all entries. */
  readonly journal: string;
  readonly told: Told;
  readonly zuora: Pick<Zuora, 'jobs' | 'jobsByKey' | 'requests' | 'violations'>;
  /** Every submit has to succeed. */
  readonly cured: boolean;
}

/** Everything that is wrong, in words; nothing where the promise was kept. */
export function judge({ jobs, journal, told, zuora, cured }: Evidence): string[] {
  const wrong: string[] = [];
  const idsOf = (wanted: string | undefined) => zuora.jobs.flatMap(({ id, name }) => (name === wanted ? [id] : []));
  const byName = new Map(jobs.map(job => [job.name ?? '', job]));

  for (const job of jobs) {
    const ids = idsOf(job.name);
    const what = `${job.name}: ${job.phase} ${job.id ?? ''} (${job.failure?.kind ?? 'no failure'}), at Zuora ${ids.join(' and ') || 'none'}`;
    if (1 < ids.length) wrong.push(`doubled: ${what}`);
    if (job.id !== undefined && ids[0] !== job.id) wrong.push(`another id: ${what}`);
    const isNone = job.phase === 'not-sent' || job.phase === 'refused';
    if (isNone && 0 < ids.length) wrong.push(`said that there is none: ${what}`);
    if (job.phase === 'sending' || job.phase === 'queued') wrong.push(`never settled: ${what}`);
    if (cured && job.id === undefined) wrong.push(`not cured: ${what}`);
    if (told.withdrawn.has(job.name ?? '') && job.phase !== 'not-sent') wrong.push(`was withdrawn: ${what}`);
  }
  for (const [name, { phase, id }] of told.submits) {
    const job = byName.get(name);
    if (!job) wrong.push(`lost: ${name} was told to be ${phase}, and the journal has no such job`);
    else if (id !== undefined && job.id !== id) wrong.push(`lost: ${name} was told to be ${id}, and is ${job.id}`);
  }
  for (const { id, name = '' } of zuora.jobs) {
    if (!byName.has(name)) wrong.push(`lost: ${name} is ${id} at Zuora, and the journal has no such job`);
  }
  for (const [key, count] of zuora.jobsByKey) if (1 < count) wrong.push(`${count} jobs under the key ${key}`);
  for (const { method, path, headers } of zuora.requests) {
    const key = headers['idempotency-key'];
    if (method === 'POST' && path === '/v1/batch-query/' && (key === undefined || !journal.includes(`"${key}"`))) {
      wrong.push(`sent under ${key}, which the journal does not have`);
    }
  }
  for (const { request, problem } of zuora.violations) wrong.push(`${request}: ${problem}`);
  return wrong;
}

/**
 * Whether the same was submitted a moment ago, in this window or in another one. Two submits make two jobs; the person
 * at the second is told about the first.
 */
import type { JobScope } from '../zuora/scope';
import type { Finding } from './findings';
import type { Job, JobPlan, JobSummary, PlannedQuery } from './model';
import type { JobStore } from './store';

/** A submit that is older than this is no mistake. */
const recentMs = 10 * 60 * 1000;

/** A tenant's jobs of the last ten minutes that may have been made, newest first; `now` in ms since 1970. */
export async function recentJobs(
  store: Pick<JobStore, 'all' | 'open'>,
  place: Pick<JobScope, 'tenant' | 'origin'>,
  now: number,
): Promise<Job[]> {
  const recent = store.all().filter(summary => isRecent(summary, place, now));
  const jobs = await Promise.all(recent.map(({ key }) => store.open(key)));
  return jobs.filter(job => job !== undefined);
}

/** The newest of these jobs that asks for the same. */
export function twinOf(jobs: readonly Job[], plan: JobPlan): Job | undefined {
  return jobs.find(job => asksForTheSame(job, plan));
}

/** The newest job of the last ten minutes that asks the plan's tenant for the same; `now` in ms since 1970. */
export async function recentTwin(
  store: Pick<JobStore, 'all' | 'open'>,
  plan: JobPlan,
  now: number,
): Promise<Job | undefined> {
  return twinOf(await recentJobs(store, plan.scope, now), plan);
}

/** Whether it goes on, so that a second one is likely a mistake. */
export function isUnderWay({ phase }: Pick<JobSummary, 'phase'>): boolean {
  return phase === 'queued' || phase === 'sending' || phase === 'running';
}

/** What the preflight says of it. */
export function twinFindings(twin: JobSummary | undefined, now: number): Finding[] {
  if (!twin) return [];
  return [{ code: 'submitted-already', weight: 'warns', message: twinInWords(twin, now), query: undefined, fixes: [] }];
}

export function twinInWords({ phase, id, status, scope, createdAt }: JobSummary, now: number): string {
  const minutes = Math.floor((now - createdAt) / 60_000);
  const when = minutes < 1 ? 'less than a minute ago' : minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
  const state = phase === 'running' || phase === 'finished' ? (status ?? phase) : phase;
  const which = id === undefined ? '' : ` Its ID is ${id}.`;
  return `The same queries were submitted to ${scope.tenant} ${when}; that job is ${state}.${which} A second submit makes a second job.`;
}

function isRecent(
  { scope, phase, createdAt, adopted }: JobSummary,
  { tenant, origin }: Pick<JobScope, 'tenant' | 'origin'>,
  now: number,
): boolean {
  const age = now - createdAt;
  return (
    scope.tenant === tenant &&
    scope.origin === origin &&
    phase !== 'refused' &&
    phase !== 'not-sent' &&
    !adopted &&
    // A clock that was set back makes a job that is not made yet.
    -recentMs < age &&
    age < recentMs
  );
}

function asksForTheSame(job: Job, plan: JobPlan): boolean {
  return job.request.body === plan.request.body || texts(job.queries) === texts(plan.queries);
}

/** What the queries ask for, in any order and under any name. */
function texts(queries: readonly PlannedQuery[]): string {
  return JSON.stringify(queries.map(({ type, query, deleted }) => JSON.stringify([type, query, deleted])).sort());
}

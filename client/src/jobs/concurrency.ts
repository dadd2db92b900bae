/**
 * How many jobs a tenant runs at once, as far as our own journal knows.
 *
 * Zuora runs 50 stateless and 50 stateful jobs a tenant (AQuA API limits). Others use the same places, and only Zuora
 * knows all of them: its 90028 is the real word, and this count only spares requests that are sure to be refused.
 */
import type { JobScope } from '../zuora/scope';
import type { Finding } from './findings';
import { isUnfinishedAtZuora, type JobPlan, type JobSummary } from './model';

export interface Concurrency {
  readonly unfinished: number;
  /** Ours that wait for a place already. */
  readonly queued: number;
  readonly limit: number;
  readonly warnsAt: number;
  readonly state: 'free' | 'near' | 'full';
}

const limit = 50;
const warnsAt = 45;

/**
 * Zuora ends a query after three hours, so a job without news for a day has ended and nobody asked: its tenant was
 * signed out, say, or polling is off. It must not keep others waiting.
 */
const forgottenAfterMs = 24 * 60 * 60 * 1000;

/** How full the tenant is for one more job of this kind. `now` in ms since 1970. */
export function concurrencyOf(
  jobs: readonly JobSummary[],
  scope: Pick<JobScope, 'tenant' | 'origin'>,
  stateful: boolean,
  now: number,
): Concurrency {
  const lane = laneName(scope, stateful);
  const inLane = jobs.filter(job => laneOf(job) === lane);
  const unfinished = inLane.filter(job => isUnfinishedAtZuora(job) && now - job.updatedAt < forgottenAfterMs).length;
  const queued = inLane.filter(({ phase }) => phase === 'queued').length;
  const state = limit <= unfinished ? 'full' : warnsAt <= unfinished ? 'near' : 'free';
  return { unfinished, queued, limit, warnsAt, state };
}

/** Whether a new job has to wait: no place is free, or others wait for one already. */
export function mustWait({ state, queued }: Concurrency): boolean {
  return state === 'full' || 0 < queued;
}

/** What the preflight says of the tenant's places. */
export function concurrencyFindings(concurrency: Concurrency, tenant: string, stateful: boolean): Finding[] {
  const { unfinished, queued, state } = concurrency;
  const kind = stateful ? 'stateful' : 'stateless';
  const common = { weight: 'warns', query: undefined, fixes: [] } as const;
  if (mustWait(concurrency)) {
    const others = queued === 0 ? '' : ` ${queued === 1 ? 'One job waits' : `${queued} jobs wait`} already.`;
    const message = `${tenant} has ${unfinished} unfinished ${kind} jobs of yours, and Zuora runs ${limit} at once. This one is queued and is sent by itself when a place is free.${others}`;
    return [{ ...common, code: 'tenant-full', message }];
  }
  if (state === 'free') return [];
  const message = `${tenant} has ${unfinished} unfinished ${kind} jobs of yours, and Zuora runs ${limit} at once. Beyond that, jobs are queued here.`;
  return [{ ...common, code: 'tenant-nearly-full', message }];
}

/** Names what shares places: the jobs of one tenant and one kind. */
export function laneOf({ scope, session }: Pick<JobPlan, 'scope'> & Pick<JobSummary, 'session'>): string {
  return laneName(scope, session !== undefined);
}

function laneName({ tenant, origin }: Pick<JobScope, 'tenant' | 'origin'>, stateful: boolean): string {
  return JSON.stringify([tenant, origin, stateful]);
}

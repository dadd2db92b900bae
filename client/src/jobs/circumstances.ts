// What only the list of jobs can tell of a job that is about to be sent.
import { concurrencyFindings, concurrencyOf } from './concurrency';
import type { ConfirmedTenant } from './confirmation';
import type { MoreFindings } from './proposal';
import type { JobStore } from './store';
import { recentJobs, twinFindings, twinOf } from './twin';

/** How many jobs of the tenant are unfinished, and whether the same was submitted a moment ago. */
export async function circumstancesOf(
  store: Pick<JobStore, 'all' | 'open' | 'loadUnfinished'>,
  { name, origin }: Pick<ConfirmedTenant, 'name' | 'origin'>,
): Promise<MoreFindings> {
  await store.loadUnfinished();
  const now = Date.now();
  const recent = await recentJobs(store, { tenant: name, origin }, now);
  return plans => {
    const [first] = plans;
    if (!first) return [];
    const stateful = first.session !== undefined;
    return [
      ...concurrencyFindings(concurrencyOf(store.all(), first.scope, stateful, now), name, stateful),
      ...plans.flatMap(plan => twinFindings(twinOf(recent, plan), now)),
    ];
  };
}

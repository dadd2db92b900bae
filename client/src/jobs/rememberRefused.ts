import type { Catalogue } from '../../../server/src/zoql/index';
import type { Metadata } from '../tenants/metadata/metadata';
import type { Clock } from '../zuora/clock';
import type { JobScope } from '../zuora/scope';
import { refusedFieldsOf } from './refusedFields';
import type { JobStore } from './store';
import { hasVerdict } from './zuoraErrors';

export interface RememberRefusedOptions {
  readonly store: Pick<JobStore, 'find' | 'open' | 'watch'>;
  readonly metadata: Pick<Metadata, 'refuse'>;
  /** The names that the tenant of a scope has. */
  readonly catalogue: (scope: JobScope) => Promise<Catalogue>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** The history tells of its jobs when it is read; what they were refused long ago may have changed since. */
const newsForMs = 60_000;

/** Has fields that a job was refused for remembered for its tenant, from now on. The returned function ends it. */
export function rememberRefused({ store, metadata, catalogue, clock, onError }: RememberRefusedOptions): () => void {
  return store.watch(keys => {
    for (const key of keys) remember(key).catch(onError);
  });

  async function remember(key: string): Promise<void> {
    const summary = store.find(key);
    const isNews = summary && clock.now() - summary.updatedAt < newsForMs;
    const isRefusal = summary?.phase === 'refused' || (summary?.phase === 'finished' && 0 < summary.counts.failed);
    if (!isNews || !isRefusal || !hasVerdict(summary)) return;
    const job = await store.open(key);
    if (!job) return;
    for (const field of refusedFieldsOf(job, await catalogue(job.scope))) await metadata.refuse(job.scope, field);
  }
}

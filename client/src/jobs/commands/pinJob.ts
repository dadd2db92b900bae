import type { App } from '../../app';
import { annotate } from '../annotate';
import { pickJob } from '../pick';

/** ZOQL: Pin Job. It stands above the other jobs of its tenant, and is kept when old ones are removed. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job to pin',
    words: ['unpinned'],
    none: 'There is no job that is not pinned.',
  });
  if (job) await annotate(app, job, { pinned: true });
}

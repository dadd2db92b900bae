import type { App } from '../../app';
import { annotate } from '../annotate';
import { pickJob } from '../pick';

/** ZOQL: Unpin Job. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job to unpin',
    words: ['pinned'],
    none: 'No job is pinned.',
  });
  if (job) await annotate(app, job, { pinned: false });
}

import type { App } from '../../app';
import { copyFromList } from '../copy';
import { pickJob } from '../pick';

/** ZOQL: Copy Other ID…. One of all that a job has: of batches and of result files too, or all of a kind, one a line. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job of which an ID is copied',
    words: ['withId'],
    none: 'There is no job with an ID yet.',
  });
  if (job) await copyFromList(job);
}

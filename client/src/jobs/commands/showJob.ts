import type { App } from '../../app';
import { pickJob } from '../pick';

/** ZOQL: Show Job. Its line in the view, from a problem or picked from a list. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job to show in the view',
    words: ['job'],
    none: 'There is no job yet.',
  });
  if (job) await app.reveal({ kind: 'job', key: job.key });
}

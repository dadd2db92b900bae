import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { pickJob } from '../pick';
import { refresh } from '../refresh';

/** ZOQL: Refresh Job. Asks Zuora for one job, in whatever state it is. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const job = await pickJob(app, given, {
    placeholder: 'The job to ask Zuora for',
    words: ['refreshable'],
    none: 'There is no job with an ID yet.',
  });
  if (job) await refresh(app, [job.key]);
}

import type { App } from '../../app';
import { copy, copyFromList } from '../copy';
import { rowsOf } from '../describe';
import { idOrKey } from '../ids';
import { isNode, pickJob } from '../pick';

/**
 * ZOQL: Copy ID. The id of a job or of a batch, as Zuora gave it; of a job whose answer is lost, its Idempotency-Key. From
 * the palette first the job is picked, then which of its ids.
 */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isNode(given)) {
    const job = await pickJob(app, undefined, {
      placeholder: 'The job of which an ID is copied',
      words: ['withId'],
      none: 'There is no job with an ID yet.',
    });
    return job && copyFromList(job);
  }
  const { store } = await app.parts();
  const job = await store.open(given.key);
  const id = given.kind === 'job' ? job && idOrKey(job) : job && rowsOf(job)[given.index]?.batch?.batchId;
  if (id !== undefined) await copy(id);
}

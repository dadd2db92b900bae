import type { App } from '../../app';
import { isNode } from '../pick';
import { copyAsCurl } from '../previews';
import { planToShow, withRequest } from '../requestToShow';

/** ZOQL: Copy as cURL. Of a job's line the request as it was sent, else what a submit would send now. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (isNode(given)) {
    const { store } = await app.parts();
    const job = withRequest(await store.open(given.key));
    if (job) await copyAsCurl(job, job.attempt.idempotencyKey);
    return;
  }
  const plan = await planToShow(app);
  if (plan) await copyAsCurl(plan);
}

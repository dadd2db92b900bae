import type { App } from '../../app';
import { isNode } from '../pick';
import { showPreview, showSentRequest } from '../previews';
import { planToShow, withRequest } from '../requestToShow';

/** ZOQL: Preview Request. Of a job's line the request as it was sent, else what a submit would send now. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (isNode(given)) {
    const { store } = await app.parts();
    const job = withRequest(await store.open(given.key));
    if (job) await showSentRequest(job);
    return;
  }
  const plan = await planToShow(app);
  if (plan) await showPreview(plan);
}

import type { App } from '../../app';
import { resubmit } from '../resubmit';

/** ZOQL: Resubmit Failed Batches. A new job of the queries that gave no result. */
export async function run(app: App, given?: unknown): Promise<void> {
  await resubmit(app, given, 'failed');
}

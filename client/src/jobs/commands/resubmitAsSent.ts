import type { App } from '../../app';
import { resubmit } from '../resubmit';

/** ZOQL: Resubmit as Sent. The same queries and options, byte by byte, as a new job. */
export async function run(app: App, given?: unknown): Promise<void> {
  await resubmit(app, given, 'as-sent');
}

import type { App } from '../../app';
import { resubmit } from '../resubmit';

/** ZOQL: Resubmit as Edited Now. The statements that a job was made of, as they are in their files now. */
export async function run(app: App, given?: unknown): Promise<void> {
  await resubmit(app, given, 'edited');
}

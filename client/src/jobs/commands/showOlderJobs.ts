import type { App } from '../../app';
import { isPlace } from '../pick';

/** Behind the last line of a tenant of which not all jobs are shown; the focus goes to the first one that comes. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isPlace(given)) return;
  const first = await app.tree.showOlder(given);
  if (first) await app.reveal(first, { focus: true });
}

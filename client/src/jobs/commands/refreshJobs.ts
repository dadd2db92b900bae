import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { isSettled } from '../model';
import { refresh } from '../refresh';

/**
 * ZOQL: Refresh Jobs. Asks Zuora for all jobs that have no end yet. What VS Code hands over is ignored: the button of the
 * view's title comes with whichever line has the focus.
 */
export async function run(app: App): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const { store } = await app.parts();
  await app.loadHistory();
  const unfinished = store.all().filter(job => !isSettled(job));
  await refresh(
    app,
    unfinished.map(({ key }) => key),
  );
}

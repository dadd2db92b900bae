import * as vscode from 'vscode';
import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { sentence } from '../../words';
import { isSettled } from '../model';
import { isNode } from '../pick';

/** ZOQL: Refresh. Asks Zuora for one job in whatever state it is, or for all that have no end yet. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const parts = await app.parts();
  const { poller, store } = parts;
  await parts.resume();
  await store.load();
  const keys = isNode(given)
    ? [given.key]
    : store
        .all()
        .filter(job => !isSettled(job))
        .map(job => job.key);
  const outcomes = await vscode.window.withProgress({ location: { viewId: 'zoql.jobs' } }, () =>
    Promise.all(keys.map(async key => ({ key, outcome: await poller.refresh(key) }))),
  );
  for (const { key, outcome } of outcomes) {
    const scope = store.get(key)?.scope;
    if (outcome.ok || !scope) continue;
    // Several jobs that fail together fail for one reason.
    const { tenant, origin } = scope;
    void vscode.window.showErrorMessage(sentence(outcome.failure, { action: 'refresh', tenant, origin }));
    return;
  }
}

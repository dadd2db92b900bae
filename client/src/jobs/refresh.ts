import * as vscode from 'vscode';
import type { App } from '../app';
import { sentence } from '../words';

/** Asks Zuora for these jobs behind the view's progress bar, and says what went wrong. */
export async function refresh(app: App, keys: readonly string[]): Promise<void> {
  const parts = await app.parts();
  const { poller, store } = parts;
  await parts.resume();
  const outcomes = await vscode.window.withProgress({ location: { viewId: 'zoql.jobs' } }, () =>
    Promise.all(keys.map(async key => ({ key, outcome: await poller.refresh(key) }))),
  );
  for (const { key, outcome } of outcomes) {
    const scope = store.find(key)?.scope;
    if (outcome.ok || !scope) continue;
    // Several jobs that fail together fail for one reason.
    const { tenant, origin } = scope;
    void vscode.window.showErrorMessage(sentence(outcome.failure, { action: 'refresh', tenant, origin }));
    return;
  }
}

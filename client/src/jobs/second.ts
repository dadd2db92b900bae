import * as vscode from 'vscode';
import type { App } from '../app';
import type { JobPlan } from './model';
import { isUnderWay, recentTwin, twinInWords } from './twin';

/**
 * True when a person agrees to submit what goes on already: two submits make two jobs. The first can be another
 * window's, which may have written it down while this one was asked to confirm; so the journal is looked at once more.
 * What was there `before` that (ms since 1970) the confirmation has told.
 */
export async function agreedToSecond(app: App, plan: JobPlan, before: number): Promise<boolean> {
  const { store } = await app.parts();
  await store.loadUnfinished();
  const twin = await recentTwin(store, plan, Date.now());
  if (!twin || twin.createdAt < before || !isUnderWay(twin)) return true;
  const submit = 'Submit a Second Time';
  const detail = twinInWords(twin, Date.now());
  const answer = await vscode.window.showWarningMessage('Submit a second time?', { modal: true, detail }, submit);
  if (answer !== submit) await app.reveal({ kind: 'job', key: twin.key });
  return answer === submit;
}

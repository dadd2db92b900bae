import * as vscode from 'vscode';
import type { App } from '../app';
import type { JobSummary, Written } from './model';
import { resultsFolder } from './results';

/** Forgets a job and deletes the results of it that were opened. Zuora's job is not touched. */
export async function removeFromList(app: App, job: JobSummary): Promise<Written<void>> {
  const { store } = await app.parts();
  const removed = await store.remove(job.key);
  if (!removed.ok) return removed;
  await vscode.workspace.fs.delete(resultsFolder(app, job), { recursive: true }).then(undefined, () => undefined);
  return removed;
}

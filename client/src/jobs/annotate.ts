import * as vscode from 'vscode';
import type { App } from '../app';
import { jobLabel } from './describe';
import type { JobSummary } from './model';
import type { JobChange } from './records';

/** Writes down what a person says of a job, and says where that is not possible. */
export async function annotate(
  app: App,
  job: JobSummary,
  change: Omit<JobChange & { readonly kind: 'annotated' }, 'kind'>,
): Promise<void> {
  const { store } = await app.parts();
  const written = await store.record(job.key, { kind: 'annotated', ...change });
  if (written.ok) return;
  void vscode.window.showWarningMessage(
    `This could not be written down for ${jobLabel(job)}: ${written.fault.message}. It holds until the window closes.`,
  );
}

import * as vscode from 'vscode';
import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { withProgress } from '../../progress';
import { cancelAtZuora } from '../cancellation';
import { jobLabel } from '../describe';
import type { Job } from '../model';
import { pickJob } from '../pick';

/** ZOQL: Cancel Job. Batches that are complete keep their results; a queued job is not sent at all. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('cancel jobs')) return;
  const job = await pickJob(app, given, {
    placeholder: 'The job to cancel',
    words: ['cancelable'],
    none: 'No job is running or queued.',
  });
  if (job?.phase === 'queued') return withdraw(app, job);
  if (job?.id === undefined) return;
  const { id, scope } = job;
  const cancel: vscode.MessageItem = { title: 'Cancel Job' };
  const answer = await vscode.window.showWarningMessage(
    `Cancel the job ${jobLabel(job)} on ${scope.tenant}?`,
    { modal: true, detail: `Job ID: ${id}\n\nResults of batches that are complete stay. The job cannot be resumed.` },
    cancel,
    { title: 'Keep It Running', isCloseAffordance: true }, // Instead of a second "Cancel".
  );
  if (answer !== cancel) return;

  const parts = await app.parts();
  const words = await withProgress(`Canceling ${jobLabel(job)}`, signal =>
    cancelAtZuora(parts, { ...job, id }, signal),
  );
  if (words?.kind === 'information') void vscode.window.showInformationMessage(words.message);
  if (words?.kind === 'error') void vscode.window.showErrorMessage(words.message);
}

/** Nothing is lost by it: what was never sent can be sent again. So nobody is asked. */
async function withdraw(app: App, job: Job): Promise<void> {
  const { submitter } = await app.parts();
  const withdrawn = await submitter.withdraw(job.key);
  if (!withdrawn.ok) {
    void vscode.window.showErrorMessage(
      `${jobLabel(job)} is still queued, because that could not be written down: ${withdrawn.fault.message}.`,
    );
  } else if (!withdrawn.value) {
    void vscode.window.showInformationMessage(`${jobLabel(job)} was just being sent. Cancel it when it has its ID.`);
  }
}

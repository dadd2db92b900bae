import * as vscode from 'vscode';
import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { jobLabel } from '../describe';
import { targetOf, type Job } from '../model';
import { pickJob } from '../pick';

/** Zuora's code for canceling a job that is complete already (AQuA API error codes). */
const alreadyComplete = '90003';

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
  const { key, id, scope } = job;
  const cancel: vscode.MessageItem = { title: 'Cancel Job' };
  const answer = await vscode.window.showWarningMessage(
    `Cancel the job ${jobLabel(job)} on ${scope.tenant}?`,
    { modal: true, detail: `Job ID: ${id}\n\nResults of batches that are complete stay. The job cannot be resumed.` },
    cancel,
    { title: 'Keep It Running', isCloseAffordance: true }, // Instead of a second "Cancel".
  );
  if (answer !== cancel) return;

  const { client, poller, store } = await app.parts();
  const outcome = await withProgress(`Canceling ${jobLabel(job)}`, signal => client.cancel(targetOf(job), id, signal));
  if (outcome.ok) await store.applyAnswer(key, outcome.value);
  else if (outcome.failure.kind === 'rejected' && outcome.failure.code === alreadyComplete) {
    void vscode.window.showInformationMessage(`${jobLabel(job)} was complete before it could be canceled.`);
  } else {
    const { tenant, origin } = scope;
    void vscode.window.showErrorMessage(sentence(outcome.failure, { action: 'cancel', tenant, origin }));
  }
  // The answer to a cancel says little of the batches; the job itself says all.
  await poller.refresh(key);
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

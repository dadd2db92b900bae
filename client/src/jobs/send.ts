import * as vscode from 'vscode';
import type { App } from '../app';
import { withProgress } from '../progress';
import { sentence } from '../words';
import { jobLabel, problemOf, queuedInWords } from './describe';
import type { Job, Written } from './model';
import type { SubmitOptions, SubmitStep } from './submit';
import { openSource } from './sources';

const showLog = 'Show Log';

/** Sends a job behind a progress bar, shows it in the view, and says how it ended. */
export async function sendWithProgress(
  app: App,
  title: string,
  send: (options: SubmitOptions) => Promise<Written<Job | undefined>>,
): Promise<void> {
  const { store } = await app.parts();
  const written = await withProgress(title, (signal, report) =>
    send({ signal, progress: step => report(stepInWords(step)) }),
  );
  if (!written.ok) {
    void vscode.window.showErrorMessage(
      `Nothing was sent, because the job could not be written down first: ${written.fault.message}.`,
    );
    return;
  }
  const job = written.value && store.get(written.value.key);
  if (!job) return; // Removed from the list meanwhile.
  await app.reveal({ kind: 'job', key: job.key });
  void tell(app, job); // The submit has ended; its message may stand for as long as it likes.
}

function stepInWords(step: SubmitStep): string {
  switch (step.kind) {
    case 'sending':
      return step.attempt === 1 ? '' : `try ${step.attempt}`;
    case 'waiting':
      return `no success yet, trying again in ${Math.ceil(step.milliseconds / 1000)} s`;
  }
}

async function tell(app: App, job: Job): Promise<void> {
  const { tenant, origin } = job.scope;
  const why = problemOf(job) ?? '';
  switch (job.phase) {
    case 'running':
    case 'finished':
    case 'gone': {
      const copy = 'Copy Job ID';
      const message = `${jobLabel(job)} was submitted to ${tenant}. Job ID: ${job.id ?? ''}`;
      const choice = await vscode.window.showInformationMessage(message, copy, showLog);
      if (choice === copy) await vscode.env.clipboard.writeText(job.id ?? '');
      if (choice === showLog) app.log.show();
      return;
    }
    case 'refused':
      return tellRefusal(app, job);
    case 'not-sent':
      if (job.failure?.kind === 'canceled') {
        void vscode.window.showInformationMessage(sentence(job.failure, { action: 'submit', tenant, origin }));
        return;
      }
      return offerLog(app, vscode.window.showErrorMessage(why, showLog));
    case 'unknown': {
      const waysOut: Readonly<Record<string, string>> = {
        'Send Again': 'zoql.sendAgain',
        'Adopt by ID…': 'zoql.adoptUnknown',
        'Give Up': 'zoql.giveUp',
      };
      const choice = await vscode.window.showWarningMessage(why, ...Object.keys(waysOut));
      const command = choice === undefined ? undefined : waysOut[choice];
      if (command !== undefined) await vscode.commands.executeCommand(command, { kind: 'job', key: job.key });
      return;
    }
    case 'queued':
      void vscode.window.showInformationMessage(queuedInWords(job));
      return;
    case 'given-up':
    case 'sending':
      return; // Another window has taken it over and shows how it goes.
  }
}

/** Zuora's 90005 names the query that it could not read: then the way to it is one click. */
async function tellRefusal(app: App, job: Job): Promise<void> {
  const { failure } = job;
  const culprit = failure?.kind === 'rejected' ? failure.culprit?.query.trim() : undefined;
  const query = culprit === undefined ? undefined : job.queries.find(each => each.query.trim() === culprit);
  const message = problemOf(job) ?? 'Zuora refused the job.';
  if (!query) return offerLog(app, vscode.window.showErrorMessage(message, showLog));
  const open = 'Go to Query';
  const choice = await vscode.window.showErrorMessage(message, open, showLog);
  if (choice === open) await openSource(query);
  if (choice === showLog) app.log.show();
}

async function offerLog(app: App, answer: Thenable<string | undefined>): Promise<void> {
  if ((await answer) === showLog) app.log.show();
}

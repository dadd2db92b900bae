import * as vscode from 'vscode';
import { openDocument } from '../../../server/src/zoql/index';
import type { App } from '../app';
import { withProgress } from '../progress';
import { faultSentence, sentence } from '../words';
import { jobLabel, problemOf, queuedInWords } from './describe';
import { jobProblems } from './jobProblems';
import type { Job, JobPlan, Written } from './model';
import { partsInWords } from './partsInWords';
import type { SubmitOptions, SubmitStep } from './submit';
import { openSource } from './sources';
import { verdictOf } from './zuoraErrors';

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
    void vscode.window.showErrorMessage(faultSentence(written.fault, 'submit'));
    return;
  }
  const job = written.value && store.get(written.value.key);
  if (!job) return; // Removed from the list meanwhile.
  await app.reveal({ kind: 'job', key: job.key });
  void tell(app, job); // The submit has ended; its message may stand for as long as it likes.
}

/**
 * Sends the jobs of one submit one after another behind one progress bar. Each is written down before it is sent; one
 * that fails stops no other, and where a person cancels, the rest is kept as not sent.
 */
export async function sendParts(app: App, title: string, plans: readonly JobPlan[]): Promise<void> {
  const { store, submitter } = await app.parts();
  const results = await withProgress(title, async (signal, report) => {
    const written: Written<Job>[] = [];
    for (const [place, plan] of plans.entries()) {
      const progress = (step: SubmitStep) =>
        report([`job ${place + 1} of ${plans.length}`, stepInWords(step)].filter(Boolean).join(', '));
      written.push(await submitter.submit(plan, { signal, progress }));
    }
    return written;
  });
  const jobs = results.map(result => (result.ok ? (store.get(result.value.key) ?? result.value) : result.fault));
  const [first] = jobs.filter(job => 'key' in job);
  if (first) await app.reveal({ kind: 'job', key: first.key });
  const { message, complete } = partsInWords(jobs, plans[0]?.scope.tenant ?? '');
  const tellParts = complete ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void offerLog(app, tellParts(message, showLog));
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
      return offerLogOrDiagnosis(app, tenant, why);
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

/** Where Zuora names the query that it could not read, the way to the word is one click. */
async function tellRefusal(app: App, job: Job): Promise<void> {
  const message = problemOf(job) ?? 'Zuora refused the job.';
  const parts = await app.parts();
  const catalogue = await parts.catalogue();
  const [error] = verdictOf(job, catalogue).errors;
  const query = error && job.queries[error.query];
  if (!query) return offerLog(app, vscode.window.showErrorMessage(message, showLog));
  const open = 'Go to Query';
  const choice = await vscode.window.showErrorMessage(message, open, showLog);
  const { uri } = query.source;
  const find = (text: string) =>
    jobProblems(uri, openDocument(text), [job], catalogue).find(each => each.query === error.query);
  if (choice === open) await openSource(query, find);
  if (choice === showLog) app.log.show();
}

async function offerLogOrDiagnosis(app: App, tenant: string, message: string): Promise<void> {
  const diagnose = 'Diagnose Connection';
  const choice = await vscode.window.showErrorMessage(message, diagnose, showLog);
  if (choice === diagnose) await vscode.commands.executeCommand('zoql.diagnoseConnection', tenant);
  if (choice === showLog) app.log.show();
}

async function offerLog(app: App, answer: Thenable<string | undefined>): Promise<void> {
  if ((await answer) === showLog) app.log.show();
}

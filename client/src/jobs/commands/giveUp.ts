import * as vscode from 'vscode';
import type { App } from '../../app';
import type { Failure } from '../../zuora/outcome';
import { jobLabel } from '../describe';
import { pickJob } from '../pick';

/** ZOQL: Give Up. Leaves it at that: the job stays in the list, and whether Zuora made it stays open. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job whose fate is left open',
    words: ['unknown'],
    none: 'No job is unknown.',
  });
  if (job?.phase !== 'unknown') return;
  const giveUp = 'Give Up';
  const detail = `Zuora may have made it on ${job.scope.tenant}. It stays in the list and is not sent again; Adopt by ID… still ties it to Zuora's job.`;
  const answer = await vscode.window.showWarningMessage(`Give up ${jobLabel(job)}?`, { modal: true, detail }, giveUp);
  if (answer !== giveUp) return;
  const { store } = await app.parts();
  // Another window, or a late answer, may have told more meanwhile.
  if (store.find(job.key)?.phase !== 'unknown') return;
  await store.record(job.key, { kind: 'ended', phase: 'given-up', failure: job.failure ?? noAnswer });
}

const noAnswer: Failure = { kind: 'network', message: 'no answer was written down', sent: 'maybe' };

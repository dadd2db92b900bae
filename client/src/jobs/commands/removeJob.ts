import * as vscode from 'vscode';
import type { App } from '../../app';
import { faultSentence } from '../../words';
import { jobLabel } from '../describe';
import type { Job } from '../model';
import { pickJob } from '../pick';
import { removeFromList } from '../remove';

/** ZOQL: Remove from List. Zuora's job is not touched; what is forgotten is where it was. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job to remove from the list',
    words: ['removable'],
    none: 'There is no job in the list.',
  });
  if (!job || !(await agreed(job))) return;
  const removed = await removeFromList(app, job);
  if (!removed.ok) void vscode.window.showErrorMessage(`${jobLabel(job)}: ${faultSentence(removed.fault, 'remove')}`);
}

/** Zuora cannot list jobs, so an entry whose job may still matter is not thrown away by a slip. */
async function agreed(job: Job): Promise<boolean> {
  const detail = whatIsLost(job);
  if (detail === undefined) return true;
  const remove = 'Remove';
  const message = `Remove ${jobLabel(job)} from the list?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) === remove;
}

function whatIsLost({ phase, id }: Job): string | undefined {
  switch (phase) {
    case 'unknown':
      return 'Zuora may have made the job. Without this entry it cannot be sent again without the risk of a second one.';
    case 'running':
      return `It goes on at Zuora. Without its ID, ${id ?? ''}, it cannot be found again.`;
    case 'given-up':
      return 'Zuora may have made the job. Without this entry its ID cannot be tied to these queries any more.';
    case 'queued':
      return 'It waits for a place on its tenant. Without this entry it is not sent.';
    case 'sending':
    case 'finished':
    case 'refused':
    case 'not-sent':
    case 'gone':
      return undefined;
  }
}

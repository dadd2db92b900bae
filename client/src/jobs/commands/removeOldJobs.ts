import * as vscode from 'vscode';
import type { App } from '../../app';
import { withProgress } from '../../progress';
import { amount, inJobs } from '../describe';
import type { JobSummary } from '../model';
import { oldJobs, removableAfterDays } from '../old';
import { removeFromList } from '../remove';

/** ZOQL: Remove Finished Jobs Older Than…. Jobs at Zuora are not touched; pinned and unknown ones stay in the list. */
export async function run(app: App): Promise<void> {
  const { store } = await app.parts();
  await app.loadHistory();
  const choice = await pickAge(store.all());
  if (!choice) return;
  const { days, jobs } = choice;
  const remove = 'Remove';
  const message = `Remove ${inJobs(jobs.length)} from the list?`;
  const detail = `They have ended and were submitted more than ${days} days ago. Zuora cannot list jobs: without these entries their IDs are forgotten. Pinned and unknown jobs stay.`;
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;

  let removed = 0;
  const problem = await withProgress(`Removing ${inJobs(jobs.length)}`, async (signal, report) => {
    for (const job of jobs) {
      if (signal.aborted) return undefined;
      const written = await removeFromList(app, job);
      if (!written.ok) return written.fault.message;
      removed++;
      if (removed % 50 === 0) report(`${amount(removed)} done`);
    }
    return undefined;
  });
  const rest = jobs.length - removed;
  const done = `${inJobs(removed)} ${removed === 1 ? 'was' : 'were'} removed from the list`;
  if (problem !== undefined) {
    void vscode.window.showErrorMessage(`${done}, then the disk refused: ${problem}. ${inJobs(rest)} stay.`);
  } else {
    void vscode.window.showInformationMessage(0 < rest ? `Canceled: ${done}, ${inJobs(rest)} stay.` : `${done}.`);
  }
}

async function pickAge(
  all: readonly JobSummary[],
): Promise<{ readonly days: number; readonly jobs: readonly JobSummary[] } | undefined> {
  const items = removableAfterDays.flatMap(days => {
    const jobs = oldJobs(all, days, Date.now());
    return jobs.length === 0 ? [] : [{ label: `${days} days`, description: inJobs(jobs.length), days, jobs }];
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      `No job is older than ${removableAfterDays[0]} days and free to go: jobs that run, are pinned or unknown stay.`,
    );
    return undefined;
  }
  return vscode.window.showQuickPick(items, {
    placeHolder: 'Remove finished jobs that were submitted before more than…',
  });
}

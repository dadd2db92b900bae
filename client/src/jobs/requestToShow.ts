// Which request the commands show: what would be submitted now, or what a job was sent with.
import * as vscode from 'vscode';
import { languageId } from '../../../server/src/protocol';
import type { App } from '../app';
import { collectOpenDocuments } from './collect';
import { firstConfirmation, obstacles } from './confirmation';
import { jobLabel } from './describe';
import type { Job, JobPlan } from './model';
import { createPlanner, type SubmitSource } from './planner';
import { activeTenant, confirmedTenant } from './submission';

/** What a submit would send now of the active file or of all that is open; undefined after saying why there is nothing. */
export async function planToShow(app: App): Promise<JobPlan | undefined> {
  const profile = await activeTenant(app);
  const source = profile && (await pickSource());
  if (!source) return undefined;
  const planner = createPlanner(app, source, confirmedTenant({ profile, fromEnvironment: false }));
  const proposal = await planner.propose();
  if (!proposal) return undefined;
  const confirmation = firstConfirmation(proposal);
  const [plan] = confirmation.plans;
  const [obstacle] = obstacles(confirmation);
  if (plan && !obstacle) return plan;
  void vscode.window.showWarningMessage(
    `There is no request to show yet. ${obstacle?.message ?? 'No query is without an error.'} Submit as AQuA Job lists what can be done.`,
  );
  return undefined;
}

/** Asks only where the active file is not all that is open. */
async function pickSource(): Promise<SubmitSource | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId !== languageId) return { kind: 'open' };
  const ofFile: SubmitSource = { kind: 'files', uris: [active.uri] };
  const open = await collectOpenDocuments();
  if (!open.ok || open.documents.length <= 1) return ofFile;
  const name = active.uri.path.slice(active.uri.path.lastIndexOf('/') + 1);
  const choices: readonly { readonly label: string; readonly source: SubmitSource }[] = [
    { label: `All ${open.documents.length} open files`, source: { kind: 'open' } },
    { label: name, source: ofFile },
  ];
  return (await vscode.window.showQuickPick(choices, { placeHolder: 'The request of which files?' }))?.source;
}

/** The job, if its request is known; says so where it is not. */
export function withRequest(job: Job | undefined): Job | undefined {
  if (!job || job.request.body !== '') return job;
  void vscode.window.showInformationMessage(
    `${jobLabel(job)} was sent from elsewhere and only found by its ID, so nobody here knows its request.`,
  );
  return undefined;
}

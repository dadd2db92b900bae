import * as vscode from 'vscode';
import { idsOf } from './ids';
import type { Job } from './model';

/** Puts a text on the clipboard and says so. */
export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const lines = text.split('\n').length;
  vscode.window.setStatusBarMessage(`$(copy) Copied ${lines === 1 ? text : `${lines} IDs`}`, 3_000);
}

/** Copies what a person picks of all that a job has. */
export async function copyFromList(job: Job): Promise<void> {
  const items = idsOf(job).map(({ label, text }) => {
    const lines = text.split('\n');
    return { label, description: lines.length === 1 ? text : `${lines.length} IDs, one a line`, text };
  });
  if (items.length === 0) return void vscode.window.showInformationMessage('This job has no ID yet.');
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'The ID to copy', matchOnDescription: true });
  if (picked) await copy(picked.text);
}

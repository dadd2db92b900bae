import * as vscode from 'vscode';
import type { App } from '../../app';
import type { ResultKind } from '../resultFiles';
import { resultFileNames } from '../resultFiles';
import { batchWithResult, download, kindOfFile, resultsFolder } from '../results';

/** ZOQL: Open Result. CSV as text; an archive is downloaded and shown where it lies. */
export async function run(app: App, given?: unknown): Promise<void> {
  const choice = await batchWithResult(app, given, 'The batch whose result is opened');
  if (!choice) return;
  const names = resultFileNames(choice.job, choice.row);
  const file = names.length === 1 ? 0 : await pickSegment(names);
  const [id, name] = [choice.fileIds[file ?? -1], names[file ?? -1]];
  if (id === undefined || name === undefined) return;

  const target = vscode.Uri.joinPath(resultsFolder(app, choice.job), id, name);
  // A file of this id never changes, and Zuora deletes it after three days: what is here is as good as a new download.
  if ((await kindOfFile(target.fsPath)) === undefined) {
    if (!(await download(app, choice.job, [{ id, target: target.fsPath }]))) return;
  }
  await show(target, (await kindOfFile(target.fsPath)) ?? 'text');
}

async function pickSegment(names: readonly string[]): Promise<number | undefined> {
  const items = names.map((label, index) => ({ label, index }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'The part of the result to open' });
  return picked?.index;
}

async function show(target: vscode.Uri, kind: ResultKind): Promise<void> {
  switch (kind) {
    case 'text':
      // Not openTextDocument: that refuses files over 50 MB, which the editor itself can show.
      await vscode.commands.executeCommand('vscode.open', target, { preview: true });
      return;
    case 'gzip':
    case 'zip':
      return void tell(target, `a ${kind} archive`);
    case 'binary':
      return void tell(target, 'not text');
  }
}

async function tell(target: vscode.Uri, what: string): Promise<void> {
  const reveal = 'Open Folder';
  const message = `The result is ${what}. It was downloaded to ${target.fsPath}.`;
  if ((await vscode.window.showInformationMessage(message, reveal)) !== reveal) return;
  await vscode.commands.executeCommand('revealFileInOS', target);
}

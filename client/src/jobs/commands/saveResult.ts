import path from 'node:path';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { App } from '../../app';
import { resultFileNames } from '../resultFiles';
import { batchWithResult, download } from '../results';

/** ZOQL: Save Result As…. The file as Zuora made it; a result in segments goes into a folder. */
export async function run(app: App, given?: unknown): Promise<void> {
  const choice = await batchWithResult(app, given, 'The batch whose result is saved');
  if (!choice) return;
  const names = resultFileNames(choice.job, choice.row);
  const targets = await (names.length === 1 ? askForFile(names[0] ?? '') : askForFolder(names));
  if (!targets) return;
  const files = choice.fileIds.map((id, index) => ({ id, target: targets[index] ?? '' }));
  if (!(await download(app, choice.job, files))) return;
  void tell(targets);
}

async function tell(targets: readonly string[]): Promise<void> {
  const [first = ''] = targets;
  const reveal = 'Open Folder';
  const saved = targets.length === 1 ? first : `${targets.length} files in ${path.dirname(first)}`;
  const answer = await vscode.window.showInformationMessage(`Saved ${saved}.`, reveal);
  if (answer === reveal) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(first));
}

async function askForFile(name: string): Promise<string[] | undefined> {
  const target = await vscode.window.showSaveDialog({
    title: 'Save Result',
    defaultUri: vscode.Uri.joinPath(startFolder(), name),
  });
  return target && onDisk(target) ? [target.fsPath] : undefined;
}

async function askForFolder(names: readonly string[]): Promise<string[] | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: `Folder for the ${names.length} files of the result`,
      openLabel: 'Save Here',
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: startFolder(),
    })) ?? [];
  if (!folder || !onDisk(folder)) return undefined;
  const targets = names.map(name => path.join(folder.fsPath, name));
  const existing = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  const taken = names.filter(name => existing.has(name));
  if (taken.length === 0) return targets;
  const replace = 'Replace';
  const answer = await vscode.window.showWarningMessage(
    `Replace ${taken.length === 1 ? taken[0] : `${taken.length} files`} in ${folder.fsPath}?`,
    { modal: true, detail: taken.join('\n') },
    replace,
  );
  return answer === replace ? targets : undefined;
}

function onDisk(target: vscode.Uri): boolean {
  if (target.scheme === 'file') return true;
  void vscode.window.showErrorMessage(`Results can be saved to a folder on disk only, not to ${target.scheme}.`);
  return false;
}

function startFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return folder?.uri ?? vscode.Uri.file(homedir());
}

import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { until } from './until';

/** The window's folder: a copy of the samples, which the windows of a run share. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the window has a folder');
  return folder.uri;
}

/** The folder that holds everything of this run: the samples, and VS Code's own data. */
export function dataFolder(): string {
  return path.dirname(workspaceFolder().fsPath);
}

/** The extension's folder for jobs that may still change, below VS Code's global storage. */
export function journalFolder(): string {
  return path.join(dataFolder(), 'data', 'User', 'globalStorage', 'zoql.zoql', 'jobs');
}

/** Where one window tells the next which job it has left under way. */
export function unfinishedJobFile(): string {
  return path.join(dataFolder(), 'unfinished-job');
}

/**
 * Writes a file into the window's folder and answers its document, which gets no tab.
 *
 * Files rather than untitled documents: those with text get a tab by themselves, and would be submitted later.
 */
export async function openText(name: string, text: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(await writeText(name, text));
}

/** As `openText`, in a tab that stays, of the active editor group or of one further right. */
export async function showText(
  name: string,
  text: string,
  viewColumn: vscode.ViewColumn = vscode.ViewColumn.Active,
): Promise<vscode.TextDocument> {
  const document = await openText(name, text);
  await vscode.window.showTextDocument(document, { preview: false, viewColumn });
  return document;
}

/** Writes a file and gives it a tab behind the active one, as VS Code restores tabs: its text is not loaded. */
export async function openBehind(name: string, text: string): Promise<vscode.Uri> {
  const uri = await writeText(name, text);
  // `background` is missing in the command's typed options, but both hosts take it.
  await vscode.commands.executeCommand('vscode.open', uri, { background: true, preview: false });
  await until(tabNames, names => names.flat().includes(name), { what: `the tab of ${name}` });
  assert.ok(!isLoaded(uri), `nobody has looked at ${name}`);
  return uri;
}

export function isLoaded(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some(document => document.uri.toString() === uri.toString());
}

/** The names on the tabs, by editor group from left to right. */
export function tabNames(): readonly (readonly string[])[] {
  return [...vscode.window.tabGroups.all]
    .sort((one, other) => one.viewColumn - other.viewColumn)
    .map(group => group.tabs.map(tab => tab.label));
}

/** Closes all tabs; what was not saved is lost. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('_workbench.revertAllDirty');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until(tabNames, names => names.flat().length === 0, { what: 'no tab' });
}

/** Writes .vscode/settings.json as it comes with a cloned folder, and waits until `seen` finds it in force. */
export async function workspaceSettings(settings: object, seen: () => boolean): Promise<void> {
  await writeText('.vscode/settings.json', JSON.stringify(settings));
  await until(seen, Boolean, { what: `the settings ${JSON.stringify(settings)}` });
}

/** Lets the folder's settings say that files of this name are ZOQL. */
export async function associate(glob: string): Promise<void> {
  await workspaceSettings({ 'files.associations': { [glob]: 'zoql' } }, () => {
    const associations = vscode.workspace.getConfiguration('files').get<Record<string, string>>('associations');
    return associations?.[glob] === 'zoql';
  });
}

/** Replaces a part of a document's text in the editor only: what is on disk stays. */
export async function replaceUnsaved(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  edit.replace(document.uri, range, to);
  await vscode.workspace.applyEdit(edit);
  assert.ok(document.isDirty);
}

async function writeText(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

// Makes a finding go away: in the settings, in a file, or by showing the place where a person can.
import * as vscode from 'vscode';
import { ownersOnly } from '../config';
import type { FindingFix } from './findings';
import type { OpenDocument } from './plan';
import type { RequestSetting } from './settings';

type FixOf<Kind extends FindingFix['kind']> = FindingFix & { readonly kind: Kind };

/**
 * Writes the setting where it is set; one that is set nowhere is written beside `beside`, the setting that the finding is
 * about, else for the person.
 */
export async function setSetting({ setting, value }: FixOf<'set-setting'>, beside?: RequestSetting): Promise<void> {
  const target = placeOf(setting) ?? (beside && placeOf(beside)) ?? vscode.ConfigurationTarget.Global;
  try {
    await vscode.workspace.getConfiguration().update(setting, value, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`${setting} was not changed: ${reason} Nothing was sent.`);
  }
}

function placeOf(setting: RequestSetting): vscode.ConfigurationTarget | undefined {
  const found = vscode.workspace.getConfiguration().inspect(setting);
  if (found?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (found?.workspaceValue !== undefined && !ownersOnly.has(setting)) return vscode.ConfigurationTarget.Workspace;
  return found?.globalValue === undefined ? undefined : vscode.ConfigurationTarget.Global;
}

export async function openSetting(setting: RequestSetting): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
}

/** Edits a file in the editor, saved or not. Where its text is no longer the one that was planned, nothing is changed. */
export async function editFile({ uri, edits }: FixOf<'edit'>, planned: readonly OpenDocument[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const text = planned.find(each => each.uri === uri)?.text;
  if (document.getText() !== text) {
    void vscode.window.showInformationMessage('Nothing was changed: the text has just changed. Try again.');
    return;
  }
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
  }
  if (!(await vscode.workspace.applyEdit(change))) {
    void vscode.window.showErrorMessage(
      'The file was not changed: the editor refused the edit. Change it by hand. Nothing was sent.',
    );
  }
}

/** Shows a place of a file; `offset` counts in the text as it is now. */
export async function openPlace(
  { uri, offset }: Pick<FixOf<'open'>, 'uri' | 'offset'>,
  options: Pick<vscode.TextDocumentShowOptions, 'preserveFocus'> = {},
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const position = document.positionAt(offset);
  await vscode.window.showTextDocument(document, { ...options, selection: new vscode.Range(position, position) });
}

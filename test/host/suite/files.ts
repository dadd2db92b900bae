import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/**
 * Writes a file into the window's folder and answers its document, which gets no tab.
 *
 * Files rather than untitled documents: those with text get a tab by themselves, and would be submitted later.
 */
export async function openText(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the window has a folder');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

/** As `openText`, in a tab that stays. */
export async function showText(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await openText(name, text);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
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

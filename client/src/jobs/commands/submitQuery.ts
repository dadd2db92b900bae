import * as vscode from 'vscode';
import type { App } from '../../app';
import { submitFrom } from '../submission';

/**
 * ZOQL: Submit Query. Of the active file, the query at the cursor or all that the selections touch become one job; a
 * code lens gives the file, the position of its query, and the version of the text that the position is in.
 */
export async function run(app: App, uri?: unknown, position?: unknown, version?: unknown): Promise<void> {
  if (typeof uri === 'string' && isPosition(position)) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    if (version !== undefined && version !== document.version) {
      return void vscode.window.showInformationMessage(
        'Nothing was sent: the text has just changed, and another query may be there now. Click again.',
      );
    }
    const cursor = new vscode.Position(position.line, position.character);
    return submitFrom(app, { kind: 'statements', document, selections: [new vscode.Range(cursor, cursor)] });
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) return void vscode.window.showInformationMessage('No file is open in the editor.');
  await submitFrom(app, { kind: 'statements', document: editor.document, selections: editor.selections });
}

/** As the Language Server Protocol writes it. */
function isPosition(given: unknown): given is { readonly line: number; readonly character: number } {
  return typeof given === 'object' && given !== null && 'line' in given && 'character' in given;
}

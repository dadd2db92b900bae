import * as vscode from 'vscode';
import { languageId } from '../../../../server/src/protocol';
import { contextOf } from '../../../../server/src/settings';
import { insertionAt, openDocument } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { readServerSettings } from '../../config';
import { givenNames, pickName } from '../pick';

/** ZOQL: Insert at Cursor. Names of the schema, as the query at the cursor reaches them and with the commas it lacks. */
export async function run(app: App, ...given: readonly unknown[]): Promise<void> {
  const editor = zoqlEditor();
  if (!editor) {
    const first = givenNames(given)[0];
    const newQuery = 'New Query from Here';
    const message = 'No ZOQL file is open in an editor. Open one and put the cursor where the name is to stand.';
    const choice = await vscode.window.showInformationMessage(message, ...(first ? [newQuery] : []));
    if (choice === newQuery) await vscode.commands.executeCommand('zoql.newQuery', first);
    return;
  }
  const picked = givenNames(given);
  const names = 0 < picked.length ? picked : [await pickName(app, { title: 'Insert at Cursor', of: 'all' })];
  const known = names.filter(name => name !== undefined);
  if (known.length === 0) return;

  const parts = await app.parts();
  const context = contextOf(readServerSettings(), await parts.catalogue());
  const { document, selections } = editor;
  const parsed = openDocument(document.getText());
  const isDone = await editor.edit(edit => {
    for (const selection of selections) {
      const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
      edit.replace(selection, insertionAt(parsed, span, known, context));
    }
  });
  if (!isDone) {
    const message = `${document.fileName} cannot be edited. Nothing was inserted. Open a file that you can change.`;
    void vscode.window.showWarningMessage(message);
  }
}

/** The active one, else one that is in sight: the view has taken the focus from it. */
function zoqlEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const isZoql = ({ document }: vscode.TextEditor) => document.languageId === languageId;
  return activeTextEditor && isZoql(activeTextEditor) ? activeTextEditor : visibleTextEditors.find(isZoql);
}

import * as vscode from 'vscode';
import { languageId } from '../../../../server/src/protocol';
import { newQuery } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { readServerSettings } from '../../config';
import { givenNames, pickName } from '../pick';

/** ZOQL: New Query from Here. An untitled query of an object, of a field, or of what an object leads to. */
export async function run(app: App, ...given: readonly unknown[]): Promise<void> {
  const name = givenNames(given)[0] ?? (await pickName(app, { title: 'New Query', of: 'all' }));
  if (!name) return;
  const parts = await app.parts();
  const content = newQuery(name, await parts.catalogue(), readServerSettings().queryType);
  if (content === undefined) {
    void vscode.window.showInformationMessage(`${name.object} is no longer known. Look for it with Search Schema….`);
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: languageId, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

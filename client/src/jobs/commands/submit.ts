import * as vscode from 'vscode';
import type { App } from '../../app';
import { submitFrom } from '../submission';

/** ZOQL: Submit as AQuA Job. All open ZOQL documents, or the files and folders that were chosen in the explorer, become one job. */
export async function run(app: App, _clicked?: unknown, selected?: unknown): Promise<void> {
  const uris = chosenFiles(selected);
  await submitFrom(app, uris.length === 0 ? { kind: 'open' } : { kind: 'files', uris });
}

/** The explorer hands over all chosen files behind the one that was clicked; the editor's title something else. */
function chosenFiles(selected: unknown): readonly vscode.Uri[] {
  return Array.isArray(selected) ? selected.filter(each => each instanceof vscode.Uri) : [];
}

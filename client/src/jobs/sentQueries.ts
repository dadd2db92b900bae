import * as vscode from 'vscode';
import type { PlannedQuery } from './model';

/** Documents that show a query as it was sent. They are there to be looked at, and never part of a submit. */
export const sentScheme = 'zoql-sent';

/** Serves these documents. The text of one is its URI's query, so that it is there again after a reload. */
export function registerSentQueries(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(sentScheme, {
    provideTextDocumentContent: uri => uri.query,
  });
}

export async function showSentQuery({ name, query }: PlannedQuery): Promise<void> {
  const uri = vscode.Uri.from({ scheme: sentScheme, path: `/${name}.zoql`, query });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

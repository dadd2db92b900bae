import * as vscode from 'vscode';
import { showDocument } from '../readOnlyTexts';
import { sentScheme } from '../schemes';
import type { PlannedQuery } from './model';

/** Serves the documents that show a query as it was sent. The text of one is its URI's query, so that it is there again after a reload. */
export function registerSentQueries(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(sentScheme, {
    provideTextDocumentContent: uri => uri.query,
  });
}

export async function showSentQuery({ name, query }: PlannedQuery): Promise<void> {
  const uri = vscode.Uri.from({ scheme: sentScheme, path: `/${name}.zoql`, query });
  await showDocument(uri);
}

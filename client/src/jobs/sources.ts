import * as vscode from 'vscode';
import type { Span } from '../../../server/src/zoql/index';
import { locate } from './locate';
import type { PlannedQuery } from './model';
import { showSentQuery } from './sentQueries';

const showSent = 'Show Query as Sent';

/**
 * Opens the file that a query came from, at its statement, and says so where either is gone. A query of a job that was
 * found by its id came from no file: it is shown as it was sent. `find` may know a word in the text as it is now that is
 * better to look at.
 */
export async function openSource(
  query: PlannedQuery,
  find: (text: string) => Span | undefined = () => undefined,
): Promise<void> {
  if (query.source.uri === '') return showSentQuery(query);
  const uri = vscode.Uri.parse(query.source.uri, true);
  let document: vscode.TextDocument;
  try {
    // A closed untitled document comes back empty under its old name, which is not the one that was sent.
    if (uri.scheme === 'untitled' && !isOpen(uri)) throw new Error('it was never saved');
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    await sayGone(`${query.source.relativePath} is no longer there.`, query);
    return;
  }

  const text = document.getText();
  const span = find(text) ?? locate(text, query.source);
  const range = span && new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  const editor = await vscode.window.showTextDocument(document, range ? { selection: range } : {});
  if (!range) await sayGone(`The statement is no longer in ${query.source.relativePath}.`, query);
  else editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function sayGone(message: string, query: PlannedQuery): Promise<void> {
  const choice = await vscode.window.showWarningMessage(message, showSent);
  if (choice === showSent) await showSentQuery(query);
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some(document => document.uri.toString() === uri.toString());
}

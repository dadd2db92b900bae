import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The texts of read-only documents of one scheme, each kept until its document is closed. */
export interface ReadOnlyTexts {
  /** Keeps a text; the URI of its document has `query`, by which it is known. */
  keep(name: string, text: string): vscode.Uri;
  /** Undefined where its document was closed, or the window was reloaded since. */
  get(query: string): string | undefined;
  /** Lets go of what is closed, from now on. */
  watch(): vscode.Disposable;
}

export function readOnlyTexts(scheme: string): ReadOnlyTexts {
  const texts = new Map<string, string>();
  return {
    keep(name, text) {
      const query = randomUUID();
      texts.set(query, text);
      return readOnlyUri(scheme, name, query);
    },
    get: query => texts.get(query),
    watch: () =>
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) texts.delete(uri.query);
      }),
  };
}

/** The name is that of the tab, and its ending tells the language. */
export function readOnlyUri(scheme: string, name: string, query: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '∕')}`, query });
}

export async function showDocument(
  uri: vscode.Uri,
  options: Pick<vscode.TextDocumentShowOptions, 'preserveFocus'> = {},
): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
}

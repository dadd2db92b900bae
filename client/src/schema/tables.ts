import * as vscode from 'vscode';
import { dayOf } from '../../../server/src/day';
import type { Parts } from '../parts';
import { schemaScheme } from '../schemes';

/** Serves the read-only documents that show an object as a table. They follow the catalogue while they are open. */
export function registerTables(parts: () => Promise<Parts>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let watching: vscode.Disposable | undefined;
  const redraw = () => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === schemaScheme) changed.fire(uri);
  };
  const registered = vscode.workspace.registerTextDocumentContentProvider(schemaScheme, {
    onDidChange: changed.event,
    async provideTextDocumentContent({ path }) {
      const loaded = await parts();
      watching ??= loaded.watchCatalogue(redraw);
      const name = path.slice(1, -extension.length);
      const object = (await loaded.catalogue()).object(name);
      if (!object) return `${name} is not known to the active tenant, and not to the bundled facts.\n`;
      const { tableOf } = await import('./table');
      return tableOf(object, dayOf(new Date()));
    },
  });
  return new vscode.Disposable(() =>
    vscode.Disposable.from(registered, changed, ...(watching ? [watching] : [])).dispose(),
  );
}

export async function showTable(object: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: schemaScheme, path: `/${object}${extension}` });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** Markdown, so that VS Code's own preview shows it as a page. */
const extension = '.md';

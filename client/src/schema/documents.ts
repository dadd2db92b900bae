import * as vscode from 'vscode';
import { dayOf } from '../../../server/src/day';
import type { Parts } from '../parts';
import { readOnlyTexts, readOnlyUri, showDocument } from '../readOnlyTexts';
import { schemaScheme } from '../schemes';

/** Open comparisons; tables are made from the catalogue. */
const comparisons = readOnlyTexts(schemaScheme);

/** Serves the read-only documents about the schema. Tables follow the catalogue while they are open. */
export function registerSchemaDocuments(parts: () => Promise<Parts>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let watching: vscode.Disposable | undefined;
  const redraw = () => {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === schemaScheme && uri.query === '') changed.fire(uri);
    }
  };
  const registered = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(schemaScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent({ path, query }) {
        if (query !== '')
          return comparisons.get(query) ?? 'This comparison is over. Run ZOQL: Compare Schemas… again.\n';
        const loaded = await parts();
        watching ??= loaded.watchCatalogue(redraw);
        const name = path.slice(1, -markdown.length);
        const object = (await loaded.catalogue()).object(name);
        if (!object) return `${name} is not known to the active tenant, and not to the bundled facts.\n`;
        const { tableOf } = await import('./table');
        return tableOf(object, dayOf(new Date()));
      },
    }),
    comparisons.watch(),
  );
  return new vscode.Disposable(() => {
    registered.dispose();
    watching?.dispose();
  });
}

/** Shows an object as a table. */
export async function showTable(object: string): Promise<void> {
  await showDocument(readOnlyUri(schemaScheme, `${object}${markdown}`, ''));
}

/** Shows a page in Markdown. */
export async function showPage(name: string, text: string): Promise<void> {
  await showDocument(comparisons.keep(`${name}${markdown}`, text));
}

/** Shows two texts in the editor that compares. */
export async function showTexts(title: string, one: NamedText, other: NamedText): Promise<void> {
  const [left, right] = [comparisons.keep(one.name, one.text), comparisons.keep(other.name, other.text)];
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

export interface NamedText {
  /** The name of a file, whose ending tells the language. */
  readonly name: string;
  readonly text: string;
}

/** Markdown, so that VS Code's own preview shows it as a page. */
const markdown = '.md';

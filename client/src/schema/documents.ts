import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { dayOf } from '../../../server/src/day';
import type { Parts } from '../parts';
import { schemaScheme } from '../schemes';

/** The texts of open comparisons; tables are made from the catalogue. */
const texts = new Map<string, string>();

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
        if (query !== '') return texts.get(query) ?? 'This comparison is over. Run ZOQL: Compare Schemas… again.\n';
        const loaded = await parts();
        watching ??= loaded.watchCatalogue(redraw);
        const name = path.slice(1, -markdown.length);
        const object = (await loaded.catalogue()).object(name);
        if (!object) return `${name} is not known to the active tenant, and not to the bundled facts.\n`;
        const { tableOf } = await import('./table');
        return tableOf(object, dayOf(new Date()));
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === schemaScheme) texts.delete(uri.query);
    }),
  );
  return new vscode.Disposable(() => {
    registered.dispose();
    watching?.dispose();
  });
}

/** Shows an object as a table. */
export async function showTable(object: string): Promise<void> {
  await show(vscode.Uri.from({ scheme: schemaScheme, path: `/${object}${markdown}` }));
}

/** Shows a page in Markdown. */
export async function showPage(name: string, text: string): Promise<void> {
  await show(documentOf(`${name}${markdown}`, text));
}

/** Shows two texts in the editor that compares. */
export async function showTexts(title: string, one: NamedText, other: NamedText): Promise<void> {
  const [left, right] = [documentOf(one.name, one.text), documentOf(other.name, other.text)];
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

export interface NamedText {
  /** The name of a file, whose ending tells the language. */
  readonly name: string;
  readonly text: string;
}

/** Markdown, so that VS Code's own preview shows it as a page. */
const markdown = '.md';

function documentOf(name: string, text: string): vscode.Uri {
  const query = randomUUID();
  texts.set(query, text);
  return vscode.Uri.from({ scheme: schemaScheme, path: `/${name.replaceAll('/', '∕')}`, query });
}

async function show(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

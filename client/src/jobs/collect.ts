import * as vscode from 'vscode';
import { languageId } from '../../../server/src/protocol';
import { mapAtOnce } from '../atOnce';
import { zoqlTabs, type OpenTab, type TabContext } from './openTabs';
import type { OpenDocument } from './plan';

export type Collected =
  | {
      readonly ok: true;
      readonly documents: readonly OpenDocument[];
      /** The paths of files that were chosen and are not ZOQL; of tabs nobody expects that. */
      readonly notZoql: readonly string[];
    }
  | { readonly ok: false; readonly unreadable: readonly UnreadableDocument[] };

/** A document that belongs to the submit and cannot be had. */
export interface UnreadableDocument {
  readonly uri: vscode.Uri;
  readonly relativePath: string;
  readonly reason: string;
}

/** Every open ZOQL document, with its unsaved text: editor groups from left to right, tabs in their order. */
export function collectOpenDocuments(reading: Reading = atLeisure): Promise<Collected> {
  return collect(
    vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
      tabs.flatMap(({ input }) => {
        const uri = textOf(input);
        return uri ? [openTab(uri, viewColumn)] : [];
      }),
    ),
    reading,
  );
}

/** The ZOQL documents among files that were chosen, with their unsaved text where they are open. */
export async function collectFiles(uris: readonly vscode.Uri[], reading: Reading = atLeisure): Promise<Collected> {
  const collected = await collect(
    uris.map(uri => openTab(uri, 1)),
    reading,
  );
  if (!collected.ok) return collected;
  const taken = new Set(collected.documents.map(({ uri }) => uri));
  const others = uris.filter(uri => !taken.has(uri.toString()));
  return { ...collected, notZoql: others.map(relativePath) };
}

/** For a person who waits while many files are read. */
export interface Reading {
  readonly signal: AbortSignal;
  readonly report: (words: string) => void;
}

const atLeisure: Reading = { signal: new AbortController().signal, report: () => undefined };

/** Files that are read at a time. */
const readsAtOnce = 16;

async function collect(tabs: readonly OpenTab[], { signal, report }: Reading = atLeisure): Promise<Collected> {
  const loaded = new Map(vscode.workspace.textDocuments.map(document => [document.uri.toString(), document]));
  const found = zoqlTabs(tabs, tabContext(loaded));
  const unreadable: UnreadableDocument[] = [];
  let count = 0;
  const readOne = async ({ uri }: { readonly uri: string }) => {
    try {
      const document = loaded.get(uri);
      return await (document ? toOpenDocument(document) : readDocument(vscode.Uri.parse(uri, true)));
    } catch (error) {
      const parsed = vscode.Uri.parse(uri, true);
      const reason = error instanceof Error ? error.message : String(error);
      unreadable.push({ uri: parsed, relativePath: relativePath(parsed), reason });
      return undefined;
    } finally {
      report(`${++count} of ${found.length} files`);
    }
  };
  const read = await mapAtOnce(found, readsAtOnce, readOne, signal);
  if (0 < unreadable.length) return { ok: false, unreadable };
  return { ok: true, documents: read.filter(document => document !== undefined), notZoql: [] };
}

/** A document that nobody has looked at yet; undefined where its language turns out to be another. */
async function readDocument(uri: vscode.Uri): Promise<OpenDocument | undefined> {
  // A tab may hold text that was never saved, and a language that its name does not tell.
  if (hasTab(uri)) {
    const document = await vscode.workspace.openTextDocument(uri);
    return document.languageId === languageId ? toOpenDocument(document) : undefined;
  }
  // Opening hundreds of documents would have the editor and the language server keep and check them all.
  const text = await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
  return openDocument(uri, text);
}

function hasTab(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => textOf(input)?.toString() === wanted));
}

function tabContext(loaded: ReadonlyMap<string, vscode.TextDocument>): TabContext {
  return {
    languageOf: uri => loaded.get(uri)?.languageId,
    associations: vscode.workspace.getConfiguration('files').get<Record<string, string>>('associations', {}),
  };
}

/** The files among these that are ZOQL, by their language where they are open, else by their names. */
export function zoqlFiles(uris: readonly vscode.Uri[]): vscode.Uri[] {
  const loaded = new Map(vscode.workspace.textDocuments.map(document => [document.uri.toString(), document]));
  const found = zoqlTabs(
    uris.map(uri => openTab(uri, 1)),
    tabContext(loaded),
  );
  return found.map(({ uri }) => vscode.Uri.parse(uri, true));
}

/** The document that a tab lets a person edit; of two that are compared it is the right one. */
function textOf(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

function openTab(uri: vscode.Uri, column: number): OpenTab {
  return { column, uri: uri.toString(), scheme: uri.scheme, path: uri.path };
}

function toOpenDocument(document: vscode.TextDocument): OpenDocument {
  const unsaved = document.isDirty || document.isUntitled;
  return { ...openDocument(document.uri, document.getText()), ...(unsaved ? { versionLabel: 'unsaved' } : {}) };
}

function openDocument(uri: vscode.Uri, text: string): OpenDocument {
  const baseName = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { uri: uri.toString(), baseName, relativePath: relativePath(uri), text };
}

function relativePath(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri) : uri.path;
}

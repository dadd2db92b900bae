import * as vscode from 'vscode';
import { languageId } from '../../../server/src/protocol';
import { zoqlTabs, type OpenTab } from './openTabs';
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
export function collectOpenDocuments(): Promise<Collected> {
  return collect(
    vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
      tabs.flatMap(({ input }) => {
        const uri = textOf(input);
        return uri ? [openTab(uri, viewColumn)] : [];
      }),
    ),
  );
}

/** The ZOQL documents among files that were chosen in the explorer, with their unsaved text where they are open. */
export async function collectFiles(uris: readonly vscode.Uri[]): Promise<Collected> {
  const collected = await collect(uris.map(uri => openTab(uri, 1)));
  if (!collected.ok) return collected;
  const taken = new Set(collected.documents.map(({ uri }) => uri));
  const others = uris.filter(uri => !taken.has(uri.toString()));
  return { ...collected, notZoql: others.map(relativePath) };
}

async function collect(tabs: readonly OpenTab[]): Promise<Collected> {
  const loaded = new Map(vscode.workspace.textDocuments.map(document => [document.uri.toString(), document]));
  const found = zoqlTabs(tabs, {
    languageOf: uri => loaded.get(uri)?.languageId,
    associations: vscode.workspace.getConfiguration('files').get<Record<string, string>>('associations', {}),
  });
  const documents: OpenDocument[] = [];
  const unreadable: UnreadableDocument[] = [];
  for (const { uri } of found) {
    try {
      const document = loaded.get(uri) ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)));
      if (document.languageId === languageId) documents.push(toOpenDocument(document));
    } catch (error) {
      const parsed = vscode.Uri.parse(uri, true);
      const reason = error instanceof Error ? error.message : String(error);
      unreadable.push({ uri: parsed, relativePath: relativePath(parsed), reason });
    }
  }
  return unreadable.length === 0 ? { ok: true, documents, notZoql: [] } : { ok: false, unreadable };
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
  const { uri } = document;
  return {
    uri: uri.toString(),
    baseName: uri.path.slice(uri.path.lastIndexOf('/') + 1),
    relativePath: relativePath(uri),
    text: document.getText(),
    ...(document.isDirty || document.isUntitled ? { versionLabel: 'unsaved' } : {}),
  };
}

function relativePath(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri) : uri.path;
}

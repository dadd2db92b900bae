import * as vscode from 'vscode';
import { snapshotOf, type SnapshotOfFile } from '../../../server/src/snapshotFile';
import { watchText } from '../../../server/src/watchText';

/** The file that the setting `zoql.schemaSnapshot` names, from the time that somebody first asks for it. */
export interface FollowedSnapshot {
  /** What it holds now; undefined where the setting is empty. What is wrong with it the language server says, once. */
  current(): SnapshotOfFile | undefined;
  /** The setting is another one, or the file has changed. */
  onDidChange(listener: () => void): vscode.Disposable;
  dispose(): void;
}

export function followSnapshot(): FollowedSnapshot {
  const changed = new vscode.EventEmitter<void>();
  let followed: string | undefined;
  let snapshot: SnapshotOfFile | undefined;
  let stop: (() => void) | undefined;
  const watching = vscode.workspace.onDidChangeConfiguration(event => {
    if (!event.affectsConfiguration('zoql.schemaSnapshot') || followed === undefined) return;
    follow();
    changed.fire();
  });
  return {
    current() {
      if (followed === undefined) follow();
      return snapshot;
    },
    onDidChange: listener => changed.event(listener),
    dispose() {
      stop?.();
      watching.dispose();
      changed.dispose();
    },
  };

  function follow(): void {
    const value = vscode.workspace.getConfiguration('zoql').get<unknown>('schemaSnapshot');
    const file = typeof value === 'string' ? value.trim() : '';
    stop?.();
    stop = snapshot = undefined;
    followed = file;
    if (file === '') return;
    let isFirst = true;
    stop = watchText(file, vscode.workspace.workspaceFolders?.[0]?.uri.toString(), read => {
      snapshot = snapshotOf(file, read);
      if (!isFirst) changed.fire();
      isFirst = false;
    });
  }
}

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('zoql.zoql');
  assert.ok(found, 'VS Code knows the extension');
  return found;
}

/** The extension's files that this extension host has loaded, by name. All extensions share one module cache. */
export function loadedFiles(): string[] {
  const dist = vscode.Uri.joinPath(extension().extensionUri, 'dist').fsPath;
  return Object.keys(require.cache)
    .filter(file => file.startsWith(dist))
    .map(file => file.slice(dist.length + 1))
    .sort();
}

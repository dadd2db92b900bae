import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';

suite('activation', () => {
  test('this is the VS Code that was asked for', () => {
    const expected = process.env['ZOQL_HOST'] === 'oldest' ? /^1\.100\./ : /^1\.1[0-9][0-9]\./;
    assert.match(vscode.version, expected);
  });

  // Runs first, with no .zoql file open: later suites load both.
  test('starts by itself, and loads neither the language client nor the network', async () => {
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(document => document.languageId === 'zoql'),
      [],
    );
    await until(() => extension().isActive, Boolean, { what: 'activation after start-up' });
    assert.deepEqual(loadedFiles(), ['extension.cjs']);
  });

  test('the language client is loaded when a ZOQL document opens', async () => {
    await vscode.workspace.openTextDocument({ language: 'zoql', content: 'SELECT Id FROM Account' });
    await until(loadedFiles, files => files.includes('vscode-languageclient.cjs'), { what: 'the language client' });
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'nothing was sent, so nothing needs the network');
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('zoql.zoql');
  assert.ok(found, 'VS Code knows the extension');
  return found;
}

/** The extension's files that this extension host has loaded, by name. All extensions share one module cache. */
function loadedFiles(): string[] {
  const dist = vscode.Uri.joinPath(extension().extensionUri, 'dist').fsPath;
  return Object.keys(require.cache)
    .filter(file => file.startsWith(dist))
    .map(file => file.slice(dist.length + 1))
    .sort();
}

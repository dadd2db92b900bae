import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, loadedFiles } from '../extension';
import { openText } from '../files';
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
    await openText('first.zoql', 'SELECT Id FROM Account');
    await until(loadedFiles, files => files.includes('vscode-languageclient.cjs'), { what: 'the language client' });
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'nothing was sent, so nothing needs the network');
  });
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension, loadedFiles } from '../extension';
import { journalFolder, openText } from '../files';
import { requests } from '../standIn';
import { until } from '../until';

suite('activation', () => {
  test('this is the VS Code that was asked for', () => {
    const host = process.env['ZOQL_HOST'] ?? '';
    // code-server 4.x is VS Code 1.x; patches may differ.
    const installed = /^4\.(\d+)\./.exec(readPackage('test', 'host', host).dependencies['code-server'] ?? '')?.[1];
    assert.ok(installed);
    assert.ok(vscode.version.startsWith(`1.${installed}.`), `${host} is ${vscode.version}`);
    const supported = readPackage().engines?.vscode;
    if (host === 'oldest') assert.equal(supported, `^1.${installed}.0`, 'the oldest that the extension supports');
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

  test('with no job to go on with it makes no journal and sends nothing', async () => {
    assert.equal(existsSync(journalFolder()), false);
    assert.deepEqual(await requests(), []);
  });

  test('the language client is loaded when a ZOQL document opens', async () => {
    await openText('first.zoql', 'SELECT Id FROM Account');
    await until(loadedFiles, files => files.includes('vscode-languageclient.cjs'), { what: 'the language client' });
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'nothing was sent, so nothing needs the network');
  });
});

/** The package.json of a folder of the project. */
function readPackage(...folder: string[]): Package {
  return JSON.parse(readFileSync(path.join(extension().extensionPath, ...folder, 'package.json'), 'utf8')) as Package;
}

interface Package {
  readonly dependencies: Readonly<Partial<Record<string, string>>>;
  readonly engines?: { readonly vscode: string };
}

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { loadedFiles } from '../extension';
import { showText } from '../files';
import { messagesDuring } from '../messages';
import { requests } from '../standIn';
import { until } from '../until';

// Workspace trust is on in this window and nobody trusted its folder.
suite('restricted mode', () => {
  let requestsBefore: number;
  suiteSetup(async () => {
    requestsBefore = (await requests()).length;
    assert.equal(vscode.workspace.isTrusted, false);
  });

  test('the language works', async () => {
    const document = await showText('restricted.zoql', 'SELECT Id, FROM Account');
    const diagnostics = () => vscode.languages.getDiagnostics(document.uri);
    await until(diagnostics, found => 0 < found.length, { what: 'a diagnostic' });
  });

  test('nothing is sent: not by a submit, not by a refresh, and both say so', async () => {
    const known = await vscode.commands.getCommands(true);
    const purposes = { 'zoql.submit': 'submit jobs', 'zoql.refreshJobs': 'ask for jobs' };
    for (const [command, purpose] of Object.entries(purposes)) {
      assert.ok(known.includes(command), command);
      const messages = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand(command)));
      assert.deepEqual(messages, [`This workspace is not trusted, so ZOQL does not ${purpose}. Nothing was sent.`]);
    }
    assert.equal((await requests()).length, requestsBefore);
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'what sends is not even loaded');
  });
});

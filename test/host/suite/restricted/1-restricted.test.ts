import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadedFiles } from '../extension';
import { showText } from '../files';
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

  test('nothing is sent: not by a submit, not by a refresh', async () => {
    for (const command of ['zoql.submit', 'zoql.refreshJobs']) await runToItsEnd(command);
    assert.equal((await requests()).length, requestsBefore);
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'what sends is not even loaded');
  });
});

/** Runs a command, confirms what it asks and closes what it says, until it has ended: then it sends nothing more. */
async function runToItsEnd(command: string): Promise<void> {
  let ended = false;
  const running = vscode.commands.executeCommand(command).then(
    () => (ended = true),
    () => (ended = true), // In this mode the command may not even be there.
  );
  await until(
    async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await vscode.commands.executeCommand('notifications.clearAll');
      return ended;
    },
    Boolean,
    { what: `the end of ${command}` },
  );
  await running;
}

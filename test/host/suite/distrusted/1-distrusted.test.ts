import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heardByAttacker } from '../attacker';
import { confirmUntilEnd } from '../confirm';
import { messagesDuring } from '../messages';
import { passedProxy, requests } from '../standIn';
import { until } from '../until';

// The hostile workspace of the window before, which nobody has trusted: whatever is run, nothing goes anywhere.
suite('a hostile workspace in restricted mode', () => {
  let before: readonly number[];
  const counts = async () => [(await requests()).length, (await passedProxy()).length];

  suiteSetup(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    before = await counts();
  });

  teardown(async () => {
    assert.deepEqual(await heardByAttacker(), []);
    assert.deepEqual(await counts(), before);
  });

  test('has diagnostics', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'query.zoql');
    await vscode.window.showTextDocument(uri, { preview: false });
    await until(
      () => vscode.languages.getDiagnostics(uri),
      found => 0 < found.length,
      { what: 'a diagnostic' },
    );
  });

  test('sends nothing by any command, and each says why', async () => {
    const purposes = {
      'zoql.submit': 'submit jobs',
      'zoql.submitFile': 'submit jobs',
      'zoql.submitQuery': 'submit jobs',
      'zoql.refreshJobs': 'ask for jobs',
      'zoql.refreshMetadata': 'ask the tenant for its objects',
      'zoql.signIn': 'sign in',
      'zoql.diagnoseConnection': 'diagnose the connection',
    };
    for (const [command, purpose] of Object.entries(purposes)) {
      const said = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand(command)));
      assert.deepEqual(said, [`This workspace is not trusted, so ZOQL does not ${purpose}. Nothing was sent.`]);
    }
  });
});

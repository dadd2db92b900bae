import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heardByAttacker } from '../attacker';
import { confirmUntilEnd } from '../confirm';
import { messagesDuring } from '../messages';
import { passedProxy, requests } from '../standIn';

// A VS Code that takes its proxy from a trusted workspace, and whether certificates are checked.
suite('a hostile workspace that leads all requests of VS Code', () => {
  let before: readonly number[];
  const counts = async () => [(await requests()).length, (await passedProxy()).length];

  suiteSetup(async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.getConfiguration('http').get('proxyStrictSSL'), false, 'VS Code is led');
    before = await counts();
  });

  teardown(async () => {
    assert.deepEqual(await heardByAttacker(), []);
    assert.deepEqual(await counts(), before);
  });

  for (const command of ['zoql.signIn', 'zoql.testConnection', 'zoql.refreshMetadata', 'zoql.diagnoseConnection']) {
    test(`${command} sends nothing, and says which settings are in the way`, async () => {
      const [said = ''] = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand(command)));
      assert.match(
        said,
        /^This workspace sets http\.proxy, .*http\.proxyStrictSSL, .* so nothing is sent to Zuora from it\./,
      );
    });
  }
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { answering } from '../dialogs';
import { closeAll, showText } from '../files';
import { messagesDuring } from '../messages';
import { submits } from '../standIn';
import { tenantLines } from '../tree';
import { until } from '../until';

// The stand-in, said to be production.
suite('a production tenant', () => {
  const settings = () => vscode.workspace.getConfiguration('zoql');
  let before: unknown;

  suiteSetup(async () => {
    await closeAll();
    before = settings().inspect('tenants')?.globalValue;
  });

  suiteTeardown(async () => {
    await settings().update('tenants', before, vscode.ConfigurationTarget.Global);
    await settings().update('productionGuard', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  test('is told in words in the tree', async () => {
    await become({ kind: 'production' });
  });

  test('asks once more, with its name and the objects; without a yes nothing is sent', async () => {
    await showText('guarded.zoql', 'select Id from Product limit 91');
    const count = (await submits()).length;
    const [question = ''] = await answering([], () =>
      confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')),
    );
    assert.match(question, /^Submit to PRODUCTION · Local sandbox\?[\s\S]*1 query of Product goes as one AQuA job/);
    assert.equal((await submits()).length, count);
    await answering(['Submit'], () => confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')));
    assert.equal((await submits()).length, count + 1);
  });

  test('asks no more where its guard is off', async () => {
    await settings().update('productionGuard', 'off', vscode.ConfigurationTarget.Global);
    const count = (await submits()).length;
    await confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile'));
    assert.equal((await submits()).length, count + 1);
  });

  test('that is read-only gets no job, and says why', async () => {
    await become({ kind: 'production', readOnly: true });
    const count = (await submits()).length;
    const [said = ''] = await messagesDuring(async () => vscode.commands.executeCommand('zoql.submitFile'));
    assert.match(said, /is read-only in zoql\.tenants\. Nothing was sent\./);
    assert.equal((await submits()).length, count);
  });

  async function become(more: object): Promise<void> {
    const [tenant] = before as readonly object[];
    await settings().update('tenants', [{ ...tenant, ...more }], vscode.ConfigurationTarget.Global);
    const marks = 'readOnly' in more ? /read-only/ : /^/;
    await until(
      tenantLines,
      lines =>
        lines.some(({ label, description }) => label === 'PRODUCTION · Local sandbox' && marks.test(description)),
      { what: 'the tenant in the tree' },
    );
  }
});

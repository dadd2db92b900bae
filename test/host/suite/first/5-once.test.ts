import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd, pressEnterUntil } from '../confirm';
import { closeAll, showText } from '../files';
import { messagesDuring } from '../messages';
import { counters, holdNextSubmit, releaseSubmits, submits } from '../standIn';
import { jobLines } from '../tree';

suite('one submit at a time', () => {
  setup(async () => {
    await closeAll();
    await showText('once.zoql', 'select Id from Account limit 11');
  });

  teardown(releaseSubmits);

  test('pressed again while the service takes its time, it makes no second request and no second job', async () => {
    const before = (await submits()).length;
    const jobsBefore = (await jobLines()).length;
    await holdNextSubmit();
    const submitted = vscode.commands.executeCommand('zoql.submit');
    await pressEnterUntil(async () => before < (await submits()).length);

    const messages = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand('zoql.submit')));
    assert.deepEqual(messages, ['A submit is under way. Confirm, finish or cancel it first.']);
    await releaseSubmits();
    await submitted;

    const [received, ...more] = (await submits()).slice(before);
    assert.deepEqual(more, []);
    const key = received?.headers['idempotency-key'] ?? '';
    assert.equal((await counters()).jobsByKey[key], 1);
    assert.equal((await jobLines()).length, jobsBefore + 1);
  });

  test('pressed twice before it is confirmed, it is one job', async () => {
    const before = (await submits()).length;
    const press = () => vscode.commands.executeCommand('zoql.submit');
    await confirmUntilEnd(press(), press());
    assert.equal((await submits()).length, before + 1);
  });
});

import assert from 'node:assert/strict';
import { unlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { associate, closeAll, isLoaded, openBehind, openText, replaceUnsaved, showText, tabNames } from '../files';
import { messagesDuring } from '../messages';
import { submittedQueries } from '../queries';
import { submits } from '../standIn';
import { until } from '../until';

suite('what is submitted', () => {
  setup(closeAll);

  test('groups from left to right, in the order of their tabs; a document in two groups once', async () => {
    await showText('right.zoql', 'select Id from Product');
    await showText('both.zoql', 'select Id from Account');
    await vscode.commands.executeCommand('workbench.action.newGroupLeft');
    await showText('both.zoql', 'select Id from Account');
    await showText('moved.zoql', 'select Id from Invoice');
    await vscode.commands.executeCommand('workbench.action.moveEditorLeftInGroup');
    const layout = [
      ['moved.zoql', 'both.zoql'],
      ['right.zoql', 'both.zoql'],
    ];
    await until(tabNames, names => JSON.stringify(names) === JSON.stringify(layout), { what: 'two groups' });

    assert.deepEqual(await submittedQueries(), [
      'moved: select Id from Invoice',
      'both: select Id from Account',
      'right: select Id from Product',
    ]);
  });

  test('of a comparison the right side, and no past version', async () => {
    const past = vscode.workspace.registerTextDocumentContentProvider('git', {
      provideTextDocumentContent: () => 'select Id from Refund',
    });
    const before = await openText('before.zoql', 'select Id from Payment');
    const after = await openText('after.zoql', 'select Id from Payment limit 1');
    const committed = after.uri.with({ scheme: 'git', path: `${after.uri.path.slice(0, -5)}-committed.zoql` });
    const changed = await openText('changed.zoql', 'select Id from Usage');
    await compare(before.uri, after.uri);
    await compare(committed, changed.uri);
    await show(committed);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'zoql', 'only its scheme speaks against it');

    assert.deepEqual(await submittedQueries(), [
      'after: select Id from Payment limit 1',
      'changed: select Id from Usage',
    ]);
    past.dispose();
  });

  test('an untitled document, and text that was not saved', async () => {
    const untitled = await vscode.workspace.openTextDocument({
      language: 'zoql',
      content: 'select Name from Product',
    });
    await show(untitled.uri);
    const document = await showText('unsaved.zoql', 'select Name from Account');
    await replaceUnsaved(document, 'Account', 'Account limit 2');

    assert.deepEqual(await submittedQueries(), [
      `${untitled.uri.path}: select Name from Product`,
      'unsaved: select Name from Account limit 2',
    ]);
  });

  test('not the preview of a query that was sent, nor a document of another language', async () => {
    const sent = vscode.Uri.from({ scheme: 'zoql-sent', path: '/sent.zoql', query: 'select Id from Contact' });
    await show(sent);
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.deepEqual([document?.languageId, document?.getText()], ['zoql', 'select Id from Contact']);
    await showText('notes.txt', 'select Id from Contact');
    await showText('alone.zoql', 'select Id from Account limit 5');

    assert.deepEqual(await submittedQueries(), ['alone: select Id from Account limit 5']);
  });

  test('a file that the settings associate with ZOQL', async () => {
    await associate('*.q');
    const document = await showText('associated.q', 'select Id from Product limit 6');
    assert.equal(document.languageId, 'zoql');

    assert.deepEqual(await submittedQueries(), ['associated: select Id from Product limit 6']);
  });

  test('a tab that nobody has looked at', async () => {
    await showText('in-front.zoql', 'select Id from Account limit 7');
    await openBehind('behind.zql', 'select Id from Account limit 8');

    assert.deepEqual(await submittedQueries(), [
      'in-front: select Id from Account limit 7',
      'behind: select Id from Account limit 8',
    ]);
  });

  test('nothing, where the file of such a tab is gone: it is named', async () => {
    await showText('still-there.zoql', 'select Id from Account limit 9');
    const gone = await openBehind('gone.zoql', 'select Id from Account limit 10');
    unlinkSync(gone.fsPath);
    const before = (await submits()).length;

    const messages = await messagesDuring(async () => vscode.commands.executeCommand('zoql.submit'));
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0] ?? '', /^Nothing was sent, because gone\.zoql cannot be read\./);
    assert.equal((await submits()).length, before);
    assert.ok(tabNames().flat().includes('gone.zoql'), 'its tab is still there');
    assert.ok(!isLoaded(gone));
  });
});

/** Gives a document of any kind a tab that stays. */
async function show(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

async function compare(left: vscode.Uri, right: vscode.Uri): Promise<void> {
  const before = tabNames().flat().length;
  await vscode.commands.executeCommand('vscode.diff', left, right, undefined, { preview: false });
  await until(
    () => tabNames().flat(),
    names => before < names.length,
    { what: 'the tab of a comparison' },
  );
}

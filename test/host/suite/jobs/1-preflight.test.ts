import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import { confirmUntilEnd, pressEnterUntil } from '../confirm';
import { closeAll, openText, replaceUnsaved, showText, workspaceFolder } from '../files';
import { messagesDuring } from '../messages';
import { submitOnce, submittedQueries } from '../queries';
import { submits, type LoggedRequest } from '../standIn';
import { jobLines, type Line } from '../tree';
import { until } from '../until';

suite('the preflight', () => {
  setup(closeAll);

  suite('takes', () => {
    const below = (path: string) => vscode.Uri.joinPath(workspaceFolder(), path);

    suiteSetup(async () => {
      await openText('preflight/a.zoql', 'select Id from Account limit 21');
      await openText('preflight/deep/B.ZQL', 'select Id from Account limit 22');
      await openText('preflight/notes.txt', 'select Id from Contact');
      await openText('preflight/hidden/c.zoql', 'select Id from Contact limit 23');
      await openText('preflight/d10.zoql', 'select Id from Account limit 24');
      await openText('preflight/d9.zoql', 'select Id from Account limit 25');
      await excluded({ '**/hidden': true });
    });

    suiteTeardown(() => excluded(undefined));

    test('a folder: what is below it, by its paths, without what files.exclude hides', async () => {
      const folder = below('preflight');
      assert.deepEqual(await submittedQueries('zoql.submit', folder, [folder]), [
        'a: select Id from Account limit 21',
        'd9: select Id from Account limit 25',
        'd10: select Id from Account limit 24',
        'B: select Id from Account limit 22',
      ]);
    });

    test('a folder and a file in it, with text that was not saved, each file once', async () => {
      const document = await showText('preflight/a.zoql', 'select Id from Account limit 21');
      await replaceUnsaved(document, 'limit 21', 'limit 26');
      const chosen = [below('preflight/a.zoql'), below('preflight/deep'), below('preflight')];
      const queries = await submittedQueries('zoql.submit', chosen[0], chosen);
      assert.deepEqual(queries.slice(0, 2), [
        'a: select Id from Account limit 26',
        'B: select Id from Account limit 22',
      ]);
      assert.equal(queries.length, 4);
    });

    test('a folder without ZOQL says so', async () => {
      const before = (await submits()).length;
      await openText('empty/notes.txt', '');
      const folder = below('empty');
      const messages = await messagesDuring(async () =>
        vscode.commands.executeCommand('zoql.submit', folder, [folder]),
      );
      assert.deepEqual(messages, ['There is nothing to submit: no .zoql or .zql file is below empty.']);
      assert.equal((await submits()).length, before);
    });
  });
});

async function excluded(globs: Record<string, boolean> | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('files').update('exclude', globs, vscode.ConfigurationTarget.Global);
}

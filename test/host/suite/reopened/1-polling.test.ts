import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { extension, loadedFiles } from '../extension';
import { unfinishedJobFile } from '../files';
import { letTimePass, pollsOf, submits } from '../standIn';
import { jobLines } from '../tree';
import { until } from '../until';

// A new window on the data that the window before left: what a restart of VS Code is. Nothing of ZOQL is in sight.
suite('a job that was under way at the restart', () => {
  let id: string;
  let asked: number;
  suiteSetup(async () => {
    id = readFileSync(unfinishedJobFile(), 'utf8');
    asked = await pollsOf(id);
  });

  // Runs first: later suites look at the tree, which would start the polling as well.
  test('is asked for, with the view hidden and no ZOQL document open', async () => {
    await until(
      () => pollsOf(id),
      count => asked < count,
      { what: 'a poll of this window' },
    );
    assert.ok(extension().isActive);
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(document => document.languageId === 'zoql'),
      [],
    );
    assert.deepEqual(loadedFiles(), ['extension.cjs', 'node-fetch.cjs']);
  });

  test('is shown completed in the end, with all its batches, and was not sent again', async () => {
    await letTimePass(120_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    const [job] = await until(jobLines, ([newest]) => newest?.description.startsWith('completed') ?? false, {
      what: 'the completed job',
    });
    assert.ok(job?.description.includes(id));
    assert.equal(job?.below.length, 50);
    assert.equal((await submits()).filter(({ body }) => body.includes('"slow-50"')).length, 1);
  });
});

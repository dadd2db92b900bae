import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadedFiles } from '../extension';
import { submits } from '../standIn';
import { jobLines } from '../tree';

// A new window on the data that the window before left: what a reload or a restart of VS Code is.
suite('after a restart', () => {
  test('the job of the last window is there, with its batches', async () => {
    const [job, ...others] = await jobLines();
    assert.deepEqual(others, []);
    assert.match(job?.description ?? '', /completed/i);
    assert.match(job?.description ?? '', /[0-9a-f]{32}/);
    assert.deepEqual(
      job?.below.map(batch => batch.label),
      ['Active accounts', 'sub', 'sub-2', 'invoices'],
    );
    for (const batch of job?.below ?? []) assert.match(batch.description, /completed.*[0-9a-f]{32}/i);
  });

  test('nothing was sent again, and a finished job needs no network', async () => {
    assert.equal((await submits()).length, 1);
    assert.ok(!loadedFiles().includes('node-fetch.cjs'));
    assert.equal(vscode.workspace.isTrusted, true);
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, loadedFiles } from '../../extension';
import { isLoaded, tabNames, workspaceFolder } from '../../files';
import { submittedQueries } from '../../queries';
import { counters, requests } from '../../standIn';
import { jobLines } from '../../tree';
import { until } from '../../until';

// The window of `first` once more, as VS Code restores it.
suite('after a reload', () => {
  test('jobs that are finished are shown without a request', async () => {
    await until(() => extension().isActive, Boolean, { what: 'activation after the reload' });
    const before = (await requests()).length;
    const jobs = await jobLines();
    assert.equal(jobs.length, (await counters()).jobs);
    for (const { description } of jobs) assert.match(description, /^completed · .*\b[0-9a-f]{32}/);
    assert.equal((await requests()).length, before);
    assert.ok(!loadedFiles().includes('node-fetch.cjs'), 'what sends is not even loaded');
  });

  test('restored tabs are submitted, also those that were never shown', async () => {
    await until(tabNames, names => names.flat().length === 4, { what: 'the restored tabs' });
    for (const name of ['kept.zql', 'kept-right.q']) {
      assert.ok(!isLoaded(vscode.Uri.joinPath(workspaceFolder(), name)), `nobody has looked at ${name}`);
    }
    assert.deepEqual(await submittedQueries(), [
      'shown: select Id from Account limit 13',
      'kept: select Id from Account limit 14',
      'kept-right: select Id from Account limit 15',
    ]);
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { associate, closeAll, openBehind, showText } from '../files';
import { counters, letTimePass } from '../standIn';
import { jobLines } from '../tree';
import { until } from '../until';

// What this window is reloaded with: see ./reloaded.
suite('before the reload', () => {
  test('all jobs are completed', async () => {
    await letTimePass(60_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    await until(jobLines, jobs => jobs.every(({ description }) => description.startsWith('completed')), {
      what: 'completed jobs',
    });
    assert.equal((await jobLines()).length, (await counters()).jobs);
  });

  test('two editor groups have tabs that nobody has looked at', async () => {
    await closeAll();
    await associate('*.q');
    await showText('shown.zoql', 'select Id from Account limit 13');
    await openBehind('kept.zql', 'select Id from Account limit 14');
    await showText('shown-right.txt', 'no query', vscode.ViewColumn.Two);
    await openBehind('kept-right.q', 'select Id from Account limit 15');
  });
});

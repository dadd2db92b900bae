import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, journalFolder, showText } from '../files';
import { submitOnce } from '../queries';
import { letTimePass, pollsOf } from '../standIn';
import { jobLines } from '../tree';
import { until } from '../until';

suite('polling, and the setting that switches it off', () => {
  let id: string;

  suiteSetup(async () => {
    await closeAll();
    // So many that it runs for as long as the tests may take: 1.5 s each.
    await showText('polled.zoql', Array.from({ length: 50 }, () => 'select Id from Product;').join('\n'));
    await submitOnce('zoql.submitFile');
    const [job] = await until(jobLines, ([newest]) => newest?.description.startsWith('executing') ?? false, {
      what: 'the running job',
    });
    id = /[0-9a-f]{32}/.exec(job?.description ?? '')?.[0] ?? '';
    assert.ok(id);
  });

  suiteTeardown(async () => {
    await setPolling(undefined);
    await closeAll();
  });

  test('the window that polls holds the lease of the tenant', () => holds({ released: false }));

  test('switched off it stops at once, and the job says so', async () => {
    await setPolling(false);
    await until(description, text => text.startsWith('executing, not polled'), { what: 'a job that is not polled' });
    await holds({ released: true });
  });

  test('Refresh Jobs asks once all the same', async () => {
    // A poll that was under way when polling was switched off serves the first one.
    await vscode.commands.executeCommand('zoql.refreshJobs');
    const before = await pollsOf(id);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    assert.equal(await pollsOf(id), before + 1);
    assert.match(await description(), /^executing, not polled/);
  });

  test('switched on again it goes on by itself', async () => {
    const before = await pollsOf(id);
    await setPolling(undefined);
    await until(
      () => pollsOf(id),
      count => before < count,
      { what: 'a poll' },
    );
    assert.match(await description(), /^executing · /);
    await holds({ released: false });
  });

  test('at its end nothing is left of the lease', async () => {
    await letTimePass(120_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    await until(description, text => text.startsWith('completed'), { what: 'the completed job' });
    await until(leases, all => all.length === 0, { what: 'no lease' });
  });

  async function description(): Promise<string> {
    const job = (await jobLines()).find(line => line.description.includes(id));
    assert.ok(job, 'the job is shown');
    return job.description;
  }
});

async function setPolling(enabled: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('zoql').update('polling.enabled', enabled, vscode.ConfigurationTarget.Global);
}

/** Waits until the one lease is this window's, or has been. */
async function holds({ released }: { readonly released: boolean }): Promise<void> {
  const wanted = JSON.stringify({ pid: process.pid, released });
  await until(leases, all => all.join() === wanted, { what: wanted });
}

/** Who polls, as the windows tell each other; an empty text while the file is being made. */
function leases(): readonly string[] {
  const folder = path.join(path.dirname(journalFolder()), 'leases');
  return readdirSync(folder).map(name => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    if (text === '') return '';
    const { pid, released } = JSON.parse(text) as { readonly pid: number; readonly released: boolean };
    return JSON.stringify({ pid, released });
  });
}

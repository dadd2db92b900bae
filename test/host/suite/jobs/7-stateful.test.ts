import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pressEnterUntil } from '../confirm';
import { closeAll, showText } from '../files';
import { submitOnce } from '../queries';
import { until } from '../until';

const settings = ['version', 'partner', 'project', 'offset', 'incrementalTime'] as const;

// Text cannot be typed into a box from here: what stands in it at first is confirmed by Enter.
suite('stateful mode', () => {
  suiteTeardown(async () => {
    for (const name of settings) await set(name, undefined);
    await closeAll();
  });

  test('is set up by a command that asks for partner, project and offset', async () => {
    await set('partner', 'acme');
    await set('project', 'billing');
    await set('offset', 600);
    await confirmed('zoql.statefulProfile', () => valueOf('version') === 1.1);
    assert.deepEqual(
      settings.map(name => valueOf(name)),
      [1.1, 'acme', 'billing', 600, ''],
    );
  });

  test('takes its time as a person writes it, and keeps it as the data center reads it', async () => {
    // The stand-in is no data center of Zuora's, so UTC is assumed.
    await confirmed(
      'zoql.setIncrementalTime',
      () => valueOf('incrementalTime') === '2026-01-31 08:00:00',
      '2026-01-31T09:00+01:00',
    );
    await confirmed('zoql.setIncrementalTime', () => valueOf('incrementalTime') === '', '');
  });
});

suite('what directives ask for', () => {
  suiteTeardown(closeAll);

  test('goes out with its query, and deleted rows by force where the job is stateless', async () => {
    await closeAll();
    await showText(
      'options.zoql',
      '-- @name Options\n-- @apiVersion 91.0\n-- @deleted column=Gone format=Boolean\nselect Id from Product',
    );
    const { queries } = JSON.parse((await submitOnce()).body) as { readonly queries: readonly unknown[] };
    assert.deepEqual(queries, [
      {
        name: 'Options',
        type: 'zoql',
        query: 'select Id from Product',
        apiVersion: '91.0',
        deleted: { column: 'Gone', format: 'Boolean', forceExport: true },
      },
    ]);
  });
});

/** Runs a command and presses Enter on what it asks, until it has done what it is for. */
async function confirmed(command: string, done: () => boolean, ...given: readonly unknown[]): Promise<void> {
  let ended = false;
  const running = vscode.commands.executeCommand(command, ...given).then(
    () => (ended = true),
    () => (ended = true),
  );
  // A message at the end stays until somebody reads it: what the command writes tells that it is done.
  await pressEnterUntil(() => done() || ended);
  await until(done, Boolean, { what: `what ${command} is for` });
  void running;
}

async function set(name: (typeof settings)[number], value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(`zoql.job.${name}`, value, vscode.ConfigurationTarget.Workspace);
}

function valueOf(name: (typeof settings)[number]): unknown {
  return vscode.workspace.getConfiguration().get(`zoql.job.${name}`);
}

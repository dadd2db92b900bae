import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { closeAll, showText } from '../files';
import { requests, submits } from '../standIn';
import { until } from '../until';

// What a tenant's entry names comes before the settings of all requests.
suite('a tenant with an entity of its own', () => {
  const settings = (section: string) => vscode.workspace.getConfiguration(section);
  let before: unknown;

  suiteSetup(async () => {
    await closeAll();
    before = settings('zoql').inspect('tenants')?.globalValue;
  });

  suiteTeardown(async () => {
    await settings('zoql').update('tenants', before, vscode.ConfigurationTarget.Global);
    await settings('zoql.request').update('entityIds', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  test('sends it with the token, the job and its polls, whatever zoql.request.entityIds says', async () => {
    const [tenant] = before as readonly object[];
    const own = { entityIds: 'entity-of-its-own', orgIds: 'org-1,org-2' };
    await settings('zoql').update('tenants', [{ ...tenant, ...own }], vscode.ConfigurationTarget.Global);
    await settings('zoql.request').update('entityIds', 'entity-of-all', vscode.ConfigurationTarget.Global);
    await showText('entity.zoql', 'select Id from Product limit 92');
    await confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile'));
    const job = (await submits()).at(-1);
    assert.ok(job);
    assert.match(job.body, /limit 92/);
    assert.deepEqual(
      [job.headers['zuora-entity-ids'], job.headers['zuora-org-ids']],
      ['entity-of-its-own', 'org-1,org-2'],
    );
    const all = await until(
      requests,
      found => found.some(({ path, headers }) => path.includes('/jobs/') && headers['zuora-org-ids'] === own.orgIds),
      { what: 'a poll of the job' },
    );
    const withEntity = all.filter(({ headers }) => headers['zuora-entity-ids'] !== undefined);
    assert.deepEqual([...new Set(withEntity.map(({ headers }) => headers['zuora-entity-ids']))], ['entity-of-its-own']);
    assert.ok(withEntity.some(({ path }) => path === '/oauth/token'));
  });
});

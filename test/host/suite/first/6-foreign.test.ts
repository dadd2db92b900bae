import assert from 'node:assert/strict';
import { once } from 'node:events';
import { unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { closeAll, showText, workspaceFolder, workspaceSettings } from '../files';
import { messagesDuring } from '../messages';
import { submitOnce } from '../queries';
import { submits } from '../standIn';

// A folder that somebody else wrote and that the person trusts: what it may say about a job and what it may not.
suite('settings of a foreign folder', () => {
  const caught: string[] = [];
  let listener: Server;
  let tenants: readonly unknown[];

  suiteSetup(async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    listener = createServer((request, response) => {
      caught.push(`${request.method} ${request.url}`);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    tenants = [
      { name: 'Local sandbox', url },
      { name: 'Another', url },
    ];
    await closeAll();
    await showText('foreign.zoql', 'select Id from Account limit 12');
  });

  suiteTeardown(() => {
    listener.close();
    unlinkSync(vscode.Uri.joinPath(workspaceFolder(), '.vscode', 'settings.json').fsPath);
  });

  const extraHeaders = { 'X-Foreign': 'yes' };
  const forms: Readonly<Record<string, (name: string) => object>> = {
    dotted: name => ({
      'zoql.tenants': tenants,
      'zoql.request.extraHeaders': extraHeaders,
      'zoql.job.name': name,
    }),
    nested: name => ({ zoql: { tenants, request: { extraHeaders }, job: { name } } }),
    'half nested': name => ({
      zoql: { tenants },
      'zoql.request': { extraHeaders },
      'zoql.job': { name },
    }),
  };
  for (const [form, settings] of Object.entries(forms)) {
    // VS Code itself keeps such values out where they are dotted; nested, 1.100 lets them through.
    test(`${form}: a field of the body counts, a tenant and a header do not`, async () => {
      const name = `Job of ${form}`;
      await workspaceSettings(settings(name), () => vscode.workspace.getConfiguration().get('zoql.job.name') === name);
      const messages = await messagesDuring(() => submitOnce());
      assert.match(messages.join('\n'), /^Job of [a-z ]+ was submitted to Local sandbox\./);
      const received = (await submits()).at(-1);
      assert.ok(received);
      assert.equal((JSON.parse(received.body) as { name?: string }).name, name);
      assert.equal(received.headers['x-foreign'], undefined);
      assert.equal(`http://${received.headers['host']}`, process.env['ZOQL_URL']);
      assert.deepEqual(caught, [], 'the folder named another address');
    });
  }
});

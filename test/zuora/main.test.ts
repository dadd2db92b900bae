/** The stand-in as a process, as `npm run zuora` starts it, and its admin calls. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import { answerOf, post, send } from './testClient';

const running: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Line {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Starts the command and waits for its one line. */
async function start(...args: string[]): Promise<{ child: ChildProcessWithoutNullStreams; line: Line }> {
  const child = spawn(process.execPath, ['test/host/standIn.mjs', ...args]);
  running.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, line: JSON.parse(line) as Line };
}

test('it prints url, client id and secret, serves, and ends on SIGTERM', async () => {
  const { child, line } = await start();
  assert.match(line.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const { clientId, clientSecret } = line;
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  const reply = await send(`${line.url}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  assert.equal(reply.status, 200);

  await admin(line);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('it ends with the process that holds its stdin', async () => {
  const { child } = await start('--until-stdin-closes');
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

/** What a test in another process can see and do. */
async function admin({ url, clientSecret }: Line): Promise<void> {
  const call = (name: string, body?: unknown): ReturnType<typeof send> =>
    send(`${url}/__admin/${name}`, body === undefined ? {} : post(body));

  const [token] = answerOf<{ method: string; path: string; status: number; body: string }[]>(await call('requests'));
  assert.deepEqual([token?.method, token?.path, token?.status], ['POST', '/oauth/token', 200]);
  assert.ok(!token?.body.includes(encodeURIComponent(clientSecret)));

  await call('faults', { do: 'status', status: 503, match: { path: '/oauth' } });
  assert.equal((await send(`${url}/oauth/token`, { method: 'POST' })).status, 503);
  assert.equal((await call('faults', { do: 'earthquake' })).status, 400);
  assert.equal((await call('advance', { ms: 1000 })).status, 200);
  assert.equal((await call('advance', { minutes: 1 })).status, 400);
  assert.equal((await call('no-such-call')).status, 404);

  assert.deepEqual(answerOf(await call('counters')), { jobs: 0, jobsByKey: {}, violations: [] });
  await call('reset', {});
  assert.deepEqual(answerOf(await call('requests')), []);
}

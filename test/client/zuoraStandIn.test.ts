// The client against the local Zuora stand-in: the whole way of a job, as the service sees it.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createZuoraClient, type SubmitRequest } from '../../client/src/zuora/aqua';
import { checkCredentials, createTokenSource, type ApiAccessKey, type Credentials } from '../../client/src/zuora/auth';
import { systemClock } from '../../client/src/zuora/clock';
import { saveFile } from '../../client/src/zuora/files';
import { success } from '../../client/src/zuora/outcome';
import { requestLine, type Transport } from '../../client/src/zuora/transport';
import { startZuora, type Zuora } from '../zuora/server';
import { draw, forever } from './network';

/** The stand-in and the client on real time, as in the editor; checks at the end that the service had no complaint. */
async function standIn(t: TestContext, signIn: (zuora: Zuora) => Credentials = clientOf) {
  const zuora = await startZuora();
  const lines: string[] = [];
  const transport: Transport = {
    clock: systemClock,
    log: entry => lines.push(requestLine(entry)),
    mayConnect: () => true,
  };
  const credentialsFor = () => Promise.resolve(success(signIn(zuora)));
  const tokens = createTokenSource({ transport, random: Math.random, credentialsFor });
  const client = createZuoraClient({ transport, tokens, random: Math.random });
  t.after(async () => {
    await zuora.stop();
    assert.deepEqual(zuora.violations, []);
    for (const secret of [zuora.clientSecret, zuora.apiAccessKey.secret]) {
      assert.ok(!lines.join('\n').includes(secret), 'a secret is in the log');
    }
  });
  return { zuora, client, transport, lines, scope: { tenant: 'Local sandbox', origin: zuora.url } };
}

function clientOf({ clientId, clientSecret }: Zuora): Credentials {
  return { clientId, clientSecret };
}

function keyOf({ apiAccessKey: { id, secret } }: Zuora): ApiAccessKey {
  return { apiAccessKeyId: id, apiSecretAccessKey: secret };
}

function submission(query: string, more: Partial<SubmitRequest> = {}): SubmitRequest {
  const body = JSON.stringify({
    format: 'csv',
    version: 1,
    useQueryLabels: true,
    queries: [{ name: 'q', query, type: 'zoqlexport' }],
  });
  return { body, headers: {}, idempotencyKey: 'key-1', gzip: false, ...more };
}

test('submit, poll to the end and save the result', async t => {
  const { zuora, client, lines, scope } = await standIn(t);
  const submitted = await client.submit(
    scope,
    submission('select Id, Name from Account limit 3', { gzip: true, headers: { 'Accept-Encoding': 'gzip' } }),
    forever,
  );
  assert.ok(submitted.ok, draw(submitted));
  let job = submitted.value;
  for (const deadline = performance.now() + 10_000; job.status !== 'completed' && performance.now() < deadline;) {
    const polled = await client.job(scope, job.id, forever);
    assert.ok(polled.ok, draw(polled));
    job = polled.value;
  }
  const [batch] = job.batches;
  assert.equal(batch?.recordCount, 3);

  const folder = await mkdtemp(path.join(tmpdir(), 'zoql-stand-in-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const saved = await saveFile(path.join(folder, 'q.csv'), sink =>
    client.download(scope, batch?.fileId ?? '', sink, forever),
  );
  assert.ok(saved.ok, draw(saved));
  const rows = (await readFile(path.join(folder, 'q.csv'), 'utf8')).trimEnd().split('\n');
  assert.equal(rows[0], 'Account.Id,Account.Name');
  assert.equal(rows.length, 4);
  assert.equal(zuora.jobsByKey.get('key-1'), 1);
  assert.match(
    lines[1] ?? '',
    /^POST http:\/\/127\.0\.0\.1:\d+\/v1\/batch-query\/ → 200 in \d+ ms, Zuora-Request-Id [\w-]+/,
  );
});

test("a job's polls, its file and its cancel carry the headers that it was submitted with, and never the key", async t => {
  const { zuora, client, scope } = await standIn(t);
  const headers = { 'Zuora-Track-Id': 'nightly', 'Zuora-Version': '2025-08-12', 'X-Gateway': 'billing' };
  const submitted = await client.submit(scope, submission('select Id from Account', { headers }), forever);
  assert.ok(submitted.ok, draw(submitted));
  const target = { ...scope, headers };
  await client.job(target, submitted.value.id, forever);
  const nowhere = { start: () => Promise.resolve(), write: () => Promise.resolve() };
  await client.download(target, 'nofile', nowhere, forever);
  await client.cancel(target, submitted.value.id, forever);

  const sent = zuora.requests.filter(({ path }) => path !== '/oauth/token');
  assert.deepEqual(
    sent.map(({ method, headers }) => [
      method,
      headers['zuora-track-id'],
      headers['zuora-version'],
      headers['x-gateway'],
    ]),
    ['POST', 'GET', 'GET', 'DELETE'].map(method => [method, 'nightly', '2025-08-12', 'billing']),
  );
});

test('a syntax error comes back with the query it is about', async t => {
  const { client, scope } = await standIn(t);
  const query = "select Nope\nfrom Account where Name = 'ü'";
  const refused = await client.submit(scope, submission(query), forever);
  assert.equal(refused.ok || (refused.failure.kind === 'rejected' && refused.failure.code), '90005');
  assert.deepEqual(refused.ok || (refused.failure.kind === 'rejected' && refused.failure.culprit), {
    error: 'There is no field named Nope',
    query,
  });
});

test('a token that the service forgets is renewed once, and the job polled on', async t => {
  const { zuora, client, lines, scope } = await standIn(t);
  const submitted = await client.submit(scope, submission('select Id from Account'), forever);
  assert.ok(submitted.ok, draw(submitted));
  zuora.expireTokens();
  const polled = await client.job(scope, submitted.value.id, forever);
  assert.ok(polled.ok, draw(polled));
  assert.deepEqual(
    lines.map(line => line.replace(/^(\w+) \S+?\d(\/\S*) → (\d+).*/, '$1 $2 $3').replace(submitted.value.id, 'id')),
    [
      'POST /oauth/token 200',
      'POST /v1/batch-query/ 200',
      'GET /v1/batch-query/jobs/id 401',
      'POST /oauth/token 200',
      'GET /v1/batch-query/jobs/id 200',
    ],
  );
});

for (const [name, fault, expected] of [
  [
    'an answer that is lost after the job was made',
    { do: 'drop', at: 'after' },
    /^network \| message: the connection was lost \| sent: maybe$/,
  ],
  [
    'an answer cut in the middle',
    { do: 'drop', at: 'body' },
    /^network \| message: the connection was lost \| sent: maybe$/,
  ],
  ['a web page', { do: 'html' }, /^malformed \| message: a web page came where JSON was expected/],
  ['half a gzip answer', { do: 'truncated-gzip' }, /^malformed \| message: the answer's gzip encoding is broken/],
  ['a redirect', { do: 'redirect', to: 'http://127.0.0.1:1/' }, /^redirected \| /],
] as const) {
  test(`${name} is one request, and a repeat with the same key makes no second job`, async t => {
    const { zuora, client, scope } = await standIn(t);
    zuora.fault({ ...fault, match: { method: 'POST', path: '/v1/batch-query/' }, times: 1 });
    const request = submission('select Id from Account');
    assert.match(draw(await client.submit(scope, request, forever)), expected);
    const repeated = await client.submit(scope, request, forever);
    assert.ok(repeated.ok, draw(repeated));
    assert.equal(zuora.jobsByKey.get('key-1'), 1);
  });
}

test('an API access key signs each request, and no token is asked for', async t => {
  const { zuora, client, transport, scope } = await standIn(t, keyOf);
  assert.equal(draw(await checkCredentials(transport, scope, keyOf(zuora), forever)), 'ok undefined');
  const submitted = await client.submit(scope, submission('select Id from Account limit 1'), forever);
  assert.ok(submitted.ok, draw(submitted));
  assert.ok((await client.job(scope, submitted.value.id, forever)).ok);
  assert.deepEqual(
    zuora.requests.map(({ method, path: asked }) => `${method} ${asked.replace(submitted.value.id, 'J')}`),
    ['GET /v1/describe', 'POST /v1/batch-query/', 'GET /v1/batch-query/jobs/J'],
  );
});

test('a wrong API access key costs one request, shows neither of its parts, and works again when forgiven', async t => {
  let secret = 'planted-wrong-password';
  const { zuora, client, transport, scope } = await standIn(t, from => ({
    ...keyOf(from),
    apiSecretAccessKey: secret,
  }));
  const checked = await checkCredentials(transport, scope, { ...keyOf(zuora), apiSecretAccessKey: secret }, forever);
  const asked = [await client.job(scope, 'j1', forever), await client.job(scope, 'j1', forever)];
  for (const outcome of [checked, ...asked]) {
    assert.match(draw(outcome), /^unauthorized/);
    assert.doesNotMatch(draw(outcome), /planted|api\.user/);
  }
  assert.equal(zuora.requests.length, 2, 'one for each');
  secret = zuora.apiAccessKey.secret;
  client.forgive(scope);
  assert.ok((await client.objects(scope, forever)).ok);
});

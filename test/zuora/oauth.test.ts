/** Signing in, and what every answer carries. */
import assert from 'node:assert/strict';
import { after, beforeEach, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { startZuora, type Zuora } from './server';
import { answerOf, connect, post, requestToken, send, signIn, type JobAnswer } from './testClient';

let zuora: Zuora;
before(async () => {
  zuora = await startZuora({ tokenExpiresIn: 600 });
});
beforeEach(() => zuora.reset());
after(() => zuora.stop());

const withToken = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

test('client id and secret give a token that opens the service', async () => {
  const reply = await requestToken(zuora, {});
  const { access_token: token, ...answer } = answerOf<{ access_token: string; token_type: string; expires_in: number }>(
    reply,
  );
  assert.deepEqual([reply.status, answer.token_type, answer.expires_in], [200, 'bearer', 600]);
  assert.equal((await send(`${zuora.url}/v1/describe`, { headers: withToken(token) })).status, 200);
  assert.deepEqual(zuora.violations, []);
});

test('client id and secret have the lengths of Zuora, and the secret needs encoding', () => {
  assert.equal(zuora.clientId.length, 36);
  assert.ok(zuora.clientSecret.length <= 42);
  assert.notEqual(encodeURIComponent(zuora.clientSecret), zuora.clientSecret);
});

test('a wrong secret is a 401, and neither secret is told', async () => {
  const reply = await requestToken(zuora, { client_secret: 'not-the-secret' });
  assert.equal(reply.status, 401);
  assert.doesNotMatch(reply.text, /not-the-secret/);
  assert.doesNotMatch(JSON.stringify(zuora.requests), /not-the-secret/);
});

test('a wrong client id is a 401', async () => {
  const reply = await requestToken(zuora, { client_id: '00000000-0000-4000-8000-000000000000' });
  assert.equal(reply.status, 401);
});

test('another grant is a violation', async () => {
  await requestToken(zuora, { grant_type: 'password' });
  assert.match(zuora.violations[0]?.problem ?? '', /grant_type/);
});

test('an Authorization header on the token call is a violation', async () => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Bearer old' };
  await send(`${zuora.url}/oauth/token`, { method: 'POST', headers, body: '' });
  assert.ok(zuora.violations.some(({ problem }) => problem.includes('no Authorization')));
});

test('the log holds neither secret nor token', async () => {
  const token = await signIn(zuora);
  await send(`${zuora.url}/v1/describe`, { headers: withToken(token) });
  const log = JSON.stringify(zuora.requests);
  assert.ok(zuora.requests.length === 2);
  for (const secret of [zuora.clientSecret, encodeURIComponent(zuora.clientSecret), token]) {
    assert.ok(!log.includes(secret));
  }
});

test('no token, a made-up one and one that has expired are a 401', async () => {
  const token = await signIn(zuora);
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await send(`${zuora.url}/v1/describe`, { headers })).status;
  assert.equal(await status({}), 401);
  assert.equal(await status(withToken('made-up')), 401);
  assert.equal(await status(withToken(token)), 200);
  zuora.advance(600_000);
  assert.equal(await status(withToken(token)), 401);
});

test('every answer has its request id, limits and the Track-Id that was sent', async () => {
  const client = await connect(zuora);
  const { headers } = await client.call('/v1/describe', { headers: { 'Zuora-Track-Id': 'zoql-1' } });
  assert.match(String(headers['zuora-request-id']), /^[0-9a-f-]{36}$/);
  assert.equal(headers['zuora-track-id'], 'zoql-1');
  for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'concurrency-limit-limit']) {
    assert.ok(headers[name], name);
  }
});

test('request bodies may come gzipped', async () => {
  const client = await connect(zuora);
  const { body, headers } = post({ queries: [{ query: 'select Id from Product' }] });
  const reply = await client.call('/v1/batch-query/', {
    method: 'POST',
    headers: { ...headers, 'Content-Encoding': 'gzip' },
    body: gzipSync(body ?? ''),
  });
  assert.ok(answerOf<JobAnswer>(reply).id);
  assert.equal(zuora.requests.at(-1)?.body, body);
});

test('answers are gzipped for who accepts it', async () => {
  const client = await connect(zuora);
  const plain = await client.call('/v1/describe/Product');
  const packed = await client.call('/v1/describe/Product', { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(packed.bytes).toString('utf8'), plain.text);
});

test('unknown paths are a 404 and wrong methods a 405', async () => {
  const client = await connect(zuora);
  assert.equal((await client.call('/v1/accounts')).status, 404);
  assert.equal((await client.call('/v1/batch-query/')).status, 405);
  assert.equal((await client.call('/v1/describe/Account', { method: 'DELETE' })).status, 405);
});

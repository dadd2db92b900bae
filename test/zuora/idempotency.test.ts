/** The 24-hour table of Idempotency-Keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from './clock';
import { startZuora, type Zuora, type ZuoraOptions } from './server';
import { answerOf, connect, post, type Call, type JobAnswer, type Reply, type TestClient } from './testClient';

const path = '/v1/batch-query/';
const key = { 'Idempotency-Key': 'intent-1' };
const submit = (headers: Readonly<Record<string, string>> = {}, query = 'select Id from Product'): Call =>
  post({ queries: [{ query }] }, { ...key, ...headers });

/** Runs a test against a stand-in of its own. */
function idempotency(
  name: string,
  body: (client: TestClient, zuora: Zuora) => Promise<void>,
  options: ZuoraOptions = {},
): void {
  test(name, async () => {
    const zuora = await startZuora({ tokenExpiresIn: 1_000_000, ...options });
    try {
      await body(await connect(zuora), zuora);
    } finally {
      await zuora.stop();
    }
  });
}

function idOf(reply: Reply): string | undefined {
  return answerOf<JobAnswer>(reply).id;
}

idempotency('the same key gives the same answer and makes one job', async (client, zuora) => {
  const first = await client.call(path, submit());
  zuora.advance(day - 60_000);
  const second = await client.call(path, submit());
  assert.ok(idOf(first));
  assert.equal(second.text, first.text);
  assert.equal(zuora.jobsByKey.get('intent-1'), 1);
  assert.deepEqual(zuora.violations, []);
});

idempotency('after 24 hours the key protects nothing', async (client, zuora) => {
  const first = await client.call(path, submit());
  zuora.advance(day);
  const second = await client.call(path, submit());
  assert.notEqual(idOf(second), idOf(first));
  assert.equal(zuora.jobsByKey.get('intent-1'), 2);
});

idempotency('another key, or none, makes another job', async (client, zuora) => {
  await client.call(path, submit());
  await client.call(path, submit({ 'Idempotency-Key': 'intent-2' }));
  await client.call(path, post({ queries: [{ query: 'select Id from Product' }] }));
  assert.deepEqual(
    [...zuora.jobsByKey],
    [
      ['intent-1', 1],
      ['intent-2', 1],
      ['', 1],
    ],
  );
});

idempotency('a refused query is kept like any answer', async client => {
  const first = await client.call(path, submit({}, 'select Nope from Account'));
  const second = await client.call(path, submit({}, 'select Nope from Account'));
  assert.equal(answerOf<JobAnswer>(first).errorCode, '90005');
  assert.equal(second.text, first.text);
});

idempotency('a failure is kept too: its key replays it for ever', async (client, zuora) => {
  zuora.fault({ do: 'status', status: 500, match: { path } });
  const statuses = [];
  for (let attempt = 0; attempt < 3; attempt++) statuses.push((await client.call(path, submit())).status);
  assert.deepEqual(statuses, [500, 500, 500]);
  assert.equal(zuora.jobs.length, 0);
  assert.equal((await client.call(path, submit({ 'Idempotency-Key': 'intent-2' }))).status, 200);
});

idempotency('a failure that is not kept can be tried again with its key', async (client, zuora) => {
  zuora.fault({ do: 'status', status: 503, stored: false, match: { path } });
  assert.equal((await client.call(path, submit())).status, 503);
  assert.equal((await client.call(path, submit())).status, 200);
  assert.equal(zuora.jobsByKey.get('intent-1'), 1);
});

for (const status of [401, 429, 500, 503]) {
  idempotency(
    `a service that keeps no ${status}`,
    async (client, zuora) => {
      zuora.fault({ do: 'status', status, match: { path } });
      assert.equal((await client.call(path, submit())).status, status);
      assert.equal((await client.call(path, submit())).status, 200);
    },
    { keptAnswers: 'all but 401, 429 and 5xx' },
  );
}

idempotency(
  'that service keeps other refusals',
  async (client, zuora) => {
    zuora.fault({ do: 'status', status: 400, match: { path } });
    assert.equal((await client.call(path, submit())).status, 400);
    assert.equal((await client.call(path, submit())).status, 400);
  },
  { keptAnswers: 'all but 401, 429 and 5xx' },
);

idempotency('409 while the first request is under way, then its answer', async (client, zuora) => {
  const hold = zuora.fault({ do: 'hold', match: { path } });
  const first = client.call(path, submit());
  const deadline = Date.now() + 10_000;
  while (hold.hits === 0) {
    assert.ok(Date.now() < deadline, 'the first request never reached the stand-in');
    await new Promise(setImmediate);
  }
  assert.equal((await client.call(path, submit())).status, 409);
  hold.release();
  const id = idOf(await first);
  assert.equal(idOf(await client.call(path, submit())), id);
  assert.equal(zuora.jobsByKey.get('intent-1'), 1);
});

idempotency('422 for another method or URL', async client => {
  await client.call(path, submit());
  const other = await client.call('/v1/batch-query/jobs/', submit());
  assert.equal(other.status, 422);
});

idempotency('422 for another entity', async client => {
  await client.call(path, submit({ 'Zuora-Entity-Ids': '4f6e5d4c-0000-4000-8000-000000000001' }));
  const other = await client.call(path, submit({ 'Zuora-Entity-Ids': '4f6e5d4c-0000-4000-8000-000000000002' }));
  assert.equal(other.status, 422);
});

idempotency('another body gets the kept answer, and is a violation', async (client, zuora) => {
  const first = await client.call(path, submit());
  const second = await client.call(path, submit({}, 'select Name from Product'));
  assert.equal(second.text, first.text);
  assert.match(zuora.violations[0]?.problem ?? '', /body differs/);
});

for (const method of ['GET', 'DELETE']) {
  idempotency(`the key on ${method} is refused, and is a violation`, async (client, zuora) => {
    const { id } = await client.submit({ queries: [{ query: 'select Id from Product' }] });
    const reply = await client.call(`/v1/batch-query/jobs/${id}`, { method, headers: key });
    assert.equal(reply.status, 400);
    assert.deepEqual(zuora.violations, [
      { request: `${method} /v1/batch-query/jobs/${id}`, problem: 'Idempotency-Key is for POST only' },
    ]);
  });
}

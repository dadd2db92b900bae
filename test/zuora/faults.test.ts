/** Every fault, as a client on the wire sees it. */
import assert from 'node:assert/strict';
import { after, beforeEach, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Fault } from './faults';
import { startZuora, type Zuora } from './server';
import { answerOf, connect, post, send, signIn, type JobAnswer, type Reply, type TestClient } from './testClient';

let zuora: Zuora;
let client: TestClient;

before(async () => {
  zuora = await startZuora();
});
beforeEach(async () => {
  zuora.reset();
  client = await connect(zuora);
  zuora.reset();
});
after(() => zuora.stop());

const path = '/v1/batch-query/';
const good = post({ queries: [{ query: 'select Id from Product' }] }, { 'Idempotency-Key': 'intent' });

/** Submits once with the fault and once more without it, with the same key. */
function fault(
  name: string,
  action: Fault,
  check: (first: Reply, again: Reply) => void | Promise<void>,
  jobs = 1,
): void {
  test(name, async () => {
    const handle = zuora.fault({ ...action, match: { method: 'POST', path } });
    const first = await client.call(path, good);
    assert.equal(handle.hits, 1);
    const jobsAfterFirst = zuora.jobs.length;
    const again = await client.call(path, good);
    assert.equal(jobsAfterFirst, jobs, 'jobs that the request with the fault made');
    await check(first, again);
    assert.equal(zuora.requests[0]?.fault, action.do);
  });
}

/** The same for a request that no answer comes to. */
function lost(name: string, action: Fault, code: string, jobs: number): void {
  test(name, async () => {
    zuora.fault({ ...action, match: { method: 'POST', path } });
    await assert.rejects(client.call(path, good), { code });
    assert.equal(zuora.jobs.length, jobs, 'jobs that the lost request made');
    assert.equal(zuora.requests[0]?.status, undefined);
    const again = answerOf<JobAnswer>(await client.call(path, good));
    assert.match(again.id ?? '', /^[0-9a-f]{32}$/);
    assert.equal(zuora.jobs.length, 1);
    assert.equal(zuora.jobsByKey.get('intent'), 1);
  });
}

lost('the connection drops before the job is made', { do: 'drop', at: 'before' }, 'ECONNRESET', 0);
lost('the connection drops when the job is made', { do: 'drop', at: 'after' }, 'ECONNRESET', 1);
lost('the connection ends when the job is made', { do: 'drop', how: 'end' }, 'ECONNRESET', 1);

for (const how of ['reset', 'end'] as const) {
  fault(`the connection drops behind the headers (${how})`, { do: 'drop', at: 'headers', how }, (first, again) => {
    assert.deepEqual([first.status, first.aborted, first.bytes.length], [200, true, 0]);
    assert.equal(again.status, 200);
  });
  fault(`the connection drops in the middle of the body (${how})`, { do: 'drop', at: 'body', how }, (first, again) => {
    assert.equal(first.aborted, true);
    assert.ok(0 < first.bytes.length && first.bytes.length < again.bytes.length);
  });
}

fault('half a body with a length that fits', { do: 'cut' }, (first, again) => {
  assert.equal(first.aborted, false);
  assert.equal(first.bytes.length, again.bytes.length >> 1);
});
fault('half a body without a length', { do: 'cut', framing: 'none' }, (first, again) => {
  assert.equal(first.aborted, false);
  assert.equal(first.headers['content-length'], undefined);
  assert.equal(first.headers['transfer-encoding'], undefined);
  assert.equal(first.bytes.length, again.bytes.length >> 1);
});
fault('half a body in chunks, without the last one', { do: 'cut', framing: 'chunked' }, (first, again) => {
  assert.equal(first.aborted, true);
  assert.equal(first.bytes.length, again.bytes.length >> 1);
});
fault('JSON that is none', { do: 'malformed-json' }, (first, again) => {
  assert.throws(() => JSON.parse(first.text), SyntaxError);
  assert.ok(answerOf<JobAnswer>(again).id);
});
fault(
  'a page of HTML in place of the service',
  { do: 'html' },
  (first, again) => {
    assert.equal(first.status, 200);
    assert.match(first.headers['content-type'] ?? '', /text\/html/);
    assert.match(first.text, /<html>/);
    assert.equal(again.status, 200);
  },
  0,
);
fault('a page of HTML in place of the answer', { do: 'html', when: 'after', status: 502 }, (first, again) => {
  assert.equal(first.status, 502);
  assert.ok(answerOf<JobAnswer>(again).id);
});
fault('gzip that is cut in half', { do: 'truncated-gzip' }, first => {
  assert.equal(first.headers['content-encoding'], 'gzip');
  assert.equal(first.aborted, false);
  assert.throws(() => gunzipSync(first.bytes), { code: 'Z_BUF_ERROR' });
});
fault('a flipped byte', { do: 'flipped-byte' }, (first, again) => {
  const different = [...first.bytes].filter((byte, index) => byte !== again.bytes[index]);
  assert.equal(different.length, 1);
});
fault('a job id that climbs out of a folder', { do: 'job-id' }, first => {
  assert.equal(answerOf<JobAnswer>(first).id, '../../etc/passwd');
});
fault('an answer without an id', { do: 'job-id', id: null }, first => {
  assert.deepEqual([first.status, answerOf<JobAnswer>(first).id], [200, undefined]);
});
fault('headers of the test', { do: 'headers', headers: { ETag: '"1"' } }, first => {
  assert.equal(first.headers.etag, '"1"');
});
fault('fields of the test', { do: 'patch', fields: { status: 'thinking', batches: null } }, first => {
  const { status, batches } = answerOf<JobAnswer>(first);
  assert.deepEqual([status, batches], ['thinking', undefined]);
});
fault(
  '429 with Retry-After',
  { do: 'too-many-requests', retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT', stored: false },
  (first, again) => {
    assert.deepEqual([first.status, first.headers['retry-after']], [429, 'Wed, 21 Oct 2026 07:28:00 GMT']);
    assert.equal(again.status, 200);
  },
  0,
);
fault(
  '429 with RateLimit-Reset',
  { do: 'too-many-requests', reset: '7' },
  first => assert.deepEqual([first.headers['retry-after'], first.headers['ratelimit-reset']], [undefined, '7']),
  0,
);
fault(
  'a redirect to another origin',
  { do: 'redirect', to: 'http://127.0.0.1:9/elsewhere', status: 307 },
  first => assert.deepEqual([first.status, first.headers.location], [307, 'http://127.0.0.1:9/elsewhere']),
  0,
);
fault(
  'a status with a body of its own',
  { do: 'status', status: 418, body: 'short and stout' },
  first => {
    assert.deepEqual([first.status, first.text], [418, 'short and stout']);
  },
  0,
);
fault('500 although the job was made, and kept so', { do: 'status', status: 500, when: 'after' }, (first, again) => {
  assert.deepEqual([first.status, again.status], [500, 500]);
});
fault('a delay before the work', { do: 'delay', ms: 1 }, first => assert.equal(first.status, 200));
fault('a delay before the answer', { do: 'delay', ms: 1, when: 'after' }, first => assert.equal(first.status, 200));

test('an expired token: 401, for every token given so far', async () => {
  zuora.fault({ do: 'expired-token', match: { path }, stored: false });
  assert.equal((await client.call(path, good)).status, 401);
  assert.equal((await client.call('/v1/describe')).status, 401);
  const token = await signIn(zuora);
  const headers = { ...good.headers, Authorization: `Bearer ${token}` };
  assert.equal((await send(`${zuora.url}${path}`, { ...good, headers })).status, 200);
  assert.equal(zuora.jobs.length, 1);
});

test('headers and then silence, until the client has had enough', async () => {
  zuora.fault({ do: 'silence', match: { path } });
  const enough = new AbortController();
  const response = await fetch(`${zuora.url}${path}`, {
    method: 'POST',
    headers: { ...good.headers, Authorization: `Bearer ${await signIn(zuora)}` },
    body: good.body as string,
    signal: enough.signal,
  });
  assert.equal(response.status, 200);
  const text = response.text();
  enough.abort();
  await assert.rejects(text, { name: 'AbortError' });
  assert.equal(zuora.jobs.length, 1);
});

test('a held answer is kept already: the same key gets it at once', async () => {
  const hold = zuora.fault({ do: 'hold', when: 'after', match: { path } });
  const first = client.call(path, good);
  while (zuora.jobs.length === 0) await new Promise(setImmediate);
  const again = await client.call(path, good);
  hold.release();
  assert.equal((await first).text, again.text);
});

test('a fault by header hits its own request only', async () => {
  const headers = { ...good.headers, 'X-Zuora-Fault': '{"do":"status","status":503,"stored":false}' };
  assert.equal((await client.call(path, { ...good, headers })).status, 503);
  assert.equal((await client.call(path, good)).status, 200);
  await assert.rejects(client.call('/v1/describe', { headers: { 'X-Zuora-Fault': 'drop' } }), { code: 'ECONNRESET' });
});

test('a fault of an unknown kind is said to be one', async () => {
  const reply = await client.call('/v1/describe', { headers: { 'X-Zuora-Fault': 'earthquake' } });
  assert.equal(reply.status, 400);
  assert.match(reply.text, /earthquake/);
});

test('a matcher counts the requests it matches', async () => {
  const handle = zuora.fault({
    do: 'status',
    status: 503,
    match: { method: 'GET', path: '/v1/describe', nth: 2 },
    times: 2,
  });
  const statuses = [];
  for (let call = 0; call < 5; call++) statuses.push((await client.call('/v1/describe/Product')).status);
  assert.deepEqual(statuses, [200, 503, 503, 200, 200]);
  assert.equal(handle.hits, 2);
});

test('a fault that was taken back hits nothing', async () => {
  zuora.fault({ do: 'drop', match: { path: '/v1/describe' } }).remove();
  assert.equal((await client.call('/v1/describe')).status, 200);
});

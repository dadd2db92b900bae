// Jobs: what is sent, what comes back, and every way the service says no.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { SubmitRequest } from '../../client/src/zuora/aqua';
import { draw, forever, join, serve, serveRaw, withTokens, type Reply } from './network';

const submission: SubmitRequest = {
  body: '{"name":"größe","queries":[]}',
  headers: {},
  idempotencyKey: 'key-1',
  gzip: false,
};
const job = (more: object = {}) => ({ id: 'j1', status: 'executing', batches: [], ...more });

test('a submit is one POST with the exact body, the key and the headers of settings and scope', async t => {
  const { origin, seen, lines } = await serve(
    t,
    withTokens(() => ({ body: job() })),
  );
  const { client, scope } = join(origin);
  const headers = {
    'zuora-track-id': 't-1',
    'idempotency-key': 'theirs',
    authorization: 'theirs',
    'X-Team': 'billing',
  };
  await client.submit({ ...scope, entityIds: 'e-1', orgIds: 'o-1,o-2' }, { ...submission, headers }, forever);
  assert.deepEqual(lines(), ['POST /oauth/token', 'POST /v1/batch-query/']);
  const [, request] = seen;
  assert.equal(request?.body.toString(), submission.body);
  const { host, connection, ...sent } = request?.headers ?? {};
  assert.ok(host && connection);
  assert.deepEqual(sent, {
    accept: 'application/json',
    authorization: 'Bearer token-1',
    'content-length': '31',
    'content-type': 'application/json',
    'idempotency-key': 'key-1',
    'user-agent': 'ZOQL for VS Code',
    'x-team': 'billing',
    'zuora-entity-ids': 'e-1',
    'zuora-org-ids': 'o-1,o-2',
    'zuora-track-id': 't-1',
  });
});

test('a gzipped submit is the same body, and a gzipped answer is read', async t => {
  const { origin, seen } = await serve(
    t,
    withTokens(() => ({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(JSON.stringify(job())) })),
  );
  const { client, scope } = join(origin);
  const headers = { 'Accept-Encoding': 'gzip' };
  assert.equal(
    draw(await client.submit(scope, { ...submission, headers, gzip: true }, forever)),
    'ok {"batches":[],"id":"j1","status":"executing"}',
  );
  assert.equal(seen[1]?.headers['content-encoding'], 'gzip');
  assert.equal(seen[1]?.headers['accept-encoding'], 'gzip');
  assert.equal(gunzipSync(seen[1]?.body ?? '').toString(), submission.body);
});

test('GET and DELETE go to the job, without a key', async t => {
  const { origin, seen, lines } = await serve(
    t,
    withTokens(() => ({ body: job() })),
  );
  const { client, scope } = join(origin);
  await client.job(scope, 'j1', forever);
  await client.cancel(scope, 'j1', forever);
  assert.deepEqual(lines().slice(1), ['GET /v1/batch-query/jobs/j1', 'DELETE /v1/batch-query/jobs/j1']);
  for (const { headers } of seen) assert.equal(headers['idempotency-key'], undefined);
});

for (const [name, body, expected] of [
  [
    "Zuora's own example",
    {
      id: '2c92c8f83dabf9cf013daef12dd303b0',
      name: 'Example',
      version: '1.1',
      format: 'CSV',
      status: 'completed',
      startTime: '2014-09-03 08:20:07',
      encrypted: 'none',
      batches: [
        {
          batchId: '2c92c8f83dabf9cf013daef12e1a03b2',
          name: 'a',
          query: 'select Id from Account',
          batchType: 'zoqlexport',
          status: 'completed',
          apiVersion: '145.0',
          full: true,
          recordCount: 27,
          fileId: '2c92c8f83dabf9cf013daef12fce03b5',
          localizedStatus: 'completed',
        },
      ],
    },
    'ok {"name":"Example","version":"1.1","batches":[{"batchId":"2c92c8f83dabf9cf013daef12e1a03b2","name":"a","query":"select Id from Account","status":"completed","recordCount":27,"batchType":"zoqlexport","full":true,"fileId":"2c92c8f83dabf9cf013daef12fce03b5"}],"id":"2c92c8f83dabf9cf013daef12dd303b0","status":"completed"}',
  ],
  [
    'numbers as texts and texts as numbers',
    job({ name: 7, batches: [{ status: 'completed', recordCount: '12' }] }),
    'ok {"name":"7","batches":[{"status":"completed","recordCount":12}],"id":"j1","status":"executing"}',
  ],
  [
    'a state nobody knows yet',
    job({ status: 'hibernating', batches: [{ status: 'asleep' }] }),
    'ok {"batches":[{"status":"asleep"}],"id":"j1","status":"hibernating"}',
  ],
  ['no batches and no status', { id: 'j1' }, 'ok {"batches":[],"id":"j1","status":""}'],
  [
    'nulls everywhere',
    { id: 'j1', status: 'submitted', name: null, message: null, batches: null },
    'ok {"batches":[],"id":"j1","status":"submitted"}',
  ],
  [
    'segments in place of a file',
    job({ batches: [{ status: 'completed', fileId: '', segments: ['f1', 'f2'] }] }),
    'ok {"batches":[{"status":"completed","segments":["f1","f2"]}],"id":"j1","status":"executing"}',
  ],
  [
    'a count that is none',
    job({ batches: [{ status: 'completed', recordCount: -1 }] }),
    'ok {"batches":[{"status":"completed"}],"id":"j1","status":"executing"}',
  ],
  [
    'a failed job with its id',
    job({ status: 'error', errorCode: '90005', message: 'wrong' }),
    'ok {"message":"wrong","errorCode":"90005","batches":[],"id":"j1","status":"error"}',
  ],
] as const) {
  test(`an answer with ${name}`, async t => {
    const { origin } = await serve(
      t,
      withTokens(() => ({ body })),
    );
    const { client, scope } = join(origin);
    const outcome = await client.job(scope, 'id' in body ? body.id : '', forever);
    assert.equal(draw(outcome), expected);
  });
}

const noId = 'malformed | message: the answer names no job | excerpt: ';
const badId = (where: string) => `malformed | message: ${where} is not what Zuora sends | excerpt: `;

for (const [name, body, expected] of [
  ['without an id', { status: 'submitted', batches: [] }, noId],
  ['with an empty id', { id: '', status: 'submitted' }, noId],
  ['with an id that climbs', { id: '../../oauth' }, badId('id')],
  ['with a quote in the id', { id: "a'b" }, badId('id')],
  ['with a line break in the id', { id: 'a\nb' }, badId('id')],
  ['with an id and a line break', { id: 'ab\n' }, badId('id')],
  ['with an id of 10 kB', { id: 'a'.repeat(10_000) }, badId('id')],
  ['with a number for an id', { id: 7 }, badId('id')],
  [
    'with a batch id that climbs',
    job({ batches: [{ batchId: '../x', status: 'pending' }] }),
    badId('batches.0.batchId'),
  ],
  ['with a file id that climbs', job({ batches: [{ fileId: 'a/b', status: 'completed' }] }), badId('batches.0.fileId')],
  [
    'with a segment that climbs',
    job({ batches: [{ segments: ['a', '..'], status: 'completed' }] }),
    badId('batches.0.segments.1'),
  ],
  ['with batches that are a text', job({ batches: 'none' }), badId('batches')],
  ['about another job', job({ id: 'j2' }), 'malformed | message: the answer is about another job | excerpt: '],
  ['that is empty', '', 'malformed | message: the answer was empty | excerpt: '],
  ['that is null', 'null', 'malformed | message: the answer was not a JSON object | excerpt: '],
  ['that is a list', '[]', 'malformed | message: the answer was not a JSON object | excerpt: '],
  ['that is an empty object', '{}', noId],
  ['that is cut', '{"id":"j1","sta', 'malformed | message: the answer was not whole JSON | excerpt: '],
  [
    'that is a login page',
    '<!DOCTYPE html>\n<title>Log\tin</title>',
    'malformed | message: a web page came where JSON was expected | excerpt: <!DOCTYPE html> <title>Log in</title>',
  ],
  ['nested without end', `${'['.repeat(200_000)}`, 'malformed | message: the answer was not whole JSON | excerpt: [[['],
] as const) {
  test(`an answer ${name} is no job`, async t => {
    const { origin } = await serve(
      t,
      withTokens(() => ({ body })),
    );
    const { client, scope } = join(origin);
    const outcome = draw(await client.job(scope, 'j1', forever));
    assert.equal(outcome.slice(0, expected.length), expected);
    assert.ok(outcome.length < 400, outcome);
  });
}

test('a job without an id is no submitted job', async t => {
  const { origin } = await serve(
    t,
    withTokens(() => ({ body: { status: 'submitted' } })),
  );
  const { client, scope } = join(origin);
  assert.equal(
    draw(await client.submit(scope, submission, forever)),
    'malformed | message: the answer names no job | excerpt: {"status":"submitted"}',
  );
});

test('an id that does not look like one never becomes a path', async t => {
  const { origin, seen } = await serve(
    t,
    withTokens(() => ({ body: job() })),
  );
  const { client, scope } = join(origin);
  const sink = { start: () => Promise.resolve(), write: () => Promise.resolve() };
  for (const id of ['', '..', '../../oauth/token', 'a/b', 'a?b', 'a#b', 'a%2fb', 'a\nb', 'a'.repeat(65)]) {
    for (const outcome of [
      await client.job(scope, id, forever),
      await client.cancel(scope, id, forever),
      await client.download(scope, id, sink, forever),
    ]) {
      assert.equal(draw(outcome), 'malformed | message: the id does not look like an id of Zuora | excerpt: ');
    }
  }
  assert.equal(seen.length, 0);
});

const query = "select Id,\n  Nme\nfrom Account where Name = 'a, Query = b'";

for (const [name, status, body, expected] of [
  [
    'AQuA in a 200',
    200,
    { errorCode: '90005', message: 'There is a syntax error', status: 'error', batches: [] },
    'rejected | message: There is a syntax error | status: 200 | code: 90005',
  ],
  [
    '1: reasons',
    200,
    {
      success: false,
      processId: 'p',
      reasons: [
        { code: 53200020, message: 'One.' },
        { code: 'SystemError', message: 'Two.' },
      ],
    },
    'rejected | message: One. | status: 200 | code: 53200020 | reasons: ["One.","Two."]',
  ],
  [
    '2: Errors',
    400,
    { Success: false, Errors: [{ Code: 'INVALID_VALUE', Message: 'Bad.' }] },
    'rejected | message: Bad. | status: 400 | code: INVALID_VALUE',
  ],
  [
    '3: faults',
    400,
    { faults: [{ faultCode: 'MALFORMED_QUERY', faultMessage: 'Wrong.' }] },
    'rejected | message: Wrong. | status: 400 | code: MALFORMED_QUERY',
  ],
  [
    '4: FaultCode',
    400,
    { FaultCode: 'INVALID_FIELD', FaultMessage: 'invalid field' },
    'rejected | message: invalid field | status: 400 | code: INVALID_FIELD',
  ],
  ['5: message', 403, { message: 'Forbidden' }, 'rejected | message: Forbidden | status: 403'],
  [
    '5: message in a 200',
    200,
    { message: 'Authentication error' },
    'rejected | message: Authentication error | status: 200',
  ],
  [
    '6: code',
    200,
    { code: 'ClientError', message: 'No.' },
    'rejected | message: No. | status: 200 | code: ClientError',
  ],
  [
    '6: success and code',
    200,
    { success: false, code: 50000090, message: 'Oops, request is malformed.' },
    'rejected | message: Oops, request is malformed. | status: 200 | code: 50000090',
  ],
  [
    '7: code as a number',
    200,
    { status: 'error', errorCode: 90004, message: 'Too many.' },
    'rejected | message: Too many. | status: 200 | code: 90004',
  ],
  [
    '8: XML',
    403,
    '<?xml version="1.0"?><error><message>Not\nfound</message></error>',
    'rejected | message: Not found | status: 403',
  ],
  [
    '8: XML of a large file',
    403,
    '<security:max-object-size>2047MB</security:max-object-size>',
    'rejected | message: the file is larger than 2047MB | status: 403 | code: max-object-size',
  ],
  ['nothing readable', 404, 'gone', 'rejected | message: HTTP status 404 | status: 404'],
  ['a web page', 403, '<html>Forbidden', 'rejected | message: HTTP status 403 | status: 403'],
  ['422 of a key', 422, { message: 'key used elsewhere' }, 'rejected | message: key used elsewhere | status: 422'],
  ['409 of a key', 409, { message: 'in progress' }, 'in-progress | message: in progress'],
  ['401', 401, { message: 'Authentication error' }, 'unauthorized | message: Authentication error | status: 401'],
  ['500', 500, { message: 'Internal error' }, 'unavailable | message: Internal error | status: 500'],
  [
    'C11 407 of a proxy',
    407,
    '<html>Proxy Authentication Required',
    'network | message: the proxy asks for a sign-in of its own | sent: no | cause: proxy-sign-in',
  ],
  ['502 of a proxy', 502, '<html>Bad gateway', 'unavailable | message: HTTP status 502 | status: 502'],
  [
    'the token sent back',
    400,
    { message: 'no such token: token-1, Bearer token-1' },
    'rejected | message: no such token: ***, Bearer *** | status: 400',
  ],
  ['control characters', 400, { message: 'a\u001b[31mb\u202ec\r\nd' }, 'rejected | message: a [31mb c d | status: 400'],
  [
    'the culprit of 90005',
    200,
    {
      status: 'error',
      errorCode: '90005',
      message: `There is a syntax error in one of the queries in the AQuA input (Error = There is no field named Nme, Query = ${query})`,
    },
    `rejected | message: There is a syntax error in one of the queries in the AQuA input (Error = There is no field named Nme, Query = ${query.replace(/\s+/g, ' ')}) | status: 200 | code: 90005 | culprit: ${JSON.stringify({ error: 'There is no field named Nme', query })}`,
  ],
] as const) {
  test(`a refusal is understood: ${name}`, async t => {
    const { origin, seen } = await serve(
      t,
      withTokens(() => ({ status, body })),
    );
    const { client, scope } = join(origin);
    assert.equal(draw(await client.submit(scope, submission, forever)), expected);
    assert.equal(seen.length, 2, 'a submit is one attempt');
  });
}

test('after a 401 the next submit has another token', async t => {
  const { origin, lines } = await serve(
    t,
    withTokens((_request, token) => (token === 'token-1' ? { status: 401 } : { body: job() })),
  );
  const { client, scope } = join(origin);
  assert.equal(
    draw(await client.submit(scope, submission, forever)),
    'unauthorized | message: HTTP status 401 | status: 401',
  );
  assert.ok((await client.submit(scope, { ...submission, idempotencyKey: 'key-2' }, forever)).ok);
  assert.deepEqual(lines(), [
    'POST /oauth/token',
    'POST /v1/batch-query/',
    'POST /oauth/token',
    'POST /v1/batch-query/',
  ]);
});

test('a 401 that Zuora gives again for its key leaves the sign-in to the other requests', async t => {
  const { origin } = await serve(
    t,
    withTokens(({ method }) => (method === 'POST' ? { status: 401 } : { body: job() })),
  );
  const { client, scope } = join(origin);
  for (let count = 0; count < 3; count++) await client.submit(scope, submission, forever);
  assert.ok((await client.job(scope, 'j1', forever)).ok);
});

test('a lost answer of a submit is not repeated here, and may have arrived', async t => {
  const requests: string[] = [];
  const origin = await serveRaw(t, (socket, head) => {
    requests.push(head.slice(0, head.indexOf(' HTTP')));
    if (head.startsWith('POST /oauth/token')) {
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\n\r\n{"access_token":"x"}');
    } else {
      socket.resetAndDestroy();
    }
  });
  const { client, scope } = join(origin);
  assert.equal(
    draw(await client.submit(scope, submission, forever)),
    'network | message: the connection was lost | sent: maybe',
  );
  assert.deepEqual(requests, ['POST /oauth/token', 'POST /v1/batch-query/']);
});

for (const [name, reply, expected] of [
  ['503', { status: 503 }, 'network | message: no token could be had, HTTP status 503 | sent: no'],
  [
    'a web page',
    { body: '<html>' },
    'network | message: no token could be had, a web page came where JSON was expected | sent: no',
  ],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '1' } },
    'throttled | message: HTTP status 429 | retryAfterMs: 1000',
  ],
  ['401', { status: 401 }, 'unauthorized | message: HTTP status 401 | status: 401'],
  [
    '400',
    { status: 400, body: { error: 'invalid_scope' } },
    'rejected | message: invalid_scope | status: 400 | code: invalid_scope | sent: no',
  ],
] as const) {
  test(`a token endpoint that answers ${name} is never taken for the answer to the submit`, async t => {
    const { origin, lines } = await serve(t, () => reply);
    const { client, scope } = join(origin);
    assert.equal(draw(await client.submit(scope, submission, forever)), expected);
    assert.deepEqual(lines(), ['POST /oauth/token']);
  });
}

const at = (date: string) => ({ Date: 'Mon, 23 Nov 2026 12:00:00 GMT', 'Retry-After': date });

for (const [name, headers, expected] of [
  ['in seconds', { 'Retry-After': '7' }, 7000],
  ['as a date', at('Mon, 23 Nov 2026 12:00:09 GMT'), 9000],
  [
    'as a date of a service whose clock is a day off',
    { Date: 'Tue, 24 Nov 2026 12:00:00 GMT', 'Retry-After': 'Tue, 24 Nov 2026 12:00:09 GMT' },
    9000,
  ],
  ['as a date that has passed', at('Mon, 23 Nov 2026 11:00:00 GMT'), undefined],
  ['negative', { 'Retry-After': '-5' }, undefined],
  ['absurd', { 'Retry-After': '1000000000' }, 300_000],
  ['as a word', { 'Retry-After': 'soon' }, undefined],
  ['missing, with RateLimit-Reset', { 'RateLimit-Reset': '12' }, 12_000],
  ['negative, with RateLimit-Reset', { 'Retry-After': '-5', 'RateLimit-Reset': '12' }, 12_000],
  ['missing', {}, undefined],
] as const) {
  test(`429 with Retry-After ${name}`, async t => {
    const { origin, seen } = await serve(
      t,
      withTokens(() => (seen.length < 3 ? { status: 429, headers } : { body: job() })),
    );
    const { client, scope, clock } = join(origin);
    const submitted = await client.submit(scope, submission, forever);
    const wait = expected === undefined ? '' : ` | retryAfterMs: ${expected}`;
    assert.equal(draw(submitted), `throttled | message: HTTP status 429${wait}`);

    // A GET waits that long by itself, or as long as it thinks right.
    seen.length = 1;
    const polled = client.job(scope, 'j1', forever);
    await clock.pass(expected ?? 375);
    assert.ok((await polled).ok);
  });
}

test('a GET is tried four times and no more', async t => {
  const { origin, lines } = await serve(
    t,
    // Zuora tells when its limit's window begins anew with every answer: only a 429 makes that a time to wait.
    withTokens(() => ({ status: 503, headers: { 'RateLimit-Reset': '60' } })),
  );
  const { client, scope, clock } = join(origin);
  const outcome = client.job(scope, 'j1', forever);
  for (const wait of [375, 750, 1500]) await clock.pass(wait);
  assert.equal(draw(await outcome), 'unavailable | message: HTTP status 503 | status: 503');
  assert.deepEqual(lines(), ['POST /oauth/token', ...Array<string>(4).fill('GET /v1/batch-query/jobs/j1')]);
});

test('a cancel ends the wait for the next try at once', async t => {
  const { origin, seen } = await serve(
    t,
    withTokens(() => ({ status: 429, headers: { 'Retry-After': '300' } })),
  );
  const { client, scope, clock } = join(origin);
  const controller = new AbortController();
  const outcome = client.job(scope, 'j1', controller.signal);
  while (clock.nextAt !== 300_000) await new Promise(resolve => setImmediate(resolve));
  controller.abort();
  assert.equal(draw(await outcome), 'canceled | sent: maybe');
  assert.equal(seen.length, 2);
  assert.equal(clock.pending, 0);
});

test('a cancel of a job is one DELETE, and a refusal is told', async t => {
  const body = { status: 'error', errorCode: '90003', message: 'Invalid Job Id for job cancellation' };
  const { origin, lines } = await serve(
    t,
    withTokens(() => ({ body })),
  );
  const { client, scope } = join(origin);
  assert.equal(
    draw(await client.cancel(scope, 'j1', forever)),
    'rejected | message: Invalid Job Id for job cancellation | status: 200 | code: 90003',
  );
  assert.deepEqual(lines(), ['POST /oauth/token', 'DELETE /v1/batch-query/jobs/j1']);
});

test('no redirect is followed, to another host or port, by any operation', async t => {
  const other = await serve(t, () => ({ body: job() }));
  const to = `${other.origin}/store/file?signature=planted#x`;
  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    const { origin } = await serve(
      t,
      withTokens((): Reply => ({ status, headers: { Location: to } })),
    );
    const { client, scope } = join(origin);
    const sink = { start: () => Promise.resolve(), write: () => Promise.resolve() };
    for (const outcome of [
      await client.submit(scope, submission, forever),
      await client.job(scope, 'j1', forever),
      await client.cancel(scope, 'j1', forever),
      await client.download(scope, 'f1', sink, forever),
    ]) {
      const location = `${other.origin}/store/file`;
      assert.equal(
        draw(outcome),
        `redirected | message: a redirect to ${location} | status: ${status} | location: ${location}`,
      );
    }
  }
  assert.equal(other.seen.length, 0);
});

test("a job's requests go to its own host, whatever other scopes do", async t => {
  const [one, two] = [
    await serve(
      t,
      withTokens(() => ({ body: job() })),
    ),
    await serve(
      t,
      withTokens(() => ({ body: job() })),
    ),
  ];
  const { client, scope } = join(one.origin);
  const other = { ...scope, origin: two.origin };
  await Promise.all([
    client.job(scope, 'j1', forever),
    client.job(other, 'j1', forever),
    client.cancel(scope, 'j1', forever),
  ]);
  assert.equal(one.lines().filter(line => line.includes('/j1')).length, 2);
  assert.equal(two.lines().filter(line => line.includes('/j1')).length, 1);
});

// The headers that tell how much more a tenant's limits allow.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limitsOf, type Limits } from '../../client/src/zuora/limits';
import { forever, join, serve, withTokens } from './network';

const read = (headers: Readonly<Record<string, string>>) => limitsOf({ header: name => headers[name] });

suite('the limits that an answer tells', () => {
  test("Zuora's own example: the narrowest window is the limit", () => {
    assert.deepEqual(
      read({
        'ratelimit-limit': '2250000, 50000;w=60, 2250000;w=3600, 27000000;w=86400',
        'ratelimit-remaining': '49999',
        'ratelimit-reset': '60',
        'concurrency-limit-type': 'default',
        'concurrency-limit-limit': '40',
        'concurrency-limit-remaining': '39',
      }),
      { rate: { limit: 50_000, remaining: 49_999, resetMs: 60_000 }, concurrency: { limit: 40, remaining: 39 } },
    );
  });

  for (const [name, headers, expected] of [
    ['none', {}, undefined],
    [
      'without a limit',
      { 'ratelimit-remaining': '0', 'ratelimit-reset': '1.5' },
      { rate: { limit: 0, remaining: 0, resetMs: 1_500 } },
    ],
    ['without an end of the window', { 'ratelimit-limit': '10', 'ratelimit-remaining': '3' }, undefined],
    ['negative', { 'ratelimit-remaining': '-1', 'ratelimit-reset': '60' }, undefined],
    ['no numbers', { 'concurrency-limit-limit': 'many', 'concurrency-limit-remaining': '1e9' }, undefined],
    [
      'one of two',
      { 'concurrency-limit-limit': '40', 'concurrency-limit-remaining': '0', 'ratelimit-reset': '60' },
      { concurrency: { limit: 40, remaining: 0 } },
    ],
  ] as const) {
    test(name, () => assert.deepEqual(read(headers), expected));
  }

  test('is handed out with its tenant before the answer is, for every kind of request and answer', async t => {
    const limits = { 'RateLimit-Remaining': '7', 'RateLimit-Reset': '9' };
    const { origin } = await serve(
      t,
      withTokens(({ method }) => ({
        status: method === 'DELETE' ? 403 : 200,
        headers: limits,
        body: { id: 'j1', status: 'executing' },
      })),
    );
    const heard: [string, Limits][] = [];
    const { client, scope } = join(origin, { onLimits: ({ tenant }, told) => heard.push([tenant, told]) });
    await client.jobOnce(scope, 'j1', forever);
    await client.cancel(scope, 'j1', forever);
    const told = ['Test', { rate: { limit: 0, remaining: 7, resetMs: 9_000 } }];
    assert.deepEqual(heard, [told, told]);
  });

  test('a poll is one request where a look at a job is repeated', async t => {
    const { origin, lines } = await serve(
      t,
      withTokens(() => ({ status: 503 })),
    );
    const { client, scope, clock } = join(origin);
    const outcome = await client.jobOnce(scope, 'j1', forever);
    assert.ok(!outcome.ok && outcome.failure.kind === 'unavailable');
    assert.deepEqual(lines(), ['POST /oauth/token', 'GET /v1/batch-query/jobs/j1']);
    assert.equal(clock.pending, 0);
  });
});

// Tokens: one for all callers, refreshed when due and never in a storm, and never seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { requestToken, Token } from '../../client/src/zuora/auth';
import { failed, success } from '../../client/src/zuora/outcome';
import { until } from './fakeClock';
import { credentials, draw, forever, join, serve, withTokens, type Reply } from './network';

const tokenRequests = (lines: readonly string[]) => lines.filter(line => line === 'POST /oauth/token').length;
const jobOf = (path: string): Reply => ({ body: { id: path.split('/').at(-1), status: 'executing', batches: [] } });

test('the form is what OAuth wants, encoded, without an Authorization header', async t => {
  const { origin, seen } = await serve(
    t,
    withTokens(({ path }) => jobOf(path)),
  );
  const { client, scope } = join(origin);
  await client.job({ ...scope, entityIds: 'e-1', orgIds: 'o-1' }, 'j1', forever);
  const [token, job] = seen;
  assert.equal(
    token?.body.toString(),
    'client_id=3b0c47e8-4f0c-4f1e-9d26-client000001&client_secret=planted%2Bsecret%3Dof%2Fthe-tests%7E2026&grant_type=client_credentials',
  );
  assert.equal(token?.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(token?.headers.authorization, undefined);
  assert.equal(token?.headers['zuora-entity-ids'], 'e-1');
  assert.equal(token?.headers['zuora-org-ids'], undefined);
  assert.equal(job?.headers.authorization, 'Bearer token-1');
  assert.equal(job?.headers['zuora-entity-ids'], 'e-1');
  assert.equal(job?.headers['zuora-org-ids'], 'o-1');
});

test('twenty jobs whose token died ask for one new token and repeat once each', async t => {
  let revoked = false;
  const service = await serve(
    t,
    withTokens(({ path }, token) => (revoked && token === 'token-1' ? { status: 401 } : jobOf(path))),
  );
  const { client, scope } = join(service.origin);
  await client.job(scope, 'j0', forever);
  revoked = true;
  const jobs = Array.from({ length: 20 }, (_, index) => `j${index}`);
  const outcomes = await Promise.all(jobs.map(id => client.job(scope, id, forever)));
  assert.deepEqual(
    outcomes.map(draw),
    jobs.map(id => `ok {"batches":[],"id":"${id}","status":"executing"}`),
  );
  assert.equal(tokenRequests(service.lines()), 2);
  assert.equal(service.seen.length, 2 + 1 + 20 + 20);
});

test('a second 401 in a row is the end until the person acts', async t => {
  const service = await serve(
    t,
    withTokens(() => ({ status: 401, body: { message: 'Authentication error' } })),
  );
  const { client, scope, tokens } = join(service.origin);
  const refused = 'unauthorized | message: Authentication error | status: 401';
  assert.equal(draw(await client.job(scope, 'j1', forever)), refused);
  assert.deepEqual(service.lines(), [
    'POST /oauth/token',
    'GET /v1/batch-query/jobs/j1',
    'POST /oauth/token',
    'GET /v1/batch-query/jobs/j1',
  ]);
  assert.equal(
    draw(await client.job(scope, 'j1', forever)),
    'unauthorized | message: the service refuses the tokens it issues | status: 401',
  );
  assert.equal(service.seen.length, 4);
  tokens.forget(scope.tenant, scope.origin);
  await client.job(scope, 'j1', forever);
  assert.equal(service.seen.length, 8);
});

test('what was refused is tried once more where a person asks for it, and works again where the service does', async t => {
  let broken = true;
  const service = await serve(
    t,
    withTokens(({ path }) => (broken ? { status: 401 } : jobOf(path))),
  );
  const { client, scope } = join(service.origin);
  await client.job(scope, 'j1', forever);
  client.forgive(scope);
  await client.job(scope, 'j1', forever);
  assert.equal(service.seen.length, 8);
  await client.job(scope, 'j1', forever);
  assert.equal(service.seen.length, 8, 'refused again');

  broken = false;
  client.forgive({ ...scope, origin: 'https://other.test' });
  assert.equal((await client.job(scope, 'j1', forever)).ok, false, 'another origin is another sign-in');
  client.forgive(scope);
  assert.equal((await client.job(scope, 'j1', forever)).ok, true);
});

for (const [name, reply] of [
  ['401', { status: 401 }],
  [
    '401 with a Zuora body',
    {
      status: 401,
      body: { success: false, reasons: [{ code: 90000011, message: `bad ${credentials.clientSecret}` }] },
    },
  ],
  [
    '400 invalid_client',
    { status: 400, body: { error: 'invalid_client', error_description: `no client ${credentials.clientId}` } },
  ],
  [
    '401 with the form sent back',
    { status: 401, body: `client_secret=${encodeURIComponent(credentials.clientSecret)}` },
  ],
] as const) {
  test(`wrong credentials (${name}) cost one request and show no secret`, async t => {
    const service = await serve(t, () => reply);
    const { client, scope, logged } = join(service.origin);
    const outcome = await client.job(scope, 'j1', forever);
    const again = await client.job(scope, 'j1', forever);
    assert.equal(outcome.ok || outcome.failure.kind, 'unauthorized');
    assert.deepEqual(again, outcome);
    assert.deepEqual(service.lines(), ['POST /oauth/token']);
    assert.doesNotMatch(inspect([outcome, logged], { depth: 9 }), /planted|client000001/);
  });
}

for (const [name, bad, expected] of [
  ['429', { status: 429 }, 'throttled'],
  ['500', { status: 500 }, 'unavailable'],
  ['a web page', { body: '<!doctype html><p>Log in' }, 'malformed'],
  ['no token', { body: { token: 'planted' } }, 'malformed'],
] as const) {
  test(`a token endpoint that answers ${name} is not asked in a storm, and nobody is signed out`, async t => {
    let broken = true;
    const service = await serve(t, request => (broken ? bad : withTokens(({ path }) => jobOf(path))(request)));
    const { tokens, scope, clock } = join(service.origin);
    const first = await tokens.get(scope, forever);
    assert.equal(first.ok || first.failure.kind, expected);
    assert.doesNotMatch(JSON.stringify(first), /planted/);
    const others = await Promise.all(Array.from({ length: 20 }, () => tokens.get(scope, forever)));
    for (const other of others) assert.deepEqual(other, first);
    assert.equal(service.seen.length, 1);
    broken = false;
    clock.advance(500);
    assert.ok((await tokens.get(scope, forever)).ok);
  });
}

test('a GET waits for a token endpoint that recovers', async t => {
  let failures = 2;
  const service = await serve(t, request =>
    request.path === '/oauth/token' && 0 < failures--
      ? { status: 503 }
      : withTokens(({ path }) => jobOf(path))(request),
  );
  const { client, scope, clock } = join(service.origin);
  const outcome = client.job(scope, 'j1', forever);
  await clock.pass(375);
  await clock.pass(750);
  assert.ok((await outcome).ok);
  assert.equal(tokenRequests(service.lines()), 3);
});

for (const [expiresIn, life] of [
  [3599, 3599 - 60],
  [30, 15],
  [undefined, 300 - 60],
  [0, 300 - 60],
  [-5, 300 - 60],
  ['3599', 300 - 60],
  [1e12, 300 - 60],
  [null, 300 - 60],
] as const) {
  test(`expires_in ${JSON.stringify(expiresIn)} is used for ${life} seconds`, async t => {
    const service = await serve(t, () => ({ body: { access_token: 'x', expires_in: expiresIn } }));
    const { tokens, scope, clock } = join(service.origin);
    for (let second = 0; second < life; second += life / 5) {
      assert.ok((await tokens.get(scope, forever)).ok);
      clock.advance((life / 5) * 1000);
    }
    assert.equal(service.seen.length, 1);
    await tokens.get(scope, forever);
    assert.equal(service.seen.length, 2);
  });
}

test("turning the computer's clock neither kills a token nor keeps it", async t => {
  const service = await serve(t, () => ({ body: { access_token: 'x', expires_in: 3600 } }));
  const { tokens, scope, clock } = join(service.origin);
  const hour = 3_600_000;
  for (const turn of [0, hour, -hour, 24 * hour, -24 * hour]) {
    clock.wallOffset += turn;
    await tokens.get(scope, forever);
    clock.advance(60_000);
  }
  assert.equal(service.seen.length, 1);
  clock.advance(hour);
  await tokens.get(scope, forever);
  assert.equal(service.seen.length, 2);
});

test('tenants, hosts and entities never share a token', async t => {
  const [one, two] = [
    await serve(
      t,
      withTokens(({ path }) => jobOf(path)),
    ),
    await serve(
      t,
      withTokens(({ path }) => jobOf(path)),
    ),
  ];
  const { client, scope } = join(one.origin);
  await client.job({ ...scope, tenant: 'A' }, 'a', forever);
  await client.job({ ...scope, tenant: 'B' }, 'b', forever);
  await client.job({ ...scope, tenant: 'A', entityIds: 'e' }, 'ae', forever);
  await client.job({ ...scope, tenant: 'A', origin: two.origin }, 'a2', forever);
  await client.job({ ...scope, tenant: 'A' }, 'a3', forever);
  const used = (service: typeof one) =>
    service.seen
      .filter(({ method }) => method === 'GET')
      .map(({ path, headers }) => `${path.split('/').at(-1)} ${headers.authorization}`);
  assert.deepEqual(used(one), ['a Bearer token-1', 'b Bearer token-2', 'ae Bearer token-3', 'a3 Bearer token-1']);
  assert.deepEqual(used(two), ['a2 Bearer token-1']);
});

test('one who gives up does not take the token away from the others', async t => {
  let release: (reply: Reply) => void = () => {};
  const service = await serve(t, () => new Promise<Reply>(resolve => (release = resolve)));
  const { tokens, scope } = join(service.origin);
  const impatient = new AbortController();
  const [first, second] = [tokens.get(scope, impatient.signal), tokens.get(scope, forever)];
  await until(
    () => service.seen.length === 1,
    () => 'no token request',
  );
  impatient.abort();
  assert.equal(draw(await first), 'canceled | sent: no');
  release({ body: { access_token: 'x' } });
  assert.ok((await second).ok);
  assert.equal(service.seen.length, 1);
});

test('when all give up the request ends, and the next one starts another', async t => {
  const service = await serve(t, (_request, count) => (count === 1 ? undefined : { body: { access_token: 'x' } }));
  const { tokens, scope } = join(service.origin);
  const impatient = new AbortController();
  const first = tokens.get(scope, impatient.signal);
  await until(
    () => service.seen.length === 1,
    () => 'no token request',
  );
  impatient.abort();
  assert.equal(draw(await first), 'canceled | sent: no');
  assert.ok((await tokens.get(scope, forever)).ok);
});

test('signing out ends what is under way within a second and forgets the token', async t => {
  const service = await serve(
    t,
    withTokens(() => undefined),
  );
  const { client, tokens, scope } = join(service.origin);
  const waiting = client.job(scope, 'j1', forever);
  await until(
    () => service.seen.length === 2,
    () => 'no job request',
  );
  const started = performance.now();
  tokens.forget(scope.tenant, scope.origin);
  assert.equal(draw(await waiting), 'signed-out | message: signed out while waiting for the answer');
  assert.ok(performance.now() - started < 1000);
  await tokens.get(scope, forever);
  assert.equal(tokenRequests(service.lines()), 2);
});

test('signing out while a token is asked for gives nobody a token', async t => {
  const service = await serve(t, () => undefined);
  const { tokens, scope } = join(service.origin);
  const waiting = tokens.get(scope, forever);
  await until(
    () => service.seen.length === 1,
    () => 'no token request',
  );
  tokens.forget(scope.tenant, scope.origin);
  assert.equal(draw(await waiting), 'signed-out | message: signed out while signing in');
});

test('without credentials, or with a broken secret store, nothing is sent', async t => {
  const service = await serve(t, () => ({}));
  for (const failure of [
    { kind: 'signed-out', message: 'not signed in' },
    { kind: 'storage', message: 'locked', store: 'secrets' },
  ] as const) {
    const { client, scope } = join(service.origin, { credentialsFor: () => Promise.resolve(failed(failure)) });
    assert.deepEqual(await client.job(scope, 'j1', forever), failed(failure));
  }
  assert.equal(service.seen.length, 0);
});

test('credentials can be checked before they are stored', async t => {
  const service = await serve(t, ({ body }) =>
    body.toString().includes('client_id=right') ? { body: { access_token: 'x' } } : { status: 401 },
  );
  const { transport, scope } = join(service.origin);
  const ask = (clientId: string) => requestToken(transport, scope, { clientId, clientSecret: 'secret' }, forever);
  assert.equal(draw(await ask('right')), 'ok {"token":"***","lifeSeconds":300}');
  assert.equal(draw(await ask('wrong')), 'unauthorized | message: HTTP status 401 | status: 401');
});

test('a redirect of the token endpoint is not followed with the secret', async t => {
  const other = await serve(t, () => ({ body: { access_token: 'stolen' } }));
  const service = await serve(t, () => ({ status: 307, headers: { Location: `${other.origin}/oauth/token` } }));
  const { tokens, scope } = join(service.origin);
  assert.equal(
    draw(await tokens.get(scope, forever)),
    `redirected | message: a redirect to ${other.origin}/oauth/token | status: 307 | location: ${other.origin}/oauth/token`,
  );
  assert.equal(other.seen.length, 0);
});

test('a token prints as *** wherever it ends up', () => {
  const token = Token.bearer('planted-token');
  const printed = [
    String(token),
    JSON.stringify({ token }),
    inspect(token, { depth: 9, showHidden: true }),
    inspect(success({ token }), { depth: 9 }),
    Object.keys(token).join(),
    JSON.stringify(structuredClone(Object.assign({}, token))),
  ];
  assert.doesNotMatch(printed.join('\n'), /planted/);
  assert.equal(String(token), '***');
  assert.deepEqual(token.reveal(), { Authorization: 'Bearer planted-token' });
});

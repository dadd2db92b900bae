// F4: whatever fails, and whatever a service sends back of what it was sent, no failure holds a secret.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { sentence } from '../../client/src/words';
import { failed, type Failure, type Outcome } from '../../client/src/zuora/outcome';
import { plant } from '../zuora/planted';
import { until } from './fakeClock';
import { credentials, forever, join, serve, serveRaw, type Joined, type Reply, type Seen } from './network';

const body = JSON.stringify({ queries: [{ name: 'a', query: 'select Id from Account' }] });
const submission = { body, headers: { 'Zuora-Track-Id': 'track-1' }, idempotencyKey: 'key-1', gzip: false };

/** Long enough that it is no word by chance. */
const token = plant('planted-token-of-the-failure-tests');
const secrets = [token, credentials.clientId, credentials.clientSecret, encodeURIComponent(credentials.clientSecret)];

/** What a careless service tells: all that it was sent, and the secret of the request once more. */
function echo({ headers, body: received }: Seen, secret: string): string {
  return `${JSON.stringify(headers)} ${received.toString()} https://user:${secret}@host/?access_token=${secret}`;
}

/** Answers to a submit, and the kind of failure that comes of each. */
const answers: readonly (readonly [
  name: string,
  kind: Failure['kind'],
  reply: (request: Seen, secret: string) => Reply,
])[] = [
  ['400 with a message', 'rejected', (request, secret) => ({ status: 400, body: { message: echo(request, secret) } })],
  [
    'several reasons and a code',
    'rejected',
    (request, secret) => ({
      body: {
        success: false,
        reasons: [
          { code: secret, message: echo(request, secret) },
          { code: 1, message: echo(request, secret) },
        ],
      },
    }),
  ],
  [
    '90005 with the query that it means',
    'rejected',
    (request, secret) => ({
      body: {
        status: 'error',
        errorCode: '90005',
        message: `There is a syntax error (Error = ${echo(request, secret)}, Query = select ${secret}\n  from Account)`,
      },
    }),
  ],
  [
    'an error in XML',
    'rejected',
    (request, secret) => ({ status: 404, body: `<error><message>${echo(request, secret)}</message></error>` }),
  ],
  ['401', 'unauthorized', (request, secret) => ({ status: 401, body: { message: echo(request, secret) } })],
  ['429', 'throttled', (request, secret) => ({ status: 429, body: { message: echo(request, secret) } })],
  ['409', 'in-progress', (request, secret) => ({ status: 409, body: { message: echo(request, secret) } })],
  ['503', 'unavailable', (request, secret) => ({ status: 503, body: echo(request, secret) })],
  [
    'a redirect with a token in its address',
    'redirected',
    (_, secret) => ({ status: 302, headers: { Location: `https://user:${secret}@host.test/${secret}?sig=${secret}` } }),
  ],
  ['a page', 'malformed', (request, secret) => ({ body: `<html>${echo(request, secret)}</html>` })],
  ['JSON that is none', 'malformed', (request, secret) => ({ body: `{"id": ${echo(request, secret)}` })],
  [
    'an answer about something else',
    'malformed',
    (request, secret) => ({ body: { id: `../${secret}`, name: echo(request, secret) } }),
  ],
];

suite('F4 a failure holds no secret', () => {
  const seen = new Set<Failure['kind']>();

  for (const [name, kind, reply] of answers) {
    test(`that the answer gives back: ${name}`, async t => {
      const { origin } = await serve(
        t,
        withPlantedToken(request => reply(request, token)),
      );
      const joined = join(origin);
      holdsNone(joined, await joined.client.submit(joined.scope, submission, forever), kind);
    });
  }

  for (const [name, kind, reply] of answers.filter(([, kind]) => kind !== 'throttled' && kind !== 'unavailable')) {
    test(`that the request for a token gives back: ${name}`, async t => {
      const { origin } = await serve(t, request => reply(request, credentials.clientSecret));
      const joined = join(origin);
      // A failure of the service before anything was sent counts as one of the network.
      const told = kind === 'malformed' ? 'network' : kind === 'in-progress' ? undefined : kind;
      holdsNone(joined, await joined.client.submit(joined.scope, submission, forever), told);
    });
  }

  test('where the connection is lost, or silent, or was never there', async t => {
    const origin = await serveRaw(t, (socket, head) => {
      if (head.startsWith('POST /oauth/token')) return void socket.end(tokenAnswer);
      socket.destroy();
    });
    const lost = join(origin);
    holdsNone(lost, await lost.client.submit(lost.scope, submission, forever), 'network');

    const silent = await serve(
      t,
      withPlantedToken(() => undefined),
    );
    const waiting = join(silent.origin);
    const outcome = waiting.client.submit(waiting.scope, submission, forever);
    await until(
      () => silent.seen.length === 2,
      () => 'the submit has not come',
    );
    waiting.clock.advance(60_000);
    holdsNone(waiting, await outcome, 'timeout');

    const nobody = join('http://127.0.0.1:9');
    holdsNone(nobody, await nobody.client.submit(nobody.scope, submission, forever), 'network');
  });

  test('where the person cancels', async t => {
    const service = await serve(
      t,
      withPlantedToken(() => undefined),
    );
    const joined = join(service.origin);
    const canceling = new AbortController();
    const outcome = joined.client.submit(joined.scope, submission, canceling.signal);
    await until(
      () => service.seen.length === 2,
      () => 'the submit has not come',
    );
    canceling.abort(new Error(echo(service.seen[1] as Seen, token)));
    holdsNone(joined, await outcome, 'canceled');
  });

  test('where nothing is sent at all', async t => {
    const untrusted = join('http://127.0.0.1:9', { mayConnect: () => false });
    holdsNone(untrusted, await untrusted.client.submit(untrusted.scope, submission, forever), 'untrusted');
    for (const failure of [
      { kind: 'signed-out', message: 'not signed in' },
      { kind: 'storage', message: "the editor's secret storage could not be read", store: 'secrets' },
    ] as const) {
      const joined = join('http://127.0.0.1:9', { credentialsFor: () => Promise.resolve(failed(failure)) });
      holdsNone(joined, await joined.client.submit(joined.scope, submission, forever), failure.kind);
    }
    const header = { ...submission, headers: { 'X-Key': `${token}\u00e4` } };
    const service = await serve(
      t,
      withPlantedToken(() => undefined),
    );
    const unsendable = join(service.origin);
    holdsNone(unsendable, await unsendable.client.submit(unsendable.scope, header, forever), 'rejected');
  });

  test('of any kind: all of them were here', () => {
    const all: Readonly<Record<Failure['kind'], true>> = {
      network: true,
      timeout: true,
      canceled: true,
      unauthorized: true,
      throttled: true,
      'in-progress': true,
      rejected: true,
      unavailable: true,
      redirected: true,
      malformed: true,
      'signed-out': true,
      untrusted: true,
      storage: true,
    };
    assert.deepEqual([...seen].sort(), Object.keys(all).sort());
  });

  /** Looks into the failure with all that people print things with, and at what is said and logged of it. */
  function holdsNone(
    { logged, client, tokens, scope }: Joined,
    outcome: Outcome<unknown>,
    kind: Failure['kind'] | undefined,
  ): void {
    assert.ok(!outcome.ok, 'it fails');
    const { failure } = outcome;
    if (kind !== undefined) assert.equal(failure.kind, kind);
    seen.add(failure.kind);
    const printed = [
      JSON.stringify(outcome),
      inspect(outcome, { depth: null, showHidden: true }),
      inspect({ client, tokens }, { depth: null, showHidden: true }),
      JSON.stringify(logged),
      sentence(failure, { action: 'submit', ...scope }),
    ].join('\n');
    for (const secret of secrets) assert.ok(!printed.includes(secret), `${secret} in ${printed}`);
    assert.doesNotMatch(printed, /Bearer (?!\*\*\*)/);
  }
});

const tokenAnswer = (() => {
  const text = JSON.stringify({ access_token: token, token_type: 'bearer', expires_in: 3599 });
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
})();

function withPlantedToken(reply: (request: Seen) => Reply | undefined): (request: Seen) => Reply | undefined {
  return request =>
    request.path === '/oauth/token'
      ? { body: { access_token: token, token_type: 'bearer', expires_in: 3599 } }
      : reply(request);
}

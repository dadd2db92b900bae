// Every way in which a sign-in fails, against the stand-in and what may stand in front of it, in the words people read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence } from '../../client/src/words';
import { createZuoraClient, type ZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource, requestToken } from '../../client/src/zuora/auth';
import { systemClock } from '../../client/src/zuora/clock';
import { success, type Outcome } from '../../client/src/zuora/outcome';
import { skewWatch } from '../../client/src/zuora/skew';
import type { Transport } from '../../client/src/zuora/transport';
import type { Fault } from '../zuora/faults';
import { proxySignIn, startProxy } from '../zuora/proxy';
import type { Zuora } from '../zuora/server';
import { authority, elsewhere, expired, good, key, selfSigned } from './certificates';
import { forever } from './network';
import { standIn, trust } from './standIn';

const transport: Transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };

/** What Sign In says; the host is drawn as "the host". */
async function signIn(origin: string, { clientId, clientSecret }: Pick<Zuora, 'clientId' | 'clientSecret'>) {
  const outcome = await requestToken(transport, { origin }, { clientId, clientSecret }, forever);
  if (outcome.ok) return 'signed in';
  const words = sentence(outcome.failure, { action: 'sign-in', tenant: 'Production', origin });
  assert.ok(!words.includes(clientSecret) && !words.includes(clientId), words);
  return words.replaceAll(new URL(origin).host, 'the host');
}

const onToken = (fault: Fault): Fault => ({ ...fault, match: { path: '/oauth/token' } });
const check =
  'Nothing was stored. Check the client id and the secret, that the client still exists in Zuora, and the data center: another one refuses right credentials just the same.';

for (const [name, fault, expected] of [
  [
    'a secret that has expired',
    { do: 'status', status: 401, body: { message: 'Client secret has expired', error: 'invalid_client' } },
    `the host does not accept this client id and secret (Client secret has expired). ${check}`,
  ],
  [
    'a client that is not permitted',
    { do: 'status', status: 403, body: { message: 'Forbidden' } },
    "the host refused it: Forbidden. Nothing was stored. Check the permissions of the client's user in Zuora, and in a tenant with Multi-entity its entity IDs.",
  ],
  [
    'a tenant with Multi-entity that wants to know the entity',
    { do: 'status', status: 400, body: { message: 'Entity id is required', code: 'MULTI_ENTITY' } },
    'the host refused it: Entity id is required (code MULTI_ENTITY). Nothing was stored. Check the client id, the secret and the data center, and in a tenant with Multi-entity its entity IDs.',
  ],
  [
    'an address where no tokens are given',
    { do: 'status', status: 404, body: { message: 'Not Found' } },
    'the host refused it: Not Found. Nothing was stored. Check the client id, the secret and the data center, and in a tenant with Multi-entity its entity IDs.',
  ],
  [
    'too many sign-ins',
    { do: 'too-many-requests', retryAfter: '30' },
    'the host asks for fewer requests, for 30 seconds. Nothing was stored. Wait a little and try again.',
  ],
  [
    'a service that is down',
    { do: 'status', status: 503, body: 'Service Unavailable' },
    'the host has a problem of its own (status 503): HTTP status 503. Nothing was stored. Try again later.',
  ],
  [
    'a redirect to another host',
    { do: 'redirect', to: 'https://login.example.com/start?ticket=1' },
    'the host answered with a redirect to https://login.example.com/start, which is not followed. Nothing was stored. Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.',
  ],
  [
    'the page of a login',
    { do: 'html' },
    'What came from the host is not an answer of Zuora: a web page came where JSON was expected. Nothing was stored. Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.',
  ],
  [
    'a connection that is lost',
    { do: 'drop' },
    'The answer of the host did not come: the connection was lost. Nothing was stored. Check the address, the network and the proxy settings.',
  ],
] as const satisfies readonly (readonly [string, Fault, string])[]) {
  test(`a sign-in meets ${name}`, async t => {
    const zuora = await standIn(t);
    zuora.fault(onToken(fault));
    assert.equal((await signIn(zuora.url, zuora)).replace(/ \(“[^”]*”\)/, ''), expected);
  });
}

test('wrong credentials, which those of another data center look like', async t => {
  const zuora = await standIn(t);
  const { clientId, clientSecret } = await standIn(t);
  const refused = `the host does not accept this client id and secret (Authentication error). ${check}`;
  assert.equal(await signIn(zuora.url, { clientId, clientSecret }), refused);
  assert.equal(await signIn(zuora.url, { clientId: zuora.clientId, clientSecret: 'wrong-secret' }), refused);
});

for (const [name, cert, ca, expected] of [
  ['a certificate of a trusted authority', good, authority, 'signed in'],
  [
    "a certificate of a company's own authority",
    good,
    undefined,
    "the host could not be reached: its certificate is signed by an authority this computer does not know. Nothing was stored. Have this computer trust the authority of your company's network (with the setting http.systemCertificates VS Code then does, too), or start VS Code with NODE_EXTRA_CA_CERTS set to the file of its certificate.",
  ],
  [
    'a certificate signed by nobody else',
    selfSigned,
    undefined,
    "the host could not be reached: its certificate is self-signed. Nothing was stored. Have this computer trust the authority of your company's network (with the setting http.systemCertificates VS Code then does, too), or start VS Code with NODE_EXTRA_CA_CERTS set to the file of its certificate.",
  ],
  [
    'an expired certificate',
    expired,
    authority,
    "the host could not be reached: its certificate has expired. Nothing was stored. Check this computer's date and time; if they are right, whoever runs the host or the proxy has to renew the certificate.",
  ],
  [
    'a certificate of another host',
    elsewhere,
    authority,
    'the host could not be reached: its certificate is for another host name. Nothing was stored. Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.',
  ],
] as const) {
  test(`a sign-in over TLS meets ${name}`, async t => {
    const zuora = await standIn(t, { tls: { cert, key } });
    trust(t, ca);
    assert.equal(await signIn(zuora.secureUrl, zuora), expected);
    assert.equal(zuora.requests.length, expected === 'signed in' ? 1 : 0, 'no byte of the secret went out otherwise');
  });
}

test('a sign-in meets a proxy that asks for one of its own', async t => {
  const proxy = await startProxy({ signIn: proxySignIn() });
  t.after(() => proxy.stop());
  const { clientId, clientSecret } = await standIn(t);
  assert.equal(
    await signIn(proxy.url, { clientId, clientSecret }),
    'the host could not be reached: the proxy asks for a sign-in of its own. Nothing was stored. Sign in to the proxy where VS Code asks for it, or name its user in the setting http.proxy (http://name:password@host:port).',
  );
});

test('a redirect to another host is not followed, by whatever is sent: that host hears nothing', async t => {
  const [zuora, other] = [await standIn(t), await standIn(t)];
  const { clientId, clientSecret } = zuora;
  const scope = { tenant: 'Production', origin: zuora.url };
  const id = 'f'.repeat(32);
  const submission = { body: '{}', headers: {}, idempotencyKey: 'key-1', gzip: false };
  const sink = { open: () => Promise.reject(new Error('no file is to be opened')) } as never;
  // After a failed request for a token the next one waits, so each way has a source of its own.
  const joined = () => {
    const credentialsFor = () => Promise.resolve(success({ clientId, clientSecret }));
    const tokens = createTokenSource({ transport, random: () => 0.5, credentialsFor });
    return createZuoraClient({ transport, tokens, random: () => 0.5 });
  };
  const asks: Readonly<Record<string, (client: ZuoraClient) => Promise<Outcome<unknown>>>> = {
    'POST /oauth/token': client => client.submit(scope, submission, forever),
    'POST /v1/batch-query/': client => client.submit(scope, submission, forever),
    'GET /v1/batch-query/jobs/': client => client.job(scope, id, forever),
    'DELETE /v1/batch-query/jobs/': client => client.cancel(scope, id, forever),
    'GET /v1/files/': client => client.download(scope, id, sink, forever),
    'GET /v1/describe': client => client.objects(scope, forever),
  };
  for (const [request, ask] of Object.entries(asks)) {
    for (const status of [301, 302, 303, 307, 308]) {
      const [method = '', path = ''] = request.split(' ');
      const fault = zuora.fault({ do: 'redirect', to: `${other.url}/v1/describe`, status, match: { method, path } });
      const outcome = await ask(joined());
      assert.equal(fault.hits, 1, request);
      assert.equal(outcome.ok ? 'ok' : outcome.failure.kind, 'redirected', `${request} ${status}`);
    }
  }
  assert.deepEqual(other.requests, []);
});

test('a clock that is wrong is told of once, and again only after it has been right', async t => {
  const zuora = await standIn(t);
  const told: string[] = [];
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const onSkew = skewWatch((origin, skew) => {
    assert.equal(origin, zuora.url);
    told.push(`${Math.round(skew / 60_000)} minutes`);
  });
  const ask = () => requestToken({ ...transport, clock, onSkew }, { origin: zuora.url }, zuora, forever);
  for (aheadMs of [0, 240_000, 3_600_000, 3_600_000, 0, -3_600_000, -86_400_000]) {
    assert.ok((await ask()).ok);
  }
  assert.deepEqual(told, ['60 minutes', '-60 minutes']);
});

// Whole reports of ZOQL: Diagnose Connection, against the stand-in and what may stand in front of it, drawn into
// diagnosis.txt: to be read as text when one changes.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, suite, test } from 'node:test';
import { diagnose, type DiagnoseOptions, type Diagnosis } from '../../client/src/tenants/diagnosis/diagnosis';
import { networkLines, proxyFor, type NetworkSettings } from '../../client/src/tenants/diagnosis/proxy';
import { reportOf } from '../../client/src/tenants/diagnosis/report';
import { systemClock } from '../../client/src/zuora/clock';
import { failed, success } from '../../client/src/zuora/outcome';
import { lookAtCertificate } from '../../client/src/zuora/probes/certificate';
import { probe } from '../../client/src/zuora/probes/probe';
import type { Transport } from '../../client/src/zuora/transport';
import { proxySignIn } from '../zuora/proxy';
import type { Zuora } from '../zuora/server';
import { authority, elsewhere, expired, good, key } from './certificates';
import { FakeClock } from './fakeClock';
import { forever, listen, portNobodyListensOn } from './network';
import { standIn, trust } from './standIn';

const unset: NetworkSettings = {
  'http.proxy': '',
  'http.noProxy': [],
  'http.proxySupport': 'override',
  'http.proxyStrictSSL': true,
  'http.proxyAuthorization': null,
  'http.systemCertificates': true,
};

const transport: Transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };

/** A diagnosis of the stand-in, or of what `more` has changed of that. */
function looking(zuora: Zuora, more: Partial<DiagnoseOptions> & { readonly origin?: string } = {}): Promise<Diagnosis> {
  const { origin = zuora.url, ...options } = more;
  const { clientId, clientSecret } = zuora;
  return diagnose({
    scope: { tenant: 'Production', origin },
    place: 'own address',
    transport,
    settings: unset,
    variables: {},
    credentials: success({ clientId, clientSecret }),
    source: 'stored',
    signal: forever,
    report: () => undefined,
    ...options,
  });
}

const reports = new Map<string, string>();

/** What differs from run to run is drawn as "…". */
function note(name: string, diagnosis: Diagnosis): string {
  const text = reportOf(diagnosis)
    .replace(/\(\d+ ms\)/g, '(… ms)')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/, '… UTC')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…')
    .replace(/cannot be looked up now/, 'is unknown');
  reports.set(name, text);
  return text;
}

/** What the report says to do first. */
const firstOf = (text: string) => /What to do first\n\n {2}(.*)/.exec(text)?.[1] ?? '';

suite('a diagnosis', () => {
  after(() => {
    const drawn = [...reports].map(([name, text]) => `== ${name}\n\n${text}`).join('\n');
    const file = 'test/client/diagnosis.txt';
    // `ZOQL_DRAW=1 node test/run.mjs unit client/diagnosis` draws them anew, to be read before they are committed.
    if (process.env['ZOQL_DRAW']) writeFileSync(file, drawn);
    assert.equal(drawn, readFileSync(file, 'utf8'));
  });

  test('of a way where all is well asks three things, and changes nothing', async t => {
    const zuora = await standIn(t, { tls: { cert: good, key } });
    trust(t, authority);
    const said: string[] = [];
    const text = note('all well', await looking(zuora, { origin: zuora.secureUrl, report: words => said.push(words) }));
    assert.equal(firstOf(text), 'Nothing: every step worked.');
    assert.deepEqual(
      zuora.requests.map(({ method, path, status }) => `${method} ${path} ${status}`),
      [
        'GET /v1/describe 401',
        'POST /oauth/token 200',
        'GET /v1/batch-query/jobs/00000000000000000000000000000000 404',
      ],
    );
    assert.deepEqual(said, ['host name', 'certificate', 'answer without a sign-in', 'token', 'permission']);
    assert.deepEqual([zuora.violations, zuora.jobs], [[], []]);
  });

  test('works signed out', async t => {
    const zuora = await standIn(t);
    const credentials = failed({ kind: 'signed-out', message: 'not signed in' });
    note('signed out', await looking(zuora, { credentials }));
    assert.deepEqual(
      zuora.requests.map(({ path }) => path),
      ['/v1/describe'],
    );
  });

  test('of an unknown host', async t => {
    note('unknown host', await looking(await standIn(t), { origin: 'https://rest.zuora.invalid' }));
  });

  test('of a port where nobody listens', async t => {
    const origin = await portNobodyListensOn();
    note('refused port', await looking(await standIn(t), { origin: origin.replace('http:', 'https:') }));
  });

  test("of a certificate of a company's own authority: read, and no byte of the secret is sent", async t => {
    const zuora = await standIn(t, { tls: { cert: good, key } });
    note('own authority', await looking(zuora, { origin: zuora.secureUrl }));
    assert.deepEqual(zuora.requests, []);
  });

  test('of an expired certificate, and of one for another host', async t => {
    trust(t, authority);
    for (const [name, cert] of [
      ['expired certificate', expired],
      ['certificate of another host', elsewhere],
    ] as const) {
      const zuora = await standIn(t, { tls: { cert, key } });
      note(name, await looking(zuora, { origin: zuora.secureUrl }));
      assert.deepEqual(zuora.requests, []);
    }
  });

  test('of a proxy that asks for a sign-in: it is not given one by looking at the certificate', async t => {
    const zuora = await standIn(t, { tls: { cert: elsewhere, key }, proxy: { signIn: proxySignIn() } });
    const proxy = zuora.proxy?.url ?? '';
    const settings = { ...unset, 'http.proxy': proxy.replace('//', '//engineer:planted-in-a-setting@') };
    const through = { host: '127.0.0.1', port: Number(new URL(proxy).port) };
    const taking = { clock: systemClock, signal: forever };
    const at = { host: 'rest.example.com', port: 443 };
    const certificate = await probe(taking, signal => lookAtCertificate(at, through, signal));
    // Only VS Code leads the requests themselves through a proxy: this is what they come back with.
    const refused = failed({
      kind: 'network',
      message: 'the proxy asks for a sign-in of its own',
      sent: 'no',
      cause: 'proxy-sign-in',
    });
    const unknown = failed({ kind: 'network', message: 'the host name is unknown', sent: 'no', cause: 'unknown-host' });
    const origin = 'https://rest.example.com';
    const text = note('proxy that asks for a sign-in', {
      ...(await looking(zuora, { credentials: failed({ kind: 'signed-out', message: '' }) })),
      origin,
      proxy: proxyFor(origin, settings, {}),
      network: networkLines(settings, {}),
      hostName: { outcome: unknown, durationMs: 3 },
      certificate,
      answer: { outcome: refused, durationMs: 5 },
      token: { outcome: refused, durationMs: 5 },
      permission: { leftOut: 'It takes a token.' },
    });
    assert.doesNotMatch(text, /planted/);
    assert.deepEqual(zuora.proxy?.passed, [{ line: 'CONNECT rest.example.com:443', status: 407 }]);
  });

  test('looks at a certificate through a proxy that lets it', async t => {
    const zuora = await standIn(t, { tls: { cert: elsewhere, key }, proxy: {} });
    const at = { host: 'rest.example.com', port: 443 };
    const { port } = new URL(zuora.proxy?.url ?? '');
    const outcome = await lookAtCertificate(at, { host: '127.0.0.1', port: Number(port) }, forever);
    assert.ok(outcome.ok);
    assert.deepEqual([outcome.value.subject, outcome.value.hosts], ['elsewhere', ['rest.example.com']]);
    assert.equal(outcome.value.distrust?.cause, 'unknown-authority');
  });

  test('of a proxy that is not there', async t => {
    const nobody = await portNobodyListensOn();
    const zuora = await standIn(t);
    const diagnosis = await looking(zuora, {
      origin: 'https://rest.zuora.invalid',
      settings: unset,
      variables: { HTTPS_PROXY: nobody },
    });
    note('proxy that is not there', diagnosis);
  });

  test('of a wrong secret', async t => {
    const zuora = await standIn(t);
    const wrong = success({ clientId: zuora.clientId, clientSecret: 'planted-wrong-secret' });
    const text = note('wrong secret', await looking(zuora, { credentials: wrong, source: 'environment' }));
    assert.doesNotMatch(text, /planted/);
  });

  test('of a client that may not use AQuA', async t => {
    const zuora = await standIn(t);
    const body = { message: 'User is not authorized' };
    zuora.fault({ do: 'status', status: 403, body, match: { path: '/v1/batch-query' } });
    note('not permitted', await looking(zuora));
  });

  test('of a clock that is an hour off', async t => {
    const zuora = await standIn(t);
    const clock = { ...systemClock, now: () => Date.now() + 3_600_000 };
    note('clock an hour ahead', await looking(zuora, { transport: { ...transport, clock } }));
  });

  test('of a login page that answers everything', async t => {
    const zuora = await standIn(t);
    zuora.fault({ do: 'html', times: 9 });
    note('login page', await looking(zuora));
  });

  test('ends at once when it is canceled, and each step after ten seconds', async t => {
    const silent = createServer(socket => socket.on('error', () => undefined));
    const origin = await listen(t, silent);
    const controller = new AbortController();
    const steps: string[] = [];
    const report = (words: string) => {
      steps.push(words);
      if (words === 'answer without a sign-in') setImmediate(() => controller.abort());
    };
    const zuora = await standIn(t);
    const { answer, token } = await looking(zuora, { origin, signal: controller.signal, report });
    for (const each of [answer, token]) {
      assert.ok('outcome' in each && !each.outcome.ok);
      assert.equal(each.outcome.failure.kind, 'canceled');
    }
    const clock = new FakeClock();
    let ended = false;
    const waiting = probe({ clock, signal: forever }, signal => {
      signal.addEventListener('abort', () => (ended = true));
      return new Promise<never>(() => undefined);
    });
    clock.advance(10_000);
    const { outcome, durationMs } = await waiting;
    assert.deepEqual([outcome.ok ? 'ok' : outcome.failure.kind, durationMs, ended], ['timeout', 10_000, true]);
  });
});

suite('the proxy that VS Code takes', () => {
  const zuora = 'https://rest.na.zuora.com';
  const http = (more: Partial<NetworkSettings>) => ({ ...unset, ...more });
  const env = { HTTPS_PROXY: 'http://env.test:3128' };
  for (const [name, origin, settings, variables, expected] of [
    ['nothing names one', zuora, unset, {}, 'system'],
    ['the setting', zuora, http({ 'http.proxy': 'http://p.test:8080' }), {}, 'http://p.test:8080 by http.proxy'],
    ['with a user', zuora, http({ 'http.proxy': 'http://a:b%40c@p.test/' }), {}, 'http://p.test by http.proxy'],
    ['of another kind', zuora, http({ 'http.proxy': 'socks5://p.test' }), {}, 'socks5://p.test by http.proxy'],
    [
      'the setting before the variable',
      zuora,
      http({ 'http.proxy': 'http://p.test' }),
      env,
      'http://p.test by http.proxy',
    ],
    ['a variable', zuora, unset, env, 'http://env.test:3128 by HTTPS_PROXY'],
    ['small letters first', zuora, unset, { ...env, https_proxy: 'http://s.test' }, 'http://s.test by https_proxy'],
    ['http’s for https, too', zuora, unset, { http_proxy: 'http://h.test' }, 'http://h.test by http_proxy'],
    ['what is no address', zuora, http({ 'http.proxy': 'p.test:8080' }), {}, 'system'],
    ['support is off', zuora, http({ 'http.proxySupport': 'off' }), env, 'none: http.proxySupport is off'],
    ['this computer', 'http://127.0.0.1:80', unset, env, 'none: the host is this computer'],
    ['NO_PROXY', zuora, unset, { ...env, NO_PROXY: 'a.test, .zuora.com' }, 'none: NO_PROXY leaves this host out'],
    [
      'NO_PROXY with a port',
      zuora,
      unset,
      { ...env, NO_PROXY: 'zuora.com:8443' },
      'http://env.test:3128 by HTTPS_PROXY',
    ],
    ['NO_PROXY of all', zuora, unset, { ...env, no_proxy: '*' }, 'none: no_proxy leaves this host out'],
    [
      'http.noProxy takes the place of NO_PROXY',
      zuora,
      http({ 'http.noProxy': ['a.test'] }),
      { ...env, NO_PROXY: '*' },
      'http://env.test:3128 by HTTPS_PROXY',
    ],
  ] as const) {
    test(name, () => {
      const choice = proxyFor(origin, settings, variables);
      const drawn = {
        none: () => (choice.kind === 'none' ? `none: ${choice.why}` : ''),
        proxy: () => (choice.kind === 'proxy' ? `${choice.address} by ${choice.source}` : ''),
        system: () => 'system',
      }[choice.kind]();
      assert.equal(drawn, expected);
    });
  }

  test('is listed without what is secret', () => {
    const settings = http({
      'http.proxy': 'http://name:planted@p.test:8080',
      'http.noProxy': ['a.test', 'b.test'],
      'http.proxyStrictSSL': false,
      'http.proxyAuthorization': 'Basic planted',
    });
    const variables = {
      HTTPS_PROXY: 'http://name:planted@q.test',
      no_proxy: 'c.test',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    };
    assert.deepEqual(
      networkLines(settings, variables).map(([name, value]) => `${name} ${value}`),
      [
        'http.proxy http://***@p.test:8080',
        'http.noProxy a.test, b.test',
        'http.proxySupport override',
        'http.proxyStrictSSL false',
        'http.proxyAuthorization set, not shown',
        'http.systemCertificates true',
        'HTTPS_PROXY http://***@q.test',
        'no_proxy c.test',
        'NODE_EXTRA_CA_CERTS /etc/ca.pem',
      ],
    );
  });
});

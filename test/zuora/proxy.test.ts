/** The stand-in over https, and the forward proxy in front of it. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test, type TestContext } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { authority, elsewhere, good, key } from '../client/certificates';
import { proxySignIn, startProxy, type ProxyOptions } from './proxy';
import { startZuora } from './server';

async function standIn(t: TestContext, cert?: string) {
  const zuora = await startZuora(cert === undefined ? {} : { tls: { cert, key } });
  t.after(() => zuora.stop());
  return zuora;
}

async function proxy(t: TestContext, options?: ProxyOptions) {
  const started = await startProxy(options);
  t.after(() => started.stop());
  return started;
}

/** The status and the first line of what an https server says inside a tunnel; of a refused tunnel the status alone. */
function throughTunnel(
  proxyUrl: string,
  host: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { hostname, port } = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    request({ host: hostname, port, method: 'CONNECT', path: host, headers })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode !== 200) return resolve(`${statusCode}`);
        const servername = host.split(':')[0] ?? '';
        const tls = connectTls({ socket, servername, ca: authority }, () =>
          tls.write(`GET /v1/describe HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
        );
        let text = '';
        tls.on('data', data => (text += String(data))).on('end', () => resolve(`200, ${text.split('\r\n')[0]}`));
        tls.on('error', reject);
      })
      .on('error', reject)
      .end();
  });
}

/** What comes of a whole address. */
function throughProxy(proxyUrl: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const { hostname, port } = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    request({ host: hostname, port, path, headers }, response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}

const basic = ({ name, password }: { name: string; password: string }) => ({
  'Proxy-Authorization': `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

test('the stand-in serves https with the certificate that it is given', async t => {
  const zuora = await standIn(t, good);
  assert.match(zuora.secureUrl, /^https:\/\/127\.0\.0\.1:\d+$/);
  const { url, passed } = await proxy(t);
  assert.equal(await throughTunnel(url, new URL(zuora.secureUrl).host), '200, HTTP/1.1 401 Unauthorized');
  assert.deepEqual(passed, [{ line: `CONNECT ${new URL(zuora.secureUrl).host}`, status: 200 }]);
});

test('its own proxy finds it under a name that no name server knows', async t => {
  const zuora = await startZuora({ tls: { cert: elsewhere, key }, proxy: {} });
  t.after(() => zuora.stop());
  assert.equal(await throughTunnel(zuora.proxy?.url ?? '', 'rest.example.com:443'), '200, HTTP/1.1 401 Unauthorized');
});

test('whole addresses pass, without what was for the proxy', async t => {
  const zuora = await standIn(t);
  const signIn = proxySignIn();
  const { url, passed } = await proxy(t, { signIn });
  assert.equal(await throughProxy(url, `${zuora.url}/v1/describe`, basic(signIn)), 401);
  assert.deepEqual(passed, [{ line: `GET ${zuora.url}/v1/describe`, status: 401 }]);
  assert.ok(!JSON.stringify(zuora.requests).includes('proxy-authorization'));
});

test('without its sign-in, or with a wrong one, nothing passes', async t => {
  const zuora = await standIn(t, good);
  const signIn = proxySignIn();
  const { url, passed } = await proxy(t, { signIn });
  const { host } = new URL(zuora.secureUrl);
  assert.equal(await throughTunnel(url, host), '407');
  assert.equal(await throughTunnel(url, host, basic({ ...signIn, password: 'wrong' })), '407');
  assert.equal(await throughProxy(url, 'http://127.0.0.1:1/'), 407);
  assert.equal(await throughTunnel(url, host, basic(signIn)), '200, HTTP/1.1 401 Unauthorized');
  assert.deepEqual(
    passed.map(({ status }) => status),
    [407, 407, 407, 200],
  );
  assert.equal(zuora.requests.length, 1);
});

test('what cannot be reached is a 502, and what is no address a 400', async t => {
  const zuora = await standIn(t);
  const { url } = await proxy(t);
  await zuora.stop();
  const { host } = new URL(zuora.url);
  assert.equal(await throughTunnel(url, host), '502');
  assert.equal(await throughProxy(url, `${zuora.url}/`), 502);
  assert.equal(await throughProxy(url, '/v1/describe'), 400);
});

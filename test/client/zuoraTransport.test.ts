// One request and every way it can end, against real sockets.
import assert from 'node:assert/strict';
import https from 'node:https';
import type { Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { success } from '../../client/src/zuora/outcome';
import { exchange, requestLine, textOf, type HttpRequest, type Transport } from '../../client/src/zuora/transport';
import { authority, elsewhere, expired, good, key, selfSigned } from './certificates';
import { until } from './fakeClock';
import { draw, forever, join, listen, portNobodyListensOn, serve, serveRaw } from './network';

function ask(transport: Transport, origin: string, more: Partial<HttpRequest> = {}, signal = forever) {
  const request: HttpRequest = { method: 'GET', origin, path: '/v1/thing', headers: {}, secrets: [], ...more };
  return exchange(transport, request, [signal], async answer => success(`${answer.status} ${await textOf(answer)}`));
}

const json = '{"id":"whole"}';
const zipped = gzipSync(json);
const half = (buffer: Buffer) => buffer.subarray(0, buffer.length / 2);
const flipped = (buffer: Buffer) =>
  Buffer.from(buffer.map((byte, index) => (index === buffer.length - 6 ? byte ^ 1 : byte)));
const head = (headers: string) => `HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`;
const gzipHead = (body: Buffer) => head(`Content-Encoding: gzip\r\nContent-Length: ${body.length}`);
const sends = (...parts: (string | Buffer)[]) => ({ parts, reset: false });
const lost = 'network | message: the connection was lost | sent: maybe';

for (const [name, { parts, reset }, expected] of [
  ['a whole body', sends(head(`Content-Length: ${json.length}`), json), `ok "200 {\\"id\\":\\"whole\\"}"`],
  ['a body with a length, cut', sends(head('Content-Length: 100'), json), lost],
  ['a reset before the answer', { parts: [], reset: true }, lost],
  ['a reset in the middle of the body', { parts: [head('Content-Length: 100'), json], reset: true }, lost],
  ['chunks without the last one', sends(head('Transfer-Encoding: chunked'), `e\r\n${json}\r\n`), lost],
  ['a gzip body', sends(gzipHead(zipped), zipped), `ok "200 {\\"id\\":\\"whole\\"}"`],
  [
    'a gzip body of two members',
    sends(gzipHead(Buffer.concat([zipped, zipped])), zipped, zipped),
    `ok "200 {\\"id\\":\\"whole\\"}{\\"id\\":\\"whole\\"}"`,
  ],
  [
    'half a gzip body with the right length',
    sends(gzipHead(half(zipped)), half(zipped)),
    "malformed | message: the answer's gzip encoding is broken (unexpected end of file) | excerpt: ",
  ],
  ['half a gzip body with the whole length', sends(gzipHead(zipped), half(zipped)), lost],
  [
    'a gzip body with a wrong check sum',
    sends(gzipHead(zipped), flipped(zipped)),
    "malformed | message: the answer's gzip encoding is broken (incorrect data check) | excerpt: ",
  ],
  [
    'a gzip body and zeros',
    sends(gzipHead(Buffer.concat([zipped, Buffer.alloc(9)])), zipped, Buffer.alloc(9)),
    "malformed | message: the answer's gzip encoding is followed by something else | excerpt: ",
  ],
  [
    'an encoding nobody asked for',
    sends(head('Content-Encoding: deflate'), deflateSync(json)),
    'malformed | message: the answer is encoded as deflate, which was not asked for | excerpt: ',
  ],
  [
    'something that is not HTTP',
    sends('SSH-2.0-OpenSSH_9.2\r\n'),
    'network | message: what came is not HTTP | sent: maybe',
  ],
] as const) {
  test(`${name}`, async t => {
    const origin = await serveRaw(t, socket => {
      for (const part of parts) socket.write(part);
      if (reset) {
        // The reset must not overtake what was written before it.
        setImmediate(() => socket.resetAndDestroy());
      } else {
        socket.end();
      }
    });
    assert.equal(draw(await ask(join(origin).transport, origin)), expected);
  });
}

test('a closed port was certainly not reached', async t => {
  const { origin } = await serve(t, () => ({}));
  const closed = await portNobodyListensOn();
  assert.notEqual(closed, origin);
  assert.equal(
    draw(await ask(join(closed).transport, closed)),
    'network | message: the connection was refused | sent: no',
  );
});

test('an unknown host was certainly not reached', async () => {
  const outcome = await ask(join('').transport, 'http://zuora.invalid');
  assert.match(
    draw(outcome),
    /^network \| message: the host name (is unknown|cannot be looked up now) \| sent: no \| cause: unknown-host$/,
  );
});

test('silence ends at the stall limit, before and in the middle of the answer', async t => {
  for (const beginning of ['', head('Content-Length: 100') + json]) {
    let connected = 0;
    const origin = await serveRaw(t, socket => {
      connected++;
      socket.write(beginning);
    });
    const { transport, clock } = join(origin);
    const outcome = ask(transport, origin);
    await until(
      () => connected === 1,
      () => 'no request came',
    );
    await clock.pass(60_000);
    assert.equal(draw(await outcome), 'timeout | message: nothing came for 60 seconds | sent: maybe');
    assert.equal(clock.pending, 0);
  }
});

test('each byte gives the service another minute', async t => {
  const sockets: Socket[] = [];
  const origin = await serveRaw(t, socket => sockets.push(socket));
  const { transport, clock } = join(origin);
  const outcome = ask(transport, origin);
  await until(
    () => sockets.length === 1,
    () => 'no request came',
  );
  const [socket] = sockets;
  clock.advance(59_000);
  socket?.write(head('Content-Length: 2'));
  const armedAnew = () => clock.monotonic() === 59_000 && clock.nextAt === 119_000;
  await until(armedAnew, () => 'the head of the answer did not count');
  clock.advance(59_000);
  socket?.write('ok');
  assert.equal(draw(await outcome), 'ok "200 ok"');
});

test('a cancel ends a request within a second, whatever it waits for', async t => {
  for (const beginning of ['', head('Content-Length: 100') + json]) {
    let connected = 0;
    let closed = 0;
    const origin = await serveRaw(t, socket => {
      connected++;
      socket.on('close', () => closed++);
      socket.write(beginning);
    });
    const { transport, clock } = join(origin);
    const controller = new AbortController();
    const outcome = ask(transport, origin, {}, controller.signal);
    await until(
      () => connected === 1,
      () => 'no request came',
    );
    const started = performance.now();
    controller.abort();
    assert.equal(draw(await outcome), 'canceled | sent: maybe');
    assert.ok(performance.now() - started < 1000);
    await until(
      () => closed === 1,
      () => 'the connection stays open',
    );
    assert.equal(clock.pending, 0);
  }
});

test('a cancel in the moment before a body is sent ends it, and nothing else', async t => {
  const { origin, seen } = await serve(t, () => ({}));
  const controller = new AbortController();
  const outcome = ask(join(origin).transport, origin, { method: 'POST', body: '{}' }, controller.signal);
  controller.abort();
  assert.equal(draw(await outcome), 'canceled | sent: maybe');
  assert.equal(seen.length, 0);
});

test('an answer that is not read to its end gives its connection back', async t => {
  let open = 0;
  const origin = await serveRaw(t, socket => {
    open++;
    socket.on('close', () => open--);
    socket.write(`${head('Content-Encoding: br\r\nContent-Length: 100')}the rest never comes`);
  });
  assert.match(draw(await ask(join(origin).transport, origin)), /^malformed \| message: the answer is encoded as br/);
  await until(
    () => open === 0,
    () => 'the connection stays open',
  );
});

test('what was canceled before is not sent', async t => {
  const { origin, seen } = await serve(t, () => ({}));
  assert.equal(draw(await ask(join(origin).transport, origin, {}, AbortSignal.abort())), 'canceled | sent: no');
  assert.equal(seen.length, 0);
});

test('nothing is sent from a workspace that is not trusted', async t => {
  const { origin, seen } = await serve(t, () => ({}));
  const { transport, logged } = join(origin, { mayConnect: () => false });
  assert.equal(draw(await ask(transport, origin)), 'untrusted | message: the workspace is not trusted');
  assert.equal(seen.length, 0);
  assert.equal(logged.length, 0);
});

test('a header outside US-ASCII is named and not sent', async t => {
  const { origin, seen } = await serve(t, () => ({}));
  for (const value of ['Zürich', 'a\r\nX-Injected: b', '日本']) {
    assert.equal(
      draw(await ask(join(origin).transport, origin, { headers: { 'Zuora-Track-Id': value } })),
      'rejected | message: the value of the header Zuora-Track-Id has characters outside US-ASCII | status: 0',
    );
  }
  assert.equal(seen.length, 0);
});

test('a body of more than 10 MB is no answer', async t => {
  const { origin } = await serve(t, () => ({ body: `[${'"x",'.repeat(2_600_000)}1]` }));
  assert.equal(
    draw(await ask(join(origin).transport, origin)).slice(0, 70),
    'malformed | message: the answer is larger than 10 MB | excerpt: ["x","',
  );
});

test('a gzipped request is the same bytes inside', async t => {
  const { origin, seen } = await serve(t, () => ({}));
  await ask(join(origin).transport, origin, { method: 'POST', body: '{"name":"größe"}', gzipBody: true });
  const [request] = seen;
  assert.equal(request?.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(request?.body ?? '').toString(), '{"name":"größe"}');
});

test('the log knows what happened and nothing secret', async t => {
  const { origin } = await serve(t, () => ({
    status: 201,
    headers: { 'Zuora-Request-Id': 'r-1', 'Zuora-Track-Id': 't-1' },
    body: 'planted answer',
  }));
  const { transport, logged, clock } = join(origin);
  const headers = { Authorization: 'Bearer planted-token', 'Zuora-Track-Id': 'mine' };
  await ask(transport, origin, { method: 'POST', headers, body: 'planted body' });
  clock.advance(5);
  const closed = await portNobodyListensOn();
  await ask(transport, closed, { headers });
  assert.deepEqual(logged.map(requestLine), [
    `POST ${origin}/v1/thing → 201 in 0 ms, Zuora-Request-Id r-1, Zuora-Track-Id t-1`,
    `GET ${closed}/v1/thing → network in 0 ms, Zuora-Track-Id mine`,
  ]);
  assert.doesNotMatch(JSON.stringify(logged), /planted/);
});

for (const [name, certificate, trusted, expected] of [
  ['a certificate of a known authority is taken', good, true, 'ok "200 hello"'],
  [
    'an expired certificate',
    expired,
    true,
    'network | message: its certificate has expired | sent: no | cause: certificate-dates',
  ],
  [
    'a certificate for another host',
    elsewhere,
    true,
    'network | message: its certificate is for another host name | sent: no | cause: certificate-host',
  ],
  [
    'a certificate of an unknown authority',
    good,
    false,
    'network | message: its certificate is signed by an authority this computer does not know | sent: no | cause: unknown-authority',
  ],
  [
    'a self-signed certificate',
    selfSigned,
    false,
    'network | message: its certificate is self-signed | sent: no | cause: unknown-authority',
  ],
] as const) {
  test(`${name}${expected.startsWith('ok') ? '' : ' ends it before the token is sent'}`, async t => {
    const { origin, received } = await serveTls(t, certificate);
    const before = https.globalAgent.options.ca;
    t.after(() => {
      https.globalAgent.options.ca = before;
    });
    https.globalAgent.options.ca = trusted ? authority : undefined;
    const headers = { Authorization: 'Bearer planted-token' };
    assert.equal(draw(await ask(join(origin).transport, origin, { headers })), expected);
    assert.equal(0 < received(), expected.startsWith('ok'));
  });
}

/** A TLS service that counts the bytes of requests that it could decrypt. */
async function serveTls(t: TestContext, certificate: string): Promise<{ origin: string; received: () => number }> {
  let bytes = 0;
  const server = createTlsServer({ key, cert: certificate }, socket => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      bytes += data.length;
      socket.end(`${head('Content-Length: 5\r\nConnection: close')}hello`);
    });
  });
  return { origin: (await listen(t, server)).replace('http:', 'https:'), received: () => bytes };
}

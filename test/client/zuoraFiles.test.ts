// Result files: whole under their final name, or not there.
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { saveFile } from '../../client/src/zuora/files';
import { until } from './fakeClock';
import { draw, forever, join, serve, serveRaw, withTokens, type Joined, type Reply } from './network';

const csv = 'Account.Id,Account.Name\n'.repeat(20_000);
const csvHeaders = { 'Content-Type': 'text/csv' };

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zoql-files-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function save({ client, scope }: Joined, target: string, signal = forever) {
  return saveFile(target, sink => client.download(scope, 'f1', sink, signal));
}

test('a file is saved byte by byte, under its name only', async t => {
  const folder = await emptyFolder(t);
  const { origin, lines } = await serve(
    t,
    withTokens(() => ({ headers: csvHeaders, body: csv })),
  );
  const target = path.join(folder, 'accounts.csv');
  assert.equal(draw(await save(join(origin), target)), `ok {"bytes":${csv.length}}`);
  assert.equal(await readFile(target, 'utf8'), csv);
  assert.deepEqual(await readdir(folder), ['accounts.csv']);
  assert.deepEqual(lines(), ['POST /oauth/token', 'GET /v1/files/f1']);
});

test('a file sent gzipped is saved as it was meant, a gzip file as it is', async t => {
  const folder = await emptyFolder(t);
  const target = path.join(folder, 'file');
  const sent = await serve(
    t,
    withTokens(() => ({ headers: { ...csvHeaders, 'Content-Encoding': 'gzip' }, body: gzipSync(csv) })),
  );
  await save(join(sent.origin), target);
  assert.equal(await readFile(target, 'utf8'), csv);
  const file = await serve(
    t,
    withTokens(() => ({ headers: { 'Content-Type': 'application/x-gzip' }, body: gzipSync(csv) })),
  );
  await save(join(file.origin), target);
  assert.deepEqual(await readFile(target), gzipSync(csv));
});

const token = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\n\r\n{"access_token":"x"}';
const half = gzipSync(csv).subarray(0, 40);

for (const [name, answer, expected, tries] of [
  [
    'shorter than its length',
    'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nId,Name\n',
    'network | message: the connection was lost | sent: maybe',
    4,
  ],
  [
    'in chunks without the last',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nId,Name\n\r\n',
    'network | message: the connection was lost | sent: maybe',
    4,
  ],
  [
    'without a length',
    'HTTP/1.1 200 OK\r\n\r\nId,Name\n',
    'malformed | message: the answer does not say how long the file is | excerpt: ',
    1,
  ],
  [
    'of half a gzip encoding',
    `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${half.length}\r\n\r\n${half.toString('latin1')}`,
    "malformed | message: the answer's gzip encoding is broken (unexpected end of file) | excerpt: ",
    1,
  ],
  [
    'that is only a part',
    'HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\nId',
    'malformed | message: part of a file came | excerpt: Id',
    1,
  ],
] as const) {
  test(`an answer ${name} leaves no file`, async t => {
    const folder = await emptyFolder(t);
    await writeFile(path.join(folder, 'accounts.csv'), 'older');
    let requests = 0;
    const origin = await serveRaw(t, (socket, head) => {
      const isToken = head.startsWith('POST /oauth/token');
      if (!isToken) requests++;
      socket.end(isToken ? token : answer, 'latin1');
    });
    const joined = join(origin);
    const outcome = save(joined, path.join(folder, 'accounts.csv'));
    if (tries === 4) for (const wait of [375, 750, 1500]) await joined.clock.pass(wait);
    assert.equal(draw(await outcome), expected);
    assert.equal(requests, tries);
    assert.deepEqual(await readdir(folder), ['accounts.csv']);
    assert.equal(await readFile(path.join(folder, 'accounts.csv'), 'utf8'), 'older');
  });
}

const notFound = { success: false, reasons: [{ code: 90000040, message: 'No such file.' }] };

for (const [name, reply, expected] of [
  [
    'a login page',
    { headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: '<html>Log in' },
    'malformed | message: a web page came where a file was expected | excerpt: <html>Log in',
  ],
  [
    'a refusal in a 200',
    { headers: { 'Content-Type': 'application/json' }, body: notFound },
    'rejected | message: No such file. | status: 200 | code: 90000040',
  ],
  [
    'other JSON',
    { headers: { 'Content-Type': 'application/json' }, body: {} },
    'malformed | message: the answer was not a file | excerpt: {}',
  ],
  ['a 404', { status: 404, body: notFound }, 'rejected | message: No such file. | status: 404 | code: 90000040'],
  [
    'a file too large',
    {
      status: 403,
      headers: { 'Content-Type': 'text/xml' },
      body: '<security:max-object-size>2047MB</security:max-object-size>',
    },
    'rejected | message: the file is larger than 2047MB | status: 403 | code: max-object-size',
  ],
] as const satisfies readonly (readonly [string, Reply, string])[]) {
  test(`${name} is not saved as a file`, async t => {
    const folder = await emptyFolder(t);
    const { origin } = await serve(
      t,
      withTokens(() => reply),
    );
    assert.equal(draw(await save(join(origin), path.join(folder, 'a.csv'))), expected);
    assert.deepEqual(await readdir(folder), []);
  });
}

test('a repeated download begins anew and glues nothing', async t => {
  const folder = await emptyFolder(t);
  let requests = 0;
  const origin = await serveRaw(t, (socket, head) => {
    if (head.startsWith('POST /oauth/token')) return void socket.end(token);
    requests++;
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${requests === 1 ? 'first' : 'the whole'}`);
  });
  const joined = join(origin);
  const outcome = save(joined, path.join(folder, 'a.csv'));
  await joined.clock.pass(375);
  assert.equal(draw(await outcome), 'ok {"bytes":9}');
  assert.equal(await readFile(path.join(folder, 'a.csv'), 'utf8'), 'the whole');
});

test('a token that dies before a download is renewed once', async t => {
  const folder = await emptyFolder(t);
  const { origin, lines } = await serve(
    t,
    withTokens((_request, token) => (token === 'token-1' ? { status: 401 } : { headers: csvHeaders, body: csv })),
  );
  assert.ok((await save(join(origin), path.join(folder, 'a.csv'))).ok);
  assert.deepEqual(lines(), ['POST /oauth/token', 'GET /v1/files/f1', 'POST /oauth/token', 'GET /v1/files/f1']);
});

test('a cancel in the middle leaves nothing within a second', async t => {
  const folder = await emptyFolder(t);
  let sockets = 0;
  const origin = await serveRaw(t, (socket, head) => {
    if (head.startsWith('POST /oauth/token')) return void socket.end(token);
    sockets++;
    socket.on('close', () => sockets--);
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nId,Name\n');
  });
  const controller = new AbortController();
  const outcome = save(join(origin), path.join(folder, 'a.csv'), controller.signal);
  await until(
    () => sockets === 1,
    () => 'no download began',
  );
  const started = performance.now();
  controller.abort();
  assert.equal(draw(await outcome), 'canceled | sent: maybe');
  assert.ok(performance.now() - started < 1000);
  assert.deepEqual(await readdir(folder), []);
  await until(
    () => sockets === 0,
    () => 'the connection stays open',
  );
});

test('the folder of a file is made where it is missing', async t => {
  const target = path.join(await emptyFolder(t), 'job', 'f1', 'accounts.csv');
  const { origin } = await serve(
    t,
    withTokens(() => ({ headers: csvHeaders, body: csv })),
  );
  assert.ok((await save(join(origin), target)).ok);
  assert.equal(await readFile(target, 'utf8'), csv);
});

test('a silent download ends at the stall limit', async t => {
  const folder = await emptyFolder(t);
  const { origin, seen } = await serve(
    t,
    withTokens(() => undefined),
  );
  const joined = join(origin);
  const outcome = save(joined, path.join(folder, 'a.csv'));
  for (const [index, wait] of [375, 750, 1500, 0].entries()) {
    await until(
      () => seen.length === index + 2,
      () => 'no request came',
    );
    await joined.clock.pass(60_000);
    if (wait) await joined.clock.pass(wait);
  }
  assert.equal(draw(await outcome), 'timeout | message: nothing came for 60 seconds | sent: maybe');
  assert.deepEqual(await readdir(folder), []);
});

test('a disk that fails is told apart from the service', async t => {
  const folder = await emptyFolder(t);
  const { origin, seen } = await serve(
    t,
    withTokens(() => ({ headers: csvHeaders, body: csv })),
  );
  const joined = join(origin);
  await writeFile(path.join(folder, 'file'), '');
  for (const target of ['file/a.csv', 'file/deeper/a.csv']) {
    assert.equal(
      draw(await save(joined, path.join(folder, target))),
      'storage | message: its folder cannot be made, because a file has that name | store: disk',
    );
  }
  assert.equal(seen.length, 0, 'nothing is asked for what has no place');
  await mkdir(path.join(folder, 'taken', 'inner'), { recursive: true });
  assert.equal(
    draw(await save(joined, path.join(folder, 'taken'))),
    'storage | message: a folder has that name | store: disk',
  );
  assert.deepEqual((await readdir(folder)).sort(), ['file', 'taken']);

  const full = Object.assign(new Error('planted'), { code: 'ENOSPC' });
  const before = seen.length;
  for (const sink of [
    { start: () => Promise.resolve(), write: () => Promise.reject(full) },
    { start: () => Promise.reject(full), write: () => Promise.resolve() },
  ]) {
    const outcome = await joined.client.download(joined.scope, 'f1', sink, forever);
    assert.equal(draw(outcome), 'storage | message: the disk is full | store: disk');
  }
  assert.equal(seen.length, before + 2, 'a full disk is no reason to download again');
});

test('two downloads to one name both end right', async t => {
  const folder = await emptyFolder(t);
  const { origin } = await serve(
    t,
    withTokens(() => ({ headers: csvHeaders, body: csv })),
  );
  const target = path.join(folder, `${'n'.repeat(251)}.csv`);
  const joined = join(origin);
  const outcomes = await Promise.all([save(joined, target), save(joined, target)]);
  assert.ok(outcomes.every(({ ok }) => ok));
  assert.equal(await readFile(target, 'utf8'), csv);
  assert.deepEqual(await readdir(folder), [path.basename(target)]);
});

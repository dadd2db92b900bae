// `node test/bench/polling.mjs [jobs] [seconds]`: how long a thousand running jobs hold up the event loop, which a window
// shares with all its extensions. Real HTTP to a service in a process of its own, real files, real time.
//
// Read the figures beside those of the idle minute before; milliseconds differ by machine.
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(import.meta.url);
const root = path.resolve(path.dirname(here), '..', '..');
const idleSeconds = 5;

if (process.argv[2] === '--service') serve();
else await bench(Number(process.argv[2] ?? 1_000), Number(process.argv[3] ?? 60));

async function bench(jobs, seconds) {
  const { openStore, openJournal, openLeases, createPoller, createZuoraClient, createTokenSource, systemClock } =
    await buildParts();
  const service = fork(here, ['--service']);
  const [origin] = await once(service, 'message');
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-bench-'));
  const store = openStore({ journal: openJournal(path.join(folder, 'jobs')), clock: systemClock, randomBytes });
  const scope = { tenant: 'Bench', origin };
  await addJobs(store, scope, jobs);

  const random = Math.random;
  let underWay = 0;
  let most = 0;
  const transport = { clock: systemClock, log: () => {}, mayConnect: () => true };
  const credentials = { ok: true, value: { clientId: 'bench', clientSecret: 'bench' } };
  const tokens = createTokenSource({ transport, random, credentialsFor: async () => credentials });
  const client = createZuoraClient({ transport, tokens, random });
  const writer = { window: 'bench', host: 'bench', pid: process.pid };
  const leases = openLeases({
    folder: path.join(folder, 'leases'),
    clock: systemClock,
    writer,
    isFocused: () => true,
  });
  const poller = createPoller({
    store,
    client: {
      ...client,
      async jobOnce(...given) {
        most = Math.max(most, ++underWay);
        return client.jobOnce(...given).finally(() => underWay--);
      },
    },
    leases,
    clock: systemClock,
    random,
    permission: { isEnabled: () => true, mayAsk: async () => credentials },
    focus: { isFocused: () => true, watch: () => () => {} },
  });

  const idle = await delays(idleSeconds);
  poller.start();
  const busy = await delays(seconds);
  poller.dispose();
  leases.dispose();
  store.dispose();
  service.send('end');
  const [requests] = await once(service, 'message');
  rmSync(folder, { recursive: true, force: true });
  console.log(`${jobs} jobs for ${seconds} s: ${requests} requests, at most ${most} at a time`);
  console.log(`event loop held up, ms         p50    p99    longest`);
  for (const [name, { p50, p99, longest }] of Object.entries({ idle, polling: busy })) {
    console.log(`  ${name.padEnd(24)} ${[p50, p99, longest].map(each => each.toFixed(1).padStart(7)).join('')}`);
  }
}

/** How much later than asked a timer of a millisecond ends, over so many seconds. */
async function delays(seconds) {
  const resolution = 1;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  await sleep(seconds * 1000);
  histogram.disable();
  const milliseconds = nanoseconds => Math.max(0, nanoseconds / 1e6 - resolution);
  return {
    p50: milliseconds(histogram.percentile(50)),
    p99: milliseconds(histogram.percentile(99)),
    longest: milliseconds(histogram.max),
  };
}

/** Jobs of fifty queries, all of them running. */
async function addJobs(store, scope, count) {
  const queries = Array.from({ length: 50 }, (_, index) => {
    const text = `select Id, Name, AccountNumber from Account where Name = 'query ${index}'`;
    const range = { start: 0, end: text.length };
    const source = { uri: 'file:///q.zoql', relativePath: 'q.zoql', statement: index, range, line: 1, text };
    return { name: `query-${index}`, type: 'zoqlexport', query: text, source };
  });
  const body = JSON.stringify({ queries: queries.map(({ name, type, query }) => ({ name, type, query })) });
  const writer = { window: 'bench', host: 'bench', pid: process.pid };
  for (let job = 0; job < count; job++) {
    const attempt = { idempotencyKey: `key-${job}`, keyMadeAt: Date.now(), mayExist: true, writer, until: 0 };
    const added = await store.add({ scope, request: { body, headers: {}, gzip: false }, queries }, attempt);
    await store.applyAnswer(added.value.key, {
      id: job.toString(16).padStart(32, '0'),
      status: 'submitted',
      batches: [],
    });
  }
}

async function buildParts() {
  const outfile = path.join(root, 'out', 'bench', 'polling.mjs');
  mkdirSync(path.dirname(outfile), { recursive: true });
  const parts = {
    'jobs/store': 'openStore',
    'jobs/journal': 'openJournal',
    'jobs/leases': 'openLeases',
    'jobs/poller': 'createPoller',
    'zuora/aqua': 'createZuoraClient',
    'zuora/auth': 'createTokenSource',
    'zuora/clock': 'systemClock',
  };
  const contents = Object.entries(parts).map(([file, name]) => `export { ${name} } from './client/src/${file}';`);
  await build({
    stdin: { contents: contents.join('\n'), resolveDir: root },
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/** A Zuora of executing jobs: every second answer of a job is news, which the journal writes down. */
function serve() {
  const counts = new Map();
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/oauth/token') return response.end('{"access_token":"bench","expires_in":3599}');
    requests++;
    const id = request.url.split('/').at(-1);
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    const batches = Array.from({ length: 50 }, (_, index) => ({
      batchId: `${id}-${index}`,
      name: `query-${index}`,
      status: index < count / 2 ? 'completed' : 'pending',
      recordCount: 100 + (count >> 1),
      fileId: `file-${index}`,
    }));
    return response.end(JSON.stringify({ id, status: 'executing', batches }));
  });
  server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));
  process.on('message', () => {
    process.send(requests);
    process.disconnect();
    server.close();
    server.closeAllConnections();
  });
}

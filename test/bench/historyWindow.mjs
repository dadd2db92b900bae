// A window with a long history, started by history.mjs: does what it is told, and prints what that took as JSON.
//
//   load      the list from the index: its newest jobs, and all; its memory, and how long nothing else could run
//   rebuild   the same without an index, which is there again afterwards
//   floor     the folder's names, and the index's bytes as JSON
//   change    the bytes that one job's changes write
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [bundle, folder, what] = process.argv.slice(2);
const { openJournal, openStore } = await import(pathToFileURL(bundle).href);
const settled = path.join(folder, 'settled');
const indexes = () => readdirSync(settled).filter(name => name.startsWith('index.'));
const clock = { now: Date.now, monotonic: () => performance.now(), after: () => () => undefined };

const actions = { load, rebuild, floor, change };
console.log(JSON.stringify(await actions[what]()));
process.exit();

async function load() {
  const store = openStore({ journal: openJournal(folder), clock, randomBytes });
  const before = used();
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const started = performance.now();
  await store.load('newest');
  const newest = performance.now() - started;
  await loaded(store);
  const milliseconds = performance.now() - started;
  const stall = stalls.max / 1e6;
  stalls.disable();
  const after = used();
  return {
    newest,
    milliseconds,
    stall,
    megabytes: after.heap - before.heap,
    residentMegabytes: after.resident - before.resident,
    jobs: store.all().length,
  };
}

async function rebuild() {
  for (const name of indexes()) rmSync(path.join(settled, name));
  return load();
}

async function floor() {
  const [index] = indexes();
  const started = performance.now();
  await fs.readdir(folder);
  await fs.readdir(settled);
  const lines = (await fs.readFile(path.join(settled, index), 'utf8')).split('\n');
  const jobs = lines.filter(Boolean).map(line => JSON.parse(line));
  return { milliseconds: performance.now() - started, jobs: jobs.length };
}

async function change() {
  let bytes = 0;
  let record = 0;
  const counting = (handle, isEntry) =>
    new Proxy(handle, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given) => {
          if (name === 'write' || name === 'writeFile') {
            bytes += Buffer.byteLength(given[0]);
            if (isEntry) record += Buffer.byteLength(given[0]);
          }
          return Reflect.apply(value, target, given);
        };
      },
    });
  const files = {
    ...fs,
    open: async (file, flags) => counting(await fs.open(file, flags), !path.basename(file).startsWith('index.')),
  };
  const store = openStore({ journal: openJournal(folder, files), clock, randomBytes });
  await loaded(store);
  const [{ key }] = store.all();
  const { request, queries, scope, attempt, batches } = await store.open(key);
  const added = await store.add({ scope, request, queries }, attempt);
  const answered = async status => {
    [bytes, record] = [0, 0];
    const answer = { id: 'bench', status, batches: batches.map(batch => ({ ...batch, status })) };
    await store.applyAnswer(added.value.key, answer);
    return { bytes, record };
  };
  const result = { running: await answered('executing'), settled: await answered('completed') };
  await store.remove(added.value.key);
  return result;
}

async function loaded(store) {
  const result = await store.load('all');
  if (!result.ok) throw new Error(result.fault.message);
  if (store.all().length < 10_000) throw new Error(`only ${store.all().length} jobs were listed`);
}

/** In megabytes, after all that is unused is gone. */
function used() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: (heapUsed + external) / 1e6, resident: rss / 1e6 };
}

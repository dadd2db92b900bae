// What a history of 10,000 jobs costs: the time until the tree has its first list, memory, and the bytes of one change.
// The floor is what no list can do without: the folder's names, and as many bytes of JSON read as the index has.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const child = path.join(here, 'historyWindow.mjs');
const count = 10_000;
const queriesPerJob = 3;

/**
 * Measures, and reports each figure with its baseline and its goal.
 *
 * @param options `out`: where the bundle goes; `report`: takes a name and a figure; `quantile`; `repeats`: windows that
 * are started for each figure.
 */
export async function benchHistory({ out, report, quantile, repeats }) {
  const jobs = path.join(out, 'jobs.mjs');
  await bundle(
    ['journal', 'records', 'store'].map(name => `client/src/jobs/${name}`),
    jobs,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-history-'));
  try {
    await writeHistory(folder, await import(pathToFileURL(jobs).href));
    const run = what => JSON.parse(execFileSync(process.execPath, ['--expose-gc', child, jobs, folder, what]));
    const median = (what, figure, times = repeats) =>
      quantile(
        Array.from({ length: times }, () => run(what)[figure]),
        0.5,
      );

    const without = median('rebuild', 'milliseconds', Math.min(repeats, 3)); // The last one leaves the index.
    const newest = median('load', 'newest');
    const indexed = median('load', 'milliseconds');
    const floor = median('floor', 'milliseconds');
    const size = `${count.toLocaleString('en')} jobs`;
    report(`${size} to the first list, ms (names + JSON)`, { value: newest, baseline: floor, most: 200 });
    report(`${size} to the whole list, ms (names + JSON)`, { value: indexed, baseline: floor });
    report(`${size} without the index, ms (names + JSON)`, { value: without, baseline: floor });
    const { megabytes, residentMegabytes } = run('load');
    report(`${size} in memory above idle, MB`, { value: megabytes, most: 100 });
    report(`${size} resident above idle, MB`, { value: residentMegabytes, most: 100 });
    report('the index, MB', { value: statSync(indexOf(folder)).size / 1e6 });
    report('longest stall while it loads, ms', { value: median('load', 'stall'), most: 50 });
    const written = run('change');
    report('bytes written by a change of one job (its record)', {
      value: written.running.bytes,
      baseline: written.running.record,
      mostRatio: 1.01,
    });
    report('bytes written as it settles (its record)', {
      value: written.settled.bytes,
      baseline: written.settled.record,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function indexOf(folder) {
  const settled = path.join(folder, 'settled');
  const [name] = readdirSync(settled).filter(each => each.startsWith('index.'));
  return path.join(settled, name);
}

/** The entries of jobs that went well: each planned, seen running, and completed. */
async function writeHistory(folder, { createKey, journalVersion, writeLine }) {
  mkdirSync(path.join(folder, 'settled'), { recursive: true });
  const now = Date.now();
  for (let number = 0; number < count; number++) {
    const at = now - (count - number) * 100_000;
    const key = createKey(at, Buffer.from(number.toString(16).padStart(16, '0'), 'hex'));
    const queries = Array.from({ length: queriesPerJob }, (_, index) => queryOf((number + index) % 40));
    const body = JSON.stringify({
      name: `Nightly export ${new Date(at).toISOString()}`,
      useQueryLabels: true,
      queries: queries.map(({ name, type, query }) => ({ name, type, query })),
    });
    const writer = { window: 'bench', host: 'bench', pid: 1 };
    const id = number.toString(16).padStart(32, '8');
    const batches = status =>
      queries.map(({ name }, query) => ({
        batchId: `${id}${query}`,
        name,
        status,
        recordCount: status === 'completed' ? 1_000 + number : 0,
        fileIds: status === 'completed' ? [`${id}f${query}`] : [],
        full: true,
        query,
      }));
    const answer = (sequence, status) => ({
      kind: 'answer',
      sequence,
      at: at + sequence * 30_000,
      answer: { id, status, batches: batches(status) },
    });
    const records = [
      {
        kind: 'planned',
        version: journalVersion,
        sequence: 0,
        at,
        scope: { tenant: `Tenant ${number % 3}`, origin: 'https://rest.test.zuora.com' },
        request: { body, headers: {}, gzip: false },
        queries,
        attempt: { idempotencyKey: key, keyMadeAt: at, mayExist: true, writer, until: at + 180_000 },
      },
      answer(1, 'executing'),
      answer(2, 'completed'),
    ];
    writeFileSync(path.join(folder, 'settled', `${key}.jsonl`), records.map(each => `${writeLine(each)}\n`).join('\n'));
  }
}

function queryOf(number) {
  const name = `export_${number}`;
  const text = `select Id, AccountNumber, Name, Status, Balance, CreatedDate from Account where Batch = 'Batch${number}'`;
  const relativePath = `exports/${name}.zoql`;
  const source = {
    uri: `file:///home/someone/work/${relativePath}`,
    relativePath,
    statement: 0,
    range: { start: 0, end: text.length },
    line: 1,
    text,
  };
  return { name, type: 'zoql', query: text, source };
}

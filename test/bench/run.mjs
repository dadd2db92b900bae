// `npm run bench`: what the language server costs, beside an echo server on the same libraries (the floor), how fast the
// language library is by itself, and what a long history of jobs and a tenant's schema cost. Read the ratios;
// milliseconds differ by machine.
//
//   history            only the history of jobs
//   schema             only a tenant's schema
//   --quick            fewer repetitions: rough figures in a tenth of the time
//   --compare <file>   prints a kept result beside this one, so that two commits can be compared
//
// The last result stays in out/bench/result.json.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benchHistory } from './history.mjs';
import { benchSchema } from './schema.mjs';
import { startServer } from './server.mjs';
import { largeCatalogue, manyQueries, oneQuery, smallQueries } from './texts.mjs';

const { values: asked, positionals } = parseArgs({
  options: { quick: { type: 'boolean' }, compare: { type: 'string' } },
  allowPositionals: true,
});
const [only] = positionals;
const parts = ['history', 'schema'];
if (only !== undefined && !parts.includes(only)) throw new Error(`There is no bench ${only}.`);
const before = asked.compare === undefined ? undefined : JSON.parse(readFileSync(asked.compare, 'utf8'));
const repeats = asked.quick
  ? { keystrokes: 30, starts: 1, cancellations: 5, windows: 3 }
  : { keystrokes: 200, starts: 5, cancellations: 20, windows: 9 };
const warmUps = 40;
const sizes = [1, 100, 1_000, 10_000];

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = path.join(root, 'out', 'bench');
const bundles = { echo: path.join(out, 'echo.cjs'), zoql: path.join(out, 'server.cjs') };

/** Every figure by its name: its value, that of the baseline, their ratio, and the goal. */
const figures = {};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
console.log(`Node ${process.version}. Each line: zoql, baseline, ratio, goal\n`);
if (only === undefined) await benchLanguage();
if (only !== 'schema') await benchHistory({ out, report, quantile, repeats: repeats.windows });
if (only !== 'history') await benchSchema({ out, report, quantile, repeats: repeats.windows });
writeFileSync(
  path.join(out, 'result.json'),
  JSON.stringify({ node: process.version, quick: asked.quick ?? false, figures }, null, 2) + '\n',
);
console.log(`\nKept in ${path.relative(root, path.join(out, 'result.json'))}`);

async function benchLanguage() {
  await buildAll();
  benchBundle();
  for (const [shape, make] of Object.entries({ statements: manyQueries, 'in one statement': oneQuery })) {
    await benchKeystrokes(shape, make);
  }
  await benchOpening();
  await benchBurst();
  await benchCancelling();
  await benchMemory();
  await benchLibrary();
}

async function buildAll() {
  const options = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', minify: true, outdir: out };
  await Promise.all([
    build({
      ...options,
      entryPoints: { server: 'server/src/node.ts', echo: 'test/bench/echo.mjs' },
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
    }),
    build({
      ...options,
      entryPoints: { library: 'server/src/zoql/index.ts' },
      format: 'esm',
      outExtension: { '.js': '.mjs' },
    }),
  ]);
  copyFileSync(path.join(root, 'server/src/zoql/catalogue.data.json'), path.join(out, 'catalogue.data.json'));
}

function benchBundle() {
  const [zoql, echo] = [bundles.zoql, bundles.echo].map(file => statSync(file).size / 1_000);
  report('server bundle above echo, kB', { value: zoql - echo, most: 60 });
}

/** An edit and a completion, awaited. Servers are asked in turns, so that a busy moment of the machine meets both. */
async function benchKeystrokes(shape, make) {
  const medians = { echo: [], zoql: [] };
  for (const size of sizes) {
    const file = make(size);
    const given = { items: await answerOf(file, server => server.complete().then(({ items }) => items)) };
    const servers = {};
    for (const name of Object.keys(bundles)) {
      servers[name] = await startServer({ bundle: bundles[name], ...file, given });
      await servers[name].open();
    }
    const times = { echo: [], zoql: [] };
    const computed = { echo: 0, zoql: 0 };
    for (let stroke = 0; stroke < warmUps + repeats.keystrokes; stroke++) {
      for (const [name, server] of Object.entries(servers)) {
        if (stroke === warmUps) computed[name] = -server.cpuMilliseconds();
        const milliseconds = await server.type();
        if (warmUps <= stroke) times[name].push(milliseconds);
      }
    }
    for (const [name, server] of Object.entries(servers)) {
      computed[name] = (computed[name] + server.cpuMilliseconds()) / repeats.keystrokes;
      medians[name].push(quantile(times[name], 0.5));
      await server.stop();
    }
    const most = size < 10_000 ? 1.5 : 2;
    const name = `keystroke, ${size.toLocaleString('en')} ${shape}`;
    report(`${name}, p50 ms`, {
      value: quantile(times.zoql, 0.5),
      baseline: quantile(times.echo, 0.5),
      mostRatio: most,
    });
    report(`${name}, p99 ms`, { value: quantile(times.zoql, 0.99), baseline: quantile(times.echo, 0.99) });
    report(`${name}, CPU ms`, { value: computed.zoql, baseline: computed.echo });
  }
  const [value, baseline] = [medians.zoql, medians.echo].map(growth);
  report(`keystroke, growth exponent, ${shape}`, { value, baseline, most: baseline + 0.1 });
}

/** The slope of the times over the sizes where both are drawn as logarithms: 0 for constant, 1 for linear. */
function growth(times) {
  return Math.log(times.at(-1) / times[0]) / Math.log(sizes.at(-1) / sizes[0]);
}

async function benchOpening() {
  const large = manyQueries(10_000);
  const problems = await answerOf(large, server => server.diagnoseAll());
  const small = manyQueries(1);
  const items = await answerOf(small, server => server.complete().then(answer => answer.items));
  const opened = { echo: [], zoql: [] };
  const whole = { echo: [], zoql: [] };
  const first = { echo: [], zoql: [] };
  for (let round = 0; round < repeats.starts; round++) {
    for (const [name, bundle] of Object.entries(bundles)) {
      for (const [times, action] of [
        [opened, 'openAndDiagnose'],
        [whole, 'openAndDiagnoseAll'],
      ]) {
        const one = await startServer({ bundle, ...large, given: { problems, scan: true } });
        times[name].push(await one[action]());
        await one.stop();
      }
      const other = await startServer({ bundle, ...small, given: { items } });
      await other.open();
      await other.complete();
      first[name].push(other.sinceStart());
      await other.stop();
    }
  }
  report('open 10,000 statements to first problems, ms (echo + scan)', {
    value: quantile(opened.zoql, 0.5),
    baseline: quantile(opened.echo, 0.5),
    mostRatio: 3,
  });
  report('open 10,000 statements to all problems, ms (echo + scan)', {
    value: quantile(whole.zoql, 0.5),
    baseline: quantile(whole.echo, 0.5),
  });
  const [value, baseline] = [quantile(first.zoql, 0.5), quantile(first.echo, 0.5)];
  report('first completion of a fresh process, ms', { value, baseline, most: baseline + 60 });
}

async function benchBurst() {
  const file = manyQueries(1_000);
  const times = { echo: [], zoql: [] };
  let published = 0;
  for (let round = 0; round < repeats.starts; round++) {
    for (const [name, bundle] of Object.entries(bundles)) {
      const server = await startServer({ bundle, ...file, pushed: true });
      await server.open();
      await server.complete();
      times[name].push(await server.burst(2_000));
      if (name === 'zoql') published = Math.max(published, server.published.length);
      if (server.published.some(list => list.version === undefined)) throw new Error('A list without its version');
      await server.stop();
    }
  }
  report('burst of 2,000 edits, ms', {
    value: quantile(times.zoql, 0.5),
    baseline: quantile(times.echo, 0.5),
    mostRatio: 1.5,
  });
  report('lists of problems pushed in the burst', { value: published, most: 100 });
}

async function benchCancelling() {
  const file = manyQueries(1_000);
  const items = await answerOf(file, server => server.complete().then(answer => answer.items));
  const times = { echo: [], zoql: [] };
  const servers = {};
  for (const [name, bundle] of Object.entries(bundles)) {
    servers[name] = await startServer({ bundle, ...file, given: { items } });
    await servers[name].open();
    await servers[name].complete();
  }
  for (let round = 0; round < repeats.cancellations; round++) {
    for (const [name, server] of Object.entries(servers)) times[name].push(await server.cancel(200));
  }
  for (const server of Object.values(servers)) await server.stop();
  report('200 requests cancelled at once, ms', {
    value: quantile(times.zoql, 0.5),
    baseline: quantile(times.echo, 0.5),
    mostRatio: 1.5,
  });
}

/** With all that an editor asks for when it opens a file, and one keystroke. */
async function benchMemory() {
  const file = manyQueries(10_000);
  const megabytes = {};
  for (const [name, bundle] of Object.entries(bundles)) {
    const server = await startServer({ bundle, ...file });
    await server.openAndDiagnoseAll();
    await server.type();
    megabytes[name] = server.residentMegabytes();
    await server.stop();
  }
  report('resident with 10,000 statements, MB', { value: megabytes.zoql, baseline: megabytes.echo, mostRatio: 1.5 });
}

async function benchLibrary() {
  const library = await import(pathToFileURL(path.join(out, 'library.mjs')).href);
  const parseAll = text => {
    for (const statement of library.openDocument(text).statements) void statement.parsed.query;
  };
  const { text } = manyQueries(8_000);
  const seconds =
    quantile(
      timesOf(() => parseAll(text)),
      0.5,
    ) / 1_000;
  report('split, lex and parse, MB/s', { value: Buffer.byteLength(text) / 1e6 / seconds, least: 30 });
  const small = smallQueries(30_000);
  report('small statements/s', {
    value:
      30_000 /
      (quantile(
        timesOf(() => parseAll(small)),
        0.5,
      ) /
        1_000),
    least: 260_000,
  });

  let document = library.openDocument(text);
  const middle = text.indexOf('select ', text.length / 2) + 'select '.length;
  const texts = ['A', 'B'].map(typed => flat(text.slice(0, middle) + typed + text.slice(middle)));
  let turn = 0;
  const edits = timesOf(() => (document = library.openDocument(texts[turn++ % 2], document)), 400);
  report('one edit in 1 MB, ms', { value: quantile(edits, 0.5), most: 0.15 });

  const data = JSON.parse(JSON.stringify(largeCatalogue(500, 500)));
  const begun = performance.now();
  const context = { catalogue: library.createCatalogue(data), queryType: 'auto' };
  const completeIn = number => {
    const query = library.openDocument(`select  from Object${number}`);
    return timeOf(() => library.completions(query, 'select '.length, context));
  };
  completeIn(0);
  report('a catalogue of 250,000 fields, to its first list, ms', { value: performance.now() - begun, most: 300 });
  const lists = Array.from({ length: 499 }, (_, number) => completeIn(number + 1));
  report('completion there, a new object each, p95 ms', { value: quantile(lists, 0.95), most: 30 });
  report('longest stall there, ms', { value: Math.max(...lists), most: 50 });
}

/** A text in one piece: one that has just been put together is a tree of pieces, which the first reader pays for. */
function flat(text) {
  return Buffer.from(text).toString();
}

/** Milliseconds of several runs of warm code. */
function timesOf(run, count = 20) {
  for (let round = 0; round < 10; round++) run();
  return Array.from({ length: count }, () => timeOf(run));
}

function timeOf(run) {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** What our own server answers, for the echo server to answer as much. */
async function answerOf(file, ask) {
  const server = await startServer({ bundle: bundles.zoql, ...file });
  await server.open();
  const answer = await ask(server);
  await server.stop();
  return answer;
}

/** Prints a figure and keeps it. A goal is the most or the least that the value, or the most that the ratio may be. */
function report(name, { value, baseline, most, least, mostRatio }) {
  const ratio = baseline === undefined ? undefined : value / baseline;
  const goal =
    mostRatio !== undefined
      ? { text: `≤ ${mostRatio}×`, met: ratio <= mostRatio }
      : most !== undefined
        ? { text: `≤ ${short(most)}`, met: value <= most }
        : least !== undefined
          ? { text: `≥ ${short(least)}`, met: value >= least }
          : undefined;
  figures[name] = { value, baseline, ratio, goal: goal?.text, met: goal?.met };
  const old = before?.figures[name];
  const columns = [
    name.padEnd(64),
    short(value).padStart(9),
    (baseline === undefined ? '' : short(baseline)).padStart(9),
    (ratio === undefined ? '' : `${ratio.toFixed(2)}×`).padStart(8),
    (goal === undefined ? '' : `${goal.text} ${goal.met ? 'met' : 'MISSED'}`).padEnd(18),
    ...(old ? [`before: ${short(old.value)}${old.ratio === undefined ? '' : `, ${old.ratio.toFixed(2)}×`}`] : []),
  ];
  console.log(columns.join('  ').trimEnd());
}

function short(number) {
  return Math.abs(number) < 100 ? number.toFixed(2) : Math.round(number).toLocaleString('en');
}

function quantile(times, part) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * part)];
}

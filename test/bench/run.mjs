// `npm run bench`: what a keystroke costs in our server, beside the same keystroke in a server that only echoes (the
// floor that the libraries set), and how fast the parser is. Read the ratios; milliseconds differ by machine. The
// last run's numbers stay in out/bench/result.json.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Bench } from 'tinybench';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = path.join(root, 'out', 'bench');
const sizes = [1, 100, 1_000, 10_000];
const warmUps = 40;
const keystrokes = 200;
const uri = 'file:///bench.zoql';
const linesOfAQuery = 5;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await buildAll();

const result = { node: process.version, keystroke: {}, server: {}, library: {} };
let items = [];
items = await firstAnswer();
result.items = items.length;
result.answerBytes = JSON.stringify(items).length;
console.log(`Completion answers ${items.length} items, ${(result.answerBytes / 1000).toFixed(1)} kB\n`);

console.log('Keystroke (didChange + completion, awaited), p50 / p99 in milliseconds');
for (const size of sizes) {
  const text = queries(size);
  const servers = { echo: await start('echo', text), zoql: await start('server', text) };
  const times = { echo: [], zoql: [] };
  // In turns, so that a busy moment of the machine meets both.
  for (let stroke = 0; stroke < warmUps + keystrokes; stroke++) {
    for (const name of Object.keys(servers)) {
      const milliseconds = await servers[name].type();
      if (warmUps <= stroke) times[name].push(milliseconds);
    }
  }
  const echo = percentiles(times.echo);
  const zoql = percentiles(times.zoql);
  result.keystroke[size] = { echo, zoql, ratio: round(zoql.p50 / echo.p50) };
  console.log(
    `  ${String(size).padStart(6)} statements  echo ${show(echo)}  zoql ${show(zoql)}  ratio ${result.keystroke[size].ratio}`,
  );
  for (const server of Object.values(servers)) await server.stop();
}

console.log('\nThe server as a whole');
for (const [name, bundle] of [
  ['echo', 'echo'],
  ['zoql', 'server'],
]) {
  const small = await start(bundle, queries(1_000));
  const problems = await small.diagnose();
  const burst = await small.burst(2_000);
  await small.stop();
  const large = await start(bundle, queries(10_000));
  await large.diagnose();
  await large.type();
  result.server[name] = {
    startMilliseconds: round(small.startMilliseconds),
    problemsOf1000Milliseconds: round(problems),
    burstOf2000EditsMilliseconds: round(burst),
    residentWith10000Megabytes: round(large.residentMegabytes()),
  };
  await large.stop();
  console.log(`  ${name}`, result.server[name]);
}

console.log('\nThe language library in this process');
await benchLibrary();
writeFileSync(path.join(out, 'result.json'), JSON.stringify(result, null, 2) + '\n');
console.log(`\nKept in ${path.relative(root, path.join(out, 'result.json'))}`);

async function buildAll() {
  const options = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', minify: true, outdir: out };
  await build({
    ...options,
    entryPoints: { server: 'server/src/node.ts', echo: 'test/bench/echo.mjs' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  await build({
    ...options,
    entryPoints: { library: 'server/src/zoql/index.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  });
  copyFileSync(path.join(root, 'server/src/zoql/catalogue.data.json'), path.join(out, 'catalogue.data.json'));
}

/** The list that our server answers in the file that is typed in; the echo server answers the same bytes. */
async function firstAnswer() {
  const server = await start('server', queries(1));
  const answer = await server.complete();
  await server.stop();
  return answer.items;
}

/** Starts a bundle over stdio with one open file, and answers what can be done with it. */
async function start(bundle, text) {
  const begun = performance.now();
  const child = spawn(process.execPath, [path.join(out, `${bundle}.cjs`), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { items },
  });
  const startMilliseconds = performance.now() - begun;
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'zoql', version: 1, text },
  });

  // The middle statement's select list: half of the file lies before the edit and half behind it.
  const lines = text.split('\n');
  const line = Math.floor(lines.length / 2 / linesOfAQuery) * linesOfAQuery;
  let character = 'select '.length;
  let version = 1;
  const edit = typed => {
    const position = { line, character };
    character += typed.length;
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range: { start: position, end: position }, text: typed }],
    });
  };
  const complete = () =>
    connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: { line, character } });
  const timed = async action => {
    const started = performance.now();
    await action();
    return performance.now() - started;
  };

  return {
    startMilliseconds,
    complete,
    // Now and then a comma, so that the list stays one of short names as a person types them.
    type: () => timed(async () => (await edit(version % 6 === 0 ? ', ' : 'A'), await complete())),
    diagnose: () => timed(() => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } })),
    burst: count =>
      timed(async () => {
        for (let number = 0; number < count; number++) await edit(number % 6 === 0 ? ', ' : 'A');
        await complete();
      }),
    /** Only Linux tells in a file; elsewhere the number is left out. */
    residentMegabytes: () => {
      const status = `/proc/${child.pid}/status`;
      return existsSync(status) ? Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))[1]) / 1024 : NaN;
    },
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
  };
}

async function benchLibrary() {
  const library = await import(pathToFileURL(path.join(out, 'library.mjs')).href);
  const count = 5_000;
  const text = queries(count);
  const megabytes = Buffer.byteLength(text) / 1e6;
  const data = JSON.parse(readFileSync(path.join(out, 'catalogue.data.json'), 'utf8'));
  const context = { catalogue: library.createCatalogue(data), queryType: 'auto' };
  const opened = library.openDocument(text);
  const middle = text.indexOf('select ', text.length / 2) + 'select '.length;
  const edited = `${text.slice(0, middle)}A${text.slice(middle)}`;

  const bench = new Bench({ time: 1_000, warmupTime: 200 });
  bench
    .add('parse', () => parsedStatements(library.openDocument(text)))
    .add('parse and check', () => library.openDocument(text).statements.map(each => library.analyse(each, context)))
    .add('semantic tokens again', () => library.semanticTokens(opened, context))
    .add('outline', () => library.documentSymbols(opened))
    .add('statements after one edit', () => library.openDocument(edited, opened));
  await bench.run();
  for (const task of bench.tasks) {
    const milliseconds = task.result.latency.p50;
    result.library[task.name] = {
      milliseconds: round(milliseconds),
      megabytesASecond: round((megabytes / milliseconds) * 1_000),
      statementsASecond: Math.round((count / milliseconds) * 1_000),
    };
    console.log(`  ${task.name.padEnd(26)}`, JSON.stringify(result.library[task.name]));
  }
}

function parsedStatements({ statements }) {
  return statements.map(({ parsed }) => parsed.query);
}

/** Five lines a query, in the proportions of real ones. */
function queries(count) {
  const objects = ['Account', 'Invoice', 'Subscription', 'Payment'];
  return Array.from({ length: count }, (_, number) => {
    const object = objects[number % objects.length];
    return [
      `select Id, ${object}.CreatedDate, Account.Name, Account.BillToContact.WorkEmail as Email${number}`,
      `from ${object}`,
      `where Account.Status = 'Active' and (${object}.UpdatedDate >= '2026-01-01T00:00:00' or Account.Balance > ${number})`,
      `order by ${object}.CreatedDate desc`,
      `limit ${number + 1};`,
    ].join('\n');
  }).join('\n');
}

function percentiles(times) {
  const sorted = [...times].sort((one, other) => one - other);
  return { p50: round(sorted[Math.floor(sorted.length * 0.5)]), p99: round(sorted[Math.floor(sorted.length * 0.99)]) };
}

function show({ p50, p99 }) {
  return `${p50.toFixed(2)} / ${p99.toFixed(2)}`.padEnd(16);
}

function round(number) {
  return Math.round(number * 100) / 100;
}

// npm run fuzz [-- --minutes 60] [--seed 1] [--keep]
//
// Tries changed texts on everything that holds for every text (test/zoql/invariants.ts), guided by coverage: a text that
// reaches a block of the library that no text before it has reached is changed further. Ends with 1 at the first failure
// or hang, and prints the smallest text that shows it. With --keep, the smallest set of texts that reaches every block
// is left in test/fuzz/corpus.json, which npm test tries as well.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, '..', '..', 'out', 'fuzz');
const corpusFile = path.join(here, 'corpus.json');
/** No text of the sizes that are tried here takes a second; one that takes this long hangs. */
const hangMs = 30_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    keep: { type: 'boolean', default: false },
  },
});
console.log(`seed ${values.seed}, ${values.minutes} minutes`);

mkdirSync(out, { recursive: true });
const target = path.join(out, 'target.mjs');
await build({
  entryPoints: [path.join(here, 'target.ts')],
  outfile: target,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});

const corpus = JSON.parse(readFileSync(corpusFile, 'utf8'));
const worker = new Worker(path.join(here, 'worker.mjs'), {
  workerData: { target, corpus, seed: Number(values.seed), milliseconds: Number(values.minutes) * 60_000 },
});

let trying = '';
let heard = Date.now();
const watchdog = setInterval(() => {
  if (Date.now() - heard < hangMs) return;
  end(`Hangs on ${JSON.stringify(trying)}`);
}, 1_000);

worker.on('error', error => end(error.stack ?? String(error)));
worker.on('message', message => {
  heard = Date.now();
  switch (message.kind) {
    case 'trying':
      trying = message.text;
      return;
    case 'progress':
      console.log(`${message.tried} texts, ${message.blocks} blocks, ${message.corpus} texts kept`);
      return;
    case 'failure':
      return end(`${message.name}\n  ${JSON.stringify(message.text)}\n  ${message.reason}`);
    case 'done':
      if (values.keep) keep(message.corpus);
      return end(undefined);
  }
});

function keep(texts) {
  // As JSON, since half a character cannot be written otherwise.
  writeFileSync(corpusFile, `${JSON.stringify(texts, null, 2)}\n`);
  console.log(`${texts.length} texts are kept in ${path.relative(process.cwd(), corpusFile)}`);
}

function end(problem) {
  clearInterval(watchdog);
  if (problem !== undefined) console.error(problem);
  process.exitCode = problem === undefined ? 0 : 1;
  void worker.terminate();
}

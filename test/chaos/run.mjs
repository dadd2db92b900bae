// npm run chaos [-- --runs 1000] [--seed 1] [--workers 2]
//
// Submits jobs from windows that are processes of their own, while the stand-in fails as it can and the windows are
// killed (SIGKILL) at random moments and at file-system calls by number; the next window goes on with what is left. After
// each run the journal and the stand-in must tell the same: one job for each submit that succeeded, none or one for each
// that is unknown, none for each that was refused or not sent, and never two.
//
// Prints the seed and what happened. Ends with 1 when a run went wrong, and names its seed: `--runs 1 --seed N` is that
// run again. What is drawn is the same then; which process is quicker is not, so it may take several tries.
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, '..', '..', 'out', 'chaos');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const runs = Number(values.runs);
const firstSeed = Number(values.seed);
console.log(`seed ${firstSeed}, ${runs} runs`);

const started = Date.now();
const [workerProgram, windowProgram] = await buildPrograms();
const counts = { runs: 0 };
const failures = [];
let next = 0;
await Promise.all(Array.from({ length: Math.min(runs, Number(values.workers)) }, work));

const seconds = (Date.now() - started) / 1000;
const drawn = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
console.log(`${drawn.join(', ')}; ${seconds.toFixed(0)} s`);
console.log(`${counts.runs - failures.length} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length === 0 && counts.runs === runs ? 0 : 1;

/** Hands runs to a worker until none is left. */
async function work() {
  const worker = fork(workerProgram, [windowProgram], { stdio: 'inherit' });
  await new Promise((resolve, reject) => {
    worker.on('exit', code => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    worker.on('message', message => {
      if (message !== 'ready') judge(message);
      if (next < runs) worker.send(firstSeed + next++);
      else worker.disconnect();
    });
  });
}

function judge({ seed, wrong, counts: more }) {
  counts.runs++;
  for (const [what, count] of Object.entries(more)) counts[what] = (counts[what] ?? 0) + count;
  if (wrong.length > 0) {
    failures.push(seed);
    console.log(`FAILED --runs 1 --seed ${seed}\n  ${wrong.join('\n  ')}`);
  }
  if (counts.runs % 500 === 0) console.log(`${counts.runs} runs, ${failures.length} failed`);
}

async function buildPrograms() {
  mkdirSync(out, { recursive: true });
  const options = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  const [worker, window] = ['worker', 'window'].map(name => path.join(out, `${name}.mjs`));
  const entry = name => [path.join(here, `${name}.ts`)];
  await build({ ...options, entryPoints: entry('worker'), outfile: worker, packages: 'external' });
  // One file, which loads twice as fast; node-fetch's dependencies still call require.
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({ ...options, entryPoints: entry('window'), outfile: window, banner: { js: require } });
  return [worker, window];
}

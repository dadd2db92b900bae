// The test runner. `node test/run.mjs` (npm test) does everything that CI does; `node test/run.mjs <step> [argument]`
// one step. A failing step hides no later one. The last line sums up: "N passed, N failed, N skipped".
//
//   check      tsc, eslint, prettier, knip, and whether README's tables are true
//   build      dist/, as it is shipped
//   unit       test/**/*.test.ts and *.test.mjs with node --test; an argument picks files by a part of their path
//   stand-in   the same for the local Zuora stand-in, test/zuora
//   chaos      100 runs of test/chaos: windows that are killed while the stand-in fails; never a lost or a second job
//   grammar    highlighted samples
//   library    the built language library and the server's Web Worker, in Node and in a real browser
//   editors    the built server in real editors, with README's snippets: Neovim and Emacs, as far as they are there
//   host       the suites in a real VS Code; the argument is oldest or latest, default both
//   ui         persons' paths through a real VS Code in a real browser
//
// After the tests, everything that they have written is searched for the secrets that the stand-in gave out.
//
// Plain Node and esbuild, so that it runs after nothing but `npm ci`.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installEditors } from './editors/setup.mjs';
import { installBrowser, installHost } from './host/setup.mjs';
import { findSecrets } from './host/secrets.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const logs = path.join(root, 'out', 'logs');
const nothing = { passed: 0, failed: 0, skipped: 0 };

const steps = {
  check,
  build: () => command('build', process.execPath, ['esbuild.mjs']),
  unit: pattern => unit('unit', testFiles(['zoql', 'server', 'client', 'fuzz', 'host', 'grammar'], pattern)),
  'stand-in': pattern => unit('stand-in', testFiles(['zuora'], pattern)),
  chaos: (runs = '100') => counting('chaos', [path.join('test', 'chaos', 'run.mjs'), '--runs', runs]),
  grammar,
  library,
  editors,
  host: async which => {
    const results = [];
    for (const host of which ? [which] : ['oldest', 'latest']) results.push(await hostSuites(host));
    return results.reduce(plus);
  },
  ui: uiPaths,
};

process.chdir(root);
mkdirSync(logs, { recursive: true });
const [only, argument] = process.argv.slice(2);
if (only !== undefined && !Object.hasOwn(steps, only)) {
  console.error(`There is no step ${only}. The steps are: ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
// Everything that a step puts in the temporary folder stays here until the end, to be searched for secrets.
const runFolder = mkdtempSync(path.join(tmpdir(), 'zoql-'));
const secretsFolder = mkdtempSync(path.join(tmpdir(), 'zoql-secrets-'));
const planted = path.join(secretsFolder, 'planted'); // Written by test/zuora/planted.ts.
process.env.TMPDIR = runFolder;
process.env.ZOQL_PLANTED_SECRETS = planted;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
process.on('exit', () => {
  for (const folder of [runFolder, secretsFolder]) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
const tested = only === undefined ? await everything() : await steps[only](argument);
const total = plus(tested, await secrets());
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
// A skipped test would be a promise that nobody keeps.
process.exitCode = total.failed === 0 && total.skipped === 0 ? 0 : 1;

async function everything() {
  const started = Date.now();
  let sum = nothing;
  for (const [name, step] of Object.entries(steps)) {
    const stepStarted = Date.now();
    const result = await step();
    sum = plus(sum, result);
    const { passed, failed, skipped } = result;
    const counts = passed + failed + skipped === 0 ? 'ok' : `${passed} passed, ${failed} failed, ${skipped} skipped;`;
    console.log(`== ${name}: ${counts} ${seconds(stepStarted)}\n`);
  }
  console.log(`All steps: ${seconds(started)}`);
  return sum;
}

/** Checks are no tests: they add to the counts only when they fail. */
async function check() {
  const results = [];
  for (const [name, ...args] of [
    ['tsc', '-p', '.'],
    ['eslint', '.'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
    ['knip', '--no-progress'],
  ]) {
    results.push(await command(name, path.join('node_modules', '.bin', name), args));
  }
  results.push(await command('README', process.execPath, [path.join('test', 'tables.mjs')]));
  return results.reduce(plus);
}

/** The unit test files below the named folders of test/, without those that run inside VS Code. */
function testFiles(folders, pattern = '') {
  return (
    folders
      .flatMap(folder =>
        readdirSync(path.join('test', folder), { recursive: true }).map(file => path.join('test', folder, file)),
      )
      .filter(file => /\.test\.(ts|mjs)$/.test(file) && file.includes(pattern))
      // Its queries are outside of the repository: without the folder's name it has no test.
      .filter(file => !file.endsWith('corpus.test.ts') || process.env.ZOQL_CORPUS !== undefined)
      .filter(file => !file.includes('node_modules') && !file.startsWith(path.join('test', 'host', 'suite')))
      .sort()
  );
}

/** Bundles the TypeScript tests, since Node 20 runs none, and runs all with `node --test`. */
async function unit(name, files) {
  if (files.length === 0) return failure(name, 'no test file was found');

  mkdirSync(path.join('out', 'unit'), { recursive: true });
  const folder = mkdtempSync(path.join('out', 'unit', 'run-')); // Two runs side by side must not meet.
  try {
    const typescript = files.filter(file => file.endsWith('.ts'));
    await build({
      entryPoints: typescript,
      outdir: folder,
      outbase: 'test',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      format: 'esm',
      sourcemap: 'inline',
      logLevel: 'warning',
    });
    const built = typescript.map(file => path.join(folder, path.relative('test', file).replace(/\.ts$/, '.mjs')));
    return await nodeTests(name, [...built, ...files.filter(file => file.endsWith('.mjs'))]);
  } catch (error) {
    return failure(name, error instanceof Error ? error.message : String(error)); // esbuild has named the place already.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function nodeTests(name, files, options = []) {
  const tapFile = path.join(runFolder, `${name}.tap`);
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${tapFile}`],
  ];
  const { code } = await execute(name, process.execPath, [
    '--enable-source-maps',
    '--test',
    ...options,
    ...reporters,
    ...files,
  ]);
  const tap = existsSync(tapFile) ? readFileSync(tapFile, 'utf8') : '';
  const count = what => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  // Node reports a file without any test as a test that has the file's name and passes.
  const empty = [...tap.matchAll(/^# Subtest: (.*\.test\.mjs)$/gm)].map(([, file]) => path.relative(root, file));
  for (const file of empty) console.log(`${name}: ${file} ran no test, or ended before its tests did`);
  const result = {
    passed: Math.max(0, count('pass') - empty.length),
    failed: count('fail') + count('cancelled') + empty.length,
    skipped: count('skipped') + count('todo'),
  };
  return counted(name, result, code);
}

/** vscode-tmgrammar-test marks each file of samples; a file is what it counts. */
async function grammar() {
  const { code, output } = await execute('grammar', 'npm', ['run', '--silent', 'test:grammar']);
  const count = mark => output.split('\n').filter(line => line.trimStart().startsWith(mark)).length;
  return counted('grammar', { passed: count('✓'), failed: count('✖'), skipped: 0 }, code);
}

async function library() {
  try {
    await installBrowser();
  } catch (error) {
    return failure('library', error.message);
  }
  return await nodeTests('library', testFiles(['library']));
}

/** Debian's editors are installed where that is allowed; elsewhere the tests are those of the editors that are there. */
async function editors() {
  const installed = await installEditors();
  const files = testFiles(['editors']).filter(file => installed.includes(path.basename(file, '.test.mjs')));
  return files.length === 0 ? nothing : await nodeTests('editors', files);
}

async function hostSuites(host) {
  const name = `host-${host}`;
  try {
    await installHost(host);
    await installBrowser();
  } catch (error) {
    return failure(name, error.message);
  }
  return counting(name, ['test/host/runTest.mjs', host]);
}

/** A program of ours that counts by itself, in as many lines as it likes. */
async function counting(name, args) {
  const { code, output } = await execute(name, process.execPath, args);
  const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)];
  const result = counts.map(([, passed, failed, skipped]) => ({
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(skipped),
  }));
  return counted(name, result.reduce(plus, nothing), code);
}

async function uiPaths(pattern) {
  try {
    await installHost('latest');
    await installBrowser();
  } catch (error) {
    return failure('ui', error.message);
  }
  // One after another: each has a VS Code and a browser of its own.
  return nodeTests('ui', testFiles(['ui'], pattern), ['--test-concurrency=1']);
}

/** Passes when no secret that the stand-in gave out is in anything that this run has written. */
async function secrets() {
  if (!existsSync(planted)) return nothing; // No stand-in ran.
  const { searched, found } = await findSecrets(planted, [runFolder, path.join(root, 'out')]);
  console.log(`== secrets: ${searched} planted, ${found.length} files hold one`);
  for (const file of found) console.log(`FAILED secrets: ${file}`);
  return found.length === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: found.length };
}

/** A command that counts nothing: it is fine or it has failed. */
async function command(name, executable, args) {
  const { code } = await execute(name, executable, args);
  return code === 0 ? nothing : failure(name, `ended with ${code}`);
}

/** A suite's counts, made to fail when it ran nothing or ended badly without naming a failed test. */
function counted(name, result, code) {
  if (result.passed + result.failed === 0) return plus(result, failure(name, 'ran no test'));
  if (code !== 0 && result.failed === 0) return plus(result, failure(name, `ended with ${code}`));
  return result;
}

function failure(name, why) {
  console.log(`FAILED ${name}: ${why}`);
  return { ...nothing, failed: 1 };
}

function plus(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs a command without input and answers its exit code and output, which is printed and kept in out/logs. */
async function execute(name, executable, args) {
  const log = path.join(logs, `${name}.log`);
  rmSync(log, { force: true });
  console.log(`-- ${name}`);
  const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text;
      appendFileSync(log, text);
      process.stdout.write(text);
    });
  }
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, output };
}

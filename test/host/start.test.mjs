// `npm start` on a machine with a desktop VS Code: the `code` on the PATH is a program that records how it was called.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const startScript = path.join(path.dirname(fileURLToPath(import.meta.url)), 'start.mjs');

// As VS Code: installs and ends, or writes the lock file of its main process and stays until that is told to end.
const recorder = `#!${process.execPath}
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const { ZOQL_URL, ZOQL_CLIENT_ID, ZOQL_CLIENT_SECRET } = process.env;
const signedIn = Boolean(ZOQL_CLIENT_ID && ZOQL_CLIENT_SECRET);
appendFileSync(process.env.RECORD, JSON.stringify({ args, url: ZOQL_URL, signedIn }) + '\\n');
if (!args.includes('--install-extension')) {
  const data = args[args.indexOf('--user-data-dir') + 1];
  mkdirSync(data, { recursive: true });
  writeFileSync(data + '/code.lock', String(process.pid));
  if (process.env.CLOSE_AT_ONCE) process.exit(0);
  setInterval(() => {}, 1_000);
}
`;

test('the desktop VS Code gets the extension, the samples and the stand-in, and Ctrl+C ends all', async t => {
  const { calls, home, started, output } = startWithRecorder(t, {});
  await until(() => calls().length === 2, output);

  const [install, open] = calls();
  const folders = ['--user-data-dir', path.join(home, 'desktop-data'), '--extensions-dir'];
  assert.deepEqual(install.args.slice(0, 3), folders);
  assert.deepEqual(install.args.slice(-3), ['--install-extension', path.join(home, 'zoql.vsix'), '--force']);
  assert.ok(existsSync(path.join(home, 'zoql.vsix')));
  assert.deepEqual(open.args.slice(0, 3), folders);
  assert.deepEqual(open.args.slice(-7), [
    '--new-window',
    '--wait',
    '--disable-workspace-trust',
    path.join(home, 'samples'),
    ...['accounts.zoql', 'invoices.zoql', 'subscriptions.zql'].map(name => path.join(home, 'samples', name)),
  ]);
  assert.ok(open.signedIn, 'the extension finds its sign-in in the environment');
  const settings = JSON.parse(readFileSync(path.join(home, 'desktop-data', 'User', 'settings.json'), 'utf8'));
  assert.deepEqual(settings['zoql.tenants'], [{ name: 'Local sandbox', url: open.url }]);
  assert.ok((await fetch(open.url)).status < 500, 'the stand-in answers');

  const lock = path.join(home, 'desktop-data', 'code.lock');
  await until(() => existsSync(lock) && readFileSync(lock, 'utf8') !== '', output);
  started.kill('SIGINT');
  assert.equal(await ended(started), 0, output());
  await assert.rejects(fetch(open.url), 'the stand-in is gone');
  const codeProcess = Number(readFileSync(lock, 'utf8'));
  assert.throws(() => process.kill(codeProcess, 0), { code: 'ESRCH' });
});

test('closing the window ends npm start, and the stand-in with it', async t => {
  const { calls, started, output } = startWithRecorder(t, { CLOSE_AT_ONCE: 'yes' });
  assert.equal(await ended(started), 0, output());
  await assert.rejects(fetch(calls()[1].url));
});

function startWithRecorder(t, env) {
  const home = mkdtempSync(path.join(tmpdir(), 'start-'));
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'code'), recorder);
  chmodSync(path.join(bin, 'code'), 0o755);
  const record = path.join(home, 'calls.jsonl');
  // Set in a terminal of VS Code's own, where they would change the choice.
  const own = { ...process.env, VSCODE_IPC_HOOK_CLI: '', WSL_DISTRO_NAME: '' };
  const started = spawn(process.execPath, [startScript, '--home', home], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...own, PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':0', RECORD: record, ...env },
  });
  t.after(() => started.kill('SIGKILL')); // Where the test failed before its end.
  let text = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', chunk => (text += chunk));
  const lines = () => (existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean) : []);
  return { home, started, output: () => text, calls: () => lines().map(line => JSON.parse(line)) };
}

function ended(child) {
  if (child.exitCode !== null) return child.exitCode;
  return new Promise(resolve => child.on('close', resolve));
}

async function until(condition, output) {
  for (const deadline = Date.now() + 60_000; !condition();) {
    assert.ok(Date.now() < deadline, output());
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

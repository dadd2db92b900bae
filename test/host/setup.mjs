// `node test/host/setup.mjs [latest|oldest]` installs what the real VS Code of tests and `npm start` is made of:
// VS Code's own server and workbench from npm's `code-server`, and on request a Chromium.
//
// Only npm and, for Chromium, Debian's packages are asked. No lifecycle script runs, so nothing is compiled and nothing
// else is downloaded; the native modules that such a script would build are replaced by the files of stubs/.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The folder of VS Code's server in an installed host. `host` is 'latest' or 'oldest'. */
export function vscodeFolder(host) {
  return path.join(here, host, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Installs a host if it is missing or was installed by other versions of these files. */
export async function installHost(host, { log = console.log } = {}) {
  const folder = path.join(here, host);
  const stampFile = path.join(folder, 'node_modules', '.installed');
  const stamp = await fingerprint(folder);
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return;

  log(`Installing VS Code (${host}) from npm, about half a minute …`);
  await npm(folder, 'ci');
  // `npm ci` refuses here, since code-server's package.json and shrinkwrap differ; the shrinkwrap still pins everything.
  await npm(vscodeFolder(host), 'install', '--omit=dev');
  await replaceNativeModules(host);
  await writeFile(stampFile, stamp);
}

/** Where Chromium or Chrome is, or undefined. CHROME_PATH names one explicitly. */
export function findBrowser() {
  return [
    process.env.CHROME_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find(file => file && existsSync(file));
}

/** Installs Chromium where apt-get may do it. Throws the sentence that says what to install where it may not. */
export async function installBrowser({ log = console.log } = {}) {
  if (findBrowser()) return;
  if (!(await installFromDebian(['chromium'], { log }))) {
    throw new Error(
      'The tests in a real VS Code need Chromium: install it (on Debian: sudo apt-get install chromium) or set CHROME_PATH.',
    );
  }
}

/** Installs Debian's packages; answers false where this is not Debian's apt-get, or not its root. */
export async function installFromDebian(packages, { log = console.log } = {}) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  log(`Installing ${packages.join(', ')} from Debian …`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await runQuietly('apt-get', ['update', '-qq'], options);
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  return true;
}

/** Runs a command and answers its output; throws it when the command fails. */
export async function runQuietly(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

async function fingerprint(folder) {
  const hash = createHash('sha256');
  const files = [path.join(folder, 'package-lock.json'), fileURLToPath(import.meta.url)];
  for (const file of [...files, stub('spdlog'), stub('native-watchdog')]) hash.update(await readFile(file));
  return hash.digest('hex');
}

async function replaceNativeModules(host) {
  const modules = path.join(vscodeFolder(host), 'node_modules');
  await cp(stub('spdlog'), path.join(modules, '@vscode', 'spdlog', 'index.js'));
  for (const name of ['@vscode/native-watchdog', 'native-watchdog']) {
    const folder = path.join(modules, name);
    if (existsSync(folder)) await cp(stub('native-watchdog'), path.join(folder, 'index.js'));
  }
  if (host !== 'oldest') return;

  // 1.100's own ripgrep is downloaded and its own node-pty compiled by install scripts: newer packages ship binaries.
  const own = path.join(here, host, 'node_modules');
  const ripgrep = path.join(own, '@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`);
  await cp(ripgrep, path.join(modules, '@vscode', 'ripgrep', 'bin'), { recursive: true });
  await rm(path.join(modules, 'node-pty'), { recursive: true, force: true });
  await cp(path.join(own, 'node-pty'), path.join(modules, 'node-pty'), { recursive: true });
}

function stub(name) {
  return path.join(here, 'stubs', `${name}.cjs`);
}

function npm(cwd, ...args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return runQuietly('npm', [...args, ...quiet], { cwd, shell: process.platform === 'win32' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installHost(process.argv[2] ?? 'latest');

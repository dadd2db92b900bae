// Starts VS Code's server on a free loopback port, and makes the addresses of its workbench.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { vscodeFolder } from './setup.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Settings that keep VS Code from showing, asking or fetching what has nothing to do with the extension. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** Installs a .vsix into the data folder of a server that is not running. */
export async function installExtension({ host, dataFolder, vsix }) {
  const args = [...serverArguments(host, dataFolder), '--install-extension', vsix, '--force'];
  const child = spawn(serverNode(host), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`VS Code could not install ${vsix} (${code}):\n${output}`);
}

/** The user settings of a server's data folder, or of a desktop VS Code's user data folder. */
export function settingsFile({ dataFolder, userDataFolder = path.join(dataFolder, 'data') }) {
  return path.join(userDataFolder, 'User', 'settings.json');
}

/** Writes user settings, which VS Code reads at start and whenever they change. */
export function writeSettings(file, settings) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/**
 * Starts a server and waits until it listens.
 *
 * - `workspaceTrust: 'off'` trusts every folder; 'on' leaves a folder restricted until a person trusts it.
 * - `purpose: 'tests'` lets an address name extensions under development and a test suite (a released workbench heeds
 *   them with this flag only). It also hides notification toasts, so a window for people or UI tests is 'people'.
 * - `env` reaches the extension host.
 */
export async function startServer({ host, dataFolder, workspaceTrust, purpose, port = 0, env = {}, log = () => {} }) {
  if (!existsSync(vscodeFolder(host))) throw new Error(`VS Code (${host}) is not installed: node test/host/setup.mjs`);
  // Sockets and temporary files. Outside the data folder, since a socket's path has 107 bytes at most.
  const temporary = mkdtempSync(path.join(tmpdir(), 'vsc-'));
  const token = randomBytes(12).toString('hex');
  const args = [
    ...serverArguments(host, dataFolder),
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
    '--disable-getting-started-override',
    ...(workspaceTrust === 'off' ? ['--disable-workspace-trust'] : []),
    ...(purpose === 'tests' ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawn(serverNode(host), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // A process group of its own, so that no extension host outlives it.
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', XDG_RUNTIME_DIR: temporary, TMPDIR: temporary, ...env },
  });
  const killAtExit = () => killGroup(child, 'SIGKILL');
  process.on('exit', killAtExit);
  const exited = new Promise(resolve => child.on('exit', resolve));
  const origin = await listening(child, log);
  return {
    origin,
    token,
    dataFolder,
    /** Ends the server and all it started. */
    async stop() {
      killGroup(child, 'SIGTERM');
      const impatience = setTimeout(() => killGroup(child, 'SIGKILL'), 5_000);
      await exited;
      clearTimeout(impatience);
      killGroup(child, 'SIGKILL'); // What is left of the group.
      process.off('exit', killAtExit);
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** The address of a window on `folder`, which may be a .code-workspace file, with extensions under development and a test suite where given. */
export function workbenchAddress(server, { folder, openFile, extensionDevelopmentPaths = [], extensionTestsPath }) {
  const address = new URL(server.origin);
  const remote = file => `vscode-remote://${address.host}${pathToFileURL(path.resolve(file)).pathname}`;
  const payload = [['skipWelcome', 'true']];
  if (openFile) payload.push(['openFile', remote(openFile)]); // The workbench takes one.
  for (const extension of extensionDevelopmentPaths) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  address.searchParams.set('tkn', server.token);
  address.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(folder));
  if (1 < payload.length) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

function serverArguments(host, dataFolder) {
  const main = path.join(vscodeFolder(host), 'out', 'server-main.js');
  return [main, '--server-data-dir', dataFolder, '--accept-server-license-terms', '--disable-telemetry'];
}

/** The Node that the host was made for: the one it brings, or ZOQL_HOST_NODE, or the one that runs this. */
function serverNode(host) {
  if (process.env.ZOQL_HOST_NODE) return process.env.ZOQL_HOST_NODE;
  const own = path.join(here, host, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function listening(child, log) {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = chunk => {
      output += chunk;
      log(String(chunk));
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`VS Code's server ended (${code}):\n${output}`)));
  });
}

function killGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}

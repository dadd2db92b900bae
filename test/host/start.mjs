// `npm start`: a real VS Code with the extension, on sample queries, signed in to a local stand-in of Zuora.
//
// Everything it keeps is in .vscode-host/, so that a person's own VS Code is left alone. Options, after `npm start --`:
//
//   --browser        opens the VS Code in the browser even where there is a desktop one
//   --port <number>  its port, for a forwarded one; else a free one
//   --home <folder>  keeps everything there instead
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, SilentReporter } from '@vscode/test-electron';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chooseLauncher, findOnPath } from './launcher.mjs';
import { packageExtension } from './package.mjs';
import { installExtension, settingsFile, startServer, workbenchAddress, writeSettings } from './server.mjs';
import { installHost } from './setup.mjs';
import { startStandIn } from './standIn.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const { values: options } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    home: { type: 'string', default: path.join(root, '.vscode-host') },
  },
});
const home = path.resolve(options.home);
const samples = path.join(home, 'samples');
const vsix = path.join(home, 'zoql.vsix');

const cleanUps = [];
let ending;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));

mkdirSync(home, { recursive: true });
// A copy, so that trying things out leaves the repository clean. What a person changed in it stays.
cpSync(path.join(root, 'test', 'samples'), samples, { recursive: true, force: false });
console.log('Building and packing the extension …');
await packageExtension(vsix);
console.log('Starting the local Zuora stand-in …');
const standIn = await startStandIn();
cleanUps.push(() => standIn.stop());
const tenants = { 'zoql.tenants': [{ name: 'Local sandbox', url: standIn.url }] };
// The way in for containers: the extension signs in with these, bound to this URL.
const env = {
  ZOQL_URL: standIn.url,
  ZOQL_CLIENT_ID: standIn.clientId,
  ZOQL_CLIENT_SECRET: standIn.clientSecret,
};

try {
  const code = await desktopCode();
  if (code) await openDesktop(code);
  else await openInBrowser();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await end(1);
}

/** The `code` command line of a desktop VS Code, or undefined where there is none to be had. */
async function desktopCode() {
  const { platform } = process;
  const choice = chooseLauncher({
    platform,
    env: process.env,
    code: findOnPath('code', { platform, env: process.env }),
    wish: options.browser ? 'browser' : undefined,
  });
  if (choice.kind === 'desktop') {
    console.log(`Opening the desktop VS Code (${choice.why}) …`);
    return choice.code;
  }
  if (choice.kind === 'browser') {
    console.log(`Opening VS Code in the browser (${choice.why}).`);
    return undefined;
  }
  console.log(`Fetching a desktop VS Code (${choice.why}) …`);
  try {
    const executable = await downloadAndUnzipVSCode({
      cachePath: path.join(home, 'desktop'),
      timeout: 10_000,
      reporter: new SilentReporter(),
    });
    return resolveCliPathFromVSCodeExecutablePath(executable);
  } catch (error) {
    console.log(`It cannot be had (${error.message}): opening VS Code in the browser.`);
    return undefined;
  }
}

/** Opens a window of a VS Code with folders of its own and ends when the window is closed. */
async function openDesktop(code) {
  const data = path.join(home, 'desktop-data');
  const folders = ['--user-data-dir', data, '--extensions-dir', path.join(home, 'desktop-extensions')];
  // Chromium's sandbox refuses root.
  if (process.getuid?.() === 0) folders.push('--no-sandbox');
  keepSettings(settingsFile({ userDataFolder: data }));
  await runCode(code, [...folders, '--install-extension', vsix, '--force']);
  cleanUps.push(() => closeDesktop(data));
  howToUse('In the window that opens now');
  await runCode(code, [...folders, '--new-window', '--wait', '--disable-workspace-trust', samples, ...sampleFiles()]);
  await end(0);
}

/** The command `code` only talks to VS Code's main process, whose id is in its lock file. */
function closeDesktop(data) {
  const lock = path.join(data, 'code.lock');
  if (!existsSync(lock)) return;
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 'SIGTERM');
  } catch {
    // The window was closed before.
  }
}

async function runCode(code, args) {
  const child = spawn(code, args, {
    stdio: 'ignore',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32', // There, `code` is a .cmd file.
  });
  const exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (exitCode !== 0) throw new Error(`${code} ${args.join(' ')} ended with ${exitCode}`);
}

async function openInBrowser() {
  const host = 'latest';
  const dataFolder = path.join(home, 'browser-data');
  await installHost(host);
  keepSettings(settingsFile({ dataFolder }));
  await installExtension({ host, dataFolder, vsix });
  console.log('Starting VS Code …');
  const server = await startServer({
    host,
    dataFolder,
    workspaceTrust: 'off',
    purpose: 'people',
    port: Number(options.port),
    env,
  });
  cleanUps.push(() => server.stop());
  console.log(
    `\nOpen this address in your browser:\n\n  ${workbenchAddress(server, { folder: samples, openFile: sampleFiles()[0] })}\n`,
  );
  howToUse('There');
}

/** The queries that are open when the window comes, so that there is something to submit at once. */
function sampleFiles() {
  const names = readdirSync(samples).filter(name => /\.(zoql|zql)$/.test(name));
  return names.sort().map(name => path.join(samples, name));
}

/** Names the stand-in of this run in the settings; what the person set in an earlier run stays. */
function keepSettings(file) {
  writeSettings(file, { ...existingSettings(file), ...tenants });
}

function existingSettings(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {}; // None yet, or no longer plain JSON: the person starts afresh.
  }
}

function howToUse(where) {
  console.log(`${where}, press F1, type "ZOQL: Submit as AQuA Job" and press Enter.`);
  console.log('Every .zoql file that is open becomes part of the job: open more of them from the explorer.');
  console.log('The jobs are in the sidebar under "AQuA Jobs". Ctrl+C here stops everything.');
}

/** Stops what was started, once, in reverse order. */
async function end(exitCode) {
  ending ??= (async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    process.exit(exitCode);
  })();
  await ending;
}

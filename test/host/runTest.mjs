// `node test/host/runTest.mjs latest|oldest` runs the suites of suite/ in a real extension host, a window after another.
//
// Without a desktop this is VS Code's server and workbench (code.mjs). VSCODE_EXECUTABLE names a desktop VS Code to use
// instead, or says `download` to have @vscode/test-electron fetch one.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAttacker, writeHostileWorkspace } from './attacker.mjs';
import { settingsFile, writeSettings } from './server.mjs';
import { startStandIn } from './standIn.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');

/**
 * The windows, in the order they are opened, each with the folder of suite/ that runs in it.
 *
 * All share one data folder: what `reopened` finds there is what `first` left, as after a restart of VS Code.
 */
const windows = [
  { suites: 'first', workspaceTrust: 'off' },
  { suites: 'reopened', workspaceTrust: 'off' },
  { suites: 'commands', workspaceTrust: 'off' },
  { suites: 'jobs', workspaceTrust: 'off' },
  { suites: 'restricted', workspaceTrust: 'on' },
  // Both on a workspace that sets all it can to get at credentials; the tenant is behind a proxy of the person's own.
  { suites: 'hostile', workspaceTrust: 'off', hostile: true, only: 'latest' },
  // The oldest VS Code takes its proxy from a workspace, too, and behind one it knows no authority of NODE_EXTRA_CA_CERTS.
  { suites: 'led', workspaceTrust: 'off', hostile: true, only: 'oldest' },
  { suites: 'distrusted', workspaceTrust: 'on', hostile: true },
];

const [host = 'latest', onlyWindow] = process.argv.slice(2);
const built = await buildSuites();
const standIn = await startStandIn('--behind-proxy');
const attacker = await startAttacker();
const dataFolder = mkdtempSync(path.join(tmpdir(), `host-${host}-`));
const samples = path.join(dataFolder, 'samples');
cpSync(path.join(root, 'test', 'samples'), samples, { recursive: true });
const hostileWorkspace = writeHostileWorkspace(path.join(dataFolder, 'hostile'), attacker.url);
const authorityFile = path.join(dataFolder, 'authority.pem');
writeFileSync(authorityFile, standIn.authority);
let failed = false;
try {
  for (const { suites, workspaceTrust, hostile = false, only = host } of windows) {
    if (onlyWindow !== undefined && suites !== onlyWindow) continue;
    if (only !== host) continue;
    console.log(`VS Code ${host}, window "${suites}", workspace trust ${workspaceTrust}`);
    writeSettings(settingsFile({ dataFolder }), {
      'security.workspace.trust.enabled': workspaceTrust === 'on',
      'security.workspace.trust.startupPrompt': 'never',
      'zoql.tenants': [{ name: 'Local sandbox', url: tenantUrl(hostile) }],
      ...(hostile && { 'http.proxy': standIn.proxyUrl }),
      // The suite about it switches it on; the others count requests.
      'zoql.metadata.enabled': false,
    });
    // A suite that failed must not hide the next window's.
    await runWindow(suites, workspaceTrust, hostile).catch(error => {
      failed = true;
      console.error(String(error));
    });
  }
} finally {
  await standIn.stop();
  attacker.stop();
}
process.exit(failed ? 1 : 0);

/** No name server knows that host: only the proxy finds it. */
function tenantUrl(hostile) {
  return hostile ? 'https://rest.example.com' : standIn.url;
}

function runWindow(suites, workspaceTrust, hostile) {
  const named = process.env.VSCODE_EXECUTABLE;
  return runTests({
    ...(named === 'download' ? {} : { vscodeExecutablePath: named ?? path.join(here, 'code.mjs') }),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(built, 'index.cjs'),
    launchArgs: [
      hostile ? hostileWorkspace : samples,
      `--user-data-dir=${dataFolder}`,
      `--extensions-dir=${path.join(dataFolder, 'extensions')}`,
      '--disable-extensions',
    ],
    extensionTestsEnv: {
      ZOQL_HOST: host,
      ZOQL_WORKSPACE_TRUST: workspaceTrust,
      ZOQL_SUITES: path.join(built, suites),
      ZOQL_STAND_IN: standIn.url,
      ZOQL_URL: tenantUrl(hostile),
      ZOQL_CLIENT_ID: standIn.clientId,
      ZOQL_CLIENT_SECRET: standIn.clientSecret,
      ZOQL_ATTACKER: attacker.url,
      ZOQL_ATTACKER_COUNT: attacker.countUrl,
      ...(hostile && { NODE_EXTRA_CA_CERTS: authorityFile }),
    },
  });
}

/** Bundles suite/ for the extension host, which gives it `vscode`; mocha comes from node_modules. */
async function buildSuites() {
  const outdir = path.join(root, 'out', 'host');
  rmSync(outdir, { recursive: true, force: true });
  const folder = path.join(here, 'suite');
  const suites = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...suites].map(file => path.join(folder, file)),
    outdir,
    outbase: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    external: ['vscode', 'mocha'],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}

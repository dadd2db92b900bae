#!/usr/bin/env node
// Answers the part of the `code` command line that @vscode/test-electron's runTests uses, so that
// runTests({ vscodeExecutablePath: 'test/host/code.mjs' }) runs a suite in the extension host of VS Code's server.
//
// Ends with the suite's exit code, 124 when no result came in time, 1 when the browser died.
// Environment: ZOQL_HOST (latest | oldest), ZOQL_WORKSPACE_TRUST (on | off), ZOQL_HOST_VERBOSE.
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startServer, workbenchAddress } from './server.mjs';

/** Far more than the slowest suite takes, so that a hang ends by itself. */
const limitMs = 300_000;

// The workbench's own log and the suite's console come through the same door. Canceled: the window is closing.
const noise =
  /^(Canceled|ChatSessionStore|Timed out waiting for authentication provider|Resolv(ing|ed) connection token|Creating a socket|\[(reconnection-grace-time|AgentHost|AccountPolicyGate|lifecycle|Service Worker)|(Updating|Ignoring fetching) additional builtin|Creation of workbench contribution)/;

const { values, positionals } = parseArgs({
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
  },
  strict: false, // Everything else that runTests adds matters to a desktop VS Code only.
  allowPositionals: true,
});
const verbose = Boolean(process.env.ZOQL_HOST_VERBOSE);
const server = await startServer({
  host: process.env.ZOQL_HOST ?? 'latest',
  dataFolder: values['user-data-dir'],
  workspaceTrust: process.env.ZOQL_WORKSPACE_TRUST ?? 'off',
  purpose: 'tests',
  log: text => verbose && process.stderr.write(text),
});
let browser;
let code = 1;
try {
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  let reloading = false; // Between a suite's word and the new page.
  page.on('load', () => (reloading = false));
  const ended = new Promise(resolve => {
    // A page that goes away takes the end of its extension host for the end of the suite.
    void page.exposeFunction('codeAutomationExit', exitCode => reloading || resolve(exitCode));
    page.on('crash', () => resolve(1));
    browser.on('disconnected', () => resolve(1));
    process.on('SIGINT', () => resolve(130));
    process.on('SIGTERM', () => resolve(143));
    setTimeout(() => {
      console.error(`The suite gave no result within ${limitMs / 1000} s.`);
      resolve(124);
    }, limitMs).unref();
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (args[0] === 'The window is reloaded.') reloading = true; // Said by suite/index.ts.
    if (verbose || !noise.test(String(args[0]))) (console[type] ?? console.log)(...args);
  });
  page.on('pageerror', error => console.error('Error in the workbench:', error.message));
  await page.goto(
    workbenchAddress(server, {
      folder: positionals[0],
      extensionDevelopmentPaths: values.extensionDevelopmentPath,
      extensionTestsPath: values.extensionTestsPath,
    }),
  );
  code = await ended;
} finally {
  await browser?.close().catch(() => {});
  await server.stop();
}
process.exit(code);

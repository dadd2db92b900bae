// A real VS Code in a real browser, with the packaged extension, a folder of its own and a stand-in of its own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { launchBrowser } from '../host/browser.mjs';
import { packageExtension } from '../host/package.mjs';
import { installExtension, settingsFile, startServer, workbenchAddress, writeSettings } from '../host/server.mjs';
import { startStandIn } from '../host/standIn.mjs';
import { openWorkbench, takePicture } from './workbench.mjs';

const host = 'latest';

/** Settings of every window. */
const looks = {
  'window.autoDetectColorScheme': false, // A theme that no operating system changes.
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false, // It covers the ends of lines.
  'editor.wordWrap': 'on',
  'editor.autoClosingBrackets': 'never', // What is typed is what stands there.
  'editor.autoClosingQuotes': 'never',
  'zoql.metadata.enabled': false, // Paths that count requests would count these.
};

/**
 * Opens a window on a folder with `files` (name to text).
 *
 * - `settings` answers the user settings, given the stand-in's address.
 * - `signedIn` says whether the environment holds the stand-in's client id and secret.
 */
export async function openWindow({ files, settings, signedIn }) {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'ui-'));
  const folder = path.join(dataFolder, 'queries');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const standIn = await startStandIn();
  const { url, clientId, clientSecret } = standIn;
  writeSettings(settingsFile({ dataFolder }), { ...looks, ...settings(url) });
  const vsix = path.join(dataFolder, 'zoql.vsix');
  await packageExtension(vsix);
  await installExtension({ host, dataFolder, vsix });
  const env = signedIn ? { ZOQL_URL: url, ZOQL_CLIENT_ID: clientId, ZOQL_CLIENT_SECRET: clientSecret } : {};
  const server = await startServer({ host, dataFolder, workspaceTrust: 'off', purpose: 'people', env });
  const browser = await launchBrowser();
  const openPage = async () => {
    const page = await openWorkbench(browser, workbenchAddress(server, { folder }));
    // The palette knows the commands when the activity bar knows the view.
    await page.locator('.activitybar .action-label[aria-label^="ZOQL"]').waitFor();
    return page;
  };
  const page = await openPage();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return {
    page,
    /** Opens one more window of this VS Code: it has an extension host of its own, and shares all data. */
    openPage,
    standIn,
    dataFolder,
    folder,
    /** The user settings that the window was opened with. */
    settings: () => JSON.parse(readFileSync(settingsFile({ dataFolder }), 'utf8')),
    /** Takes a picture, which tells most about a test that failed, and ends all. */
    async close(picture) {
      await takePicture(page, picture).catch(() => {}); // The browser may be what failed.
      await browser.close();
      await server.stop();
      await standIn.stop();
    },
  };
}

/** Makes tests that go on where the one before ended: the first that fails fails the rest at once. */
export function inOrder() {
  let broken = false;
  return (name, act) =>
    test(name, async () => {
      assert.ok(!broken, 'a step before failed');
      broken = true;
      await act();
      broken = false;
    });
}

// Signing in as a person does, in a real VS Code in a real browser: choose the tenant, mistype the secret, try again, sign
// out. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser } from '../host/browser.mjs';
import { packageExtension } from '../host/package.mjs';
import { installExtension, settingsFile, startServer, workbenchAddress, writeSettings } from '../host/server.mjs';
import { startStandIn } from '../host/standIn.mjs';
import { openWorkbench, quickPickRow, runCommand, takePicture } from './workbench.mjs';

const host = 'latest';
const dataFolder = mkdtempSync(path.join(tmpdir(), 'ui-'));

describe('signing in', { timeout: 180_000 }, () => {
  let standIn;
  let server;
  let browser;
  let page;

  before(async () => {
    standIn = await startStandIn();
    writeSettings(settingsFile({ dataFolder }), {
      'zoql.tenants': [
        { name: 'Sandbox', url: standIn.url },
        { name: 'Elsewhere', dataCenter: 'EU Production' },
        { name: 'Wrong', url: 'http://rest.zuora.com' },
      ],
    });
    const vsix = path.join(dataFolder, 'zoql.vsix');
    await packageExtension(vsix);
    await installExtension({ host, dataFolder, vsix });
    server = await startServer({ host, dataFolder, workspaceTrust: 'off', purpose: 'people', env: {} });
    browser = await launchBrowser();
    page = await openWorkbench(browser, workbenchAddress(server, { folder: dataFolder }));
    // The palette knows the commands when the activity bar knows the view.
    await page.locator('.activitybar .action-label[aria-label^="ZOQL"]').waitFor();
  });

  after(async () => {
    if (page) await takePicture(page, 'sign-in-end');
    await browser?.close();
    await server?.stop();
    await standIn?.stop();
  });

  test('the tenants are offered with host and state, and what was left out is named', async () => {
    await runCommand(page, 'ZOQL: Select Tenant');
    await quickPickRow(page, `${new URL(standIn.url).host} · this computer · signed out`).waitFor();
    await quickPickRow(page, 'rest.eu.zuora.com · production · signed out').waitFor();
    await quickPickRow(page, 'zoql.tenants[2] is left out').waitFor();
    await takePicture(page, 'sign-in-1-tenants');
    await quickPickRow(page, 'Sandbox').first().click();
  });

  test('a wrong secret is refused in one sentence, without being shown', async () => {
    await runCommand(page, 'ZOQL: Sign In');
    await answer('1 of 2', standIn.clientId);
    await answer('2 of 2', 'a-wrong-secret', 'password');
    const toast = notification('does not accept this client id and secret');
    await toast.waitFor();
    assert.doesNotMatch(await toast.innerText(), /a-wrong-secret/);
    await takePicture(page, 'sign-in-2-refused');
    await toast.getByRole('button', { name: 'Try Again' }).click();
  });

  test('the right one signs in', async () => {
    await answer('1 of 2', undefined);
    await answer('2 of 2', standIn.clientSecret, 'password');
    await notification('Signed in to Sandbox').waitFor();
    await takePicture(page, 'sign-in-3-done');
    assert.doesNotMatch(readFileSync(settingsFile({ dataFolder }), 'utf8'), /secret/i);
  });

  test('signing out says that the jobs stay', async () => {
    await runCommand(page, 'ZOQL: Sign Out');
    await notification('Signed out of Sandbox').waitFor();
    await runCommand(page, 'ZOQL: Select Tenant');
    await quickPickRow(page, 'this computer · signed out').waitFor();
    await page.keyboard.press('Escape');
  });

  /** Answers the input box with that title; undefined takes what is offered. */
  async function answer(title, text, type = 'text') {
    const box = page.locator('.quick-input-widget', { hasText: title });
    await box.waitFor();
    const input = box.locator('input:visible').first();
    assert.equal(await input.getAttribute('type'), type);
    if (text !== undefined) await input.fill(text);
    await page.keyboard.press('Enter');
  }

  function notification(text) {
    return page.locator('.notification-toast', { hasText: text });
  }
});

// A person's path through the product, in a real VS Code in a real browser: open the samples, write a query, submit all
// open files as one job, watch it in the sidebar. Each test goes on where the one before ended.
//
// Leaves a picture of each step in test/ui/pictures/.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../host/browser.mjs';
import { packageExtension } from '../host/package.mjs';
import { installExtension, settingsFile, startServer, workbenchAddress, writeSettings } from '../host/server.mjs';
import { startStandIn } from '../host/standIn.mjs';
import {
  chooseTheme,
  openFile,
  openWorkbench,
  quickPickRow,
  runCommand,
  takePicture,
  typeText,
  widenSideBar,
} from './workbench.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const host = 'latest';
const dataFolder = mkdtempSync(path.join(tmpdir(), 'ui-'));
const samples = path.join(dataFolder, 'samples');
describe('from a query to its result', { timeout: 240_000 }, () => {
  let standIn;
  let server;
  let browser;
  let page;
  let broken = false;
  /** The job's line of the sidebar, and those of its batches. */
  let job;
  let batches;

  before(async () => {
    standIn = await startStandIn();
    cpSync(path.join(root, 'test', 'samples'), samples, { recursive: true });
    writeSettings(settingsFile({ dataFolder }), {
      'window.autoDetectColorScheme': false,
      'workbench.colorTheme': 'Default Light Modern',
      'zoql.tenants': [{ name: 'Local sandbox', url: standIn.url }],
    });
    const vsix = path.join(dataFolder, 'zoql.vsix');
    await packageExtension(vsix);
    await installExtension({ host, dataFolder, vsix });
    server = await startServer({
      host,
      dataFolder,
      workspaceTrust: 'off',
      purpose: 'people',
      env: { ZOQL_URL: standIn.url, ZOQL_CLIENT_ID: standIn.clientId, ZOQL_CLIENT_SECRET: standIn.clientSecret },
    });
    browser = await launchBrowser();
    page = await openWorkbench(browser, workbenchAddress(server, { folder: samples }));
  });

  after(async () => {
    // What the window looked like at the end tells most about a test that failed.
    if (page) await takePicture(page, 'end');
    await browser?.close();
    await server?.stop();
    await standIn?.stop();
  });

  step('the samples open as ZOQL, in color and without a problem', async () => {
    for (const name of ['subscriptions.zql', 'invoices.zoql', 'accounts.zoql']) await openFile(page, name);
    await page.locator('.statusbar-item', { hasText: 'ZOQL' }).first().waitFor();
    const colors = page.locator('.monaco-editor[data-uri$="accounts.zoql"] .view-line span > span');
    const classes = await colors.evaluateAll(spans => spans.map(span => span.className));
    assert.ok(3 < new Set(classes).size, `the grammar colors words: ${[...new Set(classes)]}`);
    await takePictures('1-samples');
    assert.equal(await page.locator('.squiggly-error').count(), 0);
  });

  step('a field is offered while FROM stands further on, and accepted with Enter', async () => {
    const editor = await openFile(page, 'accounts.zoql');
    await editor.locator('.view-line').first().click();
    await page.keyboard.press('Control+End');
    const behind = ' from Invoice';
    await typeText(page, `\n\nselect ${behind}`);
    for (let left = behind.length; 0 < left; left--) await page.keyboard.press('ArrowLeft');
    await typeText(page, 'InvoiceN');
    const widget = page.locator('.suggest-widget.visible');
    await widget.waitFor({ timeout: 5_000 }).catch(() => page.keyboard.press('Control+Space'));
    await widget.getByText('InvoiceNumber').first().waitFor();
    await takePicture(page, '2-completion');
    await page.keyboard.press('Enter');
    await editor.getByText('InvoiceNumber').first().waitFor();
    await widget.waitFor({ state: 'hidden' });
  });

  step('a mistake is underlined and explained under the pointer', async () => {
    await typeText(page, ',');
    const squiggle = page.locator('.squiggly-error').first();
    await squiggle.waitFor();
    // It lies under the text, so the pointer itself has to go there.
    const box = await squiggle.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page
      .locator('.monaco-hover:visible', { hasText: /expected/i })
      .first()
      .waitFor();
    await takePicture(page, '3-mistake');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
    await squiggle.waitFor({ state: 'detached' });
  });

  step('the command asks before anything is sent', async () => {
    await takePictures('4-confirmation', async () => {
      await page.keyboard.press('Escape'); // Closes the one of the picture before, which sends nothing.
      await runCommand(page, 'ZOQL: Submit as AQuA Job');
      for (const text of ['Active accounts', 'Open invoices', 'Renewing subscriptions', 'Local sandbox']) {
        await quickPickRow(page, text).first().waitFor();
      }
    });
    assert.deepEqual(await submits(), []);
  });

  step('Enter sends the queries of the three open files as one job', async () => {
    await page.keyboard.press('Enter');
    job = page.getByRole('treeitem', { level: 1, name: /^Job / });
    await job.waitFor();
    batches = page.getByRole('treeitem', { level: 2 });
    await takePicture(page, '5-submitted');
    const [submit, ...others] = await submits();
    assert.deepEqual(others, []);
    const { queries } = JSON.parse(submit.body);
    assert.deepEqual(
      queries.map(({ name, type }) => [name, type]),
      [
        ['Renewing subscriptions', 'zoql'],
        ['Open invoices', 'zoqlexport'],
        ['Invoiced by currency', 'zoqlexport'],
        ['Active accounts', 'zoqlexport'],
        ['accounts-2', 'zoql'],
      ],
    );
    assert.match(queries.at(-1).query, /^select InvoiceNumber from Invoice$/);
  });

  step('the sidebar shows the IDs that came back, until the job is completed', async () => {
    await job.filter({ hasText: 'completed' }).waitFor({ timeout: 60_000 });
    await widenSideBar(page, 340);
    await takePictures('6-completed');
    const known = await jobsOfStandIn();
    assert.equal(known.length, 1);
    const [{ id, batches: answered }] = known;
    assert.ok((await job.innerText()).includes(id), 'the job ID');
    for (const { batchId, name } of answered) {
      await batches.filter({ hasText: name }).filter({ hasText: batchId }).first().waitFor();
    }
  });

  step('a reload of the window keeps the job, and sends nothing again', async () => {
    await page.reload();
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await job.filter({ hasText: 'completed' }).waitFor();
    await takePicture(page, '7-reloaded');
    assert.equal((await submits()).length, 1);
  });

  /** A test that goes on where the one before ended, and fails at once when that failed. */
  function step(name, act) {
    test(name, async () => {
      assert.ok(!broken, 'a step before failed');
      broken = true;
      await act();
      broken = false;
    });
  }

  /** A picture in each theme, of what `show` brings up; the window is light in the end. */
  async function takePictures(name, show = async () => {}) {
    for (const theme of ['high-contrast', 'dark', 'light']) {
      await chooseTheme(page, theme);
      await show();
      await takePicture(page, `${name}-${theme}`);
    }
  }

  async function submits() {
    const requests = await (await fetch(`${standIn.url}/__admin/requests`)).json();
    return requests.filter(({ method, path: where }) => method === 'POST' && where === '/v1/batch-query/');
  }

  /** The jobs that the extension asked for, as the stand-in answers them to a token of our own. */
  async function jobsOfStandIn() {
    const { url, clientId, clientSecret } = standIn;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const { access_token } = await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json();
    const requests = await (await fetch(`${url}/__admin/requests`)).json();
    const polls = requests.filter(({ method }) => method === 'GET').map(({ path: where }) => where);
    const jobs = [...new Set(polls)].filter(where => /^\/v1\/batch-query\/jobs\/\w+$/.test(where));
    const headers = { Authorization: `Bearer ${access_token}` };
    return Promise.all(jobs.map(async where => (await fetch(`${url}${where}`, { headers })).json()));
  }
});

// A person's path through the product, in a real VS Code in a real browser: open the samples, write a query, submit all
// open files as one job, watch it in the sidebar. Each test goes on where the one before ended.
//
// Leaves a picture of each step in test/ui/pictures/.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inOrder, openWindow } from './window.mjs';
import {
  batchRows,
  chooseTheme,
  jobRows,
  openFile,
  quickPickRow,
  runCommand,
  takePicture,
  typeText,
  widenSideBar,
} from './workbench.mjs';
import { download, requests, submits } from './zuora.mjs';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'samples');

describe('from a query to its result', { timeout: 240_000 }, () => {
  let window;
  let page;
  let standIn;
  /** The job's line of the sidebar, and those of its batches. */
  let job;
  let batches;
  const step = inOrder();

  before(async () => {
    const names = readdirSync(samples);
    window = await openWindow({
      files: Object.fromEntries(names.map(name => [name, readFileSync(path.join(samples, name), 'utf8')])),
      settings: url => ({ 'zoql.tenants': [{ name: 'Local sandbox', url }] }),
      signedIn: true,
    });
    ({ page, standIn } = window);
  });

  after(() => window?.close('end'));

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
    assert.deepEqual(await submits(standIn), []);
  });

  step('Enter sends the queries of the three open files as one job', async () => {
    await page.keyboard.press('Enter');
    job = jobRows(page);
    await job.waitFor();
    batches = batchRows(page);
    await takePicture(page, '5-submitted');
    const [submit, ...others] = await submits(standIn);
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
    assert.equal((await submits(standIn)).length, 1);
  });

  /** A picture in each theme, of what `show` brings up; the window is light in the end. */
  async function takePictures(name, show = async () => {}) {
    for (const theme of ['high-contrast', 'dark', 'light']) {
      await chooseTheme(page, theme);
      await show();
      await takePicture(page, `${name}-${theme}`);
    }
  }

  /** The jobs that the extension asked for, as the stand-in answers them to a token of our own. */
  async function jobsOfStandIn() {
    const polls = (await requests(standIn)).filter(({ method }) => method === 'GET').map(({ path: where }) => where);
    const jobs = [...new Set(polls)].filter(where => /^\/v1\/batch-query\/jobs\/\w+$/.test(where));
    return Promise.all(jobs.map(async where => JSON.parse(await download(standIn, where))));
  }
});

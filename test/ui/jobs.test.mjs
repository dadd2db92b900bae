// What a person does with jobs: submit, cancel, send again, save a result. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import {
  batchRows,
  jobRows,
  listedNotification,
  openFile,
  quickPickRow,
  runCommand,
  takePicture,
} from './workbench.mjs';
import { advance, counters, download, failSubmit, release, submits } from './zuora.mjs';

/** So many that the job runs for as long as a test may take: 1.5 s each. */
const manyQueries = Array.from({ length: 40 }, () => 'select Id from Product;').join('\n');

describe('jobs in a person’s hands', { timeout: 240_000 }, () => {
  let window;
  let page;
  let standIn;
  /** The newest job's line, and all lines of batches. */
  let job;
  let batches;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: { 'many.zoql': manyQueries, 'products.zoql': '-- @name Products\nselect Id, Name from Product;\n' },
      settings: url => ({ 'zoql.tenants': [{ name: 'Local sandbox', url }], 'files.simpleDialog.enable': true }),
      signedIn: true,
    });
    ({ page, standIn } = window);
    job = jobRows(page).first();
    batches = batchRows(page);
  });

  after(() => window?.close('jobs-end'));

  step('after a submit its job is selected, and its ID and the log are one click away', async () => {
    await openFile(page, 'products.zoql');
    await submit();
    await job.waitFor();
    const id = await idOf(job);
    await until(async () => (await job.getAttribute('aria-selected')) === 'true');
    const message = await listedNotification(page, `Job ID: ${id}`);
    await takePicture(page, 'jobs-1-submitted');
    await message.getByRole('button', { name: 'Copy Job ID' }).click();
    await page.waitForFunction(wanted => navigator.clipboard.readText().then(text => text === wanted), id);
  });

  step('Show Log shows the requests, without a secret or a body', async () => {
    await submit();
    const message = await listedNotification(page, `Job ID: ${await idOf(job)}`);
    await message.getByRole('button', { name: 'Show Log' }).click();
    const log = page.locator('.part.panel .view-lines');
    await log.filter({ hasText: /POST.*batch-query/ }).waitFor();
    const text = (await log.innerText()).replaceAll('\u00a0', ' ');
    assert.doesNotMatch(text, /select/i);
    assert.ok(!text.includes(standIn.clientSecret));
    await takePicture(page, 'jobs-2-log');
    await runCommand(page, 'View: Toggle Panel Visibility');
  });

  step('Save Result As… writes the file as Zuora made it', async () => {
    await batches.first().filter({ hasText: 'completed' }).waitFor();
    const box = page.locator('.quick-input-widget', { hasText: 'Save Result' });
    // While its list is read anew VS Code does not say which line was meant, and a list of batches comes instead.
    await until(async () => {
      await page.keyboard.press('Escape');
      await batches.first().hover();
      await batches
        .first()
        .getByRole('button', { name: /Save Result As/ })
        .click();
      return box.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    });
    const input = box.locator('input:visible').first();
    const target = path.join(window.folder, 'Products.csv');
    await until(async () => (await input.inputValue()) === target); // What is offered.
    await takePicture(page, 'jobs-3-save');
    await input.press('Enter');
    await listedNotification(page, `Saved ${target}`);
    const id = await idOf(job);
    const answer = JSON.parse(await download(standIn, `/v1/batch-query/jobs/${id}`));
    assert.deepEqual(readFileSync(target), await download(standIn, `/v1/files/${answer.batches[0].fileId}`));
  });

  step('Cancel Job asks, and Enter cancels', async () => {
    await clearNotifications();
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill('many.zoql');
    await quickPickRow(page, 'many.zoql').first().click();
    await page.locator('.monaco-editor[data-uri$="many.zoql"]').waitFor();
    await submit();
    await job.filter({ hasText: /submitted|executing/ }).waitFor();
    await askToCancel();
    await takePicture(page, 'jobs-4-cancel');
    await page.keyboard.press('Enter');
    await job.filter({ hasText: 'cancelled' }).waitFor();
  });

  step('a job that is completed meanwhile says so, and stays completed', async () => {
    await submit();
    await job.filter({ hasText: /submitted|executing/ }).waitFor();
    await askToCancel();
    await advance(standIn, 5);
    await page.keyboard.press('Enter');
    await listedNotification(page, 'was complete before it could be canceled');
    await job.filter({ hasText: 'completed' }).waitFor();
    await clearNotifications();
  });

  step('Cancel during the submit leaves the job unknown, and sends nothing more', async () => {
    const before = (await submits(standIn)).length;
    await failSubmit(standIn, { do: 'hold', when: 'after' });
    await submit();
    const progress = await listedNotification(page, 'Submitting');
    await until(async () => (await submits(standIn)).length === before + 1);
    await takePicture(page, 'jobs-5-sending');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await job.filter({ hasText: 'unknown' }).waitFor();
    await until(async () => (await job.getAttribute('aria-selected')) === 'true');
    await takePicture(page, 'jobs-6-unknown');
    assert.equal((await submits(standIn)).length, before + 1);
  });

  step('Send Again brings the job that Zuora made, and no second one', async () => {
    await release(standIn);
    await clearNotifications();
    await sendAgain();
    await job.filter({ hasText: /submitted|executing|completed/ }).waitFor();
    await oneJobOf(2);
  });

  step('two answers of 503 leave the job unknown; sent again under the same key it is one job', async () => {
    await clearNotifications();
    // Something between here and Zuora fails: the job is made, and its ID does not arrive.
    await failSubmit(standIn, { do: 'html', status: 503, when: 'after' }, 2);
    await submit();
    await job.filter({ hasText: 'unknown' }).waitFor();
    await sendAgain();
    await job.filter({ hasText: /submitted|executing|completed/ }).waitFor();
    await oneJobOf(3);
  });

  /** By the key in the editor, with Enter on what is ticked at first; ends when the new job's line is the first one. */
  async function submit() {
    await page.locator('.editor-group-container .view-line').first().click();
    const newest = (await job.count()) === 0 ? undefined : idIn(await job.innerText());
    await page.keyboard.press('Control+Alt+Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor();
    await page.keyboard.press('Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor({ state: 'hidden' });
    if (newest !== undefined) await until(async () => idIn(await job.innerText()) !== newest);
  }

  async function askToCancel() {
    await runCommand(page, 'ZOQL: Cancel Job');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.monaco-dialog-box', { hasText: 'Cancel the job' }).waitFor();
  }

  async function sendAgain() {
    await runCommand(page, 'ZOQL: Send Again');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.monaco-dialog-box', { hasText: 'no second job is made' }).waitFor();
    await page.keyboard.press('Enter');
  }

  /** That the last requests, so many, carried one key, and made one job. */
  async function oneJobOf(requestCount) {
    const sent = (await submits(standIn)).slice(-requestCount);
    const [key, ...otherKeys] = new Set(sent.map(({ headers }) => headers['idempotency-key']));
    assert.deepEqual(otherKeys, []);
    const { jobsByKey, violations } = await counters(standIn);
    assert.equal(jobsByKey[key], 1);
    assert.deepEqual(violations, []);
  }

  async function clearNotifications() {
    await runCommand(page, 'Notifications: Clear All Notifications');
  }

  /** The ID in a line of the view. */
  async function idOf(line) {
    await line.filter({ hasText: /[0-9a-f]{32}/ }).waitFor();
    return idIn(await line.innerText());
  }
});

function idIn(text) {
  return /[0-9a-f]{32}/.exec(text)?.[0];
}

async function until(holds) {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'not in time');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

// What a person sees and decides before anything is sent, with the keyboard alone. Each test goes on where the one before
// ended.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import { jobRows, listedNotification, openFile, quickPickRow, takePicture } from './workbench.mjs';
import { requests, submits } from './zuora.mjs';

const notifyUrl = 'https://hooks.example.com/?job=${JOBID}&status=${STATUS}';

describe('the confirmation of a submit', { timeout: 180_000 }, () => {
  let window;
  let page;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: {
        'faulty.zoql': '-- @name Faulty one\nselect Id, from Account',
        'notes.zoql': '-- Nothing to run yet.\n',
        'two.zoql': '-- @name First\nselect Id from Account;\n-- @name Second\nselect Id from Product;\n',
      },
      settings: url => ({
        'zoql.tenants': [{ name: 'Local sandbox', url }],
        'zoql.job.name': 'Nightly',
        'zoql.job.format': 'gzip',
        'zoql.job.notifyUrl': notifyUrl,
      }),
      signedIn: true,
    });
    ({ page } = window);
    for (const name of ['faulty.zoql', 'notes.zoql', 'two.zoql']) await openFile(page, name);
  });

  after(() => window?.close('confirmation-end'));

  step('a key in the editor opens it, with where the job goes and how', async () => {
    await open();
    const { origin, host } = new URL(window.standIn.url);
    assert.match(await row('Local sandbox').innerText(), new RegExp(`${origin}.*this computer|custom URL`, 's'));
    assert.ok((await row('Local sandbox').innerText()).includes(host));
    assert.ok((await row('notifyUrl').innerText()).includes(notifyUrl));
    assert.match(await row('Options').innerText(), /name Nightly/);
    assert.match(await row('Options').innerText(), /format gzip/);
    await takePicture(page, 'confirmation-1-faulty');
  });

  step('a query with an error starts without a tick and says why; a file without a statement is left out', async () => {
    assert.deepEqual([await isTicked('First'), await isTicked('Second')], [true, true]);
    assert.equal(await isTicked('Faulty one'), false);
    assert.match(await row('Faulty one').innerText(), /expected.*faulty\.zoql, line 2/is);
    assert.match(await row('notes.zoql').innerText(), /left out: no statement/);
    await title('Submit 2 queries as one AQuA job to Local sandbox');
  });

  step('Escape sends nothing', async () => {
    await page.keyboard.press('Escape');
    await row('First').waitFor({ state: 'hidden' });
    assert.deepEqual(await requests(window.standIn), []);
  });

  step('the wrong query is ticked by an explicit Submit Anyway only', async () => {
    await open();
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'Submit "Faulty one" anyway?' });
    await toggleUntilAsked('Faulty one', dialog);
    await takePicture(page, 'confirmation-2-anyway');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await isTicked('Faulty one'), false);

    await toggleUntilAsked('Faulty one', dialog);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await title('Submit 3 queries');
    assert.equal(await isTicked('Faulty one'), true);
  });

  step('a query without its tick stays at home', async () => {
    await toggle('Second');
    await title('Submit 2 queries');
    await page.keyboard.press('Enter');
    await row('First').waitFor({ state: 'hidden' });
    await listedNotification(page, 'refused'); // It is as wrong for Zuora as it was for us.
    await takePicture(page, 'confirmation-3-refused');
    const [submit, ...others] = await submits(window.standIn);
    assert.deepEqual(others, []);
    const { queries, name, format, notifyUrl: sentUrl } = JSON.parse(submit.body);
    assert.deepEqual(queries.map(query => query.name).sort(), ['Faulty one', 'First']);
    assert.deepEqual({ name, format, sentUrl }, { name: 'Nightly', format: 'gzip', sentUrl: notifyUrl });
  });

  step('the refused job is selected in the list', async () => {
    const job = jobRows(page, { selected: true, name: /^Job .*, refused by Zuora/ });
    await job.waitFor();
  });

  async function open() {
    await page.keyboard.press('Control+Alt+Enter');
    await row('First').waitFor();
  }

  function row(text) {
    return quickPickRow(page, text).first();
  }

  async function isTicked(text) {
    const box = row(text).locator('[role="checkbox"], input[type="checkbox"]').first();
    return (await box.getAttribute('aria-checked')) === 'true';
  }

  async function title(text) {
    await page.locator('.quick-input-title', { hasText: text }).waitFor();
  }

  /** As a person who closes a dialog and is faster than the list, whose focus and tick come back a moment later. */
  async function toggleUntilAsked(text, dialog) {
    for (let tries = 0; tries < 10; tries++) {
      await toggle(text);
      const asked = await dialog.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
      if (asked) return;
    }
    assert.fail(`a tick at ${text} asks`);
  }

  /** Goes down to a row with the arrow key and presses the space bar. */
  async function toggle(text) {
    const focused = page.locator('.quick-input-list .monaco-list-row.focused');
    // After a dialog the list takes its focus back a moment later, and may have none between two looks.
    for (let presses = 0; !(await focused.allInnerTexts()).join().includes(text); presses++) {
      assert.ok(presses < 20, `the arrow key reaches ${text}`);
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Space');
  }
});

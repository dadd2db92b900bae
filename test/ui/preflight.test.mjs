// What a person mends and looks at before anything is sent, with the keyboard alone. Each test goes on where the one
// before ended.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import { listedNotification, openFile, quickPickRow, takePicture } from './workbench.mjs';
import { submits } from './zuora.mjs';

const sixty = Array.from({ length: 60 }, (_, index) => `select Id, Name from Product limit ${index + 1};`);

describe('the preflight', { timeout: 240_000 }, () => {
  let window;
  let page;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: { 'broken.zoql': 'select Id, from Account', 'sixty.zoql': sixty.join('\n') },
      settings: url => ({ 'zoql.tenants': [{ name: 'Local sandbox', url }], 'zoql.job.name': 'Nightly' }),
      signedIn: true,
    });
    ({ page } = window);
    for (const name of ['broken.zoql', 'sixty.zoql']) await openFile(page, name);
  });

  after(() => window?.close('preflight-end'));

  step('says at the top what blocks, and Enter sends nothing', async () => {
    await page.keyboard.press('Control+Alt+Enter');
    await row('60 queries are chosen').waitFor();
    await takePicture(page, 'preflight-1-findings');
    await page.keyboard.press('Enter');
    await listedNotificationWithoutPalette('Nothing was sent. 60 queries are chosen');
    assert.deepEqual(await submits(window.standIn), []);
  });

  step('a row opens the list of what can be done, and Escape goes back', async () => {
    await openFixes();
    await takePicture(page, 'preflight-2-fixes');
    await page.keyboard.press('Escape');
    await title('Submit 60 queries as one AQuA job to Local sandbox');
  });

  step('Enter does it, and comes back to the queries', async () => {
    await openFixes();
    await page.keyboard.press('Enter');
    await title('Submit 60 queries as 2 AQuA jobs to Local sandbox');
    assert.match(await row('Split').innerText(), /2 jobs of 30 queries/);
    await takePicture(page, 'preflight-3-split');
  });

  step('while it waits, its key gives it the focus again', async () => {
    await clickInEditor();
    await page.keyboard.press('Control+Alt+Enter');
    await page.locator('.quick-input-widget :focus').waitFor();
    await title('Submit 60 queries as 2 AQuA jobs to Local sandbox');
  });

  step('a file that is edited meanwhile is read again before anything goes out', async () => {
    await clickInEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nselect Id from Account');
    await title('edited since');
    await page.keyboard.press('Control+Alt+Enter');
    await page.locator('.quick-input-widget :focus').waitFor();
    await page.keyboard.press('Enter');
    await title('Submit 61 queries as 2 AQuA jobs');
    assert.deepEqual(await submits(window.standIn), []);
    await takePicture(page, 'preflight-4-edited');
  });

  step('a preview shows one of the jobs, and the list stays', async () => {
    await page.locator('.quick-input-titlebar .action-label[aria-label^="Preview Request"]').click();
    await row('Job 2 of 2').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const preview = page.locator('.monaco-editor[data-uri^="zoql-request:"]');
    await preview.waitFor();
    assert.match(await preview.innerText(), /Authorization:\sBearer\s\*\*\*/);
    await title('Submit 61 queries as 2 AQuA jobs');
    await takePicture(page, 'preflight-5-preview');
  });

  step('Enter sends them one after another', async () => {
    await page.keyboard.press('Enter');
    await listedNotification(page, 'All 2 jobs were submitted to Local sandbox.');
    await takePicture(page, 'preflight-6-sent');
    const names = (await submits(window.standIn)).map(({ body }) => JSON.parse(body).name);
    assert.deepEqual(names, ['Nightly 1/2', 'Nightly 2/2']);
  });

  function row(text) {
    return quickPickRow(page, text).first();
  }

  async function title(text) {
    await page.locator('.quick-input-title', { hasText: text }).waitFor();
  }

  /** Ends when the keys go to the editor, as a person sees by the caret. */
  async function clickInEditor() {
    await page.locator('.monaco-editor[data-uri$="sixty.zoql"] .view-line').last().click();
    await page.locator('.quick-input-widget :focus').waitFor({ state: 'detached' });
    await page.locator('.monaco-editor.focused[data-uri$="sixty.zoql"]').waitFor();
  }

  async function openFixes() {
    await focus('Fix findings');
    await page.keyboard.press('Enter');
    await row('Split into 2 Jobs').waitFor();
  }

  /** Goes to a row with the arrow key. */
  async function focus(text) {
    const focused = page.locator('.quick-input-list .monaco-list-row.focused');
    for (let presses = 0; !((await focused.count()) && (await focused.innerText()).includes(text)); presses++) {
      assert.ok(presses < 20, `the arrow key reaches ${text}`);
      await page.keyboard.press('ArrowDown');
    }
  }

  /** As a toast: the palette, which would show the list of notifications, closes ours. */
  async function listedNotificationWithoutPalette(text) {
    await page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first().waitFor();
  }
});

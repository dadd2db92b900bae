// What a person sees of a query that Zuora refused: the way from the message to the word, and what the word's hover says.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import { listedNotification, openFile, quickPickRow, takePicture } from './workbench.mjs';

describe('a query that Zuora refused', { timeout: 240_000 }, () => {
  let window;
  let page;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: { 'accounts.zoql': '-- @name Accounts\nselect Id, Name, CreditLimit__c\nfrom Account;\n' },
      settings: url => ({ 'zoql.tenants': [{ name: 'Local sandbox', url }] }),
      signedIn: true,
    });
    page = window.page;
  });

  after(() => window?.close('problems-end'));

  step('the message leads to the word', async () => {
    await openFile(page, 'accounts.zoql');
    await page.locator('.editor-group-container .view-line').first().click();
    await page.keyboard.press('Control+Alt+Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor();
    await page.keyboard.press('Enter');
    const message = await listedNotification(page, 'There is no field named CreditLimit__c');
    await takePicture(page, 'problems-1-message');
    await message.getByRole('button', { name: 'Go to Query' }).click();
    await page.locator('.statusbar-item', { hasText: '(14 selected)' }).waitFor();
  });

  step('the word’s hover says what Zuora said, and what to do', async () => {
    const hover = page.locator('.monaco-hover:visible', { hasText: 'There is no field named CreditLimit__c' }).first();
    // By its keys: a pointer that lies somewhere else, as after a click in the palette, can close it again. So does a
    // problem of the file that comes or goes meanwhile.
    let text;
    for (let tries = 0; text === undefined && tries < 10; tries++) {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await hover.evaluate(whole, undefined, { timeout: 3_000 }).catch(() => {});
      text = await hover.innerText({ timeout: 1_000 }).catch(() => undefined);
    }
    text = (text ?? '').replaceAll('\u00a0', ' ');
    assert.match(text, /Mend the query and submit again\./);
    assert.match(text, /90005/);
    await takePicture(page, 'problems-2-hover');
  });
});

/** In the page: ends when nothing of an element moves any more. */
function whole(element) {
  return Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished));
}

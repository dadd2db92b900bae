// Signing in as a person does, in a real VS Code in a real browser: choose the tenant, mistype the secret, try again, sign
// out. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import {
  listedNotification,
  quickPickRow,
  runCommand,
  showJobs,
  takePicture,
  writeUserSettings,
} from './workbench.mjs';

const wrongSecret = 'a-wrong-secret-7f3c';

describe('signing in', { timeout: 180_000 }, () => {
  let window;
  let standIn;
  let page;
  const step = inOrder();

  before(async () => {
    window = await openWindow({ files: {}, settings: () => ({}), signedIn: false });
    ({ standIn, page } = window);
  });

  after(() => window?.close('sign-in-end'));

  step('without a tenant the view offers to add one', async () => {
    await showJobs(page);
    await welcome('Name the Zuora tenant');
    await page.getByRole('button', { name: 'Add Tenant' }).waitFor();
    await takePicture(page, 'welcome-1-no-tenant');
  });

  step('with several it asks for a choice, as soon as they are in the settings', async () => {
    await writeUserSettings(page, {
      ...window.settings(),
      'zoql.tenants': [
        { name: 'Sandbox', url: standIn.url },
        { name: 'Elsewhere', dataCenter: 'EU Production' },
        { name: 'Wrong', url: 'http://rest.zuora.com' },
      ],
    });
    await welcome('Choose the Zuora tenant');
    await takePicture(page, 'welcome-2-no-choice');
  });

  step('the tenants are offered with host and state, and what was left out is named', async () => {
    await page.getByRole('button', { name: 'Select Tenant' }).click();
    await quickPickRow(page, `${new URL(standIn.url).host} · this computer · signed out`).waitFor();
    await quickPickRow(page, 'rest.eu.zuora.com · production · signed out').waitFor();
    await quickPickRow(page, 'zoql.tenants[2] is left out').waitFor();
    await takePicture(page, 'sign-in-1-tenants');
    await quickPickRow(page, 'Sandbox').first().click();
  });

  step('with a tenant and nobody signed in, the view offers to sign in', async () => {
    await welcome('You are not signed in');
    await takePicture(page, 'welcome-3-not-signed-in');
  });

  step('a wrong secret is refused in one sentence, without being shown', async () => {
    await page.getByRole('button', { name: 'Sign In' }).click();
    await answer('1 of 2', standIn.clientId);
    await answer('2 of 2', wrongSecret, 'password');
    const message = await listedNotification(page, 'does not accept this client id and secret');
    assert.doesNotMatch(await message.innerText(), new RegExp(wrongSecret));
    await takePicture(page, 'sign-in-2-refused');
    await message.getByRole('button', { name: 'Try Again' }).click();
  });

  step('the right one signs in, and the view offers to submit', async () => {
    await answer('1 of 2', undefined);
    await answer('2 of 2', standIn.clientSecret, 'password');
    await quickPickRow(page, 'Keep in the Secret Storage').click();
    await listedNotification(page, 'Signed in to Sandbox');
    await takePicture(page, 'sign-in-3-done');
    await runCommand(page, 'Notifications: Hide Notifications');
    await welcome('No jobs yet');
    await takePicture(page, 'welcome-4-no-jobs');
  });

  step('no file of VS Code holds a secret that was typed', async () => {
    for (const secret of [wrongSecret, standIn.clientSecret]) {
      assert.deepEqual(filesWith(window.dataFolder, secret), [], 'a secret is on disk');
    }
    // The search does find what is there: the tenant's address is in the settings.
    assert.notDeepEqual(filesWith(window.dataFolder, standIn.url), []);
  });

  step('signing out says that the jobs stay', async () => {
    await runCommand(page, 'ZOQL: Sign Out');
    await listedNotification(page, 'Signed out of Sandbox');
    await runCommand(page, 'Notifications: Hide Notifications');
    await welcome('You are not signed in');
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
    await input.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  function welcome(text) {
    return page.locator('.welcome-view-content', { hasText: text }).waitFor();
  }
});

/** The files below a folder that hold a text, as UTF-8 or as UTF-16. */
function filesWith(folder, text) {
  const forms = ['utf8', 'utf16le'].map(encoding => Buffer.from(text, encoding));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => forms.some(form => readFileSync(file).includes(form)));
}

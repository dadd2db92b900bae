// From nothing to live custom fields as a person does it who uses no mouse: add a tenant, sign in, write a query with the
// tenant's own field, look at the tenant again. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import { chooseTheme, listedNotification, takePicture, typeText } from './workbench.mjs';

describe('from nothing to live custom fields, with the keyboard alone', { timeout: 240_000 }, () => {
  let window;
  let standIn;
  let page;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: { 'regions.zoql': '' },
      settings: () => ({ 'zoql.metadata.enabled': true }),
      signedIn: false,
    });
    ({ standIn, page } = window);
  });

  after(() => window?.close('tenant-end'));

  step('Add Tenant asks for a name, and takes none twice', async () => {
    await command('ZOQL: Add Tenant');
    await asks('1 of 2');
    await page.keyboard.press('Enter');
    await says('The name is needed.');
    await page.keyboard.type('acme sandbox');
    await takePicture(page, 'tenant-1-name');
    await page.keyboard.press('Enter');
  });

  step("then for one of Zuora's data centers, or an address of one's own", async () => {
    await asks('2 of 2');
    await row('EU Production').waitFor();
    await takePicture(page, 'tenant-2-data-centers');
    await page.keyboard.type('Other Address');
    await row('Other Address').waitFor();
    await page.keyboard.press('Enter');
    await says('https:// and a host');
    await page.keyboard.type('http://rest.zuora.com');
    await says('It must begin with https://');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(standIn.url);
    await page.keyboard.press('Enter');
  });

  step('and goes on with the sign-in', async () => {
    await answer('1 of 2', standIn.clientId);
    await answer('2 of 2', standIn.clientSecret);
    await row('Keep for This Session Only').waitFor();
    await takePicture(page, 'tenant-3-keep');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await listedNotification(page, 'Signed in to acme sandbox');
    await command('Notifications: Clear All Notifications');
  });

  step('a custom field of the tenant is completed, as soon as the tenant has described its object', async () => {
    await page.keyboard.press('Control+P');
    await page.keyboard.type('regions.zoql');
    await row('regions.zoql').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.monaco-editor[data-uri$="regions.zoql"].focused').waitFor();
    await typeText(page, 'select Id,  from Account');
    for (let back = ' from Account'.length; 0 < back; back--) await page.keyboard.press('ArrowLeft');
    await typeText(page, 'Reg');
    const field = page.locator('.suggest-widget .monaco-list-row', { hasText: 'Region__c' });
    const deadline = Date.now() + 30_000;
    while (!(await field.isVisible()) && Date.now() < deadline) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
      await field.waitFor({ timeout: 1_000 }).catch(() => {});
    }
    await field.waitFor();
    await takePicture(page, 'tenant-4-custom-field');
    await page.keyboard.press('Tab');
    await page.locator('.view-line', { hasText: 'Region__c' }).waitFor();
  });

  step('Search Schema finds the field, and the view Schema shows it in its object', async () => {
    await command('ZOQL: Refresh Metadata');
    await listedNotification(page, /has described \d+ objects/);
    await command('Notifications: Clear All Notifications');
    await command('ZOQL: Search Schema');
    await row('AccountingCode').waitFor();
    await page.keyboard.type('account.region');
    await row('Region__c').waitFor();
    await takePicture(page, 'tenant-10-search');
    await page.keyboard.press('Enter');
    const field = page.getByRole('treeitem', { name: /Region__c/ });
    await field.waitFor();
    await command('ZOQL: Focus on Schema View');
    for (const theme of ['dark', 'high-contrast', 'light']) {
      await chooseTheme(page, theme);
      await takePicture(page, `tenant-11-schema-${theme}`);
    }
  });

  step('Test Connection says what the tenant answers', async () => {
    await command('ZOQL: Test Connection');
    await listedNotification(page, /acme sandbox .* is there, accepts the sign-in, and tells of \d+ objects/);
    await takePicture(page, 'tenant-5-connection');
    await command('Notifications: Clear All Notifications');
  });

  step('Edit Tenant writes each change at once, and production is told in words', async () => {
    await command('ZOQL: Edit Tenant');
    await row('Organization IDs').waitFor();
    await takePicture(page, 'tenant-6-edit');
    await page.keyboard.type('Kind');
    await page.keyboard.press('Enter');
    await row('marked, and guarded').waitFor();
    await page.keyboard.type('Production');
    await page.keyboard.press('Enter');
    await row('Kind').getByText('production').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.statusbar-item', { hasText: 'PRODUCTION · acme sandbox' }).waitFor();
    assert.deepEqual(window.settings()['zoql.tenants'], [
      { name: 'acme sandbox', url: standIn.url, kind: 'production' },
    ]);
  });

  step('a tenant that says so is signed in to with an API access key', async () => {
    await command('ZOQL: Edit Tenant');
    await row('Organization IDs').waitFor();
    await page.keyboard.type('Sign-In');
    await page.keyboard.press('Enter');
    await row('API access key (legacy)').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await row('Sign-In').getByText('API access key').waitFor();
    await page.keyboard.press('Escape');
    // What was entered for the session is of the other kind.
    await command('ZOQL: Test Connection');
    await listedNotification(page, 'You are not signed in to acme sandbox');
    await command('Notifications: Clear All Notifications');

    await command('ZOQL: Sign In');
    await answer('1 of 2', standIn.apiAccessKey.id);
    await answer('2 of 2', 'a-wrong-password');
    const refused = await listedNotification(page, 'does not accept this API access key');
    await takePicture(page, 'tenant-9-key-refused');
    await refused.getByRole('button', { name: 'Try Again' }).press('Enter');
    await answer('1 of 2', '');
    await answer('2 of 2', standIn.apiAccessKey.secret);
    await row('Keep for This Session Only').waitFor();
    await page.keyboard.press('Enter');
    await listedNotification(page, 'Signed in to acme sandbox');
    await command('Notifications: Clear All Notifications');
    await command('ZOQL: Test Connection');
    await listedNotification(page, /acme sandbox .* is there, accepts the sign-in, and tells of \d+ objects/);
    await command('Notifications: Clear All Notifications');
  });

  step("a tenant of the team's file is used after a person has seen its address", async () => {
    // As when a colleague's commit brings it.
    writeFileSync(
      path.join(window.folder, 'zoql.tenants.json'),
      JSON.stringify({ tenants: [{ name: 'team', url: 'https://zuora.acme.test' }] }),
    );
    const proposal = row('proposed by zoql.tenants.json');
    const deadline = Date.now() + 30_000;
    while (!(await proposal.isVisible()) && Date.now() < deadline) {
      await page.keyboard.press('Escape');
      await command('ZOQL: Select Tenant');
      await proposal.waitFor({ timeout: 1_000 }).catch(() => {});
    }
    await proposal.waitFor();
    await takePicture(page, 'tenant-7-proposed');
    await page.keyboard.type('team');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'none of Zuora’s data centers' });
    await dialog.waitFor();
    await takePicture(page, 'tenant-8-approval');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.statusbar-item', { hasText: 'PRODUCTION · acme sandbox' }).waitFor();
  });

  step('Remove Tenant asks, signs out, and leaves nothing in the settings', async () => {
    await command('ZOQL: Remove Tenant');
    await page.locator('.monaco-dialog-box', { hasText: 'Remove the tenant acme sandbox' }).waitFor();
    await page.keyboard.press('Enter');
    await listedNotification(page, 'was removed. Its jobs stay in the list.');
    assert.deepEqual(window.settings()['zoql.tenants'], []);
  });

  /** Runs a command of the palette by its title's beginning. */
  async function command(title) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input:focus').waitFor();
    await page.keyboard.type(title);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title.split(': ')[1] }).waitFor();
    await page.keyboard.press('Enter');
  }

  /** Answers the input box with that title; the empty text takes what is offered. It closes once the text was checked. */
  async function answer(title, text) {
    await asks(title);
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget', { hasText: title }).waitFor({ state: 'hidden' });
  }

  function asks(title) {
    return page.locator('.quick-input-widget', { hasText: title }).locator('input:focus').waitFor();
  }

  function says(text) {
    return page.locator('.quick-input-widget', { hasText: text }).waitFor();
  }

  function row(text) {
    return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }
});

// The view "AQuA Jobs" with a long history: tenants, what a job's line says, filter, search, marks, the status bar. Each
// test goes on where the one before ended.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import {
  chooseTheme,
  jobRows,
  listedNotification,
  openFile,
  quickPickRow,
  runCommand,
  showJobs,
  takePicture,
  widenSideBar,
} from './workbench.mjs';
import { holdPolls, release } from './zuora.mjs';

const hour = 60 * 60 * 1000;

describe('the tree of jobs', { timeout: 240_000 }, () => {
  let window;
  let page;
  const step = inOrder();
  const tenant = name => page.getByRole('treeitem', { level: 1, name: new RegExp(`^Tenant ${name}, `) });
  const view = () => page.locator('.part.sidebar');

  before(async () => {
    window = await openWindow({
      files: {
        'fails.zoql': '-- @name Fails\nselect * from BillingPreviewRun;\n',
        'many.zoql': 'select Id from Product;\n'.repeat(40),
      },
      settings: url => ({
        'zoql.tenants': [
          { name: 'Local sandbox', url },
          { name: 'acme-eu', dataCenter: 'EU Production' },
        ],
        'files.simpleDialog.enable': true,
      }),
      signedIn: true,
    });
    ({ page } = window);
    writeHistory(window);
  });

  after(() => window?.close('tree-end'));

  step('shows the active tenant first and open, the others closed, each in words', async () => {
    await showJobs(page);
    await tenant('Local sandbox').waitFor();
    await widenSideBar(page, 420);
    assert.equal(await tenant('Local sandbox').getAttribute('aria-expanded'), 'true');
    await jobRows(page, { name: /^Job Split, .*part 1 of 2 of a split/ }).waitFor();
    // Closed, so that the others, below its hundred lines, come into sight.
    await tenant('Local sandbox').click();
    await tenant('acme-old').waitFor();
    const names = await page.getByRole('treeitem', { level: 1 }).evaluateAll(rows => rows.map(row => row.ariaLabel));
    assert.deepEqual(
      names.map(name => name.replace(/127\.0\.0\.1:\d+/, 'host')),
      [
        'Tenant Local sandbox, active, host, this computer, 1 failed, 250 jobs.',
        'Tenant acme-eu, EU Production, production, 1 job.',
        'Tenant acme-old, rest.na.zuora.com, not in the settings any more, 1 job.',
      ],
    );
    assert.equal(await tenant('acme-eu').getAttribute('aria-expanded'), 'false');
    await tenant('Local sandbox').click();
    await jobRows(page).first().waitFor();
  });

  step('shows a new job with its batches', async () => {
    await page.keyboard.press('Control+P');
    await page.keyboard.type('many.zoql');
    await quickPickRow(page, 'many.zoql').first().click();
    await page.locator('.monaco-editor[data-uri$="many.zoql"]').waitFor();
    await submit();
    await jobRows(page, { name: /^Job many \+39, (submitted|executing)/ }).waitFor();
  });

  step('the status bar names the tenant and counts what is under way', async () => {
    const item = page.locator('.statusbar-item[id*="zoql.status"]');
    await item.filter({ hasText: 'Local sandbox' }).waitFor();
    await item.locator('[aria-label^="ZOQL: active tenant Local sandbox, this computer, 1 job running"]').waitFor();
  });

  step('looks well in every theme', async () => {
    for (const theme of ['high-contrast', 'dark', 'light']) {
      await chooseTheme(page, theme);
      await takePicture(page, `tree-1-${theme}`);
    }
  });

  step('the last line shows older jobs, with the keyboard', async () => {
    const older = page.getByRole('treeitem', { name: /^Show 100 older of 15\d jobs/ });
    await jobRows(page).first().click();
    // The last line of all, then up past the tenants that are closed.
    await page.keyboard.press('End');
    for (let presses = 0; !(await isFocused(older)); presses++) {
      assert.ok(presses < 10, 'the arrow key reaches the line');
      await page.keyboard.press('ArrowUp');
    }
    await takePicture(page, 'tree-2-older');
    await page.keyboard.press('Enter');
    await jobRows(page, { selected: true, name: /^Job Old 9\d/ }).waitFor();
    await takePicture(page, 'tree-3-older-shown');
  });

  step('a note and a pin are in the line', async () => {
    await runCommand(page, 'ZOQL: Pin Job');
    await pick('The job to pin', 'Noted');
    await runCommand(page, 'ZOQL: Edit Note…');
    await pick('The job to write a note on', 'Noted');
    const box = page.locator('.quick-input-widget', { hasText: 'Note on Noted' });
    await box.waitFor();
    await page.keyboard.type('for the auditors');
    await takePicture(page, 'tree-4-note');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
    await runCommand(page, 'ZOQL: Search Jobs…');
    await page.getByPlaceholder('Name, note, ID, query or file').fill('auditors');
    await quickPickRow(page, 'Noted').first().waitFor();
    await takePicture(page, 'tree-5-search');
    await page.keyboard.press('Enter');
    await jobRows(page, { selected: true, name: /^Job Noted, completed, pinned, .*note: for the auditors/ }).waitFor();
  });

  step('a filter says above the lines what it leaves, and a button clears it', async () => {
    await runCommand(page, 'ZOQL: Filter Jobs…');
    await quickPickRow(page, 'failed').first().waitFor();
    await takePicture(page, 'tree-6-filters');
    await quickPickRow(page, 'failed').first().click();
    await page.keyboard.press('Enter');
    await view().getByText('Showing 1 of 253 jobs: failed.').waitFor();
    assert.equal(await jobRows(page).count(), 1);
    await takePicture(page, 'tree-7-filtered');
    await view().hover();
    await view().getByRole('button', { name: 'Clear Filter' }).click();
    await view().getByText('Showing 1 of').waitFor({ state: 'detached' });
  });

  step('a failure is told once, and counted in the status bar until somebody looks', async () => {
    await page.keyboard.press('Control+Shift+E');
    await openFile(page, 'fails.zoql');
    await runCommand(page, 'View: Close Other Editors in Group');
    await holdPolls(window.standIn);
    await submit();
    await jobRows(page, { selected: true, name: /^Job Fails/ }).waitFor(); // A submit shows its job.
    await page.keyboard.press('Control+Shift+E'); // Nobody looks at the jobs.
    await page.getByRole('treeitem', { name: 'fails.zoql' }).waitFor();
    await release(window.standIn);
    const reason = 'java.lang.RuntimeException: You must specify a select.';
    await listedNotification(page, `Fails on Local sandbox has failed: ${reason}`);
    const item = page.locator('.statusbar-item[id*="zoql.status"]');
    const failed = item.locator('[aria-label*="1 job failed since you last looked"]');
    await failed.waitFor();
    await takePicture(page, 'tree-8-failed');
    await item.click();
    await jobRows(page).first().waitFor();
    await failed.waitFor({ state: 'detached' });
  });

  step('the history is exported as JSON', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'ZOQL: Export History…');
    const box = page.locator('.quick-input-widget', { hasText: 'Export History' });
    const input = box.locator('input:visible').first();
    await page.waitForFunction(shown => shown.value.endsWith('.json'), await input.elementHandle());
    const target = await input.inputValue(); // What is offered, below the window's folder.
    assert.match(path.relative(window.folder, target), /^zoql-history-\d{4}-\d\d-\d\d\.json$/);
    await page.keyboard.press('Enter');
    await listedNotification(page, `to ${target}`);
    const { jobs } = JSON.parse(readFileSync(target, 'utf8'));
    assert.ok(252 < jobs.length);
    assert.equal(jobs.find(({ name }) => name === 'Noted').note, 'for the auditors');
  });

  /** Types into the list with that placeholder, and takes the first line that is left. */
  async function pick(placeholder, text) {
    await page.getByPlaceholder(placeholder).fill(text);
    await quickPickRow(page, text).first().waitFor();
    await page.keyboard.press('Enter');
  }

  async function submit() {
    await page.keyboard.press('Control+Alt+Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor();
    await page.keyboard.press('Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor({ state: 'hidden' });
  }
});

async function isFocused(row) {
  return 0 < (await row.count()) && /\bfocused\b/.test((await row.getAttribute('class')) ?? '');
}

/** 252 jobs that have ended: what a person has after some weeks. */
function writeHistory({ dataFolder, standIn }) {
  const folder = path.join(dataFolder, 'data', 'User', 'globalStorage', 'zoql.zoql', 'jobs', 'settled');
  mkdirSync(folder, { recursive: true });
  const now = Date.now();
  const local = { tenant: 'Local sandbox', origin: standIn.url };
  const group = index => ({ group: { id: 'g', index, count: 2 } });
  let count = 0;
  const write = (age, name, { scope = local, status = 'completed', full, ...plan } = {}) =>
    writeEntry(folder, { number: count++, at: now - age, name, scope, status, full, plan });
  write(2 * hour, 'Split', group(2));
  write(2 * hour + 1, 'Split', group(1));
  write(3 * hour, 'Nightly', { session: { partner: 'P', project: 'nightly' }, full: false });
  write(5 * hour, 'Fails', { status: 'aborted' });
  write(63 * hour, 'Expires today');
  for (let old = 0; old < 244; old++) write((80 + old) * hour, `Old ${old}`);
  write(400 * hour, 'Noted');
  write(hour, 'Elsewhere', { scope: { tenant: 'acme-eu', origin: 'https://rest.eu.zuora.com' } });
  write(hour, 'Left', { scope: { tenant: 'acme-old', origin: 'https://rest.na.zuora.com' } });
}

function writeEntry(folder, { number, at, name, scope, status, full, plan }) {
  const hex = String(number).padStart(16, '0');
  const key = `${new Date(at).toISOString().replace(/[-:.]/g, '')}-${hex}`;
  const id = `2c92c0f8${String(number).padStart(24, '0')}`;
  const query = 'select Id from Account';
  const source = { uri: `file:///w/${name}.zoql`, relativePath: `${name}.zoql`, statement: 0, line: 1, text: query };
  const writer = { window: 'w', host: 'h', pid: 1 };
  const planned = {
    kind: 'planned',
    version: 1,
    sequence: 0,
    at,
    scope,
    request: { body: JSON.stringify({ name }), headers: {}, gzip: false },
    queries: [{ name, type: 'zoql', query, source: { ...source, range: { start: 0, end: query.length } } }],
    ...plan,
    attempt: { idempotencyKey: `key-${number}`, keyMadeAt: at, mayExist: true, writer, until: at },
  };
  const done = status === 'completed';
  const batch = {
    batchId: id.replace('2c92', '2c93'),
    name,
    status,
    ...(done ? { recordCount: 1234 } : { message: 'Query timed out.' }),
    fileIds: done ? [id.replace('2c92', '2c94')] : [],
    ...(full === undefined ? {} : { full }),
    query: 0,
  };
  const answer = { kind: 'answer', sequence: 1, at: at + 4 * 60_000, answer: { id, status, name, batches: [batch] } };
  writeFileSync(path.join(folder, `${key}.jsonl`), `${JSON.stringify(planned)}\n\n${JSON.stringify(answer)}\n`);
}

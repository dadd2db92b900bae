// Two windows of one VS Code: each has an extension host of its own, and both have one journal. One polls, both show the
// job; when the window that polls is closed the other goes on. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inOrder, openWindow } from './window.mjs';
import { jobRows, quickPickRow, showJobs, takePicture } from './workbench.mjs';
import { advance, counters, requests } from './zuora.mjs';

/** So many that the job runs for as long as the test may take: 1.5 s each. */
const manyQueries = Array.from({ length: 50 }, () => 'select Id from Product;').join('\n');

describe('two windows on one journal', { timeout: 360_000 }, () => {
  let window;
  /** The pages of the two windows. */
  let first;
  let second;
  let submittedAt;
  /** The process of the extension host that polls. */
  let holder;
  const step = inOrder();

  before(async () => {
    window = await openWindow({
      files: { 'many.zoql': manyQueries },
      settings: url => ({ 'zoql.tenants': [{ name: 'Local sandbox', url }] }),
      signedIn: true,
    });
    first = window.page;
  });

  after(() => window?.close('two-windows-end'));

  step('the window that submits a job polls it', async () => {
    await submit(first);
    await jobOf(first).filter({ hasText: 'executing' }).waitFor();
    submittedAt = Date.now();
    holder = await holderOtherThan(undefined);
  });

  step('a second window shows the job, and the service sees the polls of one', async () => {
    second = await window.openPage();
    await showJobs(second);
    await jobOf(second).filter({ hasText: 'executing' }).waitFor();
    assert.equal(idIn(await jobOf(second).innerText()), idIn(await jobOf(first).innerText()));
    await until(async () => 4 <= (await polls()));
    assert.ok((await polls()) <= pollsOfOne(), `${await polls()} polls`);
    await until(() => lease()?.pid === holder);
    await takePicture(second, 'two-windows-1-both');
  });

  step('when the window that polls is closed, the other goes on and shows the end', async () => {
    const asked = await polls();
    await closePage(first);
    await until(() => !isAlive(holder));
    holder = await holderOtherThan(holder);
    await until(async () => asked < (await polls()), 70_000);
    assert.ok((await polls()) <= pollsOfOne() + 1, `${await polls()} polls`);
    await advance(window.standIn, 60);
    await jobOf(second).filter({ hasText: 'completed' }).waitFor({ timeout: 70_000 });
    await takePicture(second, 'two-windows-2-the-other');
    await until(() => leaseFiles().length === 0);
  });

  step('a job that one submits is shown by both, and its end too, where the one that polls is killed', async () => {
    first = await window.openPage();
    await showJobs(first);
    await submit(second);
    for (const page of [first, second]) await jobOf(page).filter({ hasText: 'executing' }).waitFor();
    holder = await holderOtherThan(undefined);
    process.kill(holder, 'SIGKILL');
    await holderOtherThan(holder);
    await advance(window.standIn, 60);
    for (const page of [first, second]) await jobOf(page).filter({ hasText: 'completed' }).waitFor({ timeout: 70_000 });
    await takePicture(first, 'two-windows-3-killed');
  });

  step('no lease is left when no job runs, and each submit made one job', async () => {
    await until(() => leaseFiles().length === 0);
    const { jobs, violations } = await counters(window.standIn);
    assert.equal(jobs, 2);
    assert.deepEqual(violations, []);
  });

  /** From the editor, by the key; ends when the view shows the new job. */
  async function submit(page) {
    await page.bringToFront();
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill('many.zoql');
    await quickPickRow(page, 'many.zoql').first().click();
    await page.locator('.monaco-editor[data-uri$="many.zoql"] .view-line').first().click();
    await page.keyboard.press('Control+Alt+Enter');
    await quickPickRow(page, 'Local sandbox').first().waitFor();
    await page.keyboard.press('Enter');
  }

  function jobOf(page) {
    return jobRows(page).first();
  }

  async function polls() {
    const all = await requests(window.standIn);
    return all.filter(({ method, path: where }) => method === 'GET' && /^\/v1\/batch-query\/jobs\/\w+$/.test(where))
      .length;
  }

  /**
   * How often one window in front of a person has polled the job by now, at most: 2 s and half its age from one poll to
   * the next. The service may have made the job a little before the moment that is counted from.
   */
  function pollsOfOne() {
    const seconds = (Date.now() - submittedAt) / 1000;
    let count = 1;
    for (let at = 2; at <= seconds; at += Math.min(60, 2 + at / 2)) count++;
    return count;
  }

  function leaseFiles() {
    const folder = path.join(window.dataFolder, 'data', 'User', 'globalStorage', 'zoql.zoql', 'leases');
    return existsSync(folder) ? readdirSync(folder).map(name => path.join(folder, name)) : [];
  }

  /** The process that polls, as soon as that is another one. */
  async function holderOtherThan(pid) {
    let found;
    await until(() => {
      const { released = true, pid: now } = lease() ?? {};
      found = now;
      return !released && now !== pid && isAlive(now);
    });
    return found;
  }

  /** Who polls, as the two windows tell each other; undefined while that is being written. */
  function lease() {
    const [file, ...others] = leaseFiles();
    assert.deepEqual(others, [], 'one tenant, one lease');
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  }
});

/** Closes a window as a person does: it says good-bye to its extension host. */
async function closePage(page) {
  await page.goto('about:blank');
  await page.close();
}

function idIn(text) {
  return /[0-9a-f]{32}/.exec(text)?.[0];
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds, deadlineMs = 30_000) {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'not in time');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

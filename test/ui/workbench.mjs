// Drives VS Code's workbench in a browser as a person does: keys, the mouse, and what can be seen.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const pictures = path.join(path.dirname(fileURLToPath(import.meta.url)), 'pictures');

/** Opens the workbench at `address` and waits until it can be used. */
export async function openWorkbench(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  return page;
}

/** Runs a command of the palette by its full title, e.g. "ZOQL: Submit as AQuA Job". */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  // Another command with these words and more may stand above it.
  const label = page.locator('.label-name').getByText(title, { exact: true });
  await page.locator('.quick-input-list .monaco-list-row', { has: label }).click();
}

/** The rows of the open quick pick that hold a text. */
export function quickPickRow(page, text) {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text });
}

/** Opens a file of the explorer in a tab that stays, and answers its editor. */
export async function openFile(page, name) {
  await page.getByRole('treeitem', { name }).dblclick();
  const editor = page.locator(`.monaco-editor[data-uri$="${name}"]`);
  await editor.waitFor();
  return editor;
}

/** Drags the side bar's edge to the right, by pixels. */
export async function widenSideBar(page, by) {
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  const edge = { x: sideBar.x + sideBar.width, y: sideBar.y + sideBar.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + by, edge.y, { steps: 5 });
  await page.mouse.up();
}

/** Types in the editor with the focus, as slowly as VS Code needs to follow. */
export async function typeText(page, text) {
  await page.keyboard.type(text, { delay: 20 });
}

/** The themes that pictures are taken in: what VS Code calls them, and the class that its window has then. */
const themes = {
  light: { label: 'Light Modern', shown: 'vs' },
  dark: { label: 'Dark Modern', shown: 'vs-dark' },
  'high-contrast': { label: 'Dark High Contrast', shown: 'hc-black' },
};

/** Chooses a color theme as a person does. `name` is a key of `themes`. */
export async function chooseTheme(page, name) {
  const { label, shown } = themes[name];
  await runCommand(page, 'Preferences: Color Theme');
  await page.getByPlaceholder(/Color Theme/).fill(label);
  await quickPickRow(page, label).first().click();
  await page.locator(`.monaco-workbench.${shown}`).waitFor();
  const window = page.viewportSize();
  await page.mouse.move(window.width * 0.8, window.height * 0.9); // Where it lights up nothing.
}

/** Writes a picture of the window to pictures/. */
export async function takePicture(page, name) {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/**
 * The notification with a text, in the list of all notifications.
 *
 * VS Code shows no toast for the fourth message within 0.8 seconds; the list, once it is open, shows every one. It closes
 * by itself with its last message, which can be the progress of what is waited for: then it is opened again.
 */
export async function listedNotification(page, text) {
  const list = page.locator('.notifications-center.visible');
  const item = list.locator('.notification-list-item', { hasText: text }).first();
  const deadline = Date.now() + 30_000;
  while (!(await item.isVisible()) && Date.now() < deadline) {
    if (!(await list.isVisible())) await runCommand(page, 'Notifications: Show Notifications');
    await item.waitFor({ timeout: 1_000 }).catch(() => {});
  }
  await item.waitFor();
  return item;
}

/** Shows the view "AQuA Jobs" by its icon in the activity bar. */
export async function showJobs(page) {
  await page.locator('.activitybar .action-label[aria-label^="ZOQL"]').click();
  await page.locator('.part.sidebar', { hasText: 'AQuA Jobs' }).waitFor();
}

/** The lines of jobs in the view "AQuA Jobs", below those of the tenants. */
export function jobRows(page, { name = /^Job /, ...state } = {}) {
  return page.getByRole('treeitem', { level: 2, name, ...state });
}

/** The lines of batches, below those of the jobs. */
export function batchRows(page) {
  return page.getByRole('treeitem', { level: 3, name: /^Query / });
}

/** Replaces the user settings as a person does, in the editor: this VS Code does not watch the file. */
export async function writeUserSettings(page, settings) {
  await runCommand(page, 'Preferences: Open User Settings (JSON)');
  const editor = page.locator('.monaco-editor[data-uri$="settings.json"]');
  await editor.locator('.view-line').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(JSON.stringify(settings));
  await page.keyboard.press('Control+S');
  await page.locator('.tab.dirty').waitFor({ state: 'detached' });
  // It stands in front of the window, which takes no other key meanwhile. A list of suggestions can take an Escape first.
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && 0 < (await editor.count())) {
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached', timeout: 1_000 }).catch(() => {});
  }
  await editor.waitFor({ state: 'detached' });
}

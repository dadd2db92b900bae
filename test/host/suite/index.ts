import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { dataFolder } from './files';

/**
 * What VS Code calls in its extension host: runs the suites of one window and prints their counts.
 *
 * ZOQL_SUITES names the folder of the built suites. Where that has a folder `reloaded`, the window is then reloaded, and
 * the suites of that folder run in what VS Code restores. Rejects when a test failed, which ends VS Code with exit code 1.
 */
export async function run(): Promise<void> {
  const folder = process.env['ZOQL_SUITES'];
  if (folder === undefined) throw new Error('ZOQL_SUITES does not say which suites to run');
  const afterReload = path.join(folder, 'reloaded');
  const reloaded = path.join(dataFolder(), 'reloaded');
  if (!existsSync(afterReload)) return runSuites(folder);
  if (existsSync(reloaded)) return runSuites(afterReload);

  await runSuites(folder);
  writeFileSync(reloaded, '');
  console.log('The window is reloaded.'); // code.mjs looks for this line.
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
  await new Promise(() => undefined); // This extension host ends with its window, and the new one calls again.
}

async function runSuites(folder: string): Promise<void> {
  // mocha is an ES module, and this bundle is not: VS Code loads suites as CommonJS.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false, forbidPending: true });
  const files = readdirSync(folder).filter(file => file.endsWith('.test.cjs'));
  // By their numbers: 10 comes after 9.
  files.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  for (const file of files) mocha.addFile(path.join(folder, file));
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run(failures => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
    runner.on('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  });
}

import * as vscode from 'vscode';
import { until } from './until';

/** Presses Enter on the confirmation of the submits that `run` starts, until all of them have ended. */
export async function confirmUntilEnd(...running: readonly Thenable<unknown>[]): Promise<void> {
  let left = running.length;
  const ended = Promise.all(running.map(async each => each.then(() => left--)));
  await Promise.all([ended, pressEnterUntil(() => left === 0)]);
}

/**
 * Presses Enter on what asks for it, again and again: no API tells whether a list is open, and where none is open Enter
 * does nothing here.
 */
export async function pressEnterUntil(done: () => boolean | Thenable<boolean>): Promise<void> {
  await until(
    async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return done();
    },
    Boolean,
    { what: 'an end of what was confirmed' },
  );
}

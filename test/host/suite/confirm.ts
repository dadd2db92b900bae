import * as vscode from 'vscode';
import { until } from './until';

/**
 * Runs ZOQL: Submit as AQuA Job and presses Enter on its confirmation.
 *
 * No API tells whether a list is open, so Enter is pressed until the command has gone on; elsewhere it does nothing.
 */
export async function submitAndConfirm(goneOn: () => Thenable<boolean>): Promise<void> {
  const submitted = vscode.commands.executeCommand('zoql.submit');
  await until(
    async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return goneOn();
    },
    Boolean,
    { what: 'the submit' },
  );
  void submitted; // Ends when its last message is closed, which no test waits for.
}

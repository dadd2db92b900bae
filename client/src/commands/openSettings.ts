import * as vscode from 'vscode';
import type { App } from '../app';

/** ZOQL: Open Settings. Those of this extension only. */
export async function run({ context }: App): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`);
}

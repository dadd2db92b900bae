// The extension where Node runs it: desktop, remote and container windows.
import type * as vscode from 'vscode';
import { start, type Extension } from './extension';

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  extension = start(context);
}

export function deactivate(): Promise<void> | undefined {
  return extension?.stop();
}

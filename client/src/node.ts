// The extension where Node runs it: desktop, remote and container windows.
import type * as vscode from 'vscode';
import { start, type Extension } from './extension';

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): Extension['exports'] {
  extension = start(context);
  return extension.exports;
}

export function deactivate(): Promise<void> | undefined {
  return extension?.stop();
}

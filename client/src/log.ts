import * as vscode from 'vscode';

/** The output channel "ZOQL". VS Code keeps its level, shows it, and writes it to the window's log folder. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('ZOQL', { log: true });
}

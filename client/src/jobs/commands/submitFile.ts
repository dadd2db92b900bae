import * as vscode from 'vscode';
import type { App } from '../../app';
import { submitFrom } from '../submission';

/** ZOQL: Submit File. The queries of one file become one job: the file that a code lens names, else the active one. */
export async function run(app: App, given?: unknown): Promise<void> {
  const uri = typeof given === 'string' ? vscode.Uri.parse(given, true) : vscode.window.activeTextEditor?.document.uri;
  if (!uri) return void vscode.window.showInformationMessage('No file is open in the editor.');
  await submitFrom(app, { kind: 'files', uris: [uri] });
}

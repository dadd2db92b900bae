import * as vscode from 'vscode';
import type { App } from '../app';

/** Shows README's table of problems: what the code of a diagnostic leads to. */
export async function run({ context }: App): Promise<void> {
  for (const name of ['README.md', 'readme.md']) {
    const uri = vscode.Uri.joinPath(context.extensionUri, name);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      continue; // The packed extension has the file in small letters.
    }
    await vscode.commands.executeCommand('markdown.showPreview', uri.with({ fragment: 'problems' }));
    return;
  }
}

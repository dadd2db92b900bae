import * as vscode from 'vscode';

/** False in Restricted Mode, after saying so: what would have been done, and how to allow it. */
export function isTrusted(purpose: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  void vscode.window
    .showWarningMessage(`This workspace is not trusted, so ZOQL does not ${purpose}. Nothing was sent.`, manage)
    .then(choice => choice === manage && vscode.commands.executeCommand('workbench.trust.manage'));
  return false;
}

import * as vscode from 'vscode';
import { networkSettings } from './tenants/diagnosis/proxy';

/**
 * Settings of VS Code that decide which way requests go and whether certificates are checked, and that this workspace
 * sets. VS Code takes them from the person only; older versions, such as 1.100, take them from a trusted workspace too,
 * which could so lead a request with its credentials elsewhere.
 */
export function networkSettingsOfWorkspace(): readonly string[] {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return networkSettings.filter(name =>
    scopes.some(scope => {
      const found = vscode.workspace.getConfiguration(undefined, scope).inspect(name);
      return found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
    }),
  );
}

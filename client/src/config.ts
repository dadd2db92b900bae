import * as vscode from 'vscode';
import type { ProductionGuard } from './jobs/production';
import { networkSettings } from './tenants/diagnosis/proxy';
import { requestSettings, type RequestSetting, type RequestSettings } from './jobs/settings';
import type { ServerSettings } from '../../server/src/protocol';
import { defaultSettings, parseSettings } from '../../server/src/settings';

/** Settings that no workspace may write, not even where VS Code would merge its value into the person's own. */
export const ownersOnly: ReadonlySet<string> = new Set(['zoql.request.extraHeaders']);

/** What a request is made from, as it stands in the settings now. Values are checked where the request is made. */
export function readRequestSettings(): RequestSettings {
  const settings = vscode.workspace.getConfiguration();
  return Object.fromEntries(
    requestSettings.map(name => [name, ownersOnly.has(name) ? ownersValue(settings, name) : settings.get(name)]),
  );
}

/** Those of them whose value comes with the workspace or one of its folders. */
export function requestSettingsOfWorkspace(): ReadonlySet<RequestSetting> {
  const settings = vscode.workspace.getConfiguration();
  return new Set(requestSettings.filter(name => !ownersOnly.has(name) && comesWithWorkspace(settings, name)));
}

/**
 * Settings of VS Code that decide which way requests go and whether certificates are checked, and that this workspace
 * sets. VS Code takes them from the person only; older versions, such as 1.100, take them from a trusted workspace too,
 * which could so lead a request with its credentials elsewhere.
 */
export function networkSettingsOfWorkspace(): readonly string[] {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  const all = scopes.map(scope => vscode.workspace.getConfiguration(undefined, scope));
  return networkSettings.filter(name => all.some(settings => comesWithWorkspace(settings, name)));
}

/**
 * Writes a setting of a request: to the workspace, or to a person's own settings where no folder is open or no workspace
 * may write it. Undefined makes it unset, even where the person's own settings have a value.
 */
export async function writeRequestSetting(name: RequestSetting, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const isOwn = ownersOnly.has(name) || vscode.workspace.workspaceFolders === undefined;
  const target = isOwn ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  const found = settings.inspect<unknown>(name);
  const shadows = value === undefined && !isOwn && found?.globalValue !== undefined;
  await settings.update(name, shadows ? found.defaultValue : value, target);
}

/** How a submit to production is guarded. No workspace may loosen it. */
export function readProductionGuard(): ProductionGuard {
  const found = vscode.workspace.getConfiguration('zoql').inspect<unknown>('productionGuard');
  const value = found?.globalValue ?? found?.defaultValue;
  return value === 'typeName' || value === 'off' ? value : 'ask';
}

/** The person's own zoql.tenants, as it stands there. */
export function readTenants(): unknown {
  return vscode.workspace.getConfiguration('zoql').inspect<unknown>('tenants')?.globalValue;
}

export async function writeTenants(value: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration('zoql').update('tenants', value, vscode.ConfigurationTarget.Global);
}

/** What the language server starts with; later it asks for itself. */
export function readServerSettings(): ServerSettings {
  return parseSettings(vscode.workspace.getConfiguration('zoql'), defaultSettings);
}

function comesWithWorkspace(settings: vscode.WorkspaceConfiguration, name: string): boolean {
  const found = settings.inspect<unknown>(name);
  return found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
}

function ownersValue(settings: vscode.WorkspaceConfiguration, name: string): unknown {
  const found = settings.inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}

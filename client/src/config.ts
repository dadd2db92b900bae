import * as vscode from 'vscode';
import { requestSettings, type RequestSettings } from './jobs/settings';
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

/** What the language server starts with; later it asks for itself. */
export function readServerSettings(): ServerSettings {
  return parseSettings(vscode.workspace.getConfiguration('zoql'), defaultSettings);
}

function ownersValue(settings: vscode.WorkspaceConfiguration, name: string): unknown {
  const found = settings.inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}

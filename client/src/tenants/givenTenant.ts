// Which tenant a command is for.
import * as vscode from 'vscode';
import type { App } from '../app';
import { activeFirst, hostOf, markedName, placeInWords, teamFileName, type TenantProfile } from './profiles';

/**
 * The tenant of a line of the tree, the only one, or the one that a person picks; undefined after saying that there is
 * none, or when they turned away.
 */
export async function givenTenant(app: App, given: unknown, placeHolder: string): Promise<TenantProfile | undefined> {
  const { tenants } = await app.parts();
  if (isTenantNode(given)) {
    const profile = tenants.find(given);
    if (!profile) {
      void vscode.window.showInformationMessage(
        `${given.tenant} (${hostOf(given.origin)}) is no longer in zoql.tenants. Its jobs stay in the list.`,
      );
    }
    return profile;
  }
  const [only, ...more] = tenants.all();
  if (!only) {
    void vscode.window.showInformationMessage('There is no tenant yet. ZOQL: Add Tenant adds one.');
    return undefined;
  }
  return more.length === 0 ? only : pickProfile(app, placeHolder);
}

/** Asks for one of the tenants, the active one first; undefined when the person turned away. */
export async function pickProfile(app: App, placeHolder: string): Promise<TenantProfile | undefined> {
  const { tenants } = await app.parts();
  const active = tenants.active();
  const items = activeFirst(tenants).map(profile => ({
    label: markedName(profile),
    description: [hostOf(profile.origin), placeInWords(profile), profile === active && 'active']
      .filter(Boolean)
      .join(' · '),
    profile,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.profile;
}

/** False after saying so: only what stands in a person's own settings is changed from here. */
export function changeable({ name, source }: TenantProfile): boolean {
  switch (source) {
    case 'settings':
      return true;
    case 'file': {
      const open = `Open ${teamFileName}`;
      void vscode.window
        .showInformationMessage(`${name} comes from ${teamFileName} of this workspace, and is changed there.`, open)
        .then(choice => (choice === open ? openTeamFile() : undefined));
      return false;
    }
    case 'environment':
      void vscode.window.showInformationMessage(
        `${name} comes from the environment variable ZOQL_URL. To change it, start the editor with another value.`,
      );
      return false;
  }
}

async function openTeamFile(): Promise<void> {
  const [file] = await vscode.workspace.findFiles(teamFileName, undefined, 1);
  if (file) await vscode.window.showTextDocument(file);
}

function isTenantNode(value: unknown): value is { readonly tenant: string; readonly origin: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tenant';
}

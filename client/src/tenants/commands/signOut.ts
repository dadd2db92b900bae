import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf } from '../profiles';
import { pickTenant } from './selectTenant';

/**
 * ZOQL: Sign Out. Removes the active tenant's secret, and with it the tokens of every window. Jobs stay in the list. It
 * works in Restricted Mode too, because it sends nothing.
 */
export async function run(app: App, named?: unknown): Promise<void> {
  const { tenants } = await app.parts();
  const profile = tenants.all().find(({ name }) => name === named) ?? tenants.active() ?? (await pickTenant(tenants));
  if (!profile) return;
  const who = `${profile.name} (${hostOf(profile.origin)})`;
  const state = await tenants.state(profile);
  if (state === 'environment') {
    void vscode.window.showInformationMessage(
      `${who} is signed in by environment variables. To sign out, start the editor without ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET.`,
    );
    return;
  }
  if (state === 'signed-out') {
    void vscode.window.showInformationMessage(`You are not signed in to ${who}.`);
    return;
  }
  const done = await tenants.signOut(profile);
  if (done.ok) {
    void vscode.window.showInformationMessage(`Signed out of ${who}. Its jobs stay in the list.`);
  } else {
    void vscode.window.showErrorMessage(
      `This window is signed out of ${who}, but ${done.failure.kind === 'storage' ? done.failure.message : 'the secret is still stored'}. Try again after unlocking it.`,
    );
  }
}

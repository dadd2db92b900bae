import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf } from '../profiles';
import { signedInTenants, type SignedInTenant } from '../secretOwners';
import type { Tenants } from '../tenants';

/**
 * ZOQL: Sign Out. Removes a tenant's secrets, those for its former addresses too, and with them the tokens of every
 * window. Jobs stay in the list. It works in Restricted Mode as well, because it sends nothing.
 */
export async function run(app: App): Promise<void> {
  const { tenants } = await app.parts();
  const signedIn = signedInTenants(await tenants.secretOwners(), tenants.all(), tenants.active());
  if (signedIn.length === 0) return sayNoSecret(tenants);
  const chosen = await choose(signedIn, tenants);
  if (!chosen) return;

  const who = `${chosen.tenant} (${chosen.hosts.join(', ')})`;
  const done = await tenants.signOut(chosen.tenant);
  if (done.ok) {
    void vscode.window.showInformationMessage(`Signed out of ${who}. Its jobs stay in the list.`);
  } else {
    void vscode.window.showErrorMessage(
      `This window is signed out of ${who}, but ${done.failure.kind === 'storage' ? done.failure.message : 'a secret is still stored'}. Try again after unlocking it.`,
    );
  }
}

/** Nobody is asked where only the active tenant comes into question. */
async function choose(signedIn: readonly SignedInTenant[], tenants: Tenants): Promise<SignedInTenant | undefined> {
  const [only, ...more] = signedIn;
  const active = tenants.active();
  if (only && more.length === 0 && (!active || active.name === only.tenant)) return only;
  const items = signedIn.map(each => ({ label: each.tenant, description: each.description, each }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'ZOQL: Sign Out',
    placeHolder: 'The tenant whose client id and secret are removed from this computer',
    matchOnDescription: true,
  });
  return picked?.each;
}

async function sayNoSecret(tenants: Tenants): Promise<void> {
  const active = tenants.active();
  const who = active ? `${active.name} (${hostOf(active.origin)})` : 'any tenant';
  const byEnvironment = active && (await tenants.state(active)) === 'environment';
  void vscode.window.showInformationMessage(
    byEnvironment
      ? `${who} is signed in by environment variables. To sign out, start the editor without ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET.`
      : `You are not signed in to ${who}.`,
  );
}

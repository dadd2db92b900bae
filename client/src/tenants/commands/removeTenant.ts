import * as vscode from 'vscode';
import type { App } from '../../app';
import { changeEntries } from '../changeEntries';
import { withoutEntry } from '../entries';
import { changeable, givenTenant } from '../givenTenant';
import { hostOf, teamFileName, type TenantProfile } from '../profiles';

/**
 * ZOQL: Remove Tenant. Takes the entry out of the person's settings, or the approval from a tenant of the team's file, and
 * signs out of it. Jobs stay in the list.
 */
export async function run(app: App, given?: unknown): Promise<void> {
  const profile = await givenTenant(app, given, 'The tenant to remove');
  if (!profile || (profile.source !== 'file' && !changeable(profile))) return;
  const { tenants } = await app.parts();
  if (!(await agreed(profile))) return;
  const signedOut = await tenants.signOut(profile.name);
  if (profile.source === 'file') await tenants.withdraw(profile);
  else await changeEntries(tenants, setting => withoutEntry(setting, profile.name));
  const who = `${profile.name} (${hostOf(profile.origin)})`;
  if (signedOut.ok) void vscode.window.showInformationMessage(`${who} was removed. Its jobs stay in the list.`);
  else {
    void vscode.window.showWarningMessage(
      `${who} was removed, but its secret is still stored: the secret storage could not be written. ZOQL: Sign Out removes it later.`,
    );
  }
}

async function agreed({ name, origin, source }: TenantProfile): Promise<boolean> {
  const remove = 'Remove';
  const what =
    source === 'file'
      ? `Its entry in ${teamFileName} stays; this computer no longer uses it.`
      : 'Its entry is taken out of your settings.';
  const choice = await vscode.window.showWarningMessage(
    `Remove the tenant ${name} (${hostOf(origin)})?`,
    { modal: true, detail: `${what} You are signed out of it. Its jobs stay in the list, and in Zuora.` },
    remove,
  );
  return choice === remove;
}

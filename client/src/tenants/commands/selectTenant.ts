import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf, kindInWords, markedName, teamFileName, type TenantProfile } from '../profiles';
import { proposalInWords } from '../teamFile';
import type { SignInState, Tenants } from '../tenants';

/** ZOQL: Select Tenant. The choice is this workspace's, and kept where no file of the workspace can change it. */
export async function run(app: App): Promise<void> {
  const { tenants } = await app.parts();
  await pickTenant(tenants);
}

interface Item extends vscode.QuickPickItem {
  readonly profile?: TenantProfile;
  readonly isProposed?: true;
}

/** Shows the tenants and makes the picked one active; undefined when none was picked. */
export async function pickTenant(tenants: Tenants): Promise<TenantProfile | undefined> {
  const active = tenants.active();
  const profiles = tenants.all();
  const states = await Promise.all(profiles.map(profile => tenants.state(profile)));
  const items: Item[] = profiles.map((profile, index) => {
    const facts = [hostOf(profile.origin), kindInWords[profile.kind], stateWords[states[index] ?? 'signed-out']];
    return {
      label: markedName(profile),
      description: [...facts, profile.readOnly && 'read-only', profile === active && 'active']
        .filter(Boolean)
        .join(' · '),
      ...(profile.dataCenter === undefined ? {} : { detail: profile.dataCenter }),
      profile,
    };
  });
  for (const profile of vscode.workspace.isTrusted ? tenants.proposed() : []) {
    const facts = [hostOf(profile.origin), kindInWords[profile.kind], `proposed by ${teamFileName}`];
    items.push({ label: markedName(profile), description: facts.join(' · '), profile, isProposed: true });
  }
  for (const problem of tenants.problems()) items.push({ label: '$(warning) Left out', detail: problem });
  items.push(
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: addLabel, description: 'Asks for a name and an address' },
  );

  const picked = await vscode.window.showQuickPick(items, {
    title: 'ZOQL: Select Tenant',
    placeHolder: profiles.length === 0 ? 'There is no tenant yet' : 'The tenant that jobs of this workspace go to',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  if (picked.label === addLabel) {
    const name = await vscode.commands.executeCommand<string | undefined>('zoql.addTenant');
    return tenants.all().find(profile => profile.name === name);
  }
  if (!picked.profile) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'zoql.tenants');
    return undefined;
  }
  if (picked.isProposed && !(await approved(tenants, picked.profile))) return undefined;
  await tenants.select(picked.profile.name);
  return picked.profile;
}

const addLabel = '$(add) Add Tenant…';

/** A tenant that a workspace names is used only after a person has seen where it is. */
async function approved(tenants: Tenants, profile: TenantProfile): Promise<boolean> {
  const use = 'Use This Tenant';
  const choice = await vscode.window.showWarningMessage(
    `Use the tenant ${markedName(profile)} of ${teamFileName}?`,
    { modal: true, detail: proposalInWords(profile) },
    use,
  );
  if (choice !== use) return false;
  await tenants.approve(profile);
  return true;
}

const stateWords: Readonly<Record<SignInState, string>> = {
  'signed-in': 'signed in',
  session: 'signed in for this session',
  'signed-out': 'signed out',
  environment: 'signed in by the environment',
  unavailable: 'secret storage unavailable',
};

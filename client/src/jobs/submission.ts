// The way of a submit: collect, plan, confirm, send. The commands say what it takes.
import * as vscode from 'vscode';
import type { App } from '../app';
import { hostOf, markedName, placeInWords, type TenantProfile } from '../tenants/profiles';
import { isTrusted } from '../tenants/commands/trust';
import { agreedToProduction } from './agreedToProduction';
import type { ConfirmedTenant } from './confirmation';
import { createPlanner, type SubmitSource } from './planner';
import { focusPreflight, preflight, type PreflightOptions } from './preflight';
import { agreedToSecond } from './second';
import { sendParts, sendWithProgress } from './send';

/** Set while one submit is between the key press and its answer. */
let underWay = false;

/**
 * Lets a person make one job at a time. Called again while the list of the first waits, it gives that the focus, since
 * VS Code has no key for that.
 */
export async function oneAtATime(submit: () => Promise<void>): Promise<void> {
  if (underWay) {
    if (await focusPreflight()) return;
    void vscode.window.showInformationMessage('A submit is under way. Confirm, finish or cancel it first.');
    return;
  }
  underWay = true;
  try {
    await submit();
  } finally {
    underWay = false;
  }
}

/** Makes one job of a source, or several, once a person has confirmed what goes out. */
export async function submitFrom(app: App, source: SubmitSource): Promise<void> {
  await oneAtATime(async () => {
    if (!isTrusted('submit jobs')) return;
    const tenant = await signedInTenant(app);
    if (!tenant) return;
    const planner = createPlanner(app, source, confirmedTenant(tenant));
    await confirmAndSend(app, planner);
  });
}

/** Shows the preflight and sends what is confirmed there. */
export async function confirmAndSend(app: App, options: PreflightOptions): Promise<void> {
  const shownAt = Date.now();
  const plans = await preflight(options);
  const [first] = plans ?? [];
  if (!plans || !first) return;
  const parts = await app.parts();
  await parts.resume();
  if (!(await agreedToProduction(app, plans))) return;
  for (const plan of plans) if (!(await agreedToSecond(app, plan, shownAt))) return;
  const { tenant, origin } = first.scope;
  const count = plans.reduce((sum, { queries }) => sum + queries.length, 0);
  const queries = count === 1 ? '1 query' : `${count} queries`;
  const title = `Submitting ${queries} to ${tenant} (${hostOf(origin)})`;
  if (1 < plans.length) await sendParts(app, title, plans);
  else await sendWithProgress(app, title, options => parts.submitter.submit(first, options));
}

/** Where a job goes, as the preflight says it. */
export function confirmedTenant({ profile, fromEnvironment }: SignedIn): ConfirmedTenant {
  return {
    name: profile.name,
    marked: markedName(profile),
    origin: profile.origin,
    kind: placeInWords(profile),
    ...(profile.entityIds !== undefined && { entityIds: profile.entityIds }),
    ...(profile.orgIds !== undefined && { orgIds: profile.orgIds }),
    ...(fromEnvironment ? { credentials: 'Signed in by ZOQL_URL, ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET' } : {}),
  };
}

export interface SignedIn {
  readonly profile: TenantProfile;
  readonly fromEnvironment: boolean;
}

/** The active tenant, after asking for what is missing: which one, or its credentials. */
async function signedInTenant(app: App): Promise<SignedIn | undefined> {
  const profile = await activeTenant(app);
  return profile && signedIn(app, profile);
}

export async function activeTenant(app: App): Promise<TenantProfile | undefined> {
  const { tenants } = await app.parts();
  if (!tenants.active()) await vscode.commands.executeCommand('zoql.selectTenant');
  return tenants.active();
}

/** The tenant, after asking for its credentials where they are missing; undefined after saying why nothing can go to it. */
export async function signedIn(app: App, profile: TenantProfile): Promise<SignedIn | undefined> {
  if (isReadOnly(profile)) return undefined;
  const { tenants } = await app.parts();
  const state = await tenants.state(profile);
  switch (state) {
    case 'environment':
    case 'session':
    case 'signed-in':
      return { profile, fromEnvironment: state === 'environment' };
    case 'signed-out': {
      const done = await vscode.commands.executeCommand<boolean>('zoql.signIn', profile.name);
      return done ? { profile, fromEnvironment: false } : undefined;
    }
    case 'unavailable':
      void vscode.window.showErrorMessage(
        `The secret storage cannot be read, so there are no credentials for ${profile.name}. Nothing was sent. Unlock your keyring and try again.`,
      );
      return undefined;
  }
}

/** True after saying so: to a read-only tenant goes nothing that makes a job. */
export function isReadOnly({ name, origin, readOnly = false }: TenantProfile): boolean {
  if (!readOnly) return false;
  const selectTenant = 'Select Tenant';
  void vscode.window
    .showWarningMessage(
      `${name} (${hostOf(origin)}) is read-only in zoql.tenants. Nothing was sent. Select another tenant, or take readOnly out of the setting.`,
      selectTenant,
    )
    .then(choice => choice === selectTenant && vscode.commands.executeCommand('zoql.selectTenant'));
  return true;
}

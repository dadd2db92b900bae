import * as vscode from 'vscode';
import type { App } from '../../app';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { requestToken, type Credentials } from '../../zuora/auth';
import type { Transport } from '../../zuora/transport';
import type { Failure } from '../../zuora/outcome';
import { hostOf, type TenantProfile } from '../profiles';
import type { Tenants } from '../tenants';
import { pickTenant } from './selectTenant';
import { isTrusted } from './trust';

/**
 * ZOQL: Sign In. Asks for client id and secret, has the service check them, and stores them for the active tenant. Those
 * of the environment are checked only. An argument names another tenant. Resolves to true when signed in.
 */
export async function run(app: App, named?: unknown): Promise<boolean> {
  if (!isTrusted('sign in')) return false;
  const { tenants, transport } = await app.parts();
  const profile = tenants.all().find(({ name }) => name === named) ?? tenants.active() ?? (await pickTenant(tenants));
  if (!profile) return false;
  if ((await tenants.state(profile)) === 'environment') return checkEnvironment(tenants, transport, profile);

  let clientId = '';
  for (;;) {
    const credentials = await askForCredentials(profile, clientId);
    if (!credentials) return false;
    clientId = credentials.clientId;
    const failure = await check(transport, profile, credentials);
    const decision = failure ? await askAfter(failure, profile) : 'keep';
    if (decision === 'stop') return false;
    if (decision === 'keep') return keep(tenants, profile, credentials);
  }
}

/** What the environment brings cannot be asked for; a success ends what earlier refusals of it have stopped. */
async function checkEnvironment(tenants: Tenants, transport: Transport, profile: TenantProfile): Promise<boolean> {
  const credentials = await tenants.credentialsFor({ tenant: profile.name, origin: profile.origin });
  const failure = credentials.ok ? await check(transport, profile, credentials.value) : credentials.failure;
  if (failure?.kind === 'canceled') return false;
  if (failure) {
    const message = sentence(failure, { action: 'sign-in', tenant: profile.name, origin: profile.origin });
    void vscode.window.showErrorMessage(
      `${message} The client id and secret come from the environment variables ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET.`,
    );
    return false;
  }
  tenants.renew(profile);
  void vscode.window.showInformationMessage(
    `${profile.name} (${hostOf(profile.origin)}) accepts the client id and secret of the environment variables ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET.`,
  );
  return true;
}

/** Undefined when the person turned away. `clientId` is offered again after a first failed try; the secret never is. */
async function askForCredentials(profile: TenantProfile, clientId: string): Promise<Credentials | undefined> {
  const title = `Sign in to ${profile.name} (${hostOf(profile.origin)})`;
  const id = await vscode.window.showInputBox({
    title: `${title}, 1 of 2`,
    prompt: 'Client id of an OAuth client: in Zuora, Settings › Administration › Manage Users › a user › OAuth Clients',
    value: clientId,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? 'The client id is needed.' : undefined),
  });
  if (id === undefined) return undefined;
  const secret = await vscode.window.showInputBox({
    title: `${title}, 2 of 2`,
    prompt: "Client secret. It is kept in the editor's secret storage, for this tenant and host only.",
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? 'The client secret is needed.' : undefined),
  });
  return secret === undefined ? undefined : { clientId: id.trim(), clientSecret: secret.trim() };
}

/** Asks the service for a token, which is thrown away: only whether it gives one counts. */
async function check(
  transport: Transport,
  profile: TenantProfile,
  credentials: Credentials,
): Promise<Failure | undefined> {
  const outcome = await withProgress(`Signing in to ${profile.name} (${hostOf(profile.origin)})`, signal =>
    requestToken(transport, { origin: profile.origin }, credentials, signal),
  );
  return outcome.ok ? undefined : outcome.failure;
}

async function askAfter(failure: Failure, profile: TenantProfile): Promise<'again' | 'keep' | 'stop'> {
  if (failure.kind === 'canceled') return 'stop';
  const message = sentence(failure, { action: 'sign-in', tenant: profile.name, origin: profile.origin });
  const choice = saysNothingOfTheCredentials(failure)
    ? await vscode.window.showWarningMessage(message, 'Try Again', 'Keep Anyway')
    : await vscode.window.showErrorMessage(message, 'Try Again');
  if (choice === 'Try Again') return 'again';
  return choice === 'Keep Anyway' ? 'keep' : 'stop';
}

/** Whether the service could not be asked, so that the credentials may well be right. */
function saysNothingOfTheCredentials(failure: Failure): boolean {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'throttled':
    case 'unavailable':
    case 'malformed':
      return true;
    case 'canceled':
    case 'unauthorized':
    case 'in-progress':
    case 'rejected':
    case 'redirected':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return false;
  }
}

async function keep(tenants: Tenants, profile: TenantProfile, credentials: Credentials): Promise<boolean> {
  const stored = await tenants.signIn(profile, credentials);
  if (!stored.ok) {
    const context = { action: 'sign-in', tenant: profile.name, origin: profile.origin } as const;
    void vscode.window.showErrorMessage(sentence(stored.failure, context));
    return false;
  }
  if (!tenants.active()) await tenants.select(profile.name);
  void vscode.window.showInformationMessage(`Signed in to ${profile.name} (${hostOf(profile.origin)}).`);
  return true;
}

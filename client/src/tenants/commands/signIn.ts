import * as vscode from 'vscode';
import type { App } from '../../app';
import { readRequestSettings } from '../../config';
import { withProgress } from '../../progress';
import { credentialsInWords, sentence, type FailureContext } from '../../words';
import { checkCredentials, isApiAccessKey, type Credentials } from '../../zuora/auth';
import type { Transport } from '../../zuora/transport';
import type { Failure } from '../../zuora/outcome';
import { dataCenters } from '../../zuora/environments';
import { changeEntries } from '../changeEntries';
import { withChange } from '../entries';
import { scopeOf } from '../metadata/activeScope';
import { tryDataCenters, triedInWords } from '../otherDataCenters';
import { hostOf, isForeign, type TenantProfile } from '../profiles';
import type { Keeping, Tenants } from '../tenants';
import { pickTenant } from './selectTenant';
import { isTrusted } from './trust';

/**
 * ZOQL: Sign In. Asks for client id and secret (or an API access key, where the tenant's entry says so), has the service
 * check them, and keeps them for the active tenant: stored, or in this window's memory. Those of the environment are
 * checked only. An argument names another tenant. Resolves to true when signed in.
 */
export async function run(app: App, named?: unknown): Promise<boolean> {
  if (!isTrusted('sign in')) return false;
  const { tenants, transport } = await app.parts();
  const profile = tenants.all().find(({ name }) => name === named) ?? tenants.active() ?? (await pickTenant(tenants));
  if (!profile) return false;
  if ((await tenants.state(profile)) === 'environment') return checkEnvironment(tenants, transport, profile);
  if (!(await agreedToHost(tenants, profile))) return false;

  let id = '';
  for (;;) {
    const credentials = await askForCredentials(profile, id);
    if (!credentials) return false;
    id = isApiAccessKey(credentials) ? credentials.apiAccessKeyId : credentials.clientId;
    const failure = await check(transport, profile, credentials);
    const decision = failure ? await askAfter(failure, profile) : 'keep';
    if (decision === 'stop') return false;
    if (decision === 'keep') return keep(tenants, profile, credentials);
    if (decision === 'elsewhere') {
      const moved = await tryOthers(app, profile, credentials);
      return moved !== undefined && keep(tenants, moved, credentials);
    }
  }
}

/** A host that is none of Zuora's gets credentials only after a person has said so, once. */
async function agreedToHost(tenants: Tenants, { name, origin }: TenantProfile): Promise<boolean> {
  if (!isForeign(origin) || tenants.hosts.isKnownHost(origin)) return true;
  const goOn = 'Continue';
  const choice = await vscode.window.showWarningMessage(
    `Sign in to ${name} at ${hostOf(origin)}?`,
    {
      modal: true,
      detail:
        'This host is none of Zuora’s data centers. What you sign in with is sent to it. Continue only if you know it, such as a proxy of your company or an older Zuora host.',
    },
    goOn,
  );
  if (choice === goOn) await tenants.hosts.addHost(origin);
  return choice === goOn;
}

/** What the environment brings cannot be asked for; a success ends what earlier refusals of it have stopped. */
async function checkEnvironment(tenants: Tenants, transport: Transport, profile: TenantProfile): Promise<boolean> {
  const credentials = await tenants.credentialsFor({ tenant: profile.name, origin: profile.origin });
  const failure = credentials.ok ? await check(transport, profile, credentials.value) : credentials.failure;
  if (failure?.kind === 'canceled') return false;
  if (failure) {
    const message = sentence(failure, contextOf(profile));
    void offerDiagnosis(
      profile,
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

interface Prompts {
  readonly id: string;
  readonly idMissing: string;
  readonly secret: string;
  readonly secretMissing: string;
}

const clientPrompts: Prompts = {
  id: 'Client id of an OAuth client: in Zuora, Settings › Administration › Manage Users › a user › OAuth Clients',
  idMissing: 'The client id is needed.',
  secret: 'Client secret. It goes to this host only; next you choose where it is kept.',
  secretMissing: 'The client secret is needed.',
};

const keyPrompts: Prompts = {
  id: 'API access key ID: the name of a Zuora user who may use the API. An OAuth client is safer, where the tenant has one.',
  idMissing: 'The API access key ID is needed.',
  secret:
    'API secret access key: the password of that user. It goes to this host only; next you choose where it is kept.',
  secretMissing: 'The API secret access key is needed.',
};

/** Undefined when the person turned away. `known` is offered again after a first failed try; the secret never is. */
async function askForCredentials(profile: TenantProfile, known: string): Promise<Credentials | undefined> {
  const title = `Sign in to ${profile.name} (${hostOf(profile.origin)})`;
  const isKey = profile.signIn === 'apiAccessKey';
  const prompts = isKey ? keyPrompts : clientPrompts;
  const id = await vscode.window.showInputBox({
    title: `${title}, 1 of 2`,
    prompt: prompts.id,
    value: known,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? prompts.idMissing : undefined),
  });
  if (id === undefined) return undefined;
  const secret = await vscode.window.showInputBox({
    title: `${title}, 2 of 2`,
    prompt: prompts.secret,
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? prompts.secretMissing : undefined),
  });
  if (secret === undefined) return undefined;
  return isKey
    ? { apiAccessKeyId: id.trim(), apiSecretAccessKey: secret.trim() }
    : { clientId: id.trim(), clientSecret: secret.trim() };
}

/** Asks the service whether it takes them; what it gives for them is thrown away. */
async function check(
  transport: Transport,
  profile: TenantProfile,
  credentials: Credentials,
): Promise<Failure | undefined> {
  const scope = scopeOf(profile, readRequestSettings());
  const outcome = await withProgress(`Signing in to ${profile.name} (${hostOf(profile.origin)})`, signal =>
    checkCredentials(transport, scope, credentials, signal),
  );
  return outcome.ok ? undefined : outcome.failure;
}

async function offerDiagnosis(profile: TenantProfile, message: string): Promise<void> {
  const choice = await vscode.window.showErrorMessage(message, diagnoseConnection);
  if (choice === diagnoseConnection) await vscode.commands.executeCommand('zoql.diagnoseConnection', profile.name);
}

const again = 'Try Again';
const keepAnyway = 'Keep Anyway';
const otherDataCenters = 'Try Other Data Centers';
const diagnoseConnection = 'Diagnose Connection';

async function askAfter(failure: Failure, profile: TenantProfile): Promise<'again' | 'keep' | 'elsewhere' | 'stop'> {
  if (failure.kind === 'canceled') return 'stop';
  const message = sentence(failure, contextOf(profile));
  // Wrong credentials and the wrong data center look the same. An address of one's own has no others.
  const mayBeElsewhere = failure.kind === 'unauthorized' && profile.dataCenter !== undefined;
  const choice = saysNothingOfTheCredentials(failure)
    ? await vscode.window.showWarningMessage(message, again, keepAnyway, diagnoseConnection)
    : await vscode.window.showErrorMessage(
        message,
        again,
        ...(mayBeElsewhere ? [otherDataCenters] : []),
        diagnoseConnection,
      );
  switch (choice) {
    case again:
      return 'again';
    case keepAnyway:
      return 'keep';
    case otherDataCenters:
      return 'elsewhere';
    case diagnoseConnection:
      await vscode.commands.executeCommand('zoql.diagnoseConnection', profile.name);
      return 'stop';
    default:
      return 'stop';
  }
}

/** Where another data center takes them, the tenant as it is once a person has had it moved there. */
async function tryOthers(
  app: App,
  profile: TenantProfile,
  credentials: Credentials,
): Promise<TenantProfile | undefined> {
  const { tenants, transport } = await app.parts();
  const others = dataCenters.filter(({ origin }) => origin !== profile.origin);
  const tried = await withProgress('Trying other data centers', (signal, report) =>
    tryDataCenters({ transport, dataCenters: others, credentials, signal, report }),
  );
  const { name, source } = profile;
  const message = triedInWords(tried, profile);
  const { accepts } = tried;
  if (!accepts || source !== 'settings') {
    void vscode.window.showWarningMessage(message);
    return undefined;
  }
  const change = 'Change Data Center';
  if ((await vscode.window.showInformationMessage(message, change)) !== change) return undefined;
  await changeEntries(tenants, setting => withChange(setting, name, { url: undefined, dataCenter: accepts.name }));
  return tenants.find({ tenant: name, origin: accepts.origin });
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

/** Keeps them where the person says; nothing, where they turn away. */
async function keep(tenants: Tenants, profile: TenantProfile, credentials: Credentials): Promise<boolean> {
  const keeping = await askForKeeping(profile);
  if (!keeping) return false;
  const stored = await tenants.signIn(profile, credentials, keeping);
  if (!stored.ok) {
    void vscode.window.showErrorMessage(sentence(stored.failure, contextOf(profile)));
    return false;
  }
  if (!tenants.active()) await tenants.select(profile.name);
  const until = keeping === 'session' ? ' for this session' : '';
  void vscode.window.showInformationMessage(`Signed in to ${profile.name} (${hostOf(profile.origin)})${until}.`);
  return true;
}

async function askForKeeping({ name, origin, signIn }: TenantProfile): Promise<Keeping | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly keeping: Keeping })[] = [
    {
      label: '$(lock) Keep in the Secret Storage',
      description: 'for this tenant and host, until you sign out',
      keeping: 'stored',
    },
    {
      label: '$(watch) Keep for This Session Only',
      description: 'in the memory of this window, until it is closed or reloaded',
      keeping: 'session',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Sign in to ${name} (${hostOf(origin)})`,
    placeHolder: `Where to keep the ${credentialsInWords(signIn)}`,
    ignoreFocusOut: true,
  });
  return picked?.keeping;
}

function contextOf({ name, origin, signIn }: TenantProfile): FailureContext {
  return { action: 'sign-in', tenant: name, origin, signIn };
}

// The tenants as the rest of the client sees them: which there are, which is active, and who is signed in.
import type { JobScope } from '../zuora/scope';
import type { Credentials } from '../zuora/auth';
import { failed, success, type Outcome } from '../zuora/outcome';
import {
  deleteCredentials,
  ownerOf,
  readCredentials,
  storeCredentials,
  type CredentialsOwner,
  type SecretStore,
} from './credentials';
import { hostOf, readProfiles, type Profiles, type TenantProfile } from './profiles';
import { addSecretOwner, removeSecretOwner, secretOwners, type Memory } from './secretOwners';

/** `environment`: signed in by ZOQL_URL, ZOQL_CLIENT_ID, ZOQL_CLIENT_SECRET. `unavailable`: the secret storage fails. */
export type SignInState = 'signed-in' | 'signed-out' | 'environment' | 'unavailable';

export interface Tenants {
  /** In the order of the setting; the environment's own tenant, if it is one, last. */
  all(): readonly TenantProfile[];
  /** The one of that name at that origin; undefined where the settings no longer have it. */
  find(scope: Pick<JobScope, 'tenant' | 'origin'>): TenantProfile | undefined;
  /** Whole sentences about entries of the setting, or variables, that were left out. */
  problems(): readonly string[];
  /** The selected one; without a selection the environment's, else the only one. */
  active(): TenantProfile | undefined;
  /** Makes a tenant the active one of this workspace. */
  select(name: string): Promise<void>;
  /** What signs requests of this scope; `signed-out` or `storage` where nothing does. */
  credentialsFor(scope: Pick<JobScope, 'tenant' | 'origin'>): Promise<Outcome<Credentials>>;
  state(profile: TenantProfile): Promise<SignInState>;
  signIn(profile: TenantProfile, credentials: Credentials): Promise<Outcome<void>>;
  /** Drops the tokens of a tenant whose credentials nobody can enter anew, and that they were refused. */
  renew(profile: TenantProfile): void;
  /** Whose secrets are stored: also for former addresses, and of tenants that are no longer in the setting. */
  secretOwners(): Promise<readonly CredentialsOwner[]>;
  /** Removes every secret of the tenant of that name; every window drops its tokens. Jobs stay. */
  signOut(tenant: string): Promise<Outcome<void>>;
  /** To be called when the setting zoql.tenants changed. */
  reload(): void;
  /** Tells of changed tenants, another active one, and of signing in or out, in other windows too. */
  onDidChange(listener: () => void): { dispose(): void };
  dispose(): void;
}

export interface TenantsOptions {
  /** The value of the setting zoql.tenants now. */
  readonly setting: () => unknown;
  /** process.env. */
  readonly variables: Readonly<Partial<Record<string, string>>>;
  readonly secrets: SecretStore;
  /** The workspace's memory (vscode's workspaceState), which a cloned folder cannot write. */
  readonly memory: Memory;
  /** The person's memory on this computer (vscode's globalState). It says whose secrets are stored. */
  readonly ownMemory: Memory;
  /** Called when the credentials of a tenant's origin changed: its tokens are to be dropped. */
  readonly credentialsChanged: (tenant: string, origin: string) => void;
}

const selectedKey = 'zoql.tenant';

export function createTenants(options: TenantsOptions): Tenants {
  const { setting, variables, secrets, memory, ownMemory, credentialsChanged } = options;
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach(listener => listener());
  let known: Profiles = readProfiles(setting(), variables);

  const watching = secrets.onDidChange(({ key }) => {
    const owner = ownerOf(key);
    if (owner) forget(owner.tenant, owner.origin);
  });

  return {
    all: () => known.profiles,
    find: scope => known.profiles.find(({ name, origin }) => name === scope.tenant && origin === scope.origin),
    problems: () => known.problems,

    active() {
      const find = (wanted: string | undefined) => known.profiles.find(({ name }) => name === wanted);
      const only = known.profiles.length === 1 ? known.profiles[0] : undefined;
      return find(memory.get<string>(selectedKey)) ?? find(known.environment?.name) ?? only;
    },

    async select(name) {
      await memory.update(selectedKey, name);
      changed();
    },

    async credentialsFor(scope) {
      const fromEnvironment = environmentFor(scope.tenant, scope.origin);
      if (fromEnvironment) return success(fromEnvironment);
      const stored = await readCredentials(secrets, scope);
      if (!stored.ok) return stored;
      if (stored.value) return success(stored.value);
      return failed({ kind: 'signed-out', message: `not signed in to ${scope.tenant} (${hostOf(scope.origin)})` });
    },

    async state({ name, origin }) {
      if (environmentFor(name, origin)) return 'environment';
      const stored = await readCredentials(secrets, { tenant: name, origin });
      if (!stored.ok) return 'unavailable';
      return stored.value ? 'signed-in' : 'signed-out';
    },

    async signIn({ name, origin }, credentials) {
      const owner = { tenant: name, origin };
      // First, so that no secret is ever stored of which nobody knows.
      await addSecretOwner(ownMemory, owner);
      const stored = await storeCredentials(secrets, owner, credentials);
      if (stored.ok) forget(name, origin);
      return stored;
    },

    renew({ name, origin }) {
      forget(name, origin);
    },

    async secretOwners() {
      // Two windows that change the list at once can lose an entry; those of the present profiles are found again.
      for (const { name, origin } of known.profiles) {
        const owner = { tenant: name, origin };
        const stored = await readCredentials(secrets, owner);
        if (stored.ok && stored.value) await addSecretOwner(ownMemory, owner);
        if (stored.ok && !stored.value) await removeSecretOwner(ownMemory, owner);
      }
      return secretOwners(ownMemory);
    },

    async signOut(tenant) {
      const present = known.profiles.filter(({ name }) => name === tenant).map(({ origin }) => origin);
      const former = secretOwners(ownMemory).flatMap(owner => (owner.tenant === tenant ? [owner.origin] : []));
      let outcome: Outcome<void> = success(undefined);
      for (const origin of new Set([...present, ...former])) {
        const deleted = await deleteCredentials(secrets, { tenant, origin });
        if (deleted.ok) await removeSecretOwner(ownMemory, { tenant, origin });
        else outcome = deleted;
        // Whatever the store says, this window stops using them.
        forget(tenant, origin);
      }
      return outcome;
    },

    reload() {
      known = readProfiles(setting(), variables);
      changed();
    },

    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },

    dispose() {
      watching.dispose();
      listeners.clear();
    },
  };

  function environmentFor(tenant: string, origin: string): Credentials | undefined {
    const { environment } = known;
    return environment?.name === tenant && environment.origin === origin ? environment.credentials : undefined;
  }

  function forget(tenant: string, origin: string): void {
    credentialsChanged(tenant, origin);
    changed();
  }
}

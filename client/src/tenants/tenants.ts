// The tenants as the rest of the client sees them: which there are, which is active, and who is signed in.
import type { JobScope } from '../zuora/scope';
import { isApiAccessKey, type Credentials } from '../zuora/auth';
import { failed, success, type Outcome } from '../zuora/outcome';
import {
  deleteCredentials,
  keyOf,
  ownerOf,
  readCredentials,
  storeCredentials,
  type CredentialsOwner,
  type SecretStore,
} from './credentials';
import { createApprovals, type Approvals } from './approvals';
import { hostOf, readProfiles, type Profiles, type TeamTenants, type TenantProfile } from './profiles';
import { addSecretOwner, removeSecretOwner, secretOwners, type Memory } from './secretOwners';

/**
 * `session`: signed in for as long as this window is open. `environment`: signed in by ZOQL_URL, ZOQL_CLIENT_ID,
 * ZOQL_CLIENT_SECRET. `unavailable`: the secret storage fails.
 */
export type SignInState = 'signed-in' | 'session' | 'signed-out' | 'environment' | 'unavailable';

/** Where credentials are kept: in the editor's secret storage, or in the memory of this window. */
export type Keeping = 'stored' | 'session';

export interface Tenants {
  /** In the order of the setting, then those of a team's file; the environment's own tenant, if it is one, last. */
  all(): readonly TenantProfile[];
  /** Those of a team's file that nobody has approved yet: nothing is sent to them. */
  proposed(): readonly TenantProfile[];
  /** Makes a proposed tenant one of `all`. */
  approve(profile: TenantProfile): Promise<void>;
  /** Takes that back. */
  withdraw(profile: TenantProfile): Promise<void>;
  /** Whether credentials may be sent to a host that is none of Zuora's; and that a person has said so. */
  readonly hosts: Pick<Approvals, 'isKnownHost' | 'addHost'>;
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
  /** A window's own credentials come before stored ones, and leave these as they are. */
  signIn(profile: TenantProfile, credentials: Credentials, keeping?: Keeping): Promise<Outcome<void>>;
  /** Drops the tokens of a tenant whose credentials nobody can enter anew, and that they were refused. */
  renew(profile: TenantProfile): void;
  /** Whose secrets are stored: also for former addresses, and of tenants that are no longer in the setting. */
  secretOwners(): Promise<readonly CredentialsOwner[]>;
  /** Removes every secret of the tenant of that name; every window drops its tokens. Jobs stay. */
  signOut(tenant: string): Promise<Outcome<void>>;
  /** To be called when the setting zoql.tenants or a team's file changed. */
  reload(): void;
  /** Tells of changed tenants, another active one, and of signing in or out, in other windows too. */
  onDidChange(listener: () => void): { dispose(): void };
  dispose(): void;
}

export interface TenantsOptions {
  /** The value of the setting zoql.tenants now. */
  readonly setting: () => unknown;
  /** What the files of the workspace's teams name now; nothing in a workspace that is not trusted. */
  readonly team: () => TeamTenants;
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
  const { setting, team, variables, secrets, memory, ownMemory, credentialsChanged } = options;
  const approvals = createApprovals(ownMemory);
  /** What is kept for this window only, by the keys of their owners. */
  const session = new Map<string, Credentials>();
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach(listener => listener());
  const read = () =>
    readProfiles({ setting: setting(), team: team(), variables, isApproved: profile => approvals.isApproved(profile) });
  let known: Profiles = read();

  const watching = secrets.onDidChange(({ key }) => {
    const owner = ownerOf(key);
    if (owner) forget(owner.tenant, owner.origin);
  });

  return {
    all: () => known.profiles,
    proposed: () => known.proposed,
    async approve(profile) {
      await approvals.approve(profile);
      reload();
    },
    async withdraw(profile) {
      await approvals.withdraw(profile);
      reload();
    },
    hosts: approvals,
    find,
    problems: () => known.problems,

    active() {
      const named = (wanted: string | undefined) => known.profiles.find(({ name }) => name === wanted);
      const only = known.profiles.length === 1 ? known.profiles[0] : undefined;
      return named(memory.get<string>(selectedKey)) ?? named(known.environment?.name) ?? only;
    },

    async select(name) {
      await memory.update(selectedKey, name);
      changed();
    },

    async credentialsFor(scope) {
      const { tenant, origin } = scope;
      const given = environmentFor(tenant, origin) ?? ofSession(scope);
      if (given) return success(given);
      const stored = await storedFor(scope);
      if (!stored.ok) return stored;
      if (stored.value) return success(stored.value);
      return failed({ kind: 'signed-out', message: `not signed in to ${tenant} (${hostOf(origin)})` });
    },

    async state({ name, origin }) {
      if (environmentFor(name, origin)) return 'environment';
      const owner = { tenant: name, origin };
      if (ofSession(owner)) return 'session';
      const stored = await storedFor(owner);
      if (!stored.ok) return 'unavailable';
      return stored.value ? 'signed-in' : 'signed-out';
    },

    async signIn({ name, origin }, credentials, keeping = 'stored') {
      const owner = { tenant: name, origin };
      if (keeping === 'session') {
        session.set(keyOf(owner), credentials);
        forget(name, origin);
        return success(undefined);
      }
      // First, so that no secret is ever stored of which nobody knows.
      await addSecretOwner(ownMemory, owner);
      const stored = await storeCredentials(secrets, owner, credentials);
      if (stored.ok) {
        session.delete(keyOf(owner));
        forget(name, origin);
      }
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
      return knownOwners();
    },

    async signOut(tenant) {
      const present = known.profiles.filter(({ name }) => name === tenant).map(({ origin }) => origin);
      const former = knownOwners().flatMap(owner => (owner.tenant === tenant ? [owner.origin] : []));
      let outcome: Outcome<void> = success(undefined);
      for (const origin of new Set([...present, ...former])) {
        const deleted = await deleteCredentials(secrets, { tenant, origin });
        if (deleted.ok) await removeSecretOwner(ownMemory, { tenant, origin });
        else outcome = deleted;
        // Whatever the store says, this window stops using them.
        session.delete(keyOf({ tenant, origin }));
        forget(tenant, origin);
      }
      return outcome;
    },

    reload,

    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },

    dispose() {
      watching.dispose();
      listeners.clear();
    },
  };

  function reload(): void {
    known = read();
    changed();
  }

  function find(scope: Pick<JobScope, 'tenant' | 'origin'>): TenantProfile | undefined {
    return known.profiles.find(({ name, origin }) => name === scope.tenant && origin === scope.origin);
  }

  /** Those in the list of stored secrets, then those of this session. */
  function knownOwners(): readonly CredentialsOwner[] {
    const keys = [...secretOwners(ownMemory).map(keyOf), ...session.keys()];
    return [...new Set(keys)].flatMap(key => ownerOf(key) ?? []);
  }

  async function storedFor(owner: CredentialsOwner): Promise<Outcome<Credentials | undefined>> {
    const stored = await readCredentials(secrets, owner);
    return stored.ok ? success(fitting(owner, stored.value)) : stored;
  }

  function ofSession(owner: CredentialsOwner): Credentials | undefined {
    return fitting(owner, session.get(keyOf(owner)));
  }

  /** Credentials of a kind that the tenant is no longer signed in to with are none. */
  function fitting(owner: CredentialsOwner, credentials: Credentials | undefined): Credentials | undefined {
    const profile = find(owner);
    if (!credentials || !profile) return credentials;
    return isApiAccessKey(credentials) === (profile.signIn === 'apiAccessKey') ? credentials : undefined;
  }

  function environmentFor(tenant: string, origin: string): Credentials | undefined {
    const { environment } = known;
    return environment?.name === tenant && environment.origin === origin ? environment.credentials : undefined;
  }

  function forget(tenant: string, origin: string): void {
    credentialsChanged(tenant, origin);
    changed();
  }
}

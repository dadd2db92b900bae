// Whose secrets are stored: tenants and origins, never a secret. The secret storage cannot be asked for that, so that
// without this list a secret for a former address, or of a tenant that has left the settings, could not be removed.
import type { CredentialsOwner } from './credentials';
import { hostOf, type TenantProfile } from './profiles';

/** What is used of vscode.Memento. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'zoql.secretOwners';

/** In the order of their first sign-in. What cannot be an owner is passed over. */
export function secretOwners(memory: Memory): readonly CredentialsOwner[] {
  const stored = memory.get<unknown>(key);
  return Array.isArray(stored) ? stored.filter(isOwner).map(({ tenant, origin }) => ({ tenant, origin })) : [];
}

export async function addSecretOwner(memory: Memory, owner: CredentialsOwner): Promise<void> {
  const owners = secretOwners(memory);
  if (!owners.some(each => isSame(each, owner))) await memory.update(key, [...owners, owner]);
}

export async function removeSecretOwner(memory: Memory, owner: CredentialsOwner): Promise<void> {
  const owners = secretOwners(memory);
  const others = owners.filter(each => !isSame(each, owner));
  if (others.length < owners.length) await memory.update(key, others);
}

/** A tenant that one can sign out of. */
export interface SignedInTenant {
  readonly tenant: string;
  /** Those that it has a secret for. */
  readonly hosts: readonly string[];
  /** The hosts, and what is particular about them or it. */
  readonly description: string;
}

/** The tenants that hold a secret, each once, the active one first. */
export function signedInTenants(
  owners: readonly CredentialsOwner[],
  profiles: readonly TenantProfile[],
  active: TenantProfile | undefined,
): SignedInTenant[] {
  const names = [...new Set(owners.map(({ tenant }) => tenant))];
  names.sort((one, other) => Number(other === active?.name) - Number(one === active?.name));
  return names.map(tenant => {
    const profile = profiles.find(({ name }) => name === tenant);
    const origins = owners.filter(owner => owner.tenant === tenant).map(({ origin }) => origin);
    const places = origins.map(origin =>
      profile && profile.origin !== origin ? `${hostOf(origin)} (former address)` : hostOf(origin),
    );
    const note = !profile ? 'no longer in zoql.tenants' : profile === active ? 'active' : undefined;
    const description = [places.join(', '), note].filter(Boolean).join(' · ');
    return { tenant, hosts: origins.map(hostOf), description };
  });
}

function isOwner(value: unknown): value is CredentialsOwner {
  if (typeof value !== 'object' || value === null || !('tenant' in value) || !('origin' in value)) return false;
  return typeof value.tenant === 'string' && typeof value.origin === 'string';
}

function isSame(one: CredentialsOwner, other: CredentialsOwner): boolean {
  return one.tenant === other.tenant && one.origin === other.origin;
}

// What a person has agreed to: tenants of a team's file, and hosts that are none of Zuora's. Kept on this computer, where no
// workspace can write.
import { isForeign, type TenantProfile } from './profiles';
import type { Memory } from './secretOwners';
import { approvalOf } from './teamFile';

export interface Approvals {
  /** Whether a tenant of a team's file may be used as it stands there now. */
  isApproved(profile: TenantProfile): boolean;
  approve(profile: TenantProfile): Promise<void>;
  withdraw(profile: TenantProfile): Promise<void>;
  /** Whether credentials may be sent to a host that is none of Zuora's data centers. */
  isKnownHost(origin: string): boolean;
  addHost(origin: string): Promise<void>;
}

const tenantsKey = 'zoql.approvedTenants';
const hostsKey = 'zoql.approvedHosts';

export function createApprovals(memory: Memory): Approvals {
  return {
    isApproved: profile => list(memory, tenantsKey).includes(approvalOf(profile)),
    async approve(profile) {
      await add(memory, tenantsKey, approvalOf(profile));
      if (isForeign(profile.origin)) await add(memory, hostsKey, profile.origin);
    },
    async withdraw(profile) {
      const others = list(memory, tenantsKey).filter(each => each !== approvalOf(profile));
      await memory.update(tenantsKey, others);
    },
    isKnownHost: origin => list(memory, hostsKey).includes(origin),
    addHost: origin => add(memory, hostsKey, origin),
  };
}

function list(memory: Memory, key: string): readonly string[] {
  const stored = memory.get<unknown>(key);
  return Array.isArray(stored) ? stored.filter(each => typeof each === 'string') : [];
}

async function add(memory: Memory, key: string, value: string): Promise<void> {
  const known = list(memory, key);
  if (!known.includes(value)) await memory.update(key, [...known, value]);
}

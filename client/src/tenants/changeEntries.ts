import { readTenants, writeTenants } from '../config';
import type { Tenants } from './tenants';

/** Writes the person's list of tenants as `change` makes it of the present one; the tenants know it when this resolves. */
export async function changeEntries(
  tenants: Pick<Tenants, 'reload'>,
  change: (setting: unknown) => readonly unknown[],
): Promise<void> {
  await writeTenants(change(readTenants()));
  tenants.reload();
}

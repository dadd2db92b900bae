import { settingsFor, type RequestSettings } from '../../jobs/settings';
import type { TenantProfile } from '../profiles';
import type { Tenants } from '../tenants';
import type { MetadataScope } from './cache';

/** Whose objects queries are written for now: the active tenant's, in the entity that requests go to. */
export function activeScope(tenants: Pick<Tenants, 'active'>, settings: RequestSettings): MetadataScope | undefined {
  const profile = tenants.active();
  return profile && scopeOf(profile, settings);
}

/** Where requests for a tenant go, and in which entity. */
export function scopeOf(
  profile: Pick<TenantProfile, 'name' | 'origin' | 'entityIds' | 'orgIds'>,
  settings: RequestSettings,
): MetadataScope {
  const entity = settingsFor(profile, settings)['zoql.request.entityIds'];
  const entityIds = typeof entity === 'string' ? entity.trim() : '';
  return { tenant: profile.name, origin: profile.origin, ...(entityIds === '' ? {} : { entityIds }) };
}

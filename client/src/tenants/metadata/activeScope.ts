import type { RequestSettings } from '../../jobs/settings';
import type { Tenants } from '../tenants';
import type { MetadataScope } from './cache';

/** Whose objects queries are written for now: the active tenant's, in the entity that requests go to. */
export function activeScope(tenants: Pick<Tenants, 'active'>, settings: RequestSettings): MetadataScope | undefined {
  const profile = tenants.active();
  if (!profile) return undefined;
  const entity = settings['zoql.request.entityIds'];
  const entityIds = typeof entity === 'string' ? entity.trim() : '';
  return { tenant: profile.name, origin: profile.origin, ...(entityIds === '' ? {} : { entityIds }) };
}

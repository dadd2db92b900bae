// What is known of a tenant as the language reads it. Plain data in, plain data out.
import { dayOf } from '../../../../server/src/day';
import type { DescribedObject, TenantFacts } from '../../../../server/src/zoql/index';
import type { Description } from '../../zuora/describe';
import type { Dated } from './cache';
import type { KnownTenant } from './metadata';

export function factsOf(tenant: string, { objects, refused }: KnownTenant): TenantFacts {
  return { tenant, objects: [...objects.values()].map(describedObject), refused };
}

export function describedObject({ at, value }: Dated<Description>): DescribedObject {
  return { ...value, day: dayOf(new Date(at)) };
}

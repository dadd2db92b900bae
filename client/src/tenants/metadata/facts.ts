// What is known of a tenant as the language reads it. Plain data in, plain data out.
import type { DescribedObject, TenantFacts } from '../../../../server/src/zoql/index';
import type { Description } from '../../zuora/describe';
import type { Dated } from './cache';
import type { KnownTenant } from './metadata';

export function factsOf(tenant: string, { objects, refused }: KnownTenant): TenantFacts {
  return { tenant, objects: [...objects.values()].map(describedObject), refused };
}

/** The day is that of this computer's time zone: what a person calls the day. */
export function describedObject({ at, value }: Dated<Description>): DescribedObject {
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
  return { ...value, day: day.join('-') };
}

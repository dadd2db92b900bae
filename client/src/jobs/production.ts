// What a person is told before something goes to production. Plain data in, plain data out.
import { openDocument } from '../../../server/src/zoql/index';
import { hostOf, placeInWords, type TenantProfile } from '../tenants/profiles';
import { enumerated } from './describe';
import type { JobPlan } from './model';

/** How a submit to production is guarded: the setting `zoql.productionGuard`. */
export type ProductionGuard = 'ask' | 'typeName' | 'off';

/** "3 queries of Account and Invoice go as one AQuA job to EU Production (rest.eu.zuora.com)." */
export function whatGoesOut(profile: TenantProfile, plans: readonly JobPlan[]): string {
  const all = plans.flatMap(({ queries }) => queries);
  const objects = all.flatMap(({ query }) => openDocument(query).statements[0]?.parsed.query.from?.text ?? []);
  const count = all.length === 1 ? '1 query' : `${all.length} queries`;
  const jobs = plans.length === 1 ? 'one AQuA job' : `${plans.length} AQuA jobs`;
  const verb = all.length === 1 ? 'goes' : 'go';
  return `${count} of ${enumerated([...new Set(objects)]) || 'no object'} ${verb} as ${jobs} to ${placeInWords(profile)} (${hostOf(profile.origin)}).`;
}

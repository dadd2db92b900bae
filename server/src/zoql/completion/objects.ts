import { labelOf, type CatalogueObject } from '../catalogue';
import { dialects as tables } from '../dialect';
import { Rank, type CompletionItem, type Scope } from './item';

/** What can stand after FROM. */
export function objectItems({ catalogue, dialects }: Scope): CompletionItem[] {
  return catalogue.objects
    .filter(object => (dialects.zoql && object.zoql) || (dialects.zoqlexport && object.exported))
    .map(object => ({
      label: object.name,
      kind: 'object',
      detail: dialectsOf(object),
      sortText: popular.has(object.name) ? Rank.first : Rank.best,
      ...(object.label === labelOf(object.name) ? {} : { filterText: `${object.name} ${object.label}` }),
    }));
}

/** What most queries of public code read. */
const popular: ReadonlySet<string> = new Set([
  ...['Account', 'Contact', 'Invoice', 'InvoiceItem', 'Order', 'Payment', 'Product', 'ProductRatePlan'],
  ...['ProductRatePlanCharge', 'RatePlan', 'RatePlanCharge', 'Subscription', 'Usage'],
]);

function dialectsOf({ zoql, exported }: CatalogueObject): string {
  return [...(zoql ? [tables.zoql.name] : []), ...(exported ? [tables.zoqlexport.name] : [])].join(', ');
}

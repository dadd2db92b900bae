/** The tenant's billing data: a few thousand rows that are the same for the same seed and day. */
import type { Catalogue } from '../../../server/src/zoql/index';
import { makeBilling } from './billing';
import { makeCustomers } from './customers';
import { makeProducts } from './products';
import { createRandom } from './random';
import { dayOf, type Making, type Row, type Value } from './rows';
import { makeSubscriptions } from './subscriptions';
import { makeUsage } from './usage';

export interface DatasetOptions {
  readonly seed: number;
  /** The last day of the data, e.g. `2026-11-01`. Counts change by little with it: months differ in length. */
  readonly today: string;
}

/** Rows by object. Every field of the catalogue that the data fills is there, foreign keys and links included. */
export function generate(tenant: Catalogue, { seed, today }: DatasetOptions): ReadonlyMap<string, readonly Row[]> {
  const making: Making = { random: createRandom(seed), today: dayOf(today) };
  const products = makeProducts(making);
  const customers = makeCustomers(making);
  const subscriptions = makeSubscriptions(making, customers.accounts, products.offers);
  const billing = makeBilling(making, subscriptions.running);
  const accounts = customers.accounts.map(account => withBalance(account, billing.owed.get(account.Id)));

  // Parents first: an object takes what it does not say itself from those it hangs on.
  return linked(tenant, [
    ['Product', products.products],
    ['ProductRatePlan', products.ratePlans],
    ['ProductRatePlanCharge', products.charges],
    ['ProductRatePlanChargeTier', products.tiers],
    ['Contact', customers.contacts],
    ['PaymentMethod', customers.paymentMethods],
    ['Account', accounts],
    ['Subscription', subscriptions.subscriptions],
    ['RatePlan', subscriptions.ratePlans],
    ['RatePlanCharge', subscriptions.charges],
    ['RatePlanChargeTier', subscriptions.tiers],
    ['Usage', makeUsage(making, subscriptions.running)],
    ['Invoice', billing.invoices],
    ['InvoiceItem', billing.items],
    ['Payment', billing.payments],
    ['InvoicePayment', billing.invoicePayments],
    ['Refund', billing.refunds],
    ['RefundInvoicePayment', billing.refundInvoicePayments],
  ]);
}

function withBalance(account: Row, owed: { readonly balance: number; readonly lastInvoice: string } | undefined): Row {
  const balance = owed?.balance ?? 0;
  return { ...account, Balance: balance, TotalInvoiceBalance: balance, LastInvoiceDate: owed?.lastInvoice ?? null };
}

/**
 * Fills the links that follow from others: an invoice item has an account because its invoice has one, and that
 * account's bill-to contact. Then every foreign key field gets its link's value.
 */
function linked(
  tenant: Catalogue,
  tables: readonly (readonly [string, readonly Row[]])[],
): Map<string, readonly Row[]> {
  const rowsById = new Map<string, Row>();
  const result = new Map<string, readonly Row[]>();
  for (const [name, rows] of tables) {
    const object = tenant.object(name);
    if (!object) throw new Error(`The catalogue has no object ${name}.`);

    const relations = object.relations.map(relation => `${relation.name}.Id`);
    const keys = object.fields.flatMap(({ name: key, exportPath }) => {
      const path = exportPath ?? (key.endsWith('Id') ? `${key.slice(0, -2)}.Id` : undefined);
      return path !== undefined && relations.includes(path) ? [{ key, path }] : [];
    });
    const filled = rows.map(row => {
      // A link that the generator set to null stays so: an account without a payment method takes none of its parent.
      const links: Record<string, Value | undefined> = {};
      const missing = new Set(relations.filter(path => row[path] === undefined));
      for (const path of relations) if (!missing.has(path)) links[path] = row[path];
      // The links that the generator wrote come before those found on the way, so that the nearest parent decides.
      for (const path of [...Object.keys(links), ...missing]) {
        const parent = rowsById.get(String(links[path]));
        if (!parent) continue;
        for (const wanted of missing) {
          if (parent[wanted] === undefined) continue;
          links[wanted] = parent[wanted];
          missing.delete(wanted);
        }
      }
      const full: Record<string, Value | undefined> = { ...row, ...links };
      for (const { key, path } of keys) full[key] ??= links[path] ?? null;
      return full as Row;
    });
    for (const row of filled) rowsById.set(row.Id, row);
    result.set(object.name, filled);
  }
  return result;
}

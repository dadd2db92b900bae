/** Subscriptions with their rate plans, charges and price tiers. */
import type { Offer } from './products';
import { cents, dateOf, dayOf, monthsLater, stamped, type Making, type Row } from './rows';

export interface SubscriptionData {
  readonly subscriptions: readonly Row[];
  readonly ratePlans: readonly Row[];
  readonly charges: readonly Row[];
  readonly tiers: readonly Row[];
  /** What the invoices are made from. */
  readonly running: readonly RunningSubscription[];
}

export interface RunningSubscription {
  readonly row: Row;
  readonly account: Row;
  readonly start: number;
  /** The day after the last one served; undefined while it runs. */
  readonly end: number | undefined;
  readonly charges: readonly {
    readonly row: Row;
    readonly plan: Row;
    readonly quantity: number;
    readonly price: number;
  }[];
}

export function makeSubscriptions(
  making: Making,
  accounts: readonly Row[],
  offers: readonly [Offer, ...Offer[]],
): SubscriptionData {
  const { random, today } = making;
  const subscriptions: Row[] = [];
  const ratePlans: Row[] = [];
  const charges: Row[] = [];
  const tiers: Row[] = [];
  const running: RunningSubscription[] = [];

  for (const account of accounts) {
    if (account['Status'] === 'Draft') continue;
    for (let count = random.pick([1, 1, 1, 2, 2, 3]); 0 < count; count--) {
      const created = Math.min(today - 1, dayOf(String(account['CreatedDate'])) + random.integer(0, 700));
      const isCanceled = account['Status'] === 'Canceled' || random.chance(0.12);
      const canceled = isCanceled ? Math.min(today, monthsLater(created, random.integer(1, 14))) : undefined;
      const isTermed = random.chance(0.8);
      const number = subscriptions.length + 1;
      const offer = random.pick(offers);
      const seats = random.integer(1, 40);

      const row: Row = {
        ...stamped(making, { created, updated: canceled ?? created + random.integer(0, 200) }),
        Name: `A-S${String(number).padStart(8, '0')}`,
        Status: canceled !== undefined ? 'Cancelled' : random.chance(0.04) ? 'Pending Activation' : 'Active',
        Version: 1,
        IsLatestVersion: true,
        TermType: isTermed ? 'TERMED' : 'EVERGREEN',
        InitialTerm: isTermed ? 12 : null,
        InitialTermPeriodType: isTermed ? 'Month' : null,
        RenewalTerm: isTermed ? 12 : null,
        RenewalTermPeriodType: isTermed ? 'Month' : null,
        RenewalSetting: isTermed ? 'RENEW_WITH_SPECIFIC_TERM' : null,
        AutoRenew: isTermed && random.chance(0.7),
        ContractEffectiveDate: dateOf(created),
        ContractAcceptanceDate: dateOf(created),
        ServiceActivationDate: dateOf(created),
        SubscriptionStartDate: dateOf(created),
        SubscriptionEndDate: canceled === undefined ? null : dateOf(canceled),
        TermStartDate: dateOf(created),
        TermEndDate: isTermed ? dateOf(monthsLater(created, 12)) : null,
        CancelledDate: canceled === undefined ? null : dateOf(canceled),
        CancelReason: canceled === undefined ? null : random.pick(['Price', 'Moved to "another" vendor', 'Closed']),
        OriginalCreatedDate: `${dateOf(created)}T00:00:00Z`,
        Currency: account['Currency'] ?? null,
        Notes: random.chance(0.1) ? 'Discount until renewal,\nthen list price' : null,
        PromoCode__c: random.chance(0.2) ? random.pick(['WELCOME10', 'SPRING', '50% OFF']) : null,
        Seats__c: seats,
        'Account.Id': account.Id,
      };
      subscriptions.push(row);

      const plan: Row = {
        ...stamped(making, { created }),
        Name: String(offer.plan['Name']),
        SubscriptionRatePlanNumber: `SRP-${String(number).padStart(8, '0')}`,
        Reverted: false,
        'Subscription.Id': row.Id,
        'ProductRatePlan.Id': offer.plan.Id,
      };
      ratePlans.push(plan);

      const own = offer.charges.map(charge => {
        const isPerUnit = charge.row['UOM'] === 'Seat';
        const quantity = charge.type === 'Usage' ? 0 : isPerUnit ? seats : 1;
        const mrr = charge.type === 'Recurring' ? cents(quantity * charge.price) : 0;
        const chargeRow: Row = {
          ...stamped(making, { created }),
          Name: String(charge.row['Name']),
          ChargeNumber: `C-${String(charges.length + 1).padStart(8, '0')}`,
          ChargeType: charge.type,
          ChargeModel: charge.row['ChargeModel'] ?? null,
          BillingPeriod: charge.row['BillingPeriod'] ?? null,
          BillingTiming: charge.row['BillingTiming'] ?? null,
          AccountingCode: charge.row['AccountingCode'] ?? null,
          UOM: charge.row['UOM'] ?? null,
          Quantity: charge.type === 'Usage' ? null : quantity,
          Price: charge.price,
          MRR: mrr,
          DMRC: mrr,
          TCV: isTermed ? cents(mrr * 12) : 0,
          EffectiveStartDate: dateOf(created),
          EffectiveEndDate: canceled === undefined ? null : dateOf(canceled),
          TriggerEvent: 'ContractEffective',
          Segment: 1,
          Version: 1,
          IsLastSegment: true,
          IsProcessed: charge.type === 'OneTime',
          'RatePlan.Id': plan.Id,
          'ProductRatePlanCharge.Id': charge.row.Id,
        };
        charges.push(chargeRow);
        tiers.push({
          ...stamped(making, { created }),
          Currency: account['Currency'] ?? null,
          Tier: 1,
          StartingUnit: 0,
          Price: charge.price,
          PriceFormat: isPerUnit ? 'Per Unit' : 'Flat Fee',
          'RatePlanCharge.Id': chargeRow.Id,
        });
        return { row: chargeRow, plan, quantity, price: charge.price };
      });
      running.push({ row, account, start: created, end: canceled, charges: own });
    }
  }
  return { subscriptions, ratePlans, charges, tiers, running };
}

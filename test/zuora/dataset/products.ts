/** The product catalog: products, rate plans, charges and their price tiers. */
import { dayOf, stamped, type Making, type Row } from './rows';

export interface ProductData {
  readonly products: readonly Row[];
  readonly ratePlans: readonly Row[];
  readonly charges: readonly Row[];
  readonly tiers: readonly Row[];
  /** The rate plans with their charges, for the subscriptions. */
  readonly offers: readonly [Offer, ...Offer[]];
}

export interface Offer {
  readonly plan: Row;
  readonly charges: readonly { readonly row: Row; readonly price: number; readonly type: ChargeType }[];
}

export type ChargeType = 'OneTime' | 'Recurring' | 'Usage';

export function makeProducts(making: Making): ProductData {
  const products: Row[] = [];
  const ratePlans: Row[] = [];
  const charges: Row[] = [];
  const tiers: Row[] = [];
  const offers: Offer[] = [];
  const created = dayOf('2019-03-01');

  productList.forEach(({ name, description, category, plans }, index) => {
    const product: Row = {
      ...stamped(making, { created: created + index * 31, updated: created + index * 97 }),
      Name: name,
      SKU: `SKU-${String(index + 1).padStart(8, '0')}`,
      ProductNumber: `PC-${String(index + 1).padStart(8, '0')}`,
      Description: description,
      Category: category,
      EffectiveStartDate: '2019-01-01',
      EffectiveEndDate: '2049-12-31',
    };
    products.push(product);
    for (const plan of plans) {
      const ratePlan: Row = {
        ...stamped(making, { created: created + index * 31 }),
        Name: plan.name,
        ProductRatePlanNumber: `PRP-${String(ratePlans.length + 1).padStart(8, '0')}`,
        Description: null,
        EffectiveStartDate: '2019-01-01',
        EffectiveEndDate: '2049-12-31',
        'Product.Id': product.Id,
      };
      ratePlans.push(ratePlan);
      const made = plan.charges.map(charge => {
        const row: Row = {
          ...stamped(making, { created: created + index * 31 }),
          Name: charge.name,
          ProductRatePlanChargeNumber: `PRPC-${String(charges.length + 1).padStart(8, '0')}`,
          ChargeType: charge.type,
          ChargeModel: charge.model ?? 'Flat Fee Pricing',
          BillingPeriod: charge.type === 'OneTime' ? null : 'Month',
          BillingTiming: charge.type === 'Usage' ? 'In Arrears' : 'In Advance',
          BillCycleType: 'DefaultFromCustomer',
          TriggerEvent: 'ContractEffective',
          DefaultQuantity: charge.type === 'Recurring' ? 1 : null,
          UOM: charge.unit ?? null,
          AccountingCode: charge.type === 'Usage' ? 'Usage Revenue' : 'Subscription Revenue',
          Taxable: true,
          TaxMode: 'TaxExclusive',
          'Product.Id': product.Id,
          'ProductRatePlan.Id': ratePlan.Id,
        };
        charges.push(row);
        charge.prices.forEach((price, tier) => {
          tiers.push({
            ...stamped(making, { created: created + index * 31 }),
            Active: true,
            Currency: 'USD',
            Tier: tier + 1,
            StartingUnit: tier * 1000,
            EndingUnit: tier + 1 < charge.prices.length ? tier * 1000 + 999 : null,
            Price: price,
            PriceFormat: charge.model ? 'PerUnit' : 'FlatFee',
            'ProductRatePlanCharge.Id': row.Id,
          });
        });
        return { row, price: charge.prices[0], type: charge.type };
      });
      offers.push({ plan: ratePlan, charges: made });
    }
  });
  const [first, ...others] = offers;
  if (!first) throw new Error('The product list is empty.');
  return { products, ratePlans, charges, tiers, offers: [first, ...others] };
}

interface Charge {
  readonly name: string;
  readonly type: ChargeType;
  readonly model?: string;
  readonly unit?: string;
  readonly prices: readonly [number, ...number[]];
}

interface Plan {
  readonly name: string;
  readonly charges: readonly Charge[];
}

const setup: Charge = { name: 'Setup fee', type: 'OneTime', prices: [150] };

const seats = (price: number): Charge => ({
  name: 'Seats',
  type: 'Recurring',
  model: 'Per Unit Pricing',
  unit: 'Seat',
  prices: [price],
});

const monthly = (price: number): Charge => ({ name: 'Monthly fee', type: 'Recurring', prices: [price] });

const metered = (name: string, unit: string, ...prices: [number, ...number[]]): Charge => ({
  name,
  type: 'Usage',
  model: 'Tiered Pricing',
  unit,
  prices,
});

const productList: readonly {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly plans: readonly Plan[];
}[] = [
  {
    name: 'Harbor CRM',
    description: 'Customer records, pipeline and reports.',
    category: 'Base Products',
    plans: [
      { name: 'Starter', charges: [monthly(29)] },
      { name: 'Team', charges: [seats(19), setup] },
      { name: 'Enterprise', charges: [seats(45), monthly(250), setup] },
    ],
  },
  {
    name: 'Harbor Mail',
    description: 'E-mail campaigns,\nwith templates and a "preview" for every device.',
    category: 'Add On Services',
    plans: [
      { name: 'Pay as you go', charges: [metered('Messages', 'Message', 0.02, 0.015, 0.01)] },
      { name: 'Plus', charges: [monthly(99), metered('Messages', 'Message', 0.01, 0.008)] },
    ],
  },
  {
    name: 'Harbor Storage',
    description: 'Space for files.',
    category: 'Add On Services',
    plans: [
      { name: '100 GB', charges: [monthly(5)] },
      { name: '2 TB', charges: [monthly(18.5)] },
      { name: 'Metered', charges: [metered('Storage', 'GB', 0.09, 0.07)] },
    ],
  },
  {
    name: 'Café Point of Sale',
    description: 'Registers for cafés, bars & bakeries.',
    category: 'Base Products',
    plans: [
      { name: 'Single shop', charges: [monthly(59), setup] },
      { name: 'Chain', charges: [seats(39), metered('Receipts', 'Receipt', 0.005)] },
    ],
  },
  {
    name: 'Priority Support',
    description: 'Answers within an hour, day and night.',
    category: 'Miscellaneous Products',
    plans: [
      { name: 'Business hours', charges: [monthly(49)] },
      { name: 'Around the clock', charges: [monthly(199.99)] },
    ],
  },
  {
    name: 'API Platform',
    description: 'Calls to our interfaces.',
    category: 'Base Products',
    plans: [
      { name: 'Developer', charges: [metered('Calls', 'Call', 0.001)] },
      { name: 'Scale', charges: [monthly(500), metered('Calls', 'Call', 0.0005)] },
    ],
  },
];

/** Accounts with their contacts and payment methods. */
import { dateOf, deletedMark, momentOf, stamped, type Making, type Row } from './rows';

export interface CustomerData {
  readonly accounts: readonly Row[];
  readonly contacts: readonly Row[];
  readonly paymentMethods: readonly Row[];
}

export function makeCustomers(making: Making): CustomerData {
  const { random, today } = making;
  const accounts: Row[] = [];
  const contacts: Row[] = [];
  const paymentMethods: Row[] = [];

  for (let index = 0; index < 120; index++) {
    const created = today - random.integer(60, 1800);
    const name = index < companies.length ? (companies[index] ?? '') : companyName(making, index);
    const place = random.pick(places);
    const id = random.id();
    const account = { 'Account.Id': id };

    const contact = (): Row => ({ ...stamped(making, { created }), ...person(making, place), ...account });
    const billTo = contact();
    const soldTo = random.chance(0.4) ? contact() : billTo;
    contacts.push(billTo);
    if (soldTo !== billTo) contacts.push(soldTo);
    if (random.chance(0.05)) contacts.push({ ...contact(), [deletedMark]: true });
    const method = random.chance(0.85) ? paymentMethod(making, created, billTo, id) : undefined;
    if (method) paymentMethods.push(method);

    accounts.push({
      ...stamped(making, { created, updated: created + random.integer(0, 400) }),
      Id: id,
      AccountNumber: `A${String(index + 1).padStart(8, '0')}`,
      Name: name,
      Status: index % 17 === 16 ? 'Canceled' : index % 23 === 22 ? 'Draft' : 'Active',
      AutoPay: method !== undefined && random.chance(0.7),
      Batch: `Batch${random.integer(1, 4)}`,
      BillCycleDay: random.pick([1, 1, 1, 5, 15, 28]),
      BcdSettingOption: 'ManualSet',
      Currency: place.currency,
      PaymentTerm: random.pick(['Due Upon Receipt', 'Net 30', 'Net 30', 'Net 60']),
      PaymentGateway: method ? 'Test Gateway' : null,
      CrmId: random.chance(0.6) ? `001${random.id().slice(8, 23)}` : null,
      CRMAccountId__c: random.chance(0.5) ? `crm-${random.integer(10_000, 99_999)}` : null,
      Region__c: place.region,
      RenewalReminder__c: random.chance(0.3) ? dateOf(today + random.integer(-90, 180)) : null,
      SalesRepName: random.pick(['Ana Torres', "Shane O'Neill", 'Yuki Tanaka', null]),
      Notes: random.pick(notes),
      InvoiceDeliveryPrefsEmail: true,
      InvoiceDeliveryPrefsPrint: random.chance(0.1),
      AllowInvoiceEdit: false,
      TaxExemptStatus: random.pick(['No', 'No', 'No', 'Yes', 'PendingVerification']),
      VATId: place.region === 'EMEA' ? `${place.vat}${random.integer(100_000_000, 999_999_999)}` : null,
      PurchaseOrderNumber: random.chance(0.2) ? `PO-${random.integer(1000, 9999)}` : null,
      CreditBalance: 0,
      'BillToContact.Id': billTo.Id,
      'SoldToContact.Id': soldTo.Id,
      'DefaultPaymentMethod.Id': method?.Id ?? null,
      // The first accounts have no parent; later ones hang below one of them now and then.
      'ParentAccount.Id': 20 < index && random.chance(0.1) ? (accounts[random.integer(0, 9)]?.Id ?? null) : null,
    });
  }
  return { accounts, contacts, paymentMethods };
}

interface Place {
  readonly city: string;
  readonly state: string | null;
  readonly country: string;
  readonly postalCode: string;
  readonly region: string;
  readonly currency: string;
  readonly vat: string;
}

function person({ random }: Making, place: Place): Record<string, string | boolean | null> {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const mailbox = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    FirstName: first,
    LastName: last,
    WorkEmail: `${mailbox}@example.com`,
    WorkPhone: random.chance(0.7) ? `+1 555 01${random.integer(10, 99)}` : null,
    Address1: `${random.integer(1, 180)} ${random.pick(streets)}`,
    Address2: random.chance(0.2) ? `Floor ${random.integer(1, 12)},\nsuite ${random.integer(1, 40)}` : null,
    City: place.city,
    State: place.state,
    Country: place.country,
    PostalCode: place.postalCode,
    AsBillTo: true,
    AsSoldTo: true,
    Newsletter__c: random.chance(0.5),
  };
}

function paymentMethod(making: Making, created: number, contact: Row, account: string): Row {
  const { random, today } = making;
  const common = {
    ...stamped(making, { created }),
    Active: true,
    PaymentMethodStatus: 'Active',
    LastTransactionDateTime: momentOf(making, today - random.integer(1, 60)),
    LastTransactionStatus: 'Approved',
    NumConsecutiveFailures: random.chance(0.1) ? random.integer(1, 3) : 0,
    'Account.Id': account,
  };
  const holder = `${String(contact['FirstName'])} ${String(contact['LastName'])}`;
  if (random.chance(0.2)) {
    return {
      ...common,
      Type: 'ACH',
      AchAccountName: holder,
      AchAccountNumberMask: `*****${random.integer(1000, 9999)}`,
      AchBankName: 'First Harbor Bank',
      AchAccountType: 'BusinessChecking',
    };
  }
  return {
    ...common,
    Type: 'CreditCard',
    CreditCardType: random.pick(['Visa', 'Visa', 'MasterCard', 'AmericanExpress']),
    CreditCardMaskNumber: `************${random.integer(1000, 9999)}`,
    CreditCardHolderName: holder,
    CreditCardExpirationMonth: random.integer(1, 12),
    CreditCardExpirationYear: random.integer(2026, 2031),
  };
}

function companyName({ random }: Making, index: number): string {
  return `${random.pick(companyWords)} ${random.pick(companyKinds)} ${index + 1}`;
}

/** The names that strain a CSV: quotes, commas, line breaks, other scripts, and one that a spreadsheet takes for a formula. */
const companies: readonly string[] = [
  'Acme Inc.',
  "O'Reilly & Sons",
  'Smith, Jones "and" Partners',
  'Müller Bäckerei GmbH',
  '株式会社さくら',
  'Café Zürich',
  'Łódź Logistics',
  '=SUM(A1) Trading',
  'Two\nLines Ltd',
  'Emoji Works 🚀',
  'مؤسسة النور',
  'Northwind Traders',
];

const companyWords = ['Blue', 'Harbor', 'Summit', 'Cedar', 'Granite', 'Willow', 'Atlas', 'Copper'] as const;
const companyKinds = ['Foods', 'Systems', 'Media', 'Health', 'Logistics', 'Robotics', 'Studio'] as const;
const firstNames = ['Ada', 'Grace', 'José', 'Linus', 'Margaret', 'Noor', 'Søren', 'Wei', 'Zoë', 'Barbara'] as const;
const lastNames = ['Lovelace', "O'Brien", 'García', 'Hopper', 'Nguyễn', 'Hamilton', 'Kierkegaard', 'Liskov'] as const;
const streets = ['Main St', 'Harbor Road', 'Königsallee', 'Rue de l’Église', 'Elm Ave'] as const;
const notes = [
  null,
  null,
  null,
  'Prefers e-mail',
  'Pays late;\ncall "before" blocking',
  'Größter Kunde, 5% off',
] as const;

const us = { country: 'United States', region: 'AMER', currency: 'USD', vat: '' };
const places: readonly [Place, ...Place[]] = [
  { city: 'San Mateo', state: 'California', postalCode: '94404', ...us },
  { city: 'Austin', state: 'Texas', postalCode: '78701', ...us },
  { city: 'Boston', state: 'Massachusetts', postalCode: '02108', ...us },
  { city: 'Köln', state: null, country: 'Germany', postalCode: '50667', region: 'EMEA', currency: 'EUR', vat: 'DE' },
  {
    city: 'London',
    state: null,
    country: 'United Kingdom',
    postalCode: 'SW1A 1AA',
    region: 'EMEA',
    currency: 'GBP',
    vat: 'GB',
  },
  { city: 'Tokyo', state: null, country: 'Japan', postalCode: '100-0001', region: 'APAC', currency: 'JPY', vat: '' },
];

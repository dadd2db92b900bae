/** Queries run for real: a query in, drawn rows out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SubmitRequest } from './aqua.schema';
import { startZuora, type Zuora } from './server';
import { connect, type TestClient } from './testClient';

/** A job is done as soon as it is looked at, so the clock stands where the relative dates of the tests want it. */
const options = { startAt: Date.parse('2026-11-01T12:00:00Z'), pace: { submittedMs: 0, batchMs: 0 } };
let zuora: Zuora;
let client: TestClient;

before(async () => {
  zuora = await startZuora(options);
  client = await connect(zuora);
});
after(async () => {
  await zuora.stop();
  assert.deepEqual(zuora.violations, []);
});

/** Submits one Export ZOQL query and compares its CSV with the drawn lines. */
async function runs(query: string, drawn: string, options: SubmitRequest = {}): Promise<void> {
  const csv = await client.csv({ useQueryLabels: true, ...options, queries: [{ query, type: 'zoqlexport' }] });
  assert.equal(csv.trimEnd(), trimmed(drawn));
}

async function runsZoql(query: string, drawn: string, options: SubmitRequest = {}): Promise<void> {
  const csv = await client.csv({ useQueryLabels: true, ...options, queries: [{ query, type: 'zoql' }] });
  assert.equal(csv.trimEnd(), trimmed(drawn));
}

function trimmed(drawn: string): string {
  return drawn
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join('\n');
}

test('fields of the object itself', () =>
  runs(
    'select AccountNumber, Name from Account limit 2',
    `
    Account.AccountNumber,Account.Name
    A00000001,Acme Inc.
    A00000002,O'Reilly & Sons
  `,
  ));
test('names are found without regard to case', () =>
  runs(
    'SELECT accountnumber, ACCOUNT.name FROM account LIMIT 1',
    `
    Account.AccountNumber,Account.Name
    A00000001,Acme Inc.
  `,
  ));
test('a path joins the object it leads to', () =>
  runs(
    'select InvoiceNumber, Account.Name, Account.BillToContact.City from Invoice limit 2',
    `
    Invoice.InvoiceNumber,Account.Name,BillToContact.City
    INV00000001,Acme Inc.,Tokyo
    INV00000002,Acme Inc.,Tokyo
  `,
  ));
test('the bill-to contact of an invoice item is that of its account', () =>
  runs(
    'select ChargeName, Product.Name, Account.Name, BillToContact.LastName from InvoiceItem limit 2',
    `
    InvoiceItem.ChargeName,Product.Name,Account.Name,BillToContact.LastName
    Monthly fee,Harbor Storage,Acme Inc.,García
    Monthly fee,Harbor Storage,Acme Inc.,García
  `,
  ));
test('a foreign key in ZOQL is the id at the end of the path in Export ZOQL', async () => {
  const exported = await client.csv({ queries: [{ query: 'select Account.Id from Invoice limit 1' }] });
  const soap = await client.csv({ queries: [{ query: 'select AccountId from Invoice', type: 'zoql' }] });
  assert.equal(exported.split('\n')[1], soap.split('\n')[1]);
});
test('a row without the related object stays, with nothing in its place', async () => {
  const linked = await count('select count(DefaultPaymentMethod.Id) from Account');
  const all = await count('select count(Id) from Account where DefaultPaymentMethod.Id is null');
  assert.deepEqual([linked, all], [102, 18]);
});
test('* is what Describe marks for export, without foreign keys', async () => {
  const csv = await client.csv({ useQueryLabels: true, queries: [{ query: 'select * from Contact limit 1' }] });
  const header = csv.split('\n')[0] ?? '';
  assert.match(header, /Contact\.FirstName.*Contact\.Newsletter__c/);
  assert.doesNotMatch(header, /AccountId/);
});
test('* of a related object, with an id beside it', async () => {
  const query = 'select BillToContact.*, Account.Id from Account limit 1';
  const csv = await client.csv({ useQueryLabels: true, queries: [{ query }] });
  assert.match(csv, /^BillToContact\.Id,.*,Account\.Id\n/);
});
test('an alias is the header', () =>
  runs(
    'select Name as "Customer", AccountNumber as No from Account limit 1',
    `
    Customer,No
    Acme Inc.,A00000001
  `,
  ));
test('without useQueryLabels the header is in labels', () =>
  runs(
    'select AccountNumber, BillToContact.FirstName, Region__c from Account limit 1',
    `
    Account: Account Number,Bill To Contact: First Name,Account: Region
    A00000001,Barbara,APAC
  `,
    { useQueryLabels: false },
  ));

test('counts', () =>
  runs(
    'select count(*), count(Id), count(distinct Account.Id) from Invoice',
    `
    count(*),count(Invoice.Id),count(distinct Account.Id)
    766,766,107
  `,
  ));
test('grouped by a path', () =>
  runs(
    'select Account.Name, count(Id) from Invoice group by Account.Name limit 2',
    `
    Account.Name,count(Invoice.Id)
    =SUM(A1) Trading,2
    Acme Inc.,12
  `,
  ));
test('sums and averages of a group, the largest first', () =>
  runs(
    `select Account.Region__c, sum(Amount), avg(Amount), min(InvoiceDate), max(Amount) from Invoice
     where Status = 'Posted' group by Account.Region__c having count(Id) > 100 order by sum(Amount) desc`,
    `
    Account.Region__c,sum(Invoice.Amount),avg(Invoice.Amount),min(Invoice.InvoiceDate),max(Invoice.Amount)
    AMER,93952.57,231.410270936,2026-05-04,2170.41
    EMEA,82466.03,310.022669173,2026-05-04,2532
  `,
  ));
test('parts of a date', () =>
  runs(
    `select Date(CreatedDate), year(InvoiceDate), month(InvoiceDate), quarter(InvoiceDate), week(InvoiceDate), weekofyear(InvoiceDate)
     from Invoice limit 1`,
    `
    date(Invoice.CreatedDate),year(Invoice.InvoiceDate),month(Invoice.InvoiceDate),quarter(Invoice.InvoiceDate),week(Invoice.InvoiceDate),weekofyear(Invoice.InvoiceDate)
    2026-05-11,2026,5,2,20,20
  `,
  ));
test('grouped by a part of a date', () =>
  runs(
    'select year(StartDateTime), count(Id) from Usage group by year(StartDateTime)',
    `
    year(Usage.StartDateTime),count(Usage.Id)
    2023,2
    2024,31
    2025,62
    2026,829
  `,
  ));

test('comparisons and logic', () =>
  runs(
    `select InvoiceNumber, Amount, Balance from Invoice
     where (Amount >= 1000 and Amount < '1500' or Amount = 29) and not (Balance = 0) and AutoPay = true limit 3`,
    `
    Invoice.InvoiceNumber,Invoice.Amount,Invoice.Balance
    INV00000106,1196.16,1196.16
    INV00000472,1110,1110
  `,
  ));
test('!= drops nulls, as in SQL', async () => {
  const all = await count('select count(Id) from Account');
  const none = await count('select count(Id) from Account where Notes is null');
  const other = await count("select count(Id) from Account where Notes != 'Prefers e-mail'");
  const same = await count("select count(Id) from Account where Notes = 'Prefers e-mail'");
  assert.equal(none + other + same, all);
  assert.ok(none > 0 && other > 0 && same > 0);
});
test('the two ways to ask for null', async () => {
  const query = (test: string): string => `select count(Id) from Subscription where CancelledDate ${test}`;
  assert.equal(await count(query('is null')), await count(query('= null')));
  assert.equal(await count(query('is not null')), await count(query('!= null')));
  assert.notEqual(await count(query('is null')), await count(query('is not null')));
});
test('like', () =>
  runs(
    "select Name from Account where Name like '%GmbH' or Name like 'Ac_e%'",
    `
    Account.Name
    Acme Inc.
    Müller Bäckerei GmbH
  `,
  ));
test('not like', async () => {
  const like = await count("select count(Id) from Product where Name like 'Harbor%'");
  const unlike = await count("select count(Id) from Product where Name not like 'Harbor%'");
  assert.deepEqual([like, unlike], [3, 3]);
});
test('a quote in a string is doubled in Export ZOQL', () =>
  runs(
    "select Name from Account where Name = 'O''Reilly & Sons'",
    `
    Account.Name
    O'Reilly & Sons
  `,
  ));
test('a quote in a string is escaped in ZOQL', () =>
  runsZoql(
    "select Name from Account where Name = 'O\\'Reilly & Sons'",
    `
    Account.Name
    O'Reilly & Sons
  `,
  ));
test('a value that looks like SQL stays a value', () =>
  runs(`select Name from Account where Name = 'x''; drop table "Account"; --'`, 'Account.Name'));
test('two fields are compared, a date with a datetime too', async () => {
  const open = await count('select count(Id) from Invoice where Amount = Balance');
  assert.equal(open, await count('select count(Id) from Invoice where Balance != 0'));
  assert.ok((await count('select count(Id) from Invoice where InvoiceDate <= UpdatedDate')) > 0);
});
test('where 1=0 gives a header and no rows', () => runs('select Id from Account where 1=0', 'Account.Id'));
test('limit with an offset goes on where the first left off', async () => {
  const numbers = async (limit: string): Promise<string[]> => {
    const csv = await client.csv({
      queries: [{ query: `select AccountNumber from Account order by AccountNumber desc limit ${limit}` }],
    });
    return csv.trimEnd().split('\n').slice(1);
  };
  assert.deepEqual([...(await numbers('2')), ...(await numbers('2, 2'))], await numbers('4'));
});

test('relative dates count from the day of the tenant', async () => {
  const since = (value: string): Promise<number> =>
    count(`select count(Id) from Invoice where CreatedDate >= '${value}'`);
  assert.equal(await since('today - 30 days (-08:00)'), await since('2026-10-02'));
  assert.equal(await since('today - 2 weeks (America/Los_Angeles)'), await since('2026-10-18T00:00:00-07:00'));
  assert.equal(await since('now - 1 month'), await since('2026-10-01T12:10:00Z'));
  assert.ok((await since('2026-10-18')) < (await since('2026-10-02')));
});
test('a datetime with a space leaves the condition out, as Zuora does', async () => {
  const all = await count('select count(Id) from Invoice');
  assert.equal(await count("select count(Id) from Invoice where UpdatedDate >= '2026-10-25 00:00:00'"), all);
  assert.ok((await count("select count(Id) from Invoice where UpdatedDate >= '2026-10-25T00:00:00'")) < all);
});

test('datetimes in the time of the tenant', () =>
  runs(
    'select CreatedDate from Invoice limit 1',
    `
    Invoice.CreatedDate
    2026-05-11T10:45:51-0800
  `,
  ));
test('datetimes in UTC', () =>
  runs(
    'select CreatedDate from Invoice limit 1',
    `
    Invoice.CreatedDate
    2026-05-11T18:45:51+0000
  `,
    { dateTimeUtc: true },
  ));
test('datetimes of ZOQL', async () => {
  const csv = await client.csv({ queries: [{ query: 'select CreatedDate from Product', type: 'zoql' }] });
  assert.match(csv.split('\n')[1] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000-08:00$/);
});
test('null is nothing, or what was asked for', async () => {
  await runs(
    'select AccountNumber, VATId from Account where VATId = null limit 1',
    `
    Account.AccountNumber,Account.VATId
    A00000001,
  `,
  );
  await runs(
    'select AccountNumber, VATId from Account where VATId = null limit 1',
    `
    Account.AccountNumber,Account.VATId
    A00000001,n/a
  `,
    { nullReplacement: 'n/a' },
  );
});
test('quotes, commas and line breaks are kept in the CSV', () =>
  runs(
    `select Name from Account where Name like 'Two%' or Name like 'Smith%'`,
    `
    Account.Name
    "Smith, Jones ""and"" Partners"
    "Two
    Lines Ltd"
  `,
  ));

test('ZOQL: and binds before or', () =>
  runsZoql(
    "select Name, Category from Product where Category = 'Base Products' and Name = 'API Platform' or Category = 'Miscellaneous Products'",
    `
    Product.Name,Product.Category
    Priority Support,Miscellaneous Products
    API Platform,Base Products
  `,
  ));
test('ZOQL: a list of foreign keys without a limit gives all rows', async () => {
  const csv = await client.csv({ queries: [{ query: 'select id, subscriptionId from RatePlan;', type: 'zoql' }] });
  assert.equal(csv.trimEnd().split('\n').length - 1, await count('select count(Id) from RatePlan'));
});
test('the items of all invoices add up to the invoices', async () => {
  const items = await client.csv({ queries: [{ query: 'select sum(ChargeAmount) from InvoiceItem' }] });
  const invoices = await client.csv({ queries: [{ query: 'select sum(AmountWithoutTax) from Invoice' }] });
  assert.equal(items.split('\n')[1], invoices.split('\n')[1]);
});
test('the same seed gives the same rows', async () => {
  const other = await startZuora(options);
  try {
    const query = 'select * from Account';
    const twin = await connect(other);
    assert.equal(await twin.csv({ queries: [{ query }] }), await client.csv({ queries: [{ query }] }));
  } finally {
    await other.stop();
  }
});

async function count(query: string): Promise<number> {
  const csv = await client.csv({ queries: [{ query, type: 'zoqlexport' }] });
  return Number(csv.split('\n')[1]);
}

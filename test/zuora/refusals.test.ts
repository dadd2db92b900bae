/** What AQuA refuses when a job is submitted, and the words it uses. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SubmitRequest } from './aqua.schema';
import { startZuora, type Zuora } from './server';
import { answerOf, connect, post, type TestClient } from './testClient';

let zuora: Zuora;
let client: TestClient;

before(async () => {
  zuora = await startZuora({ maxConcurrentJobs: 2, pace: { submittedMs: 100_000, batchMs: 100_000 } });
  client = await connect(zuora);
});
after(() => zuora.stop());

const syntax = 'You have an error in your ZOQL syntax';
const noSource = 'The requested data source could not be found';
const notGrouped = 'One or more columns in the SELECT statement does not appear in the GROUP BY statement.';

/** Export ZOQL that is refused with 90005, for this reason. */
function refuses(query: string, error: string): void {
  refusesAs('zoqlexport', query, error);
}

function refusesZoql(query: string, error: string): void {
  refusesAs('zoql', query, error);
}

function refusesAs(type: 'zoql' | 'zoqlexport', query: string, error: string): void {
  test(`${type}: ${query.slice(0, 80)}`, async () => {
    const job = await client.submit({ queries: [{ query, type }] });
    assert.equal(job.errorCode, '90005');
    assert.equal(
      job.message,
      `There is a syntax error in one of the queries in the AQuA input (Error = ${error}, Query = ${query})`,
    );
    assert.equal(zuora.jobs.length, 0);
  });
}

refuses('select Nope__c from Account', 'There is no field named Nope__c');
refuses('select Name from Account where Nope = 1', 'There is no field named Nope');
refuses('select AccountId from Invoice', 'There is no field named AccountId');
refuses('select RolloverBalance from RatePlanCharge', 'There is no field named RolloverBalance');
refuses('select Id from NoSuchObject', noSource);
refuses('select *, NoSuchRelation.Id from Subscription', noSource);
refuses('select Account.Nope.Name from Invoice', noSource);
refuses('select Id from', syntax);
refuses('select something from some other thing', syntax);
refuses("select Id from Account where UpdatedDate >= TIMESTAMP '2026-08-01 00:00:00'", syntax);
refuses('select Id from Account; select Id from Invoice', syntax);
refuses('select Id -- the key\nfrom Account', syntax);
refuses("select Id from Account where Name in ('a', 'b')", syntax);
refuses('select Id from Account where Balance between 1 and 2', syntax);
refuses('select Id from Account where Balance <> 1', syntax);
refuses('select Id from Account where AutoPay', syntax);
refuses('select max(sum(Amount)) from Invoice', syntax);
refuses('select upper(Name) from Account', syntax);
refuses('select Id from Invoice where sum(Amount) > 1', syntax);
refuses('select Account.Name, sum(Amount) from Invoice', notGrouped);
refuses('select Account.Name, Status, sum(Amount) from Invoice group by Status', notGrouped);
refuses('select Status, sum(Amount) from Invoice group by Status order by Amount', notGrouped);
refuses('select FirstName as "N", LastName as "N" from Contact', 'Duplicate column aliases N were defined.');
refuses("select Id from Invoice where Amount > 'much'", 'INVALID_VALUE: invalid value for field Invoice.Amount: much');
refuses(
  "select Id from Invoice where InvoiceDate > 'soon'",
  'INVALID_VALUE: invalid value for field Invoice.InvoiceDate: soon',
);
refuses(
  "select Id from Account where AutoPay = 'maybe'",
  'INVALID_VALUE: invalid value for field Account.AutoPay: maybe',
);
refuses(`select Id from Account where Name = '${'a'.repeat(20_000)}'`, syntax);

refusesZoql('select * from Account', syntax);
refusesZoql('select Account.Name from Account', syntax);
refusesZoql('select Name as "N" from Account', syntax);
refusesZoql('select count(Id) from Account', syntax);
refusesZoql('select Id from Account limit 1', syntax);
refusesZoql('select Id from Account order by Name', syntax);
refusesZoql("select Id from Account where (Status = 'Active')", syntax);
refusesZoql('select Id from Account where Name is null', syntax);
refusesZoql("select Id from Account where Name like '%ompany%'", syntax);
refusesZoql("select Id from Account where Name like 'a%c'", syntax);
refusesZoql('select Id from CreditMemo', noSource);
refusesZoql(
  "select Id from Subscription where ContractEffectiveDate = '2015-02-28T23:54:01-08:00'",
  'INVALID_VALUE: invalid value for field Subscription.ContractEffectiveDate: 2015-02-28T23:54:01-08:00',
);
refusesZoql(
  'select Id from Account where RenewalReminder__c = null',
  'INVALID_VALUE: invalid value for field Account.RenewalReminder__c: null',
);
refusesZoql(
  `select Id from Account where ${Array.from({ length: 201 }, (_, n) => `BillCycleDay = ${n}`).join(' or ')}`,
  syntax,
);

refusesZoql('select Id, Body from Invoice', 'Can only query one invoice body at a time');
refusesZoql("select Body from Invoice where Id = 'a' or Id = 'b'", 'Can only query one invoice body at a time');
refusesZoql('select billRunId from Invoice', 'Cannot use the BillRunId field in the select clause');
refusesZoql(
  'select Price, DiscountAmount from ProductRatePlanChargeTier',
  'You can only use Price or DiscountAmount or DiscountPercentage in one query',
);
refusesZoql(
  'select Id, Name, RolloverBalance from RatePlanCharge',
  'You can only query RolloverBalance in particular, no other fields allowed at the same time',
);
test('what those rules of ZOQL allow', async () => {
  for (const query of [
    "select Id, Body from Invoice where Id = '2c92c0f8'",
    'select Id, Price from ProductRatePlanChargeTier',
    'select Id, RolloverBalance from RatePlanCharge',
    "select Id from Invoice where BillRunId = '2c92c0f8'",
  ]) {
    zuora.reset();
    assert.equal((await client.submit({ queries: [{ query, type: 'zoql' }] })).status, 'submitted', query);
  }
  zuora.reset();
});

test('a refused job has its batches as they were asked for, and no id', async () => {
  const reply = await client.call(
    '/v1/batch-query/',
    post({
      name: 'nightly',
      version: 1.1,
      format: 'gzip',
      queries: [
        { query: 'select Id from Account', name: 'good' },
        { query: 'bad query', type: 'zoql', apiVersion: '91.0' },
      ],
    }),
  );
  assert.equal(reply.status, 200);
  const pending = { localizedStatus: 'pending', recordCount: 0, full: true, status: 'pending' };
  assert.deepEqual(answerOf(reply), {
    errorCode: '90005',
    message: `There is a syntax error in one of the queries in the AQuA input (Error = ${syntax}, Query = bad query)`,
    batches: [
      { ...pending, batchType: 'zoqlexport', apiVersion: '145.0', name: 'good', query: 'select Id from Account' },
      { ...pending, batchType: 'zoql', apiVersion: '91.0', query: 'bad query' },
    ],
    useLastCompletedJobQueries: false,
    encrypted: 'none',
    name: 'nightly',
    version: 1.1,
    format: 'GZIP',
    status: 'error',
  });
});

const good = { query: 'select Id from Account' };

/** A body that AQuA answers with HTTP 200 and this code. */
function refusesJob(what: string, body: SubmitRequest, code: string): void {
  test(what, async () => {
    const job = await client.submit(body);
    assert.deepEqual([job.status, job.errorCode, job.id], ['error', code, undefined]);
  });
}

const stateful = { version: 1.1, partner: 'zoql', project: 'nightly' };
refusesJob('51 queries', { queries: Array.from({ length: 51 }, () => good) }, '90004');
refusesJob('no query', { queries: [] }, '90016');
refusesJob('no query in the first job of a session', stateful, '90016');
refusesJob(
  'a notifyUrl of 5000 characters',
  { notifyUrl: `https://x.test/${'a'.repeat(4985)}`, queries: [good] },
  '90014',
);
refusesJob(
  'an incrementalTime with a T',
  { ...stateful, incrementalTime: '2026-01-01T00:00:00', queries: [good] },
  '90015',
);
refusesJob(
  'an incrementalTime that is no time',
  { ...stateful, incrementalTime: '2026-13-01 00:00:00', queries: [good] },
  '90015',
);
refusesJob('a partner that Zuora has not issued', { ...stateful, partner: 'acme', queries: [good] }, '90019');
refusesJob(
  'deleted rows of a stateless job',
  { queries: [{ ...good, deleted: { column: 'Gone', format: 'Boolean' } }] },
  '90012',
);
refusesJob(
  'deleted rows of an object that keeps none',
  {
    queries: [
      { query: 'select Id from AccountingCode', deleted: { column: 'Gone', format: 'Boolean', forceExport: true } },
    ],
  },
  '90017',
);
refusesJob('distinct without count', { queries: [{ query: 'select sum(distinct Amount) from Invoice' }] }, '90020');
refusesJob(
  'a conversion of currencies without the feature',
  { queries: [{ ...good, convertToCurrencies: 'EUR' }] },
  '90021',
);

/** A request that Zuora's reference does not allow: refused, and counted as the client's mistake. */
function violates(what: string, call: () => ReturnType<TestClient['call']>, problem: RegExp): void {
  test(`${what} is a violation`, async () => {
    zuora.reset();
    const reply = await call();
    assert.equal(reply.status, 400);
    assert.equal(zuora.violations.length, 1);
    assert.match(zuora.violations[0]?.problem ?? '', problem);
  });
}

const submits = (body: unknown, headers?: Readonly<Record<string, string>>) => () =>
  client.call('/v1/batch-query/', post(body, headers));
violates('format json', submits({ format: 'json', queries: [good] }), /body\/format/);
violates('a name of 33 characters', submits({ name: 'n'.repeat(33), queries: [good] }), /body\/name/);
violates('an offset of 3601', submits({ offset: 3601, queries: [good] }), /body\/offset/);
violates('version 2', submits({ version: 2, queries: [good] }), /body\/version/);
violates('an unknown field', submits({ quieries: [good] }), /additional properties/);
violates('a query without its text', submits({ queries: [{ name: 'a' }] }), /required property 'query'/);
violates('an unknown type', submits({ queries: [{ ...good, type: 'sql' }] }), /body\/queries\/0\/type/);
violates('deleted as a list', submits({ queries: [{ ...good, deleted: [] }] }), /deleted must be object/);
violates('text that is not JSON', () => client.call('/v1/batch-query/', { method: 'POST', body: '{' }), /not JSON/);
violates('gzip that is none', submits({ queries: [good] }, { 'Content-Encoding': 'gzip' }), /gzip body/);
violates('a Track-Id with a colon', submits({ queries: [good] }, { 'Zuora-Track-Id': 'a:b' }), /Zuora-Track-Id/);
violates('a Track-Id of 65', submits({ queries: [good] }, { 'Zuora-Track-Id': 'a'.repeat(65) }), /Zuora-Track-Id/);
violates(
  'an Idempotency-Key of 256',
  submits({ queries: [good] }, { 'Idempotency-Key': 'k'.repeat(256) }),
  /Idempotency-Key/,
);

test('format json has the answer that was seen on a tenant', async () => {
  const reply = await client.call('/v1/batch-query/', post({ format: 'json', queries: [good] }));
  assert.deepEqual(answerOf(reply), {
    success: false,
    code: 50_000_090,
    message: 'Oops, request is malformed. Please check your request.',
  });
});

/** A request that is taken although the reference rules it out. */
function takes(what: string, body: SubmitRequest, problem: string): void {
  test(`${what} is taken, and is a violation`, async () => {
    zuora.reset();
    const job = await client.submit({ ...body, queries: [good] });
    assert.equal(job.status, 'submitted');
    assert.deepEqual(
      zuora.violations.map(violation => violation.problem),
      [problem],
    );
  });
}

takes('a notifyUrl of no job', { notifyUrl: 'https://example.com' }, 'notifyUrl lacks ${JOBID} or ${STATUS}');
takes('a stateless offset', { offset: 60 }, 'offset is for stateful jobs');
takes(
  'a stateless incrementalTime',
  { incrementalTime: '2026-01-01 00:00:00' },
  'incrementalTime is for stateful jobs',
);
takes('a project alone', { version: 1.1, project: 'nightly' }, 'partner and project go together');
takes('a partner in version 1.0', { ...stateful, version: 1 }, 'partner needs version 1.1');
takes('pgp with csv', { encrypted: 'pgp' }, 'pgp needs zip or gzip');

test('a full tenant takes no further job until one is done', async () => {
  zuora.reset();
  const first = await client.submit({ queries: [good] });
  await client.submit({ queries: [good] });
  assert.equal((await client.submit({ queries: [good] })).errorCode, '90028');
  assert.equal(
    (await client.submit({ ...stateful, queries: [good] })).status,
    'submitted',
    'stateful jobs count apart',
  );
  await client.call(`/v1/batch-query/jobs/${first.id}`, { method: 'DELETE' });
  assert.equal((await client.submit({ queries: [good] })).status, 'submitted');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalogue } from '../../server/src/zoql/catalogue';
import { bundled, fixture } from './catalogues';
import { accepts, complete, completes, offers } from './helpers';

const zoql = { queryType: 'zoql' } as const;
const zoqlexport = { queryType: 'zoqlexport' } as const;

test('a statement begins with SELECT, or with its object', () => {
  completes(
    '|',
    `
    keyword select
    snippet select … from … The object first, then its fields
    `,
  );
  accepts('|', 'select … from …', 'select Id from |');
  accepts('select Id from Account;\n\n|', 'select', 'select Id from Account;\n\nselect|');
  accepts('-- @name All\nse|', 'select', '-- @name All\nselect|');
});

test('SELECT is offered once in a line', () => {
  offers('| select Id from Account', '');
  offers('|\nselect Id from Account', 'select');
});

test('after FROM come the objects of the declared dialect', () => {
  completes(
    'select Id from |',
    `
    object Account   ZOQL, Export ZOQL
    object Amendment ZOQL
    object Contact   ZOQL, Export ZOQL
    `,
    zoql,
  );
  offers('select Id from |', 'Account, Contact, Order', zoqlexport);
  offers('-- @type zoql\nselect Id from |', 'Account, Amendment, Contact', zoqlexport);
});

test('where no dialect is declared, objects of both are there with their dialects', () =>
  completes(
    'select Id from |',
    `
    object Account   ZOQL, Export ZOQL
    object Amendment ZOQL
    object Contact   ZOQL, Export ZOQL
    object Order     Export ZOQL
    `,
  ));

test('what a query needs rules objects out, the object at the cursor does not', () => {
  offers('select * from |', 'Account, Contact, Order');
  offers('select Id from Ord|er', 'Account, Amendment, Contact, Order');
});

test('fields are known before the cursor comes to FROM', () => {
  const fields = 'AutoPay, Balance, BillToId, CreatedDate, Id, Name, Notes, Status, Segment';
  offers('select | from Account where Id = 1', fields, zoql);
  offers('select Id, | from Account', fields, zoql);
  offers('select Id,\n  |\nfrom account', fields, zoql);
  offers('select B| from Account', fields, zoql);
});

test('a field has its type; what is guessed comes last', () =>
  completes(
    'select | from Account',
    `
    field AutoPay     boolean
    field Balance     decimal
    field BillToId    ID
    field CreatedDate datetime
    field Id          ID
    field Name        string(255)
    field Notes       string
    field Status      picklist
    field Segment     string, name guessed
    `,
    zoql,
  ));

test('Export ZOQL has relations, functions, * and the object itself as well', () =>
  completes(
    'select | from Order',
    `
    field    Id         ID
    field    OrderDate  date
    relation Account    Account
    field    State      string
    operator *          All fields
    object   Order      The object of the query
    function avg        avg(field)
    function count      count(field), count(distinct field) or count(*)
    function date       date(field)
    function max        max(field)
    function min        min(field)
    function month      month(field)
    function quarter    quarter(field)
    function sum        sum(field)
    function week       week(field)
    function weekofyear weekofyear(field)
    function year       year(field)
    field    Vendor     string, name guessed
    `,
    zoqlexport,
  ));

test('a foreign key is a field in ZOQL and a path in Export ZOQL', () => {
  const foreignKeys = (marked: string, options = {}): string[] =>
    complete(marked, options)
      .items.filter(({ kind, label }) => kind === 'field' && label.startsWith('BillTo'))
      .map(({ label, detail, filterText }) => `${label} (${detail}) found by ${filterText ?? label}`);
  assert.deepEqual(foreignKeys('select | from Account'), ['BillToId (ID) found by BillToId']);
  const path = ['BillToContact.Id (ID, BillToId in ZOQL) found by BillToId BillToContact.Id'];
  assert.deepEqual(foreignKeys('select | from Account', zoqlexport), path);
  assert.deepEqual(foreignKeys('select | from Account limit 1'), path);
  assert.deepEqual(foreignKeys('select Account.| from Account'), path);
});

test('where nothing asks for Export ZOQL yet, what only it has comes after the rest', () =>
  completes(
    'select | from Account',
    `
    field    AutoPay       boolean
    field    Balance       decimal
    field    BillToId      ID
    field    CreatedDate   datetime
    field    Id            ID
    field    Name          string(255)
    field    Notes         string
    field    Status        picklist
    relation BillToContact Contact
    relation ParentAccount Account, depends on a feature
    field    Mrr           decimal, Export ZOQL only
    field    Segment       string, name guessed
    `,
    { kinds: 'field relation' },
  ));

test('an object that only ZOQL has leaves nothing of Export ZOQL', () => {
  offers('select | from Amendment', 'Code, Id, Type__c');
  offers('select Id from Amendment |', 'where');
});

test('after a dot come the fields of the object that the relation leads to', () => {
  completes(
    'select BillToContact.| from Account',
    `
    field    Country   string
    field    FirstName string
    field    Id        ID
    relation Account   Account
    operator *         All fields
    `,
  );
  offers('select ParentAccount.BillToContact.Co| from Account', 'Country, FirstName, Id, Account, *');
  offers('select Id from Account where BillToContact.| = 1', 'Country, FirstName, Id, Account');
  offers('select Id from Account order by billtocontact.|', 'Country, FirstName, Id, Account');
  offers('select Account.BillToContact.| from Account', 'Country, FirstName, Id, Account, *');
});

test('a dot after the object itself leads to its own fields', () =>
  offers('select Contact.| from Contact', 'Country, FirstName, Id, Account, *'));

test('a path that leads nowhere has nothing after it', () => {
  offers('select Nothing.| from Account', '');
  offers('select BillToContact.Country.| from Account', '');
});

test('ZOQL has no paths', () => {
  offers('select BillToContact.| from Account', '', zoql);
  offers('-- @type zoql\nselect Account.| from Account', '');
});

test('before a dot stand only names that lead on', () =>
  offers('select Bill|.Country from Account', 'BillToContact, ParentAccount, Account'));

test('a field that ZOQL is not known to filter by comes late in its WHERE', () => {
  const fields = 'AutoPay, Balance, BillToId, CreatedDate, Id, Name, Status, Notes, Segment';
  offers('select Id from Account where |', fields, zoql);
  offers('select Id from Account where Id = 1 and |', fields, zoql);
});

test('every clause has the fields of the object', () => {
  const fields = 'Country, FirstName, Id';
  const options = { ...zoqlexport, kinds: 'field' };
  offers('select Id from Contact where |', fields, options);
  offers('select Id from Contact where (Id = 1 or |)', fields, options);
  offers('select Id from Contact where not |', fields, options);
  offers('select Id from Contact group by |', fields, options);
  offers('select Id from Contact group by Id, |', fields, options);
  offers('select Id from Contact group by Id having |', fields, options);
  offers('select Id from Contact order by |', fields, options);
  offers('select Id from Contact order by Id desc, |', fields, options);
  offers('select max(|) from Contact', fields, options);
  offers('select Id from Contact group by Id having max(|) > 1', fields, options);
});

test('functions open their parentheses, unless they have some', () => {
  accepts('select | from Account', 'count', 'select count(|) from Account');
  accepts('select co|(Id) from Account', 'count', 'select count|(Id) from Account');
  accepts('SELECT | FROM Account', 'MAX', 'SELECT MAX(|) FROM Account');
});

test('functions have first what they can work with', () => {
  offers('select year(|) from Contact', 'Account, Contact, Country, FirstName, Id');
  offers(
    'select sum(|) from Account',
    'Balance, Mrr, BillToContact, ParentAccount, Account, AutoPay, BillToContact.Id, CreatedDate, Id, Name, Notes, Status, Segment',
  );
  offers('select count(|) from Contact', 'Country, FirstName, Id, Account, *, Contact, distinct');
  offers('select count(distinct |) from Contact', 'Country, FirstName, Id, Account, *, Contact');
});

test('without FROM the object is asked for', () => {
  offers('select |', '… from …', zoql);
  accepts('select |', '… from …', 'select Id from |');
  accepts('SELECT Name, |', '… FROM …', 'SELECT Name, Id FROM |');
  offers('select | from Nothing', '', zoql);
});

test('keywords stand where the grammar has them', () => {
  offers('select Id |', 'as, from');
  offers('select Id | from Account', 'as');
  offers('select Id from Account |', 'group by, limit, order by, where');
  offers('select Id from Account where Id = 1 |', 'and, group by, limit, or, order by');
  offers('select Id from Account where (Id = 1 |)', 'and, or');
  offers('select Id from Account where Id = 1 | order by Id', 'and, group by, or');
  offers('select Id from Account where Id = 1 | and Name = null', 'and, or');
  offers('select Id from Account where Name is |', 'not null, null');
  offers('select Id from Account where Name is not |', 'null');
  offers('select Id from Account group |', 'by');
  offers('select Id from Account group by Id |', 'having, limit, order by');
  offers('select Id from Account order by Id |', 'asc, desc, limit');
  offers('select Id from Account order by Id desc |', 'limit');
  offers('select Id from Account limit |', '');
  offers('select Id from Account limit 10 |', '');
  offers('select Id as "x" |', 'from');
});

test("ZOQL has only ZOQL's keywords", () => {
  offers('select Id |', 'from', zoql);
  offers('select Id from Account |', 'where', zoql);
  offers('select Id from Account where Id = 1 |', 'and, or', zoql);
  offers('select Id from Account where Name |', '!=, =, <, <=, >, >=, like', zoql);
});

test('a keyword says when it makes the query one of Export ZOQL', () =>
  completes(
    'select Id from Account |',
    `
    keyword group by Export ZOQL
    keyword limit    Export ZOQL
    keyword order by Export ZOQL
    keyword where
    `,
  ));

test('a new line can begin the next statement', () =>
  offers('select Id from Account\n|', 'group by, limit, order by, select, where'));

test('keywords are written as the first one of the statement', () => {
  offers('SELECT Id |', 'AS, FROM');
  offers('Select Id |', 'as, from');
  offers('SEL|', 'SELECT, SELECT … FROM …');
  offers('SELECT Id FROM Account;\n|', 'SELECT, SELECT … FROM …');
  offers('SELECT Id FROM Account;\nselect Id |', 'as, from');
});

test('operators follow the type of the field', () => {
  offers('select Id from Account where Name |', '!=, =, <, <=, >, >=, is not null, is null, like, not like');
  offers('select Id from Account where Balance |', '!=, =, <, <=, >, >=, is not null, is null');
  offers('select Id from Account where AutoPay |', '!=, =', zoql);
  offers('select Id from Account where BillToContact.Country |= 1', '');
});

test('values follow the type of the field', () => {
  offers('select Id from Account where Status = |', "'Active', 'Draft', 'On_Hold', null");
  offers('select Id from Account where AutoPay != |', 'false, true, null');
  offers('select Id from Account where Balance > |', 'null');
  offers('select Id from Account where CreatedDate >= |', "'now - 1 day', 'today', null", {
    ...zoqlexport,
    kinds: 'value',
  });
  offers('select Id from Account where ParentAccount.Status = |', "'Active', 'Draft', 'On_Hold', null", {
    kinds: 'value',
  });
});

test('a value is not offered where one stands', () => {
  offers("select Id from Account where Status = | 'Draft'", '');
  offers('select Id from Account where Balance > 1|', '');
});

test('Export ZOQL compares two fields', () =>
  offers(
    'select Id from Account where Balance = |',
    'AutoPay, Balance, BillToContact.Id, CreatedDate, Id, Mrr, Name, Notes, Segment, Status',
    { ...zoqlexport, kinds: 'field' },
  ));

test('in quotes come only the values of the field', () => {
  accepts("select Id from Account where Status = '|'", "'Active'", "select Id from Account where Status = 'Active'|");
  accepts("select Id from Account where Status = 'Dr|", "'Draft'", "select Id from Account where Status = 'Draft'|");
  accepts('select Id from Account where Status = "A|"', '"Active"', 'select Id from Account where Status = "Active"|');
  accepts(
    "select Id from Account where Status = '| and Name = 'x'",
    "'Active'",
    "select Id from Account where Status = 'Active'| and Name = 'x'",
  );
  offers("select Id from Account where Name = '|'", '');
  offers('select Id as "|" from Account', '');
});

test("a value's own quotes are escaped as the dialect does", () => {
  const catalogue = withValues('Account', 'Status', ["O'Neil"]);
  offers('select Id from Account where Status = |', "'O\\'Neil', null", { ...zoql, catalogue });
  offers('select Id from Account where Status = |', "'O''Neil', null", { ...zoqlexport, catalogue, kinds: 'value' });
});

test('comments have nothing but directives', () => {
  offers('select Id -- and | more\nfrom Account', '');
  offers('select Id /* | */ from Account', '');
  completes(
    '-- @|\nselect Id from Account',
    `
    directive name -- @name value
    directive type -- @type zoql or -- @type zoqlexport
    `,
  );
  accepts('-- @na|', 'name', '-- @name|');
  completes(
    '-- @type z|\nselect Id from Account',
    `
    value zoql       ZOQL
    value zoqlexport Export ZOQL
    `,
  );
  accepts('-- @type zo|ql', 'zoqlexport', '-- @type zoqlexport|');
  offers('-- @name |', '');
});

test('the whole word at the cursor is replaced', () => {
  accepts('select Na|me, Id from Account', 'Balance', 'select Balance|, Id from Account');
  accepts('select Id f| Account', 'from', 'select Id from| Account');
  accepts('select BillToContact.Cou|n from Account', 'Country', 'select BillToContact.Country| from Account');
});

test('keywords that begin a clause are not replaced by anything else', () => {
  offers('select Id fro|m Account', 'from');
  offers('select from| Account', '');
});

test('a field may begin like a keyword', () => {
  offers('select In| from Contact', 'Country, FirstName, Id', zoql);
  offers('select Id, not| from Contact', 'Country, FirstName, Id', zoql);
  offers('select Id, Order|.Id from Order', 'Account, Order', zoqlexport);
});

test('each statement of a file has its own object', () => {
  offers('select Id from Account;\nselect | from Contact;\nselect Code from Amendment', 'Country, FirstName, Id', zoql);
  offers('select Id from Account;\nselect | from Contact\nselect Code from Amendment', 'Country, FirstName, Id', zoql);
});

test('the bundled facts serve a real query', () => {
  const labels = (marked: string): string[] => complete(marked, { catalogue: bundled }).items.map(({ label }) => label);
  assert.ok(labels('select Id from |').includes('Subscription'));
  assert.ok(labels('select | from Invoice').includes('AccountId'));
  assert.ok(labels('select | from Invoice limit 10').includes('Account.Id'));
  assert.ok(!labels('select | from Invoice limit 10').includes('AccountId'));
  assert.ok(labels('select Account.DefaultPaymentMethod.| from Invoice').includes('CreditCardType'));
  assert.ok(labels("select Id from Subscription where Status = '|'").includes("'Active'"));
  assert.ok(!labels('select Id from |').includes('JournalRun'), 'no source says that it can be queried');
});

test('a list is small enough to be sent at every key', () => {
  const bytes = (marked: string): number => JSON.stringify(complete(marked, { catalogue: bundled })).length;
  assert.ok(bytes('select Id from |') < 12_000, `objects: ${bytes('select Id from |')}`);
  assert.ok(bytes('select | from RatePlanCharge') < 16_000, `fields: ${bytes('select | from RatePlanCharge')}`);
});

/** The fixture with that one object, whose one field has these values. */
function withValues(objectName: string, fieldName: string, values: readonly string[]): Catalogue {
  const object = fixture.object(objectName);
  const field = object?.field(fieldName);
  assert.ok(object && field);
  const changed = { ...field, values };
  const only = { ...object, fields: [changed], relations: [], field: () => changed };
  return { objects: [only], notInAqua: [], object: () => only };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalogue } from '../../server/src/zoql/catalogue';
import { bundled, catalogueOf, fixture, object } from './catalogues';
import { accepts, complete, completes, offers, withCursor, type Options } from './helpers';
import { problemsOf } from './problems';

const zoql = { queryType: 'zoql' } as const;
const zoqlexport = { queryType: 'zoqlexport' } as const;

test('a statement begins with SELECT, or with its object', () => {
  completes(
    '|',
    `
    keyword select
    snippet select … from … The object first, then its fields
    snippet all fields      Every field of an object, Export ZOQL
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
    object Contact   ZOQL, Export ZOQL
    object Amendment ZOQL
    `,
    zoql,
  );
  offers('select Id from |', 'Account, Contact, Order', zoqlexport);
  offers('-- @type zoql\nselect Id from |', 'Account, Contact, Amendment', zoqlexport);
});

test('where no dialect is declared, objects of both are there with their dialects', () =>
  completes(
    'select Id from |',
    `
    object Account   ZOQL, Export ZOQL
    object Contact   ZOQL, Export ZOQL
    object Order     Export ZOQL
    object Amendment ZOQL
    `,
  ));

test('what a query needs rules objects out, the object at the cursor does not', () => {
  offers('select * from |', 'Account, Contact, Order');
  offers('select Id from Ord|er', 'Account, Contact, Order, Amendment');
});

test('fields are known before the cursor comes to FROM', () => {
  const fields = 'Id, Name, AutoPay, Balance, BillToId, CreatedDate, Notes, Status, Segment';
  offers('select | from Account where Id = 1', fields, zoql);
  const others = 'Name, AutoPay, Balance, BillToId, CreatedDate, Notes, Status, Id, Segment';
  offers('select Id, | from Account', others, zoql);
  offers('select Id,\n  |\nfrom account', others, zoql);
  offers('select B| from Account', fields, zoql);
});

test('a field has its type; what is guessed comes last', () =>
  completes(
    'select | from Account',
    `
    field Id          ID
    field Name        string(255)
    field AutoPay     boolean
    field Balance     decimal
    field BillToId    ID
    field CreatedDate datetime
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
    function count      count([distinct] field or *)
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
    field    Id            ID
    field    Name          string(255)
    field    AutoPay       boolean
    field    Balance       decimal
    field    BillToId      ID
    field    CreatedDate   datetime
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
  offers('select | from Amendment', 'Id, Code, Type__c');
  offers('select Id from Amendment |', 'where');
});

test('what is selected already comes last, however it is written', () => {
  const options = { ...zoqlexport, kinds: 'field' };
  offers('select Name, | from Account', 'Id, AutoPay, Balance, BillToId, CreatedDate, Notes, Status, Name, Segment', {
    ...zoql,
    kinds: 'field',
  });
  offers('select |, contact.id, first.x from Contact', 'Country, FirstName, Id', options);
  offers('select id, Account.BillToContact.country, BillToContact.| from Account', 'Id, FirstName, Country', options);
  offers(
    'select BillToContact.Id, | from Account',
    'Id, Name, AutoPay, Balance, CreatedDate, Mrr, Notes, Status, BillToContact.Id, Segment',
    options,
  );
  offers('select FirstName, max(|) from Contact', 'Id, Country, FirstName', options);
});

test('before FROM is typed, a path that begins with an object leads to its fields', () => {
  const options = { kinds: 'field relation' };
  offers('select Contact.|', 'Id, Country, FirstName, Account', options);
  offers(
    'select Id, Order.Account.Na|',
    'Id, Name, AutoPay, Balance, BillToContact.Id, CreatedDate, Mrr, Notes, Status, BillToContact, ParentAccount, Segment',
    options,
  );
  offers('select Bogus.|', '', options);
  offers('select Contact.| from Account', '', options);
});

test('DISTINCT takes a field, not whole rows', () => {
  const options = { ...zoqlexport, kinds: 'operator keyword' };
  offers('select count(|) from Contact', '*, distinct', options);
  offers('select count(|*) from Contact', '', options);
  offers('select count(distinct |) from Contact', '', options);
});

test('what is selected comes first where it is grouped and sorted', () => {
  const options = { ...zoqlexport, kinds: 'field function' };
  const dates = 'date, month, quarter, week, weekofyear, year';
  offers('select Country, count(Id) from Contact group by |', `Country, FirstName, Id, ${dates}`, options);
  offers(
    'select Country, Account.Name, date(X) from Contact group by Country, |',
    `Account.Name, date(X), FirstName, Id, ${dates}, Country`,
    options,
  );
  offers(
    'select Country from Contact order by |',
    `Country, FirstName, Id, avg, count, date, max, min, month, quarter, sum, week, weekofyear, year`,
    options,
  );
  offers(
    'select Country, count(Id) from Contact group by Country having |',
    `Country, count(Id), FirstName, Id, avg, count, date, max, min, month, quarter, sum, week, weekofyear, year`,
    options,
  );
});

test("ZOQL's rules keep fields back that cannot be selected", () => {
  const catalogue = catalogueOf([
    object('Invoice', 'zoql export', ['Id id', 'Amount decimal', 'Body string zoql', 'BillRunId id zoql'], {}, [
      { kind: 'by id', fields: ['Body'], rule: 'only by Id' },
      { kind: 'filter only', fields: ['BillRunId'], rule: 'not in select' },
    ]),
  ]);
  completes(
    'select | from Invoice',
    `
    field Id     ID
    field Amount decimal
    field Body   string, ZOQL has a rule for it
    `,
    { ...zoql, catalogue },
  );
  offers('select Id from Invoice where |', 'Id, Amount, BillRunId, Body', { ...zoql, catalogue });
});

test('a field is found by what people call it, too', () => {
  const account = fixture.object('Account');
  assert.ok(account);
  const fields = account.fields.map(field => ({ ...field, label: field.name === 'Mrr' ? 'Umsatz' : field.label }));
  const catalogue = { ...fixture, object: () => ({ ...account, fields }) };
  const found = complete('select | from Account', { ...zoqlexport, catalogue }).items.find(
    ({ label }) => label === 'Mrr',
  );
  assert.equal(found?.filterText, 'Mrr Umsatz');
});

test('several words find the name that people call so', () => {
  calls('select Bill To| from Account', 'BillToContact, BillToContact.Id', 'Bill To');
  calls('select Id, bill to con|t from Account', 'BillToContact, BillToContact.Id', 'bill to cont');
  calls('select Auto P| from Account', 'AutoPay', 'Auto P');
  calls('select Id from Account where Auto P|', 'AutoPay', 'Auto P');
  calls('select Id from Account order by Created D|', 'CreatedDate', 'Created D');
  calls('select Account.Bill T| from Order', 'BillToContact, BillToContact.Id', 'Bill T');
  calls('select max(Created |) from Account', 'CreatedDate', 'Created ');
  accepts('select Id, Bill To C| from Account', 'BillToContact', 'select Id, BillToContact| from Account');
  accepts(
    'select Id;\nselect Id from Account where Auto Pa|',
    'AutoPay',
    'select Id;\nselect Id from Account where AutoPay|',
  );
});

test('a word that is a field itself begins no other name', () => {
  calls('select Name B| from Account', '', '');
  calls('select Id Name| from Account', '', '');
  calls('select Bill\nTo| from Account', '', '');
});

test('objects are found by several words', () =>
  assert.deepEqual(
    complete('select Id from Credit Mem|', { catalogue: bundled })
      .items.filter(item => item.replace)
      .map(({ label }) => label)
      .slice(0, 2),
    ['CreditMemo', 'CreditMemoApplication'],
  ));

test('after a dot come the fields of the object that the relation leads to', () => {
  completes(
    'select BillToContact.| from Account',
    `
    field    Id        ID
    field    Country   string
    field    FirstName string
    relation Account   Account
    operator *         All fields
    `,
  );
  offers('select ParentAccount.BillToContact.Co| from Account', 'Id, Country, FirstName, Account, *');
  offers('select Id from Account where BillToContact.| = 1', 'Id, Country, FirstName, Account');
  offers('select Id from Account order by billtocontact.|', 'Id, Country, FirstName, Account');
  offers('select Account.BillToContact.| from Account', 'Id, Country, FirstName, Account, *');
});

test('a dot after the object itself leads to its own fields', () =>
  offers('select Contact.| from Contact', 'Id, Country, FirstName, Account, *'));

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
  const fields = 'Id, Name, AutoPay, Balance, BillToId, CreatedDate, Status, Notes, Segment';
  offers('select Id from Account where |', fields, zoql);
  offers('select Id from Account where Id = 1 and |', fields, zoql);
});

test('every clause has the fields of the object', () => {
  const fields = 'Id, Country, FirstName';
  const options = { ...zoqlexport, kinds: 'field' };
  offers('select Id from Contact where |', fields, options);
  offers('select Id from Contact where (Id = 1 or |)', fields, options);
  offers('select Id from Contact where not |', fields, options);
  offers('select Id from Contact group by |', fields, options);
  offers('select Id from Contact group by Id, |', 'Country, FirstName, Id', options);
  offers('select Id from Contact group by Id having |', fields, options);
  offers('select Id from Contact order by |', fields, options);
  offers('select Id from Contact order by Id desc, |', 'Country, FirstName, Id', options);
  offers('select max(|) from Contact', fields, options);
  offers('select Id from Contact group by Id having max(|) > 1', fields, options);
});

test('functions open their parentheses, unless they have some', () => {
  accepts('select | from Account', 'count', 'select count(|) from Account');
  accepts('select co|(Id) from Account', 'count', 'select count|(Id) from Account');
  accepts('SELECT | FROM Account', 'MAX', 'SELECT MAX(|) FROM Account');
});

test('functions have what they can work with', () => {
  offers('select year(|) from Contact', 'Account, Contact');
  offers('select sum(|) from Account', 'Balance, Mrr, BillToContact, ParentAccount, Account, Segment');
  offers('select count(|) from Contact', 'Id, Country, FirstName, Account, *, Contact, distinct');
  offers('select count(distinct |) from Contact', 'Id, Country, FirstName, Account, Contact');
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
  offers('select Id from Account where Name |', '=, !=, like, <, <=, >, >=', zoql);
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
  offers('SEL|', 'SELECT, SELECT … FROM …, all fields');
  offers('SELECT Id FROM Account;\n|', 'SELECT, SELECT … FROM …, all fields');
  offers('SELECT Id FROM Account;\nselect Id |', 'as, from');
});

test('operators follow the type of the field', () => {
  offers('select Id from Account where Name |', '=, !=, like, <, <=, >, >=, is not null, is null, not like');
  offers('select Id from Account where Balance |', '=, <, <=, >, >=, !=, is not null, is null');
  offers('select Id from Account where CreatedDate |', '=, <, <=, >, >=, !=', zoql);
  offers('select Id from Account where AutoPay |', '=, !=', zoql);
  offers('select Id from Account where Status |', '=, !=, like', zoql);
  offers('select Id from Account where Id |', '=, !=', zoql);
  offers('select Id from Account where date(CreatedDate) |', '=, <, <=, >, >=, !=, is not null, is null');
  offers(
    'select Id from Account group by Id having max(Name) |',
    '=, !=, like, <, <=, >, >=, is not null, is null, not like',
  );
  offers('select Id from Account group by Id having count(Name) |', '=, <, <=, >, >=, !=, is not null, is null');
  offers('select Id from Account where BillToContact.Country |= 1', '');
});

test('values follow the type of the field', () => {
  offers('select Id from Account where Status = |', "'Active', 'Draft', 'On_Hold', null");
  offers('select Id from Account where AutoPay != |', 'false, true, null');
  offers('select Id from Account where Balance = |', 'null', zoql);
  offers('select Id from Account where Balance > |', '');
  offers('select Id from Account where Status in (|', "'Active', 'Draft', 'On_Hold'");
  offers("select Id from Account where Status in ('Active', '|", "'Active', 'Draft', 'On_Hold'");
  offers('select Id from Account where Status between |', "'Active', 'Draft', 'On_Hold'");
  offers('select Id from Account where ParentAccount.Status = |', "'Active', 'Draft', 'On_Hold', null", {
    kinds: 'value',
  });
});

test('a date and a datetime are there as they have to be written', () => {
  completes('select Id from Order where OrderDate >= |', `value '2026-11-23' A day`, { kinds: 'value', ...zoql });
  completes(
    'select Id from Account where CreatedDate >= |',
    "value '2026-11-23T00:00:00+00:00' A moment, with the offset of its zone",
    zoql,
  );
  accepts(
    "select Id from Account where CreatedDate >= '|'",
    "'2026-11-23T00:00:00+00:00'",
    "select Id from Account where CreatedDate >= '2026-11-23T00:00:00+00:00'|",
  );
  offers('select Id from Account where CreatedDate >= "|', '"2026-11-23T00:00:00+00:00"', zoql);
  const snippets = complete('select CreatedDate from Account where CreatedDate < |', zoql).items.map(
    item => item.snippet,
  );
  assert.deepEqual(snippets, ["'${1:2026-11-23}T${2:00:00:00}${3:+00:00}'"]);
});

test('Export ZOQL has relative dates', () => {
  const dates = `
    value '2026-11-23'                  A day
    value 'today'                       Midnight, when the query runs
    value 'now - 1 day'                 Time before the query runs
    value 'today - 30 days'             Days before the query runs
    value 'today (America/Los_Angeles)' Midnight in a zone
    `;
  completes("select Id from Order where OrderDate > '|'", dates, zoqlexport);
  completes('select Id from Order group by Id having max(OrderDate) > |', dates, { kinds: 'value' });
  accepts(
    'select Id from Account where CreatedDate > |',
    "'today - 30 days'",
    "select Id from Account where CreatedDate > 'today - 30 days'|",
  );
  completes(
    "select Id from Account where CreatedDate > '|'",
    `
    value '2026-11-23T00:00:00+00:00'   A moment, with the offset of its zone
    value 'now - 1 day'                 Time before the query runs, Export ZOQL only
    value 'today - 30 days'             Days before the query runs, Export ZOQL only
    value 'today'                       Midnight, when the query runs, Export ZOQL only
    value 'today (America/Los_Angeles)' Midnight in a zone, Export ZOQL only
    `,
  );
});

test('LIKE takes patterns, and nothing that is no text', () => {
  offers('select Id from Account where Name like |', "'%…', '…%'");
  accepts('select Id from Account where Name like |', "'…%'", "select Id from Account where Name like '|%'");
  accepts("select Id from Account where Name not like '|'", "'%…'", "select Id from Account where Name not like '%|'");
  offers('select Id from Account where CreatedDate like |', '');
  offers('select Id from Account where AutoPay like |', '');
});

test('ZOQL cannot compare a custom date with null', () => {
  const catalogue = catalogueOf([object('Account', 'zoql export', ['Due__c date custom'], {})]);
  offers('select Due__c from Account where Due__c = |', "'2026-11-23'", { ...zoql, catalogue });
  const inExport = { ...zoqlexport, catalogue, kinds: 'value' };
  offers(
    'select Due__c from Account where Due__c = |',
    "'2026-11-23', 'today', 'now - 1 day', 'today - 30 days', null, 'today (America/Los_Angeles)'",
    inExport,
  );
});

test('a value is not offered where one stands', () => {
  offers("select Id from Account where Status = | 'Draft'", '');
  offers('select Id from Account where Balance > 1|', '');
});

test('Export ZOQL compares two fields of one type', () => {
  const options = { ...zoqlexport, kinds: 'field' };
  offers('select Id from Account where Balance = |', 'Balance, Mrr, Segment', options);
  offers('select Id from Account where CreatedDate > |', 'CreatedDate, Segment', options);
  offers(
    'select Id from Account where Balance = ParentAccount.|',
    'Id, Name, AutoPay, Balance, BillToContact.Id, CreatedDate, Mrr, Notes, Status, Segment',
    options,
  );
  offers('select Id from Account where Balance = |', '', { ...zoql, kinds: 'field' });
});

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
});

test('behind AS stands a name made of the field', () => {
  completes('select Name as | from Account', 'value "Account Name" The name of the column');
  accepts('select Id, Name as "|" from Account', '"Account Name"', 'select Id, Name as "Account Name"| from Account');
  offers("select Name as '|' from Account", "'Account Name'");
  offers('select BillToContact.Country as |, Id from Account', '"Bill To Contact Country"');
  offers('select max(Balance) as | from Account', '"Max Balance"');
  offers('select count(*) as | from Account', '"Count"');
  offers('select * as | from Account', '');
  offers('select Name as "Account Name", Name as | from Account', '"Account Name 2"');
  offers('select Name as | from Account', '', zoql);
});

test('a column name is offered nowhere else, since it cannot stand there', () => {
  const labels = (marked: string): string[] => complete(marked).items.map(({ label }) => label);
  assert.ok(!labels('select Name as Customer from Account order by |').includes('Customer'));
  assert.ok(!labels('select Name as Customer from Account group by Name having |').includes('Customer'));
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
    directive apiVersion          -- @apiVersion 91.0
    directive convertToCurrencies -- @convertToCurrencies EUR,GBP
    directive deleted             -- @deleted column=Deleted format=Boolean
    directive name                -- @name value
    directive type                -- @type zoql or -- @type zoqlexport
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
  offers('-- @name |\nselect Id from contact', 'Contact');
  offers('-- @name All |\nselect Id from contact', '');
});

test('the options of a query have their keys and values', () => {
  completes(
    '-- @deleted |\nselect Id from Account',
    `
    value column=Deleted   The name of the column that tells whether a row is deleted.
    value forceExport=true What a stateless job needs to export deleted rows (error 90012). It is sent for you where the job is stateless.
    value format=Boolean   Boolean gives true and false, Numeric 1 and 0.
    `,
  );
  offers('-- @deleted Column=Gone |', 'forceExport=true, format=Boolean');
  offers('-- @deleted column=Gone format=|', 'Boolean, Numeric');
  offers('-- @deleted column=|', '');
  accepts('-- @deleted column=Gone form|', 'format=Boolean', '-- @deleted column=Gone format=Boolean|');
  accepts('-- @deleted format=bo|olean column=Gone', 'Boolean', '-- @deleted format=Boolean| column=Gone');
  completes(
    '-- @apiVersion |\nselect Id from Account',
    `
    value 145.0 The newest that is documented
    value 69.0  The first with dates apart from datetimes
    value 78.0  The first that converts currencies
    `,
  );
  accepts('-- @apiversion 9|1.0', '78.0', '-- @apiversion 78.0|');
  accepts('-- @convertToCurrencies G|', 'GBP', '-- @convertToCurrencies GBP|');
  accepts('-- @convertToCurrencies EUR, |', 'GBP', '-- @convertToCurrencies EUR, GBP|');
  offers('-- @convertToCurrencies EUR |', '');
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
  offers('select In| from Contact', 'Id, Country, FirstName', zoql);
  offers('select Id, not| from Contact', 'Country, FirstName, Id', zoql);
  offers('select Id, Order|.Id from Order', 'Account, Order', zoqlexport);
});

test('each statement of a file has its own object', () => {
  offers('select Id from Account;\nselect | from Contact;\nselect Code from Amendment', 'Id, Country, FirstName', zoql);
  offers('select Id from Account;\nselect | from Contact\nselect Code from Amendment', 'Id, Country, FirstName', zoql);
});

test('a character that asks for a list gets one only where one is surely wanted', () => {
  const asked = (marked: string, triggerCharacter: string, options: Options = {}): number =>
    complete(marked, { ...options, triggerCharacter }).items.length;
  const wanted: [string, string][] = [
    ['select Id from |', ' '],
    ['select | from Account', ' '],
    ['select Id, | from Account', ' '],
    ['select Id from Account where |', ' '],
    ['select Id from Account where Id = 1 and |', ' '],
    ['select Id from Account where Id = 1 or |', ' '],
    ['select Id from Account order by |', ' '],
    ['select Id from Account where Status = |', ' '],
    ['select Id from Account where AutoPay = |', ' '],
    ['-- @type |\nselect Id from Account', ' '],
    ['select BillToContact.| from Account', '.'],
    ["select Id from Account where Status = '|", "'"],
    ['-- @|', '@'],
  ];
  for (const [marked, character] of wanted) assert.ok(asked(marked, character) > 0, marked);
  const unwanted: [string, string][] = [
    ['|', ' '],
    [' |', ' '],
    ['select |', ' '],
    ['select Id |', ' '],
    ['select Id | from Account', ' '],
    ['select Id from Account |', ' '],
    ['select Id from Account where Name |', ' '],
    ['select Id from Account where Name = |', ' '],
    ["select Id from Account where Name = 'a |'", ' '],
    ['select Id from Account where Bill |', ' '],
    ['select Id -- from |', ' '],
    ['select Id from Account limit |', ' '],
    ['select Id from Account where Balance = 1.|', '.'],
    ["select Id from Account where Status = 'Draft'|", "'"],
    ['select Id from Account where Name = @|', '@'],
  ];
  for (const [marked, character] of unwanted) assert.equal(asked(marked, character), 0, marked);
});

test('whole queries to fill in are known to be right by the bundled facts', () => {
  for (const queryType of ['auto', 'zoql'] as const) {
    const { items } = complete('|', { catalogue: bundled, queryType });
    const wholeQueries = items.filter(item => item.documentation !== undefined);
    const labels = 'accounts with contact, all fields, changed since, count by day, customers who owe, latest records';
    assert.equal(wholeQueries.map(({ label }) => label).join(', '), queryType === 'auto' ? labels : 'changed since');
    for (const { insertText = '' } of wholeQueries) {
      const problems = problemsOf(insertText, queryType, bundled).filter(({ severity }) => severity !== 'hint');
      assert.deepEqual(problems, [], insertText);
    }
  }
});

test('what changed since yesterday, in capitals', () => {
  accepts(
    'SEL|',
    'changed since',
    `SELECT Id, UpdatedDate
FROM Account
WHERE UpdatedDate >= '2026-02-28T00:00:00+00:00' AND UpdatedDate < '2026-03-01T00:00:00+00:00'|`,
    { catalogue: bundled, today: '2026-03-01' },
  );
  offers('-- @type zoql\n|', 'select, select … from …, changed since', { catalogue: bundled });
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

/** Asserts the items that take the place of several words, and these words. */
function calls(marked: string, labels: string, words: string): void {
  const { text } = withCursor(marked);
  const items = complete(marked, zoqlexport).items.filter(({ replace }) => replace !== undefined);
  assert.equal(
    items
      .map(({ label }) => label)
      .sort()
      .join(', '),
    labels,
  );
  for (const { replace, filterText = '' } of items) {
    assert.equal(text.slice(replace?.start, replace?.end), words);
    assert.ok(
      filterText.toLowerCase().startsWith(words.toLowerCase().slice(0, marked.indexOf('|') - (replace?.start ?? 0))),
      filterText,
    );
  }
}

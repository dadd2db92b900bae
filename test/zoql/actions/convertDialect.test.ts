import { test } from 'node:test';
import { mends, withholds } from '../mends';

const toZoql = 'Convert to ZOQL';
const toExport = 'Convert to Export ZOQL';

/** Asserts that no conversion is offered. */
function refuses(type: 'zoql' | 'zoqlexport', query: string): void {
  withholds(`-- @type ${type}\n|${query}`, 'Convert');
}

test('foreign keys become paths, and paths become foreign keys', () => {
  mends(
    "select Id, BillToId from Account where| BillToId = '1'",
    toExport,
    "-- @type zoqlexport\nselect Id, BillToContact.Id from Account where BillToContact.Id = '1'",
  );
  mends(
    "select Id, BillToContact.Id from Account where| billtocontact.id = '1'",
    toZoql,
    "-- @type zoql\nselect Id, BillToId from Account where BillToId = '1'",
  );
});

test('the name of the object goes from before its fields', () =>
  mends(
    'select account.Name from Account| where Account.Balance > 1',
    toZoql,
    '-- @type zoql\nselect Name from Account where Balance > 1',
  ));

test('a declared type changes; comments, layout and line breaks stay', () =>
  mends(
    '-- @name bills\r\n-- @type zoql\r\nSELECT Id, -- key\r\n  BillToId /* whom */\r\nFROM Account|',
    toExport,
    '-- @name bills\r\n-- @type zoqlexport\r\nSELECT Id, -- key\r\n  BillToContact.Id /* whom */\r\nFROM Account',
  ));

test('quotes and escapes', () => {
  mends(
    String.raw`select Id from Account where| Name = 'it\'s' or Name = "a\\b" or Name = 'x\ty'`,
    toExport,
    `-- @type zoqlexport\nselect Id from Account where Name = 'it''s' or Name = 'a\\b' or Name = 'x\ty'`,
  );
  mends(
    `-- @type zoqlexport\nselect Id from Account where| Name = 'it''s' or Name = "a\\b""" or Name = 'x\ty'`,
    toZoql,
    String.raw`-- @type zoql
select Id from Account where Name = 'it\'s' or Name = 'a\\b"' or Name = 'x\ty'`,
  );
});

test('a text that the other dialect cannot hold, or that nobody can read surely, is not converted', () => {
  refuses('zoql', String.raw`select Id from Account where Name = 'a\nb'`);
  refuses('zoql', String.raw`select Id from Account where Name = 'a\qb'`);
  refuses('zoqlexport', String.raw`select Id from Account where Name = 'a\''b'`);
});

test('IS NULL becomes = null', () =>
  mends(
    'select Id from Account where| Name is null or Balance is not null',
    toZoql,
    '-- @type zoql\nselect Id from Account where Name = null or Balance != null',
  ));

test('parentheses, NOT, IN and BETWEEN become what ZOQL has', () => {
  mends(
    "select Id from Account where| AutoPay = true and (BillToContact.Id = '1' or Account.Name is null)",
    toZoql,
    "-- @type zoql\nselect Id from Account where AutoPay = true and BillToId = '1' or AutoPay = true and Name = null",
  );
  mends(
    "select Id from Account where| not (Balance < 1) and Account.Status in ('Draft', 'Active')",
    toZoql,
    "-- @type zoql\nselect Id from Account where Balance >= 1 and Status = 'Draft' or Balance >= 1 and Status = 'Active'",
  );
  mends(
    '-- @type zoqlexport\nselect Id from Account where| Balance between 1 and 2',
    toZoql,
    '-- @type zoql\nselect Id from Account where Balance >= 1 and Balance <= 2',
  );
});

test('quoted numbers and booleans lose their quotes', () =>
  mends(
    "select Account.Id from Account where| Balance > '1.50' and AutoPay = 'true'",
    toZoql,
    '-- @type zoql\nselect Id from Account where Balance > 1.50 and AutoPay = true',
  ));

test('dates', () => {
  mends(
    "select Account.Id from Account where| CreatedDate > '2026-01-01T10:00Z' or CreatedDate = '2026-01-01T10:00:00+01:30'",
    toZoql,
    "-- @type zoql\nselect Id from Account where CreatedDate > '2026-01-01T10:00:00+00:00' or CreatedDate = '2026-01-01T10:00:00+01:30'",
  );
  mends(
    'select Id from Account where| CreatedDate > 2026-01-01T10:00:00',
    toExport,
    "-- @type zoqlexport\nselect Id from Account where CreatedDate > '2026-01-01T10:00:00'",
  );
  refuses('zoqlexport', "select Id from Account where CreatedDate > 'today - 1 day'");
  refuses('zoqlexport', "select Id from Account where CreatedDate > '2026-01-01 10:00:00'");
  refuses('zoqlexport', "select Id from Account where CreatedDate > '2026-01-01'");
  refuses('zoqlexport', "select Id from Account where Any__c > 'now'");
});

test('what orders and names the result is left out, and the title says so', () => {
  mends(
    'select Id from Account order by Name limit 5|',
    'Convert to ZOQL without ORDER BY and LIMIT',
    '-- @type zoql\nselect Id from Account',
  );
  mends(
    'select Id as "Key" from Account\nwhere Balance > 1 -- rich\nlimit| 5',
    'Convert to ZOQL without column names and LIMIT',
    '-- @type zoql\nselect Id from Account\nwhere Balance > 1 -- rich\n',
  );
  refuses('zoqlexport', 'select Id from Account order by Name -- by name\n  , Id');
});

test('what ZOQL lacks and nothing stands for is not converted', () => {
  refuses('zoqlexport', 'select * from Account');
  refuses('zoqlexport', 'select count(Id) from Account');
  refuses('zoqlexport', 'select Name from Account group by Name');
  refuses('zoqlexport', 'select BillToContact.Country from Account');
  refuses('zoqlexport', 'select Mrr from Account');
  refuses('zoqlexport', 'select Id from Account where Balance = Id');
  refuses('zoqlexport', "select Id from Account where Notes = 'a'");
  refuses('zoqlexport', "select Id from Account where Name not like 'a%'");
  refuses('zoqlexport', "select Id from Account where (Name = 'a' /* b */ or Id = 'b') and Balance > 1");
  refuses('zoqlexport', 'select Id from Order');
  refuses('zoqlexport', 'select Id from Nothing');
  refuses('zoqlexport', 'select Id, from Account');
});

test('what Export ZOQL lacks is not converted', () => {
  refuses('zoql', 'select Id from Amendment');
  refuses('zoql', 'select Id from Account where Name = Bob');
});

test('what is called ZOQL and is not becomes it, or Export ZOQL', () => {
  const query = "-- @type zoql\nselect Account.Id, BillToId from Account where| not (Name is null or Name = 'a\\'b')";
  mends(query, toZoql, "-- @type zoql\nselect Id, BillToId from Account where Name != null and Name != 'a\\'b'");
  mends(
    query,
    toExport,
    "-- @type zoqlexport\nselect Account.Id, BillToContact.Id from Account where not (Name is null or Name = 'a''b')",
  );
});

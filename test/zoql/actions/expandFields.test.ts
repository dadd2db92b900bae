import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends, withholds } from '../mends';

test('* becomes the fields that the dialect has: no foreign keys, no guessed names', () =>
  mends(
    'select *| from Account',
    'Replace * by 8 fields',
    'select Id, Name, AutoPay, Balance, CreatedDate, Mrr, Notes, Status from Account',
  ));

test('what the list has already is not written twice', () =>
  mends(
    'select Account.Name, BillToContact.Country, *| from Account',
    'Replace * by 7 fields',
    'select Account.Name, BillToContact.Country, Id, AutoPay, Balance, CreatedDate, Mrr, Notes, Status from Account',
  ));

test('in ZOQL, * becomes the fields of ZOQL', () =>
  mends(
    '-- @type zoql\nselect *| from Account',
    'Replace * by 8 fields',
    '-- @type zoql\nselect Id, Name, AutoPay, Balance, BillToId, CreatedDate, Notes, Status from Account',
  ));

test('fields that ZOQL takes only under conditions are left out', () =>
  withholds('-- @type zoql\nselect *| from ProductRatePlan', 'Replace * by 13', { catalogue: bundled }));

test('* of a path becomes the fields behind it', () =>
  mends(
    'select Name, BillToContact.*| from Account',
    'Replace BillToContact.* by 3 fields',
    'select Name, BillToContact.Id, BillToContact.Country, BillToContact.FirstName from Account',
  ));

test('the list gets the fields that it lacks', () =>
  mends(
    "select| Balance, Account.Name, BillToId from Account where Status = 'Draft'",
    'Add 6 standard fields',
    "select Balance, Account.Name, BillToId, Id, AutoPay, CreatedDate, Mrr, Notes, Status from Account where Status = 'Draft'",
  ));

test('custom fields are added apart', () => {
  mends('select Id| from Amendment', 'Add 1 custom field', 'select Id, Type__c from Amendment');
  mends('select Id| from Amendment', 'Add 1 standard field', 'select Id, Code from Amendment');
  mends('select Id| from Amendment', 'Add 2 fields', 'select Id, Code, Type__c from Amendment');
});

test('a custom field that only some tenant has is not added', () =>
  withholds('select Id| from Invoice', 'Add 1 custom field', { catalogue: bundled }));

test('a list of several lines has one field a line', () =>
  mends(
    'select\r\n    FirstName,\r\n    Count|ry -- where\r\nfrom Contact',
    'Add 1 standard field',
    'select\r\n    FirstName,\r\n    Country, -- where\r\n    Id\r\nfrom Contact',
  ));

test('a list that would be too long goes to lines of its own', () => {
  mends(
    '  select BillToContact.*, BillToContact.Country, Account.*| from Account',
    'Replace Account.* by 8 fields',
    `  select
    BillToContact.*, BillToContact.Country, Account.Id,
    Account.Name,
    Account.AutoPay,
    Account.Balance,
    Account.CreatedDate,
    Account.Mrr,
    Account.Notes,
    Account.Status
  from Account`,
  );
  mends(
    '-- @type zoqlexport\nselect BillToContact.Id, BillToContact.Country, BillToContact.FirstName, Name| from Account',
    'Add 7 standard fields',
    `-- @type zoqlexport
select BillToContact.Id, BillToContact.Country, BillToContact.FirstName, Name,
  Id,
  AutoPay,
  Balance,
  CreatedDate,
  Mrr,
  Notes,
  Status
from Account`,
  );
});

test('a list that has all, that is grouped, or that no facts are known of gets nothing', () => {
  withholds('select *, BillToContact.Id| from Account', 'Add');
  withholds('select count(Id)| from Account', 'Add');
  withholds('select Name| from Account group by Name', 'Add');
  withholds('select Id| from Nothing', 'Add');
  withholds('select Id from| Account', 'Add');
  withholds('select * from| Nothing', 'Replace');
});

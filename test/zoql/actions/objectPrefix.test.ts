import { test } from 'node:test';
import { mends, withholds } from '../mends';

test('the name of the object comes before its fields in Export ZOQL', () =>
  mends(
    "select Name|, max(Mrr), BillToContact.Country, *, Account.Id from Account where Balance > 1 and Any__c = '1' order by Name",
    'Write Account before its fields',
    "select Account.Name, max(Account.Mrr), BillToContact.Country, *, Account.Id from Account where Account.Balance > 1 and Any__c = '1' order by Account.Name",
  ));

test('and goes', () => {
  mends(
    'select ACCOUNT.Name|, Account.BillToContact.Country from Account where account . Balance > 1',
    'Remove Account before its fields',
    'select Name, BillToContact.Country from Account where Balance > 1',
  );
  mends(
    '-- @type zoql\nselect Account.Name| from Account',
    'Remove Account before its fields',
    '-- @type zoql\nselect Name from Account',
  );
});

test('ZOQL has no such names, a comment would be lost, and the cursor is elsewhere', () => {
  withholds('select Name| from Account', 'Write');
  withholds('select Account/* a */.Name|, * from Account', 'Remove');
  withholds('select Account.Name from |Account', 'Remove');
});

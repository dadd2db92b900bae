import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('a path that ends with another object', () => {
  check(
    '-- @type zoqlexport\nselect BillToContact, Account.ParentAccount from Account',
    `
    select BillToContact, Account.ParentAccount from Account
           ^^^^^^^^^^^^^ warning path-without-field: BillToContact is an object; a field of it is to follow, such as BillToContact.Id
                          ^^^^^^^^^^^^^^^^^^^^^ warning path-without-field: Account.ParentAccount is an object; a field of it is to follow, such as Account.ParentAccount.Id
    `,
  );
  check(
    'select Account, BillToContact from Account',
    `
    select Account, BillToContact from Account
           ^^^^^^^ warning path-without-field: Account is an object; a field is to stand here
                    ^^^^^^^^^^^^^ warning path-without-field: BillToContact is an object; a field is to stand here
    `,
  );
});

test('Export ZOQL takes a field of it', () => {
  mends(
    'select *, ParentAccount| from Account',
    'Change to ParentAccount.Id',
    'select *, ParentAccount.Id from Account',
  );
  mends(
    'select *, ParentAccount| from Account',
    'Change to ParentAccount.Name',
    'select *, ParentAccount.Name from Account',
  );
});

test('ZOQL takes the foreign key', () => {
  mends('select BillToContact| from Account', 'Change to BillToId', 'select BillToId from Account');
  mends('select Account| from Invoice', 'Change to AccountId', 'select AccountId from Invoice', { catalogue: bundled });
  proposes('select ParentAccount| from Account', []);
});

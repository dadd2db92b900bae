import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a field twice, however it is written', () =>
  check(
    'select Id, Name, Account.Id, name from Account',
    `
    select Id, Name, Account.Id, name from Account
                     ^^^^^^^^^^ warning duplicate-field: This is selected already
                                 ^^^^ warning duplicate-field: This is selected already
    `,
    'zoqlexport',
  ));

test('under another name it is meant', () =>
  check('select Name, Name as "Customer", max(Balance), min(Balance) from Account group by Name', ''));

test('the second goes with its comma', () =>
  mends('select Id, Name, I|d from Account', 'Remove it', 'select Id, Name from Account'));

test('from the middle of the list, too', () =>
  mends('select Id, i|d, Name from Account', 'Remove it', 'select Id, Name from Account'));

import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a column that is named as it is called', () =>
  check(
    'select Name as "Account.Name", Status as Status, Mrr as "MRR" from Account',
    `
    select Name as "Account.Name", Status as Status, Mrr as "MRR" from Account
                   ^^^^^^^^^^^^^^ hint column-name-ignored: The column is called Account.Name without this name, too
                                             ^^^^^^ hint column-name-ignored: The column is called Status without this name, too
    `,
  ));

test('the name goes', () =>
  mends('select Name as "Na|me", Id from Account', 'Remove the name', 'select Name, Id from Account'));

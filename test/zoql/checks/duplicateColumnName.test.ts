import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a name that is given twice', () =>
  check(
    'select Name as "A", Status as A, Mrr as "B", Id as "A" from Account',
    `
    select Name as "A", Status as A, Mrr as "B", Id as "A" from Account
                                  ^ duplicate-column-name: Another column is named A
                                                       ^^^ duplicate-column-name: Another column is named A
    `,
  ));

test('the second gets a number, inside of its quotes', () =>
  mends(
    'select Name as "Who", Status as "Wh|o" from Account',
    'Rename to Who2',
    'select Name as "Who", Status as "Who2" from Account',
  ));

test('a number that is free', () =>
  mends(
    'select Name as A, Status as A2, Mrr as |A from Account',
    'Rename to A3',
    'select Name as A, Status as A2, Mrr as A3 from Account',
  ));

test('or it loses its name', () =>
  mends('select Name as A, Status as |A from Account', 'Remove the name', 'select Name as A, Status from Account'));

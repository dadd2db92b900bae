import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('an aggregate inside of another', () =>
  check(
    'select max(sum(Balance)), max(year(CreatedDate)) from Account',
    `
    select max(sum(Balance)), max(year(CreatedDate)) from Account
               ^^^ nested-aggregate: sum cannot stand inside max
    `,
  ));

test('the inner function stays', () =>
  mends('select max(s|um(Balance)) from Account', 'Change to sum(Balance)', 'select sum(Balance) from Account'));

test('or the outer one', () =>
  mends('select max(s|um(Balance)) from Account', 'Remove sum( )', 'select max(Balance) from Account'));

import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('a function that Export ZOQL has not', () => {
  check(
    'select median(Name) from Account',
    `
    select median(Name) from Account
           ^^^^^^ warning unknown-function: Export ZOQL has no function median
    `,
  );
  check('select COUNT(*), Max(Balance) from Account', '');
});

test('in ZOQL, which has no functions, it is not faulted twice', () =>
  check(
    '-- @type zoql\nselect median(Name) from Account',
    `
    select median(Name) from Account
           ^^^^^^^^^^^^ only-in-export: ZOQL has no functions; Export ZOQL does
    `,
  ));

test('the nearest function is a fix, in the case of the letters', () => {
  mends('select cuont|(Id) from Account', 'Change to count', 'select count(Id) from Account');
  mends('select MXA|(Balance) from Account', 'Change to MAX', 'select MAX(Balance) from Account');
  proposes('select median|(Name) from Account', []);
});

test('a function by the name that it has elsewhere', () => {
  mends('select average|(Balance) from Account', 'Change to avg', 'select avg(Balance) from Account');
  mends('select CNT|(Id) from Account', 'Change to COUNT', 'select COUNT(Id) from Account');
  mends('select maximum|(Balance) from Account', 'Change to max', 'select max(Balance) from Account');
  proposes('select total|(Balance) from Account', ['* Change to sum']);
});

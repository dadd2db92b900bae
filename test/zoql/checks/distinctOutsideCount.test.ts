import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('DISTINCT in SELECT and in another function', () =>
  check(
    `select distinct Name from Account;
select max(distinct Balance), count(distinct Name) from Account`,
    `
    select distinct Name from Account;
           ^^^^^^^^ distinct-outside-count: DISTINCT stands only inside COUNT( )
    select max(distinct Balance), count(distinct Name) from Account
               ^^^^^^^^ distinct-outside-count: DISTINCT stands only inside COUNT( ), not in max( )
    `,
  ));

test('DISTINCT leaves a function', () =>
  mends('select max(dist|inct Balance) from Account', 'Remove DISTINCT', 'select max(Balance) from Account'));

test('or the function becomes count', () =>
  mends(
    'select max(dist|inct Balance) from Account',
    'Change to count( )',
    'select count(distinct Balance) from Account',
  ));

test('DISTINCT leaves SELECT', () =>
  mends('select dist|inct Name from Account', 'Remove DISTINCT', 'select Name from Account'));

test('or counts its field', () =>
  mends(
    'select dist|inct Name from Account',
    'Change to count(distinct Name)',
    'select count(distinct Name) from Account',
  ));

test('or becomes the GROUP BY that does the same', () =>
  mends(
    'select dist|inct Name, Status from Account where Balance > 0 order by Name',
    'Change to GROUP BY',
    'select Name, Status from Account where Balance > 0 group by Name, Status order by Name',
  ));

import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('LIKE compares texts', () =>
  check(
    `select Id from Thing where Price like '5%';
select Id from Thing where Active not like 'true';
select Id from Thing where Moment like '2026%';
select Id from Thing where Name like 'a%';
select Id from Thing where State like 'Dr%';
select Id from Thing where Id like '2c%';
select Id from Thing where Vague like '5%'`,
    `
    select Id from Thing where Price like '5%';
                                     ^^^^ warning operator-type: LIKE compares texts; Price is a number
    select Id from Thing where Active not like 'true';
                                      ^^^^^^^^ warning operator-type: LIKE compares texts; Active is true or false
    select Id from Thing where Moment like '2026%';
                                      ^^^^ warning operator-type: LIKE compares texts; Moment is a datetime
    `,
    'zoqlexport',
    typed,
  ));

test('true and false have no order', () =>
  check(
    `select Id from Thing where Active < true;
select Id from Thing where Active != true;
select Id from Thing where Count < 5`,
    `
    select Id from Thing where Active < true;
                                      ^ warning operator-type: Active is true or false; use = or !=
    `,
    'zoql',
    typed,
  ));

test('= for a number', () =>
  mends("select Id from Thing where Price li|ke '5'", 'Change to =', 'select Id from Thing where Price = 5', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('!= for a boolean', () =>
  mends(
    "select Id from Thing where Active not li|ke 'true'",
    'Change to !=',
    'select Id from Thing where Active != true',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('= for a date', () =>
  mends(
    "select Id from Thing where Day li|ke '2026-08-01'",
    'Change to =',
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('no operator means the same as a pattern', () =>
  proposes("select Id from Thing where Price li|ke '5%'", [], { catalogue: typed, queryType: 'zoql' }));

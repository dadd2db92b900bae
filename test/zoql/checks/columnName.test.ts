import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a name of a column where a field is to stand', () =>
  check(
    'select Balance as Money, Name as Who, Status as Name from Account where Money > 5 group by Name order by Who',
    `
    select Balance as Money, Name as Who, Status as Name from Account where Money > 5 group by Name order by Who
           ^^^^^^^ not-grouped: Balance stands neither in GROUP BY nor in an aggregate
                                          ^^^^^^ not-grouped: Status stands neither in GROUP BY nor in an aggregate
                                                                            ^^^^^ column-name: Money is only a column name; WHERE takes Balance itself
                                                                                                             ^^^ column-name: Who is only a column name; ORDER BY takes Name itself
    `,
    'zoqlexport',
  ));

test('a field of the same name is meant as the field', () =>
  check('select Balance as Name from Account order by Name', ''));

test('the field itself takes its place', () =>
  mends(
    'select Status, sum(Balance) as Total from Account group by Status having Tot|al > 5',
    'Change to sum(Balance)',
    'select Status, sum(Balance) as Total from Account group by Status having sum(Balance) > 5',
  ));

import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('an aggregate stands neither in WHERE nor in GROUP BY', () =>
  check(
    'select Name, count(Id) from Account where count(Id) > 1 group by Name, max(Balance)',
    `
    select Name, count(Id) from Account where count(Id) > 1 group by Name, max(Balance)
                                              ^^^^^^^^^ aggregate-place: count cannot stand in WHERE; it belongs into SELECT or HAVING
                                                                           ^^^^^^^^^^^^ aggregate-place: max cannot stand in GROUP BY; it belongs into SELECT or HAVING
    `,
  ));

test('a condition on groups moves to HAVING', () =>
  mends(
    'select Name, count(Id) from Account where cou|nt(Id) > 1 group by Name',
    'Move to HAVING',
    'select Name, count(Id) from Account group by Name having count(Id) > 1',
  ));

test('an aggregate leaves the list', () =>
  mends(
    'select count(Id) from Account group by Name, ma|x(Balance)',
    'Remove it from GROUP BY',
    'select count(Id) from Account group by Name',
  ));

test('the last one takes the clause with it', () =>
  mends(
    'select count(Id) from Account group by ma|x(Balance) order by count(Id)',
    'Remove GROUP BY',
    'select count(Id) from Account order by count(Id)',
  ));

import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a field beside an aggregate needs a GROUP BY', () =>
  check(
    'select Name, count(Id) from Account',
    `
    select Name, count(Id) from Account
           ^^^^ not-grouped: Name beside an aggregate needs a GROUP BY
    `,
  ));

test('what GROUP BY does not name is marked in SELECT, HAVING and ORDER BY', () =>
  check(
    'select Status, Name, sum(Balance) from Account group by Status having Mrr > 5 order by Name',
    `
    select Status, Name, sum(Balance) from Account group by Status having Mrr > 5 order by Name
                   ^^^^ not-grouped: Name stands neither in GROUP BY nor in an aggregate
                                                                          ^^^ not-grouped: Mrr stands neither in GROUP BY nor in an aggregate
                                                                                           ^^^^ not-grouped: Name stands neither in GROUP BY nor in an aggregate
    `,
  ));

test('fields are compared by what they mean', () =>
  check(
    `select Account.Name, year(CreatedDate), BillToContact.Country, count(Id)
from Account group by name, CreatedDate, billtocontact.country order by Account.Name`,
    '',
  ));

test('a date function of a grouped field, and a grouped date function, are grouped', () =>
  check(
    `select year(CreatedDate), sum(Balance) from Account group by CreatedDate having month(CreatedDate) = 2;
select year(CreatedDate), sum(Balance) from Account group by year(CreatedDate)`,
    '',
  ));

test('* is no group', () =>
  check(
    'select *, count(Id) from Account',
    `
    select *, count(Id) from Account
           ^ not-grouped: * beside an aggregate needs a GROUP BY
           ^ hint star-lacks-keys: * leaves out the keys of other objects, such as BillToContact.Id
    `,
    'zoqlexport',
  ));

test('without an aggregate GROUP BY makes distinct rows', () =>
  check('select Name, Status from Account group by Name, Status', ''));

test('a GROUP BY that is being typed asks for nothing yet', () =>
  check(
    'select Name, count(Id) from Account group by',
    `
    select Name, count(Id) from Account group by
                                              ^^ expected-field: Expected a field
    `,
  ));

test('a field is added as a GROUP BY before ORDER BY', () =>
  mends(
    'select Na|me, count(Id) from Account where Balance > 0 order by Name',
    'Add Name to GROUP BY',
    'select Name, count(Id) from Account where Balance > 0 group by Name order by Name',
  ));

test('a field is added to the GROUP BY that is there', () =>
  mends(
    'SELECT Status, Na|me, COUNT(Id) FROM Account GROUP BY Status',
    'Add Name to GROUP BY',
    'SELECT Status, Name, COUNT(Id) FROM Account GROUP BY Status, Name',
  ));

test('all fields are added at once, in the case of the keywords', () =>
  mends(
    'SELECT Stat|us, Name, COUNT(Id) FROM Account',
    'Add all 2 fields to GROUP BY',
    'SELECT Status, Name, COUNT(Id) FROM Account GROUP BY Status, Name',
  ));

test('a column by its name, in any case, is another mistake', () =>
  check(
    'select Name as N, sum(Balance) as Total from Account group by n order by TOTAL',
    `
    select Name as N, sum(Balance) as Total from Account group by n order by TOTAL
                                                                  ^ column-name: n is only a column name; GROUP BY takes Name itself
                                                                             ^^^^^ column-name: TOTAL is only a column name; ORDER BY takes sum(Balance) itself
    `,
  ));

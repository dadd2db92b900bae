import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('ZOQL has neither', () =>
  check(
    `select Id from Thing where Count in (1, 2);
select Id from Thing where Count between 1 and 5`,
    `
    select Id from Thing where Count in (1, 2);
                                     ^^ in-and-between: ZOQL has no IN: compare with = and join by OR
    select Id from Thing where Count between 1 and 5
                                     ^^^^^^^ in-and-between: ZOQL has no BETWEEN: use >= and <=
    `,
    'zoql',
    typed,
  ));

test('Export ZOQL documents neither', () =>
  check(
    `select Id from Thing where Count not in (1, 2);
select Id from Thing where Count not between 1 and 5`,
    `
    select Id from Thing where Count not in (1, 2);
                                     ^^^^^^ warning in-and-between: Export ZOQL documents no IN: compare with = and join by OR
    select Id from Thing where Count not between 1 and 5
                                     ^^^^^^^^^^^ warning in-and-between: Export ZOQL documents no BETWEEN: use >= and <=
    `,
    'zoqlexport',
    typed,
  ));

test('IN of several', () =>
  mends(
    'select Id from Thing where Count i|n (1, 2) or Active = true',
    'Change to =',
    'select Id from Thing where Count = 1 or Count = 2 or Active = true',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('IN of one', () =>
  mends(
    "select Id from Thing where Name i|n ('a') and Active = true",
    'Change to =',
    "select Id from Thing where Name = 'a' and Active = true",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('NOT IN', () =>
  mends(
    'select Id from Thing where Count not i|n (1, 2) and Active = true',
    'Change to !=',
    'select Id from Thing where Count != 1 and Count != 2 and Active = true',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a comma within a number is no comma of the list', () => {
  mends(
    'select Id from Thing where Count i|n (1,000)',
    'Change to =, numbers without commas',
    'select Id from Thing where Count = 1000',
    { catalogue: typed, queryType: 'zoql' },
  );
  mends(
    'select Id from Thing where Count not i|n (1,000, 5,2,500,000)',
    'Change to !=, numbers without commas',
    'select Id from Thing where Count != 1000 and Count != 5 and Count != 2500000',
    { catalogue: typed, queryType: 'zoql' },
  );
});

test('BETWEEN', () =>
  mends(
    "select Id from Thing where Day betw|een '2026-08-01' and '2026-08-31' and Active = true",
    'Change to >= and <=',
    "select Id from Thing where Day >= '2026-08-01' and Day <= '2026-08-31' and Active = true",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('IN within AND', () =>
  mends(
    'select Id from Thing where Count i|n (1, 2) and Active = true',
    'Change to =',
    'select Id from Thing where (Count = 1 or Count = 2) and Active = true',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('IN behind NOT', () =>
  mends(
    'select Id from Thing where not Count i|n (1, 2)',
    'Change to =',
    'select Id from Thing where not (Count = 1 or Count = 2)',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('BETWEEN behind NOT', () =>
  mends(
    'select Id from Thing where not Count betw|een 1 and 5',
    'Change to >= and <=',
    'select Id from Thing where not (Count >= 1 and Count <= 5)',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('NOT BETWEEN within AND', () =>
  mends(
    'select Id from Thing where Count not betw|een 1 and 5 and Active = true',
    'Change to < and >',
    'select Id from Thing where (Count < 1 or Count > 5) and Active = true',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('IN in parentheses', () =>
  mends(
    'select Id from Thing where Active = true and (Count i|n (1, 2))',
    'Change to =',
    'select Id from Thing where Active = true and (Count = 1 or Count = 2)',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('IN in HAVING', () =>
  mends(
    'select Name, count(Id) from Thing group by Name having count(Id) i|n (1, 2)',
    'Change to =',
    'select Name, count(Id) from Thing group by Name having count(Id) = 1 or count(Id) = 2',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('words in capitals', () =>
  mends(
    'SELECT Id FROM Thing WHERE Count I|N (1, 2)',
    'Change to =',
    'SELECT Id FROM Thing WHERE Count = 1 OR Count = 2',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('without parentheses the conditions beside it are repeated', () =>
  mends(
    'select Id from Thing where Count i|n (1, 2) and Active = true',
    'Write the conditions out without IN and BETWEEN',
    'select Id from Thing where Count = 1 and Active = true or Count = 2 and Active = true',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('two at once', () =>
  mends(
    "select Id from Thing where Count i|n (1, 2) and Name in ('a', 'b')",
    'Write the conditions out without IN and BETWEEN',
    `select Id from Thing where Count = 1 and Name = 'a'
  or Count = 1 and Name = 'b'
  or Count = 2 and Name = 'a'
  or Count = 2 and Name = 'b'`,
    { catalogue: typed, queryType: 'zoql' },
  ));

test('behind NOT, without parentheses', () =>
  mends(
    'select Id from Thing where not Count betw|een 1 and 5',
    'Write the conditions out without IN and BETWEEN',
    'select Id from Thing where Count < 1 or Count > 5',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a list that is not there yet', () =>
  proposes('select Id from Thing where Count i|n ()', [], { catalogue: typed, queryType: 'zoql' }));

test('a comment in it would be lost', () =>
  proposes('select Id from Thing where Count i|n (1 /* one */, 2)', [], { catalogue: typed, queryType: 'zoql' }));

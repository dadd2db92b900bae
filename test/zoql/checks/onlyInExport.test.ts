import { test } from 'node:test';
import { mends } from '../mends';

test('IS NOT NULL is != null', () =>
  mends(
    `-- @type zoql
select Id from Account where Name i|s not null`,
    'Change to != null',
    `-- @type zoql
select Id from Account where Name != null`,
  ));

test('IS NULL is = null', () =>
  mends(
    'select Id from Account where Name i|s null and Balance > 0',
    'Change to = null',
    'select Id from Account where Name = null and Balance > 0',
    { queryType: 'zoql' },
  ));

test('a column name goes', () =>
  mends('select Name as |N, Id from Account', 'Remove the name', 'select Name, Id from Account', {
    queryType: 'zoql',
  }));

test('parentheses that change nothing go', () =>
  mends(
    "select Id from Account where |(Name = 'a') and Balance > 0",
    'Remove the parentheses',
    "select Id from Account where Name = 'a' and Balance > 0",
    { queryType: 'zoql' },
  ));

test('others are multiplied out', () =>
  mends(
    "select Id from Account where |(Name = 'a' or Name = 'b') and Balance > 0",
    'Multiply out the parentheses',
    "select Id from Account where Name = 'a' and Balance > 0 or Name = 'b' and Balance > 0",
    { queryType: 'zoql' },
  ));

test('a path to a key is the foreign key', () =>
  mends('select BillToCon|tact.Id from Account', 'Change to BillToId', 'select BillToId from Account', {
    queryType: 'zoql',
  }));

test("the object's own name is not needed", () =>
  mends('select Accou|nt.Name from Account', 'Change to Name', 'select Name from Account', { queryType: 'zoql' }));

test('a function leaves its field', () =>
  mends('select coun|t(Id) from Account', 'Change to Id', 'select Id from Account', { queryType: 'zoql' }));

test('a word that is no field is a text', () =>
  mends(
    'select Id from Account where Name = Stat|us',
    'Put it in quotes',
    "select Id from Account where Name = 'Status'",
    { queryType: 'zoql' },
  ));

test('ORDER BY goes', () =>
  mends('select Id from Account order| by Name limit 5', 'Remove ORDER BY', 'select Id from Account limit 5', {
    queryType: 'zoql',
  }));

test('LIMIT goes', () =>
  mends('select Id from Account li|mit 5', 'Remove LIMIT', 'select Id from Account', { queryType: 'zoql' }));

test('GROUP BY goes', () =>
  mends('select Status from Account group |by Status', 'Remove GROUP BY', 'select Status from Account', {
    queryType: 'zoql',
  }));

test('HAVING goes', () =>
  mends("select Status from Account hav|ing Name = 'a'", 'Remove HAVING', 'select Status from Account', {
    queryType: 'zoql',
  }));

test('the declaration changes', () =>
  mends(
    `-- @type zoql
select |* from Account`,
    'Declare as Export ZOQL',
    `-- @type zoqlexport
select * from Account`,
  ));

test('a declaration is written where the setting says ZOQL', () =>
  mends(
    'select |* from Account',
    'Declare as Export ZOQL',
    `-- @type zoqlexport
select * from Account`,
    { queryType: 'zoql' },
  ));

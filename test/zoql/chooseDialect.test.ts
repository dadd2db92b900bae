import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse, describeChoice, openDocument, type DialectSetting } from '../../server/src/zoql/index';
import { fixture } from './catalogues';

function chosen(text: string, expected: string, queryType: DialectSetting = 'auto'): void {
  const context = { catalogue: fixture, queryType };
  const drawn = openDocument(text).statements.map(statement => describeChoice(analyse(statement, context).choice));
  assert.equal(drawn.join('\n'), expected);
}

const needs: Readonly<Record<string, string>> = {
  'select * from Account': 'uses *',
  'select BillToContact.Country from Account': 'uses a path (BillToContact.Country)',
  'select Name as N from Account': 'names a column (as N)',
  'select count(Id) from Account': 'uses a function (count)',
  'select Name from Account group by Name': 'uses GROUP BY',
  'select Name from Account order by Name': 'uses ORDER BY',
  'select Name from Account limit 1': 'uses LIMIT',
  "select Name from Account where (Name = 'a')": 'uses parentheses',
  'select Name from Account where Name is null': 'uses IS NULL',
  'select Name from Account where Name != Status': 'compares with a field (Status)',
  'select Id from Order': 'reads Order, which only Export ZOQL has',
  'select Mrr from Account': 'uses Mrr, which only Export ZOQL has',
};

for (const [text, reason] of Object.entries(needs)) {
  test(`${text} is Export ZOQL`, () => chosen(text, `Export ZOQL: ${reason}`));
}

test('what is too much for ZOQL is Export ZOQL', () => {
  const conditions = Array.from({ length: 201 }, (_, index) => `Balance = ${index}`);
  chosen(
    `select Id from Account where Name = '${'x'.repeat(10_000)}'; select Id from Account where ${conditions.join(' or ')}`,
    'Export ZOQL: is longer than ZOQL takes\nExport ZOQL: has more conditions than ZOQL takes',
  );
});

test('anything else is ZOQL', () => {
  for (const text of [
    "select Id, Region__c from Account where Name = 'x' or Balance > 1",
    'select Id from Nowhere',
    'sel',
  ]) {
    chosen(text, 'ZOQL: nothing needs Export ZOQL');
  }
});

test('the setting wins over what a statement needs', () =>
  chosen('select * from Account', 'ZOQL: set to ZOQL by zoql.queryType', 'zoql'));

test("a statement's own type wins over the setting", () =>
  chosen(
    '-- @type zoqlexport\nselect Id from Account; select Id from Account',
    'Export ZOQL: declared by -- @type zoqlexport\nZOQL: set to ZOQL by zoql.queryType',
    'zoql',
  ));

test('a type that is none leaves the choice as it was', () =>
  chosen('-- @type soql\nselect Id from Account', 'ZOQL: nothing needs Export ZOQL'));

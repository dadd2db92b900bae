/** What is inserted for names of the schema, drawn into the text. `[` and `]` are the ends of what it takes the place of. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { insertionAt, openDocument, type DialectSetting, type SchemaName } from '../../server/src/zoql/index';
import { fixture } from './catalogues';

const name: SchemaName = { object: 'Account', steps: [], field: 'Name' };
const balance: SchemaName = { object: 'Account', steps: [], field: 'Balance' };
const billTo: SchemaName = { object: 'Account', steps: [], field: 'BillToId' };
const country: SchemaName = { object: 'Account', steps: ['BillToContact'], field: 'Country' };
const contactCountry: SchemaName = { object: 'Contact', steps: [], field: 'Country' };

function inserts(marked: string, names: readonly SchemaName[], expected: string, queryType: DialectSetting = 'auto') {
  const start = marked.search(/[|[]/);
  const end = marked.includes('[') ? marked.indexOf(']') - 1 : start;
  const text = marked.replace(/[|[\]]/g, '');
  const written = insertionAt(openDocument(text), { start, end }, names, { catalogue: fixture, queryType });
  assert.equal(text.slice(0, start) + written + text.slice(end), expected);
}

suite('a list of fields gets the commas that it lacks', () => {
  test('at its start', () => inserts('select | from Account', [name], 'select Name from Account'));
  test('right behind the keyword', () => inserts('select| from Account', [name], 'select Name from Account'));
  test('before another field', () => inserts('select |Id from Account', [name], 'select Name, Id from Account'));
  test('behind a field', () => inserts('select Id| from Account', [name], 'select Id, Name from Account'));
  test('behind a comma', () => inserts('select Id,| from Account', [name], 'select Id, Name from Account'));
  test('behind a comma and a space', () =>
    inserts('select Id, | from Account', [name], 'select Id, Name from Account'));
  test('between two fields', () =>
    inserts('select Id,| Balance from Account', [name], 'select Id, Name, Balance from Account'));
  test('before FROM without a space', () =>
    inserts('select Id, |from Account', [name], 'select Id, Name from Account'));
  test('in a list of one field a line', () =>
    inserts('select\n  Id\n|from Account', [name], 'select\n  Id\n, Name from Account'));
  test('inside a function there is none to add', () =>
    inserts('select sum(|) from Account', [balance], 'select sum(Balance) from Account'));
  test('behind a function', () =>
    inserts('select count(Id)| from Account', [name], 'select count(Id), Name from Account'));
  test('in GROUP BY', () =>
    inserts(
      'select count(Id), Name, Status from Account group by Status|',
      [name],
      'select count(Id), Name, Status from Account group by Status, Name',
    ));
  test('several at once', () =>
    inserts('select Id| from Account', [name, balance], 'select Id, Name, Balance from Account'));
  test('in the place of what is selected', () =>
    inserts('select Id, [Balance] from Account', [name], 'select Id, Name from Account'));
});

test('a condition gets the name alone', () =>
  inserts('select Id from Account where | = 1', [balance], 'select Id from Account where Balance = 1'));

test('outside of every statement names stand side by side', () => inserts('|', [name, balance], 'Name, Balance'));

test('FROM gets the object', () =>
  inserts('select Id from |', [{ object: 'Account', steps: [] }], 'select Id from Account'));

suite('a field is written as the statement reaches it', () => {
  test('a foreign key of Export ZOQL by its path', () => {
    inserts('select | from Account', [billTo], 'select BillToContact.Id from Account', 'zoqlexport');
    inserts('select | from Account', [billTo], 'select BillToId from Account', 'zoql');
  });
  test('that of a related object behind the relation', () =>
    inserts('select Id, | from Account', [country], 'select Id, BillToContact.Country from Account'));
  test('one of another object over the only relation that leads there', () => {
    inserts('select Id| from Account', [contactCountry], 'select Id, BillToContact.Country from Account');
    inserts('select Id| from Order', [name], 'select Id, Account.Name from Order');
  });
  test('one that no relation leads to by its own name', () =>
    inserts('select Id| from Amendment', [contactCountry], 'select Id, Country from Amendment'));
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createSchemaSearch, type SearchOptions } from '../../client/src/schema/search';
import { withTenant, type Catalogue } from '../../server/src/zoql/index';
import { bundled, fixture } from '../zoql/catalogues';
import { described } from '../zoql/described';

/** What is found, best first, on one line; `…` stands for more. */
function finds(text: string, catalogue: Catalogue = fixture, of: SearchOptions['of'] = 'all', limit = 5): string {
  const { found, more } = createSchemaSearch(catalogue, { of }).find(text, limit);
  const names = found.map(({ object, field }) => (field ? `${object.name}.${field.name}` : object.name));
  return `${names.join(' ')}${more === 0 ? '' : ` …${more}`}`;
}

suite('the schema is searched', () => {
  test('without a text it lists the objects', () => assert.equal(finds(''), 'Account Amendment Contact Order'));

  test('an object before the fields of that name', () =>
    assert.equal(finds('order'), 'Order Order.OrderDate Order.Id Order.State Order.Vendor'));

  test('a whole name before its beginnings, those before what has it in the middle', () => {
    assert.equal(finds('id'), 'Account.Id Contact.Id Order.Id Amendment.Id Account.BillToId');
    assert.equal(finds('bal'), 'Account.Balance');
  });

  test('a path finds the field of that object', () => {
    assert.equal(finds('contact.c'), 'Contact.Country');
    assert.equal(finds('contact.'), 'Contact.Id Contact.Country Contact.FirstName');
    assert.equal(finds('order id'), 'Order.Id');
  });

  test('a label finds its field, with or without the object’s', () => {
    const own = described('Account', ['Id text soap+export', 'Rgn__c text soap+export custom']);
    const labelled = {
      ...own,
      label: 'Customer',
      fields: own.fields.map(each => ({ ...each, label: `Sales ${each.name}` })),
    };
    const catalogue = withTenant(fixture, { tenant: 'acme', objects: [labelled], refused: [] });
    assert.equal(finds('sales rgn', catalogue), 'Account.Rgn__c');
    assert.equal(finds('customer', catalogue, 'objects'), 'Account');
    assert.equal(finds('customer rgn', catalogue), 'Account.Rgn__c');
  });

  test('what nobody has is not found', () => assert.equal(finds('zzz'), ''));

  test('objects alone', () => assert.equal(finds('a', fixture, 'objects'), 'Account Amendment Contact'));

  test('a list that is cut says how many more there are', () => assert.match(finds('date', bundled), / …\d+$/));

  test('the bundled facts have what people look for on top', () => {
    const top = (text: string) => finds(text, bundled, 'all', 1).split(' ')[0];
    assert.equal(top('account'), 'Account');
    assert.equal(top('account number'), 'Account.AccountNumber');
    assert.equal(top('invoice.balance'), 'Invoice.Balance');
    assert.equal(top('rate plan charge'), 'RatePlanCharge');
  });
});

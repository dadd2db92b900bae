import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyEdits,
  inlayHints,
  openDocument,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
} from '../../server/src/zoql/index';
import { fixture } from './catalogues';

test('a label that says more than the name stands behind it', () =>
  hints(
    'select Mrr, Balance, Id from Account where BillToContact.Country = 1;\nselect max(Mrr) from account',
    'select Mrr‹Monthly Revenue›, Balance, Id from Account‹Customer› where BillToContact.Country = 1;\nselect max(Mrr‹Monthly Revenue›) from account‹Customer›',
  ));

test('a field of a related object has its label too', () =>
  hints('select Account.Mrr, Nothing from Order', 'select Account.Mrr‹Monthly Revenue›, Nothing from Order'));

test('what is out of sight has none', () => {
  const document = openDocument(
    'select Mrr from Account;\nselect Mrr from Account where Mrr = 1;\nselect Mrr from Account',
  );
  const start = document.text.indexOf('where');
  assert.deepEqual(inlayHints(document, { start, end: start + 10 }, { catalogue: labeled(), queryType: 'auto' }), [
    { offset: start + 9, label: 'Monthly Revenue' },
  ]);
});

test('labels that repeat the names are no news', () =>
  hints('select Id, AutoPay from Contact', 'select Id, AutoPay from Contact', fixture));

function hints(text: string, expected: string, catalogue = labeled()): void {
  const found = inlayHints(openDocument(text), { start: 0, end: text.length }, { catalogue, queryType: 'auto' });
  const edits = found.map(({ offset, label }) => ({ start: offset, end: offset, newText: `‹${label}›` }));
  assert.equal(applyEdits(text, edits), expected);
}

/** The small catalogue with two labels of a tenant's own. */
function labeled(): Catalogue {
  const account = fixture.object('Account') as CatalogueObject;
  const mrr = account.field('Mrr') as CatalogueField;
  const changed: CatalogueObject = {
    ...account,
    label: 'Customer',
    field: name => (name.toLowerCase() === 'mrr' ? { ...mrr, label: 'Monthly Revenue' } : account.field(name)),
  };
  return { ...fixture, object: name => (name.toLowerCase() === 'account' ? changed : fixture.object(name)) };
}

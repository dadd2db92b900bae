import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, plain, suggestions } from '../../server/src/zoql/nearest';

const names = ['Account', 'AccountingCode', 'BillRun', 'BillToContact', 'Contact', 'Invoice', 'InvoiceItem', 'Order'];

/** Draws what a name can mean; a star stands before what is clearly nearest. */
function suggests(word: string, expected: string, candidates: readonly string[] = names): void {
  const drawn = suggestions(word, candidates.map(plain)).map(({ text, isClear }) => (isClear ? `*${text}` : text));
  assert.equal(drawn.join(' '), expected);
}

test('a wrong, missing, additional or swapped letter', () => {
  suggests('Acount', '*Account');
  suggests('Accounts', '*Account');
  suggests('Accuont', '*Account');
  suggests('Inboice', '*Invoice');
});

test('upper and lower case, _ and spaces do not count', () => {
  suggests('bill_run', '*BillRun');
  suggests('BILL TO CONTACT', '*BillToContact');
});

test('words that are missing or cut off', () => {
  suggests('BillTo', '*BillToContact');
  suggests('billto', '*BillToContact');
  suggests('InvItem', '*InvoiceItem');
  suggests('Bill', 'BillRun BillToContact');
});

test('a name that lacks two words is not clear, alone as it may be', () =>
  suggests('CustomerName', 'CustomerServiceRepName', ['CustomerServiceRepName', 'Name']));

test('never more than three, and none that is far off', () => {
  suggests('Date', 'DueDate PostDate BillDate', ['DueDate', 'PostDate', 'BillDate', 'TargetDate']);
  for (const word of ['', 'x', 'zz', 'Id', 'Elephant', 'Payment', 'ContractAmendment']) suggests(word, '');
});

test('the one nearest, for who needs no more', () => {
  assert.equal(nearest('Ordre', names), 'Order');
  assert.equal(nearest('Elephant', names), undefined);
});

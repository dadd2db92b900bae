import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definition } from '../../server/src/zoql/index';
import { context, drawSpans, openAll } from './navigation';

test('an alias comes from behind AS', () => {
  leads('select max(Mrr) as Top from Account order by To|p', 'select max(Mrr) as ‹Top› from Account order by Top');
  leads('select max(Mrr) as To|p from Account order by Top', 'select max(Mrr) as ‹Top› from Account order by Top');
});

test('what a comment speaks of comes from the @name of a query, in any open file', () =>
  leads(
    '== a.zoql\n-- after @open invo|ices\nselect Id from Account\n== b.zoql\n-- @name open\nselect Id from Order;\n-- @name open invoices\nselect Id from Order',
    '== b.zoql\n-- @name open\nselect Id from Order;\n-- @name ‹open invoices›\nselect Id from Order',
  ));

test('a field leads to its other uses in the open files', () =>
  leads(
    '== a.zoql\nselect Na|me from Account where Name = 1\n== b.zoql\nselect Account.Name, BillToContact.FirstName from Account\n== c.zoql\nselect Account.name from Order',
    '== a.zoql\nselect Name from Account where ‹Name› = 1\n== b.zoql\nselect Account.‹Name›, BillToContact.FirstName from Account\n== c.zoql\nselect Account.‹name› from Order',
  ));

test('so does an object', () =>
  leads('select Id from Acc|ount; select Id from Account', 'select Id from Account; select Id from ‹Account›'));

test('a word that stands alone leads nowhere, nor does a function', () => {
  leads('select Na|me from Account', '');
  leads('select cou|nt(Id) from Account having count(Id) = 1', '');
});

function leads(marked: string, expected: string): void {
  const opened = openAll(marked);
  assert.equal(drawSpans(opened, definition(opened.file, opened.offset, opened.files, context)), expected);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from '../../server/src/zoql/index';
import { context, drawSpans, openAll } from './navigation';

test('every use of a field in the open files', () =>
  finds(
    '== a.zoql\nselect Country from Contact; select Id from Order\n== b.zoql\nselect Name from Account\n== c.zoql\nselect BillToContact.Coun|try from Account',
    '== a.zoql\nselect ‹Country› from Contact; select Id from Order\n== c.zoql\nselect BillToContact.‹Country› from Account',
  ));

test('an alias is used in its own statement only', () =>
  finds(
    'select Id as Key from Account order by Key; select Name as Ke|y from Account order by key',
    'select Id as Key from Account order by Key; select Name as ‹Key› from Account order by ‹key›',
  ));

test('every query of one name, and every mention, wherever it stands', () =>
  finds(
    '-- @name one\nselect Id from Account; /* @one\n@one */;\n-- @name on|e\nselect Id from Order -- @one\n;; -- @one',
    '-- @name ‹one›\nselect Id from Account; /* @‹one›\n@‹one› */;\n-- @name ‹one›\nselect Id from Order -- @‹one›\n;; -- @‹one›',
  ));

test('a directive speaks of no query', () =>
  finds(
    '-- @name name| one\nselect Id from Account;\n-- @name one\nselect Id from Order',
    '-- @name ‹name one›\nselect Id from Account;\n-- @name one\nselect Id from Order',
  ));

test('nor does one that asks for something', () =>
  finds(
    '-- @name dele|ted\nselect Id from Account; -- @deleted\n-- @deleted column=Gone format=Boolean\nselect Id from Order',
    '-- @name ‹deleted›\nselect Id from Account; -- @deleted\n-- @deleted column=Gone format=Boolean\nselect Id from Order',
  ));

test('signs of patterns in a name are signs', () =>
  finds(
    '-- @name a.b (c)\nselect Id from Account; -- @a.b (c) @aab (c)\n-- @a.b| (c)\nselect 1 from Account',
    '-- @name ‹a.b (c)›\nselect Id from Account; -- @‹a.b (c)› @aab (c)\n-- @‹a.b (c)›\nselect 1 from Account',
  ));

test('nothing is used where nothing stands', () => finds('select Id  |  from Account', ''));

function finds(marked: string, expected: string): void {
  const opened = openAll(marked);
  assert.equal(drawSpans(opened, references(opened.file, opened.offset, opened.files, context)), expected);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRename, rename } from '../../server/src/zoql/index';
import { context, drawEdited, drawSpans, openAll } from './navigation';

test('an alias is renamed where it stands and where it is used', () =>
  renames(
    'select sum(Mrr) as Total, max(Mrr) as Top from Account having To|tal > 5 order by total',
    'Sum',
    'select sum(Mrr) as Sum, max(Mrr) as Top from Account having Sum > 5 order by Sum',
  ));

test('an alias keeps its quotes', () => {
  renames(`select Name as "Cus|tomer" from Account`, 'Bill to', `select Name as "Bill to" from Account`);
  renames(`select Name as 'Cus|tomer' from Account`, `It's`, `select Name as 'It''s' from Account`);
  renames(
    `-- @type zoql\nselect Name as 'Cus|tomer' from Account`,
    `It's`,
    `-- @type zoql\nselect Name as 'It\\'s' from Account`,
  );
});

test('an alias of another statement keeps its name', () =>
  renames(
    'select Id as Key from Account; select Id as Ke|y from Account',
    'Number',
    'select Id as Key from Account; select Id as Number from Account',
  ));

test('a query is renamed with the comments that speak of it, in all open files', () =>
  renames(
    '== a.zoql\n-- @name acc|ounts\nselect Id from Account\n== b.zoql\n-- see @accounts\nselect Id from Order\n== c.zoql\nselect Id from Order',
    ' All Accounts ',
    '== a.zoql\n-- @name All Accounts\nselect Id from Account\n== b.zoql\n-- see @All Accounts\nselect Id from Order',
  ));

test('of two queries of one name, the one at the cursor is renamed', () =>
  renames(
    '-- @name one\nselect Id from Account;\n-- @name o|ne\nselect Id from Order -- @one',
    'two',
    '-- @name one\nselect Id from Account;\n-- @name two\nselect Id from Order -- @one',
  ));

test('only upper and lower case can change', () => {
  renames('-- @name o|ne\nselect Id from Account', 'One', '-- @name One\nselect Id from Account');
  renames('select Id as k|ey from Account order by Key', 'KEY', 'select Id as KEY from Account order by KEY');
});

test('the editor shows the name without quotes and escapes', () => {
  prepares(
    `select Name as "The ""one""| x" from Account`,
    `select Name as ‹"The ""one"" x"› from Account`,
    'The "one" x',
  );
  prepares(
    `-- @type zoql\nselect Name as 'It\\'s|' from Account`,
    `-- @type zoql\nselect Name as ‹'It\\'s'› from Account`,
    `It's`,
  );
  prepares('select Name as |Key from Account', 'select Name as ‹Key› from Account', 'Key');
  prepares('-- @name x\nselect 1;-- @x|', '-- @name x\nselect 1;-- @‹x›', 'x');
});

test('what Zuora has named keeps its name', () => {
  for (const marked of [
    'select Na|me from Account',
    'select Id from Acc|ount',
    'sel|ect Id from Account',
    'select cou|nt(Id)',
    '|',
  ]) {
    refuses(marked, 'x', 'Only an alias and the @name of a query can be renamed: all other names belong to Zuora');
  }
});

test('a new name has to be one', () => {
  refuses('-- @name o|ne\nselect Id from Account', ' ', 'A name needs at least one character');
  refuses('-- @name o|ne\nselect Id from Account', 'a\nb', 'A name stands on one line');
});

test('a new name must be free', () => {
  refuses(
    '-- @name o|ne\nselect Id from Account;\n-- @name two\nselect Id from Order',
    'two',
    'Another query is called two',
  );
  const taken = 'means something else in this query';
  refuses('select Id as K|ey, Name as Other from Account', 'other', `other is no alias without quotes, or ${taken}`);
  refuses(
    'select Id as K|ey from Account order by Key, Balance',
    'Balance',
    `Balance is no alias without quotes, or ${taken}`,
  );
  for (const name of ['from', 'a b', '1a', 'a-b', 'a;b', '--a', "a'"]) {
    refuses('select Id as K|ey from Account', name, `${name} is no alias without quotes, or ${taken}`);
  }
});

test('a comment cannot say which of several queries it means', () =>
  refuses(
    '-- @name one\nselect Id from Account;\n-- @name one\nselect Id from Order -- @o|ne',
    'two',
    'Several queries are called one; rename one of them at its @name',
  ));

function renames(marked: string, newName: string, expected: string): void {
  const { file, files, offset } = openAll(marked);
  const edits = rename(file, offset, newName, files, context);
  assert.ok(!('refusal' in edits), JSON.stringify(edits));
  assert.equal(drawEdited(files, edits), expected);
}

function refuses(marked: string, newName: string, words: string): void {
  const { file, files, offset } = openAll(marked);
  assert.deepEqual(rename(file, offset, newName, files, context), { refusal: words });
}

function prepares(marked: string, expected: string, name: string): void {
  const opened = openAll(marked);
  const found = prepareRename(opened.file, opened.offset, opened.files, context);
  assert.ok(!('refusal' in found), JSON.stringify(found));
  assert.deepEqual([drawSpans(opened, [found.span]), found.name], [expected, name]);
}

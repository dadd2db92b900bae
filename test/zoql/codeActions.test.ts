import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, codeActions, openDocument, type CodeAction } from '../../server/src/zoql/index';
import { fixture } from './catalogues';

const context = { catalogue: fixture, queryType: 'auto' } as const;

/** The actions for what stands between two | of a text. */
function actionsIn(marked: string, only?: readonly string[]): { text: string; actions: readonly CodeAction[] } {
  const [before = '', selected = '', after = ''] = marked.split('|');
  const text = before + selected + after;
  const selection = { start: before.length, end: before.length + selected.length };
  return { text, actions: codeActions(openDocument(text), selection, context, only) };
}

function titlesIn(marked: string, only?: readonly string[]): string[] {
  return actionsIn(marked, only).actions.map(({ title }) => title);
}

function makes(marked: string, title: string, expected: string, only?: readonly string[]): void {
  const { text, actions } = actionsIn(marked, only);
  const action = actions.find(candidate => candidate.title === title);
  assert.ok(action, `${title} is not offered, but ${actions.map(candidate => candidate.title).join(', ')}`);
  assert.equal(applyEdits(text, action.edits), expected);
}

test('only the kinds that an editor asks for are offered', () => {
  const marked = "select Name, Id from Account where Name <>|| 'a'";
  const kinds = (only?: readonly string[]) => [...new Set(actionsIn(marked, only).actions.map(({ kind }) => kind))];
  assert.deepEqual(kinds(), ['quickfix', 'refactor.rewrite']);
  assert.deepEqual(kinds(['quickfix']), ['quickfix']);
  assert.deepEqual(kinds(['refactor']), ['refactor.rewrite']);
  assert.deepEqual(kinds(['source.organizeFields']), ['source.organizeFields']);
  assert.deepEqual(kinds(['source.fixAll']), ['source.fixAll.zoql']);
  assert.deepEqual(kinds(['source']), ['source.fixAll.zoql', 'source.organizeFields']);
  assert.deepEqual(kinds(['refactor.extract']), []);
  assert.deepEqual(kinds([]), []);
});

test('what a selection touches is rewritten at once', () =>
  makes(
    '-- first\nselect BillTo|Id from Account;\n\nselect Id from Order;\nselect Id, Bill|ToId from Account;\nselect Id from Contact',
    'Convert to Export ZOQL',
    '-- first\n-- @type zoqlexport\nselect BillToContact.Id from Account;\n\nselect Id from Order;\n-- @type zoqlexport\nselect Id, BillToContact.Id from Account;\nselect Id from Contact',
  ));

test('a cursor between two statements is in the second', () => {
  const titles = titlesIn('select Id from Account;||select Id from Contact');
  assert.ok(titles.includes('Name this query Contact'));
  assert.ok(!titles.includes('Name this query Account'));
});

test('a selection of very many statements gets what it asks for by name alone', () => {
  const many = 'select Name, Id from Account;\n'.repeat(200);
  assert.deepEqual(titlesIn(`|${many}|`), []);
  makes(`|${many}|`, 'Sort the fields, each once', 'select Id, Name from Account;\n'.repeat(200), [
    'source.organizeFields',
  ]);
});

test('a fix that is sure can be made for the whole file', () => {
  const marked =
    "select Id from Account where Name <>|| 'a' or Name <> 'b';\nselect Id from Contact where Country <> 'b')";
  makes(
    marked,
    'Fix all 3 of not-equal-sign in the file',
    "select Id from Account where Name != 'a' or Name != 'b';\nselect Id from Contact where Country != 'b')",
  );
  makes(
    marked,
    'Fix all that can be fixed surely',
    "select Id from Account where Name != 'a' or Name != 'b';\nselect Id from Contact where Country != 'b'",
    ['source.fixAll.zoql'],
  );
  assert.ok(!titlesIn("select Id from Account where Name <>|| 'a'").some(title => title.startsWith('Fix all')));
});

test('no two actions make the same change', () => {
  const { actions } = actionsIn("select Id from Account where| Name <> 'a' and Any__c <> 'b') or (Id = 'a')|");
  const changes = actions.map(({ edits }) => JSON.stringify(edits));
  assert.equal(new Set(changes).size, changes.length);
});

test('line breaks are written as the file has them', () => {
  makes('select Id\rfrom Account||', 'Declare as ZOQL', '-- @type zoql\rselect Id\rfrom Account');
  makes('\r\nselect Id|| from Account', 'Declare as ZOQL', '\r\n-- @type zoql\r\nselect Id from Account');
});

test('of very many fixes the first thousand are made, and the next when asked again', () => {
  const text = "select Id from Account where Name <> 'a';\n".repeat(1_500);
  const [first] = codeActions(openDocument(text), { start: 0, end: 0 }, context, ['source.fixAll']);
  assert.equal(first?.edits.length, 1_000);
  const after = applyEdits(text, first?.edits ?? []);
  const [second] = codeActions(openDocument(after), { start: 0, end: 0 }, context, ['source.fixAll']);
  assert.equal(second?.edits.length, 500);
});

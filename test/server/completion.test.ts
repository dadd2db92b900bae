import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CompletionItemKind,
  type CompletionClientCapabilities,
  type CompletionItem,
} from 'vscode-languageserver-protocol';
import { fixture } from '../zoql/catalogues';
import { startEditor, withCursor } from './editor';

test('objects come after FROM', () =>
  completes(
    'select Id from |',
    `
class Account
class Contact
class Order
class Amendment
`,
    CompletionItemKind.Class,
  ));

test('fields come ahead of FROM, of the object behind it', () =>
  completes(
    'select Id, | from Contact',
    `
field Id
field Country
field FirstName
`,
    CompletionItemKind.Field,
  ));

test('after a dot come the fields of the object that the path leads to', () =>
  completes(
    'select Account.BillToContact.| from Order',
    `
field Id
field Country
field FirstName
`,
    CompletionItemKind.Field,
  ));

test('the second statement of a file is completed as the first one is', () =>
  completes(
    'select Id from Account;\r\n-- @name 😀\r\nselect Id, | from Contact',
    `
field Id
field Country
field FirstName
`,
    CompletionItemKind.Field,
  ));

test('an item takes the place of the word, in the form that the client knows', async () => {
  const marked = 'select Cou|ntry from Contact';
  const word = { start: { line: 0, character: 7 }, end: { line: 0, character: 14 } };

  const plain = await answer(marked, {});
  assert.deepEqual(plain.itemDefaults, undefined);
  assert.deepEqual(item(plain, 'Country').textEdit, { newText: 'Country', range: word });

  const list = await answer(marked, { completionList: { itemDefaults: ['editRange'] } });
  assert.deepEqual(list.itemDefaults, { editRange: word });
  assert.deepEqual(item(list, 'Country').textEdit, undefined);
});

test('snippets go only to clients that know them', async () => {
  const plain = await answer('|', {});
  assert.ok(!JSON.stringify(plain).includes('$1'));
  const clever = await answer('|', { completionItem: { snippetSupport: true } });
  const snippets = clever.items.filter(each => each.insertTextFormat === 2);
  assert.ok(snippets.length >= 1);
  for (const { textEdit } of snippets) assert.match(textEdit?.newText ?? '', /\$(1|\{1:)/);
});

test('the list is there while the typed word is not in it: the editor filters', async () => {
  const list = await answer('select zzzz| from Contact', {});
  assert.ok(list.items.some(({ label }) => label === 'Country'));
});

interface Answer {
  readonly itemDefaults?: object;
  readonly items: readonly CompletionItem[];
}

async function answer(marked: string, completion: CompletionClientCapabilities): Promise<Answer> {
  const { text, position } = withCursor(marked);
  const editor = await startEditor({
    capabilities: { textDocument: { diagnostic: {}, completion } },
    loadCatalogue: () => fixture,
  });
  editor.open(text);
  const list = await editor.complete(position);
  assert.deepEqual(editor.log, []);
  editor.dispose();
  return list;
}

function item(list: Answer, label: string): CompletionItem {
  const found = list.items.find(each => each.label === label);
  assert.ok(found, `the list has ${label}`);
  return found;
}

/** Draws the items of one kind, in the order in which the server sends them. */
async function completes(marked: string, expected: string, kind: CompletionItemKind): Promise<void> {
  const { items } = await answer(marked, {});
  const kindName = Object.entries(CompletionItemKind).find(([, value]) => value === kind)?.[0] ?? '';
  const drawn = items.filter(each => each.kind === kind).map(({ label }) => `${kindName.toLowerCase()} ${label}\n`);
  assert.equal(`\n${drawn.join('')}`, expected);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  LSPErrorCodes,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type ClientCapabilities,
  type Location,
} from 'vscode-languageserver-protocol';
import { fixture } from '../zoql/catalogues';
import { startEditor, uri, withCursor, type Editor } from './editor';

const otherUri = 'file:///queries/other.zoql';
const other = 'select Id,\n  Account.Name from Order; -- see @accounts';

test('highlights say what gives a name and what uses it', async () => {
  const { editor, at } = await open('select max(Mrr) as Top from Account order by To|p');
  const found = await editor.connection.sendRequest(DocumentHighlightRequest.type, at);
  assert.deepEqual(found, [
    { range: onLine(0, 19, 22), kind: 3 },
    { range: onLine(0, 45, 48), kind: 2 },
  ]);
  editor.dispose();
});

test('the name of a query is lit up in the comments of its file', async () => {
  const { editor, at } = await open('-- @name acc|ounts\nselect Id from Account; -- @accounts');
  const found = await editor.connection.sendRequest(DocumentHighlightRequest.type, at);
  assert.deepEqual(found, [
    { range: onLine(0, 9, 17), kind: 3 },
    { range: onLine(1, 28, 36), kind: 2 },
  ]);
  assert.deepEqual(editor.log, []);
  editor.dispose();
});

test('a definition can be in another file', async () => {
  const { editor, at } = await open('-- @name accounts\nselect Id from Account; -- @acc|ounts');
  assert.deepEqual(await editor.connection.sendRequest(DefinitionRequest.type, at), [{ uri, range: onLine(0, 9, 17) }]);
  const inOther = { textDocument: { uri: otherUri }, position: { line: 1, character: 36 } };
  assert.deepEqual(await editor.connection.sendRequest(DefinitionRequest.type, inOther), [
    { uri, range: onLine(0, 9, 17) },
  ]);
  editor.dispose();
});

test('references are those of all open files, with declarations or without', async () => {
  const { editor, at } = await open('-- @name acc|ounts\nselect Name from Account');
  const ask = (includeDeclaration: boolean): Promise<Location[] | null> =>
    editor.connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration } });
  const mention = { uri: otherUri, range: onLine(1, 35, 43) };
  assert.deepEqual(await ask(true), [{ uri, range: onLine(0, 9, 17) }, mention]);
  assert.deepEqual(await ask(false), [mention]);

  editor.close(otherUri);
  assert.deepEqual(await ask(false), []);
  editor.dispose();
});

test('a rename is tied to the versions that it was made for, where the client can check them', async () => {
  const marked = '-- @name acc|ounts\nselect Name from Account';
  const edits = [{ range: onLine(0, 9, 17), newText: 'all' }];
  const otherEdits = [{ range: onLine(1, 35, 43), newText: 'all' }];

  const plain = await open(marked);
  assert.deepEqual(await rename(plain, 'all'), { changes: { [uri]: edits, [otherUri]: otherEdits } });
  plain.editor.dispose();

  const checking = await open(marked, { workspace: { workspaceEdit: { documentChanges: true } } });
  checking.editor.change([{ text: `${withCursor(marked).text} ` }], 7);
  assert.deepEqual(await rename(checking, 'all'), {
    documentChanges: [
      { textDocument: { uri, version: 7 }, edits },
      { textDocument: { uri: otherUri, version: 1 }, edits: otherEdits },
    ],
  });
  checking.editor.dispose();
});

test('an editor asks first whether there is something to rename', async () => {
  const { editor, at } = await open(`select Id as "my| key" from Account`, {
    textDocument: { rename: { prepareSupport: true } },
  });
  assert.deepEqual(editor.abilities.renameProvider, { prepareProvider: true });
  assert.deepEqual(await editor.connection.sendRequest(PrepareRenameRequest.type, at), {
    range: onLine(0, 13, 21),
    placeholder: 'my key',
  });
  editor.dispose();
});

test('what cannot be renamed is refused with the reason', async () => {
  const opened = await open('select Na|me from Account');
  assert.equal(opened.editor.abilities.renameProvider, true);
  const reason = { code: LSPErrorCodes.RequestFailed, message: /^Only an alias and the @name of a query/ };
  await assert.rejects(rename(opened, 'x'), reason);
  await assert.rejects(opened.editor.connection.sendRequest(PrepareRenameRequest.type, opened.at), reason);
  assert.deepEqual(opened.editor.log, [], 'a refusal is no failure');
  opened.editor.dispose();
});

interface Opened {
  readonly editor: Editor;
  readonly at: {
    readonly textDocument: { readonly uri: string };
    readonly position: { line: number; character: number };
  };
}

/** An editor with two files, of which the first has the cursor. */
async function open(marked: string, capabilities: ClientCapabilities = {}): Promise<Opened> {
  const { text, position } = withCursor(marked);
  const editor = await startEditor({ loadCatalogue: () => fixture, capabilities });
  editor.open(text);
  editor.open(other, otherUri);
  return { editor, at: { textDocument: { uri }, position } };
}

function rename({ editor, at }: Opened, newName: string): Promise<unknown> {
  return editor.connection.sendRequest(RenameRequest.type, { ...at, newName });
}

function onLine(line: number, start: number, end: number): object {
  return { start: { line, character: start }, end: { line, character: end } };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoverRequest } from 'vscode-languageserver-protocol';
import { fixture } from '../zoql/catalogues';
import { drawSymbols, drawTokens, startEditor, uri, withCursor, type Editor } from './editor';

const file = `select Id from Account;\r\n-- @name Überfällig 😀\r\nselect Account.Name, Code__c from Order;`;

test('the outline of a file', async () => {
  const editor = await open(file);
  assert.equal(
    `\n${drawSymbols(file, await editor.symbols())}`,
    `
object Account → 0:15 Account
  field Id → 0:7 Id
object Überfällig 😀 (Order) → 1:9 Überfällig 😀
  field Account.Name → 2:7 Account.Name
  field Code__c → 2:21 Code__c
`,
  );
  editor.dispose();
});

test('the tokens of a file', async () => {
  const editor = await open(file);
  assert.equal(
    `\n${drawTokens(file, await editor.tokens())}`,
    `
select Id from Account;
       ^^ property
               ^^^^^^^ class
-- @name Überfällig 😀
select Account.Name, Code__c from Order;
       ^^^^^^^ namespace
               ^^^^ property
                     ^^^^^^^ property.custom
                                  ^^^^^ class
`,
  );
  editor.dispose();
});

test('the tokens of a range are those of its statements', async () => {
  const editor = await open(file);
  const start = { line: 0, character: 0 };
  assert.equal((await editor.tokens({ start, end: { line: 0, character: 5 } })).length, 2);
  assert.equal((await editor.tokens({ start, end: { line: 9, character: 0 } })).length, 6);
  editor.dispose();
});

test('hover tells of the word below the mouse, in the format that the client draws', async () => {
  const { text, position } = withCursor('select Id from Account;\nselect Account.Na|me from Order');
  const ask = async (contentFormat: ('markdown' | 'plaintext')[]): Promise<unknown> => {
    const editor = await startEditor({
      capabilities: { textDocument: { diagnostic: {}, hover: { contentFormat } } },
      loadCatalogue: () => fixture,
    });
    editor.open(text);
    const answer = await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    editor.dispose();
    assert.deepEqual(answer?.range, { start: { line: 1, character: 15 }, end: { line: 1, character: 19 } });
    assert.match(JSON.stringify(answer.contents), /Name/);
    return answer.contents;
  };
  assert.match(JSON.stringify(await ask(['markdown', 'plaintext'])), /"kind":"markdown"/);
  assert.match(JSON.stringify(await ask(['plaintext'])), /"kind":"plaintext"/);
});

test('hover says nothing where there is nothing to say', async () => {
  const { text, position } = withCursor('select Id |   from Account');
  const editor = await open(text);
  assert.equal(await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }), null);
  editor.dispose();
});

async function open(text: string): Promise<Editor> {
  const editor = await startEditor({ loadCatalogue: () => fixture });
  editor.open(text);
  return editor;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CompletionRequest,
  HoverRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type ClientCapabilities,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SignatureHelp,
} from 'vscode-languageserver-protocol';
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

const deltaClient: ClientCapabilities = {
  textDocument: {
    semanticTokens: { requests: { full: { delta: true } }, tokenTypes: [], tokenModifiers: [], formats: [] },
  },
};

test('an edit changes the numbers of its tokens only', async () => {
  const editor = await open(
    'select Id from Account;\nselect Id, Name from Account;\nselect Id from Account',
    deltaClient,
  );
  const full = await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
  assert.ok(full?.resultId);

  const start = { line: 1, character: 9 };
  editor.change([{ range: { start, end: { line: 1, character: 15 } }, text: '' }], 2);
  const delta = await tokensSince(editor, full.resultId);
  assert.ok(delta && 'edits' in delta && delta.resultId);
  assert.equal(delta.edits.length, 1);
  assert.ok((delta.edits[0]?.data ?? []).length <= 5, 'the tokens of the other statements are not sent');
  const fresh = await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
  assert.deepEqual(applied(full.data, delta.edits), fresh?.data);

  assert.deepEqual(await tokensSince(editor, delta.resultId), { resultId: delta.resultId, edits: [] });
  editor.dispose();
});

test('after any chain of edits the tokens are those that are asked for anew', async () => {
  const editor = await open('', deltaClient);
  const texts = [
    '',
    'select Id from Account',
    'select Id, Id, Id from Account',
    'select Name from Account',
    '\nselect Name from Account',
    'x',
  ];
  let { resultId = '', data = [] as number[] } =
    (await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } })) ?? {};
  let version = 2;
  for (const one of texts) {
    for (const other of texts) {
      for (const text of [one, other]) {
        editor.change([{ text }], version++);
        const delta = await tokensSince(editor, resultId);
        assert.ok(delta && 'edits' in delta);
        data = applied(data, delta.edits);
        resultId = delta.resultId ?? '';
      }
      const fresh = await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
      assert.deepEqual(data, fresh?.data, JSON.stringify([one, other]));
    }
  }
  editor.dispose();
});

test('who asks for changes of an answer that was never given gets all tokens', async () => {
  const editor = await open(file, deltaClient);
  const answer = await tokensSince(editor, 'never');
  assert.ok(answer && 'data' in answer && answer.data.length === 30 && answer.resultId);
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

test('between the parentheses of a function stands what it takes', async () => {
  const { text, position } = withCursor('select sum(|) from Account');
  const ask = async (labelOffsetSupport: boolean): Promise<SignatureHelp | null> => {
    const editor = await open(text, {
      textDocument: { signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport } } } },
    });
    const answer = await editor.connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position });
    editor.dispose();
    return answer;
  };
  const { signatures, activeSignature, activeParameter } = (await ask(true)) ?? {};
  assert.deepEqual({ activeSignature, activeParameter }, { activeSignature: 0, activeParameter: 0 });
  assert.deepEqual(
    signatures?.map(({ label, parameters }) => [label, parameters]),
    [['sum(field)', [{ label: [4, 9] }]]],
  );
  assert.deepEqual((await ask(false))?.signatures[0]?.parameters, [{ label: 'field' }]);
});

test('hover tells how old its facts are, completion writes the day of today', async () => {
  const { text, position } = withCursor('select Id from Invoice where DueDate = |');
  const editor = await startEditor();
  editor.open(text);
  const onObject = { line: 0, character: text.indexOf('Invoice') };
  const hover = await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: onObject });
  assert.match(JSON.stringify(hover?.contents), /2026-11-23, 3 weeks old/);
  const list = await editor.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
  assert.match(JSON.stringify(list), /'2026-12-14'/);
  editor.dispose();
});

test('hover says nothing where there is nothing to say', async () => {
  const { text, position } = withCursor('select Id |   from Account');
  const editor = await open(text);
  assert.equal(await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }), null);
  editor.dispose();
});

function tokensSince(editor: Editor, previousResultId: string): Promise<SemanticTokens | SemanticTokensDelta | null> {
  return editor.connection.sendRequest(SemanticTokensDeltaRequest.type, { textDocument: { uri }, previousResultId });
}

function applied(data: readonly number[], edits: SemanticTokensDelta['edits']): number[] {
  const result = [...data];
  for (const edit of edits) result.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  return result;
}

async function open(text: string, capabilities?: ClientCapabilities): Promise<Editor> {
  const editor = await startEditor({ loadCatalogue: () => fixture, ...(capabilities && { capabilities }) });
  editor.open(text);
  return editor;
}

/** What stands in the editor without being in the text: code lenses, inlay hints, the dialect in the status. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodeLensRequest, InlayHintRequest, type CodeLens, type InlayHint } from 'vscode-languageserver-protocol';
import type { CatalogueObject } from '../../server/src/zoql/index';
import { fixture } from '../zoql/catalogues';
import { startEditor, uri, type Editor, type EditorOptions } from './editor';

const commands = ['zoql.submitQuery', 'zoql.submitFile'];
const text = '-- @name one\nselect Id from Account;\nselect Account.Name from Order';

test('above each query stand its dialect and what submits it', async () => {
  const editor = await open({ initializationOptions: { commands } });
  assert.deepEqual(editor.abilities.codeLensProvider, {});
  assert.deepEqual((await lenses(editor)).map(sketch), [
    `1:0 Submit This Query = zoql.submitQuery ${JSON.stringify([uri, { line: 1, character: 0 }, 1])}`,
    `1:0 Submit File = zoql.submitFile ${JSON.stringify([uri])}`,
    '1:0 ZOQL: nothing needs Export ZOQL',
    `2:0 Submit This Query = zoql.submitQuery ${JSON.stringify([uri, { line: 2, character: 0 }, 1])}`,
    '2:0 Export ZOQL: uses a path (Account.Name)',
  ]);
  editor.dispose();
});

test('an editor without the commands gets no lenses', async () => {
  for (const initializationOptions of [undefined, {}, { commands: ['zoql.submitFile'] }]) {
    const editor = await open({ initializationOptions });
    assert.equal(editor.abilities.codeLensProvider, undefined);
    editor.dispose();
  }
});

test('lenses go when the setting is off, and the editor is told', async () => {
  const editor = await open({
    initializationOptions: { commands },
    capabilities: { workspace: { codeLens: { refreshSupport: true } } },
  });
  editor.configure({ zoql: { codeLens: { enabled: false } } });
  assert.deepEqual(await lenses(editor), []);
  assert.deepEqual(editor.refreshed, ['workspace/codeLens/refresh']);
  editor.dispose();
});

test('labels stand behind names when the setting is on, and the editor is told', async () => {
  const account = fixture.object('Account') as CatalogueObject;
  const editor = await startEditor({
    capabilities: { workspace: { inlayHint: { refreshSupport: true }, semanticTokens: { refreshSupport: true } } },
    loadCatalogue: () => ({ ...fixture, object: () => ({ ...account, label: 'Customer' }) }),
  });
  editor.open('select Id from Account;\nselect Id from Account');
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const ask = (): Promise<InlayHint[] | null> =>
    editor.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range });
  assert.deepEqual(await ask(), []);

  editor.configure({ zoql: { inlayHints: { enabled: true } } });
  assert.deepEqual(await ask(), [{ position: { line: 1, character: 22 }, label: 'Customer', paddingLeft: true }]);
  assert.deepEqual(editor.refreshed.sort(), ['workspace/inlayHint/refresh', 'workspace/semanticTokens/refresh']);
  editor.dispose();
});

test('an editor can show the dialect at the cursor', async () => {
  const editor = await open({ initializationOptions: { queryType: 'zoql' } });
  const ask = (line: number, character: number, fileUri = uri): Promise<unknown> =>
    editor.connection.sendRequest('zoql/dialect', { textDocument: { uri: fileUri }, position: { line, character } });
  assert.deepEqual(await ask(1, 3), {
    dialect: 'zoql',
    name: 'ZOQL',
    reason: 'set to ZOQL by zoql.queryType',
    source: 'setting',
  });
  editor.configure({ zoql: {} });
  editor.change([{ text: ';\nselect count(Id) from Account' }], 2);
  assert.deepEqual(await ask(0, 0), null);
  assert.deepEqual(await ask(1, 0, 'file:///never.zoql'), null);
  editor.dispose();
});

async function open(options: EditorOptions): Promise<Editor> {
  const editor = await startEditor({ loadCatalogue: () => fixture, ...options });
  editor.open(text);
  return editor;
}

async function lenses({ connection }: Editor): Promise<CodeLens[]> {
  return (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
}

function sketch({ range: { start }, command }: CodeLens): string {
  const action = command?.command ? ` = ${command.command} ${JSON.stringify(command.arguments)}` : '';
  return `${start.line}:${start.character} ${command?.title}${action}`;
}

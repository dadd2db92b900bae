/** What changes a text or moves through it: code actions, formatting, folding, selection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CodeActionRequest,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
  type ClientCapabilities,
  type CodeAction,
  type FoldingRange,
  type SelectionRange,
} from 'vscode-languageserver-protocol';
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument';
import { fixture } from '../zoql/catalogues';
import { startEditor, uri, type Editor } from './editor';

const literals = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };
const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 99 } };

test('a quick fix names its problem and the version that it changes', async () => {
  const text = 'select Id from Account where Balance <> 0';
  const editor = await open(text, {
    textDocument: literals,
    workspace: { workspaceEdit: { documentChanges: true } },
  });
  const fix = (await actions(editor, ['quickfix'])).find(({ isPreferred }) => isPreferred);
  assert.equal(fix?.kind, 'quickfix');
  assert.deepEqual(
    fix.diagnostics?.map(({ code, range }) => [code, range.start.character, range.end.character]),
    [['not-equal-sign', 37, 39]],
  );
  assert.deepEqual(fix.edit, {
    documentChanges: [
      {
        textDocument: { uri, version: 1 },
        edits: [{ range: { start: { line: 0, character: 37 }, end: { line: 0, character: 39 } }, newText: '!=' }],
      },
    ],
  });
  editor.dispose();
});

test('actions come by the kinds that are asked for, all of which the server has named', async () => {
  const editor = await open('select Id from Account where Balance <> 0', { textDocument: literals });
  const { codeActionProvider } = editor.abilities;
  assert.ok(typeof codeActionProvider === 'object');
  for (const { kind = '' } of [...(await actions(editor)), ...(await actions(editor, ['source']))]) {
    assert.ok(codeActionProvider.codeActionKinds?.includes(kind), kind);
  }
  const all = await actions(editor, ['source.fixAll']);
  assert.deepEqual(
    all.map(({ kind }) => kind),
    ['source.fixAll.zoql'],
  );
  assert.deepEqual(await actions(editor, ['source.organizeImports']), []);
  editor.dispose();
});

test('a client that takes commands only gets no actions', async () => {
  const editor = await open('select Id from Account where Balance <> 0', {});
  assert.equal(editor.abilities.codeActionProvider, undefined);
  assert.deepEqual(await actions(editor), []);
  editor.dispose();
});

const long = 'select Id, Name, Balance from Account';

test('formatting follows the editor and the settings', async () => {
  const editor = await startEditor({
    loadCatalogue: () => fixture,
    initializationOptions: { format: { keywordCase: 'upper', maxLineLength: 20 } },
  });
  editor.open(long);
  const formatted = async (options: object): Promise<string> =>
    edited(
      long,
      await editor.connection.sendRequest(DocumentFormattingRequest.type, {
        textDocument: { uri },
        options: { tabSize: 4, insertSpaces: true, ...options },
      }),
    );
  assert.equal(await formatted({ insertFinalNewline: false }), 'SELECT\n    Id,\n    Name,\n    Balance\nFROM Account');
  assert.equal(await formatted({ insertSpaces: false }), 'SELECT\n\tId,\n\tName,\n\tBalance\nFROM Account\n');
  assert.ok((await formatted({ tabSize: 1e9 })).length < 1_000);
  editor.dispose();
});

test('formatting of a range leaves other statements alone', async () => {
  const text = 'SELECT Id FROM Account;\nSELECT Id FROM Account;';
  const editor = await open(text);
  const edits = await editor.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument: { uri },
    range: { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } },
    options: { tabSize: 2, insertSpaces: true },
  });
  assert.equal(edited(text, edits), 'SELECT Id FROM Account;\nselect Id from Account;');
  editor.dispose();
});

test('formatting while a person types begins with the ;', async () => {
  const text = 'SELECT Id FROM Account;';
  const editor = await open(text);
  const edits = await editor.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
    textDocument: { uri },
    position: { line: 0, character: 23 },
    ch: ';',
    options: { tabSize: 2, insertSpaces: true },
  });
  assert.equal(edited(text, edits), 'select Id from Account;');
  editor.dispose();
});

const foldable =
  '-- #region first\n/* about\n   it */\nselect\n  Id\nfrom Account\nwhere (\n  Id = 1\n);\n-- #endregion';

test('folding', async () => {
  const editor = await open(foldable);
  const found = (await editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } })) ?? [];
  assert.deepEqual(sketch(found), ['0-9 region', '1-2 comment', '3-4', '3-8', '6-7', '6-8']);
  editor.dispose();
});

test('an editor that takes few folding ranges gets the outer ones', async () => {
  const editor = await open(foldable, { textDocument: { foldingRange: { rangeLimit: 3 } } });
  const found = (await editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } })) ?? [];
  assert.deepEqual(sketch(found), ['0-9 region', '1-2 comment', '3-8']);
  editor.dispose();
});

test('a selection grows from the word to the file', async () => {
  const text = 'select Id, Name from Account;\nselect Id from Order';
  const editor = await open(text);
  const [chain] =
    (await editor.connection.sendRequest(SelectionRangeRequest.type, {
      textDocument: { uri },
      positions: [{ line: 0, character: 12 }],
    })) ?? [];
  const document = TextDocument.create(uri, 'zoql', 1, text);
  const grown: string[] = [];
  for (let range: SelectionRange | undefined = chain; range; range = range.parent) {
    grown.push(document.getText(range.range));
  }
  assert.deepEqual(grown, [
    'Name',
    'Id, Name',
    'select Id, Name',
    'select Id, Name from Account',
    'select Id, Name from Account;',
    text,
  ]);
  editor.dispose();
});

async function open(text: string, capabilities: ClientCapabilities = {}): Promise<Editor> {
  const editor = await startEditor({ loadCatalogue: () => fixture, capabilities });
  editor.open(text);
  return editor;
}

async function actions(editor: Editor, only?: string[]): Promise<CodeAction[]> {
  const answer = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: line,
    context: { diagnostics: [], ...(only && { only }) },
  });
  return (answer ?? []) as CodeAction[];
}

function edited(text: string, edits: TextEdit[] | null): string {
  return TextDocument.applyEdits(TextDocument.create(uri, 'zoql', 1, text), edits ?? []);
}

function sketch(ranges: readonly FoldingRange[]): string[] {
  return ranges.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind ?? ''}`.trim()).sort();
}

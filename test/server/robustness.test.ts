import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CancellationTokenSource,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  LSPErrorCodes,
  ErrorCodes,
  SemanticTokensRequest,
  ShutdownRequest,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { startEditor, uri } from './editor';

/** Each request about a file with what a file that is not open gets. */
const requests: Readonly<Record<string, unknown>> = {
  'textDocument/codeAction': [],
  'textDocument/codeLens': [],
  'textDocument/completion': null,
  'textDocument/definition': [],
  'textDocument/diagnostic': { kind: 'full', items: [] },
  'textDocument/documentHighlight': [],
  'textDocument/documentSymbol': [],
  'textDocument/foldingRange': [],
  'textDocument/formatting': [],
  'textDocument/hover': null,
  'textDocument/inlayHint': [],
  'textDocument/onTypeFormatting': [],
  'textDocument/prepareRename': null,
  'textDocument/rangeFormatting': [],
  'textDocument/references': [],
  'textDocument/rename': null,
  'textDocument/selectionRange': [],
  'textDocument/semanticTokens/full': { data: [] },
  'textDocument/semanticTokens/full/delta': { data: [] },
  'textDocument/semanticTokens/range': { data: [] },
  'textDocument/signatureHelp': null,
  'zoql/dialect': null,
};

/** What the requests have between them. */
function parametersAt(position: Position): object {
  return {
    position,
    positions: [position],
    range: { start: { line: 0, character: 0 }, end: position },
    context: { diagnostics: [], includeDeclaration: true },
    options: { tabSize: 2, insertSpaces: true },
    ch: ';',
    newName: 'x',
    previousResultId: 'none',
  };
}

test('a file that is not open gets empty answers', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  editor.close();
  for (const textDocument of [{ uri }, { uri: 'file:///never.zoql' }, { uri: '' }, { uri: 'constructor' }]) {
    for (const [method, nothing] of Object.entries(requests)) {
      const parameters = { textDocument, ...parametersAt({ line: 0, character: 0 }) };
      assert.deepEqual(await editor.connection.sendRequest(method, parameters), nothing, method);
    }
  }
  assert.deepEqual(editor.log, []);
  editor.dispose();
});

test('a position outside of the text counts as the nearest one inside', async () => {
  const editor = await startEditor({ capabilities: {} });
  editor.open('select Id as One from Account order by One');
  for (const line of [-1, 0, 7, 1e9]) {
    for (const character of [-1, 42, 1e9]) {
      for (const method of Object.keys(requests)) {
        const parameters = { textDocument: { uri }, ...parametersAt({ line, character }) };
        await editor.connection.sendRequest(method, parameters).catch((error: { code?: number }) => {
          assert.equal(error.code, LSPErrorCodes.RequestFailed, `${method} ${line}:${character}`);
        });
      }
    }
  }
  assert.deepEqual(editor.log, []);
  editor.dispose();
});

test('a request before initialize is refused, and so is one after shutdown', async () => {
  const editor = await startEditor({ silent: true });
  const ask = (): Promise<unknown> =>
    editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
  await assert.rejects(ask(), { code: ErrorCodes.ServerNotInitialized });
  await editor.initialize();
  assert.deepEqual(await ask(), []);
  await editor.connection.sendRequest(ShutdownRequest.type);
  await assert.rejects(ask(), { code: ErrorCodes.InvalidRequest });
  editor.dispose();
});

test('a cancelled request is answered as cancelled, and costs the next one nothing', async () => {
  const editor = await startEditor();
  editor.open('select Id from Account;\n'.repeat(2_000));
  const cancelled = Array.from({ length: 1_000 }, () => {
    const source = new CancellationTokenSource();
    const answer = editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } }, source.token);
    source.cancel();
    return answer.then(
      () => 'answered',
      (error: { code?: number }) => error.code,
    );
  });
  const symbols = await editor.symbols();
  assert.equal(symbols.length, 2_000);
  const outcomes = await Promise.all(cancelled);
  assert.deepEqual([...new Set(outcomes)], [LSPErrorCodes.RequestCancelled]);
  editor.dispose();
});

test('messages that make no sense leave the server working', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  const nonsense = [
    null,
    [],
    {},
    7,
    { textDocument: null },
    { textDocument: { uri: 7 } },
    { textDocument: { uri: 'file:///other.zoql' } },
  ];
  for (const method of Object.keys(requests)) {
    for (const parameters of nonsense) {
      await editor.connection.sendRequest(method, parameters as object).catch((error: unknown) => error);
    }
  }
  await assert.rejects(editor.connection.sendRequest('textDocument/nonsense', {}), { code: ErrorCodes.MethodNotFound });
  for (const method of ['didOpen', 'didChange', 'didClose', 'didSave']) {
    for (const parameters of nonsense) {
      await editor.connection.sendNotification(`textDocument/${method}`, parameters as object);
    }
  }
  await editor.connection.sendNotification('workspace/didChangeConfiguration', null as unknown as object);
  await editor.connection.sendNotification('$/cancelRequest', { id: 'never' });

  const { items } = await full(
    editor.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }),
  );
  assert.equal(items.length, 1);
  editor.dispose();
});

test('one feature that fails is logged, and takes no other down', async () => {
  const editor = await startEditor({
    loadCatalogue: () => {
      throw new Error('the catalogue is not there');
    },
  });
  editor.open('select Id, from Account');
  const { items } = await full(editor.diagnose());
  assert.equal(items.length, 1);
  assert.equal((await editor.symbols()).length, 1);
  assert.equal(editor.log.length, 1, 'it is said once');
  assert.match(editor.log[0] ?? '', /^catalogue: Error: the catalogue is not there\n\s+at /);
  editor.dispose();
});

test('huge and hopeless texts are answered', async () => {
  const editor = await startEditor();
  const texts = [
    '('.repeat(100_000),
    `select Id from Account where ${'('.repeat(100_000)}`,
    ','.repeat(1_000_000),
    "'".repeat(1_000_000),
  ];
  for (const text of texts) {
    editor.open(text);
    const started = performance.now();
    const { items } = await full(editor.diagnose());
    await editor.symbols();
    await editor.tokens();
    assert.ok(performance.now() - started < 2_000, `${text.slice(0, 40)}… took too long`);
    assert.ok(items.length >= 1);
    for (const { range } of items) assert.ok(0 <= range.start.character && range.end.character <= text.length);
    editor.close();
  }
  editor.dispose();
});

async function full<Report extends { kind: string }>(
  answer: Promise<Report>,
): Promise<Extract<Report, { kind: 'full' }>> {
  const report = await answer;
  assert.equal(report.kind, 'full');
  return report as Extract<Report, { kind: 'full' }>;
}

/**
 * An editor for tests of the server: it speaks LSP to a server in this process over two streams, and draws what it is
 * answered. A fixture marks the cursor with `|`.
 */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  CodeLensRefreshRequest,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRefreshRequest,
  SemanticTokensRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  SymbolKind,
  type ClientCapabilities,
  type CompletionList,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Position,
  type ProtocolConnection,
  type ProtocolNotificationType,
  type PublishDiagnosticsParams,
  type Range,
  type SemanticTokensLegend,
  type ServerCapabilities,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { startServer, type Runtime } from '../../server/src/server';
import type { Catalogue } from '../../server/src/zoql/index';
import { bundled } from '../zoql/catalogues';

export const uri = 'file:///queries/query.zoql';

export const pullingClient: ClientCapabilities = { textDocument: { diagnostic: {} } };
export const pushedClient: ClientCapabilities = {};

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What the editor answers to `workspace/configuration`, by full name. */
  readonly settings?: Record<string, unknown>;
  readonly loadCatalogue?: () => Catalogue;
  readonly documentation?: (code: string) => string;
  /** The URI of the folder that the editor works in; by default it has none. */
  readonly folder?: string;
  readonly watchText?: Runtime['watchText'];
  /** Says nothing to the server before `Editor.initialize`. */
  readonly silent?: true;
}

export interface Editor {
  readonly connection: ProtocolConnection;
  /** Says hello, and keeps what the server says it can. `startEditor` does it unless it is told to be silent. */
  initialize(): Promise<void>;
  /** What the editor answers to `workspace/configuration` from now on. */
  settings: Record<string, unknown>;
  /** Every list of problems that the server sent by itself, in order. */
  readonly published: PublishDiagnosticsParams[];
  /** What the server wrote into its log. */
  readonly log: string[];
  /** What the server said to the person. */
  readonly said: string[];
  /** What the server says that it can. */
  readonly abilities: ServerCapabilities;
  /** How often the server asked to be pulled again. */
  refreshes(): number;
  /** What else the server asked to be asked again, by its method, e.g. `workspace/codeLens/refresh`. */
  readonly refreshed: string[];
  open(text: string, languageUri?: string): void;
  close(languageUri?: string): void;
  change(changes: readonly Change[], version: number): void;
  configure(settings: unknown): void;
  complete(position: Position): Promise<CompletionList>;
  diagnose(previousResultId?: string): Promise<DocumentDiagnosticReport>;
  symbols(): Promise<readonly DocumentSymbol[]>;
  tokens(range?: Range): Promise<readonly DrawnToken[]>;
  /** Waits until both sides have nothing more to say about what was sent so far. */
  settle(): Promise<void>;
  /** Settles, and runs the tasks that the server has put off, as if time had passed. */
  passTime(): Promise<void>;
  dispose(): void;
}

export type Change = { range: Range; text: string } | { text: string };

export interface DrawnToken {
  readonly position: Position;
  readonly length: number;
  /** E.g. `property.custom`. */
  readonly type: string;
}

/** Starts a server and an editor, and says hello. The server's time stands still until `passTime`. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const up = new PassThrough();
  const down = new PassThrough();
  const putOff = new Set<() => void>();
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    loadCatalogue: options.loadCatalogue ?? (() => bundled),
    ...(options.documentation && { documentation: options.documentation }),
    ...(options.watchText && { watchText: options.watchText }),
    now: () => new Date(2026, 11, 14),
    after: (_milliseconds, task) => {
      const once = (): void => void (putOff.delete(once) && task());
      putOff.add(once);
      return () => putOff.delete(once);
    },
  });

  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published: PublishDiagnosticsParams[] = [];
  const log: string[] = [];
  const said: string[] = [];
  let refreshes = 0;
  connection.onNotification(PublishDiagnosticsNotification.type, problems => void published.push(problems));
  connection.onNotification(LogMessageNotification.type, ({ message }) => void log.push(message));
  connection.onNotification(ShowMessageNotification.type, ({ message }) => void said.push(message));
  connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshes++);
  const refreshed: string[] = [];
  for (const { method } of [
    CodeLensRefreshRequest.type,
    InlayHintRefreshRequest.type,
    SemanticTokensRefreshRequest.type,
  ]) {
    connection.onRequest(method, () => void refreshed.push(method));
  }
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => editor.settings[section ?? ''] ?? null),
  );
  connection.listen();

  let abilities: ServerCapabilities = {};
  const editor: Editor = {
    connection,
    initialize: async () => {
      const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
        processId: null,
        rootUri: options.folder ?? null,
        capabilities: options.capabilities ?? pullingClient,
        initializationOptions: options.initializationOptions,
      });
      abilities = capabilities;
      notify(InitializedNotification.type, {});
    },
    settings: options.settings ?? {},
    published,
    log,
    said,
    get abilities() {
      return abilities;
    },
    refreshes: () => refreshes,
    refreshed,
    open: (text, languageUri = uri) =>
      notify(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: languageUri, languageId: 'zoql', version: 1, text },
      }),
    close: (languageUri = uri) => notify(DidCloseTextDocumentNotification.type, { textDocument: { uri: languageUri } }),
    change: (changes, version) =>
      notify(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [...changes],
      }),
    configure: settings => notify(DidChangeConfigurationNotification.type, { settings }),
    complete: async position => {
      const answer = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
      assert.ok(answer && !Array.isArray(answer), 'a file that is open gets a list');
      return answer;
    },
    diagnose: previousResultId =>
      connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
        ...(previousResultId !== undefined && { previousResultId }),
      }),
    symbols: async () => {
      const answer = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
      return (answer ?? []) as DocumentSymbol[];
    },
    tokens: async range => {
      const answer = range
        ? await connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: { uri }, range })
        : await connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
      const provider = abilities.semanticTokensProvider;
      assert.ok(provider, 'the server offers semantic tokens');
      return readTokens(answer?.data ?? [], provider.legend);
    },
    settle: async () => {
      // A question of the server, its answer, and what the server makes of it.
      for (let roundTrip = 0; roundTrip < 3; roundTrip++) await editor.symbols();
    },
    passTime: async () => {
      await editor.settle();
      for (const task of [...putOff]) task();
      await editor.settle();
    },
    dispose: () => connection.dispose(),
  };
  if (!options.silent) await editor.initialize();
  return editor;

  /** Messages keep their order, so nobody needs to wait for one that has no answer. */
  function notify<Params, Options>(type: ProtocolNotificationType<Params, Options>, params: Params): void {
    void connection.sendNotification(type.method, params);
  }
}

/** Splits `select | from Account` into the text and the cursor's position. */
export function withCursor(marked: string): { text: string; position: Position } {
  const offset = marked.indexOf('|');
  assert.notEqual(offset, -1, 'the fixture needs a | where the cursor is');
  const lines = marked.slice(0, offset).split('\n');
  return {
    text: marked.slice(0, offset) + marked.slice(offset + 1),
    position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
  };
}

/** Draws problems below the lines they begin in. */
export function drawDiagnostics(text: string, diagnostics: readonly Diagnostic[]): string {
  return drawBelow(
    text,
    diagnostics.map(({ range, code, message }) => ({
      position: range.start,
      length: range.start.line === range.end.line ? range.end.character - range.start.character : 1,
      note: `${code}: ${typeof message === 'string' ? message : message.value}`,
    })),
  );
}

/** Draws tokens below the names they color. */
export function drawTokens(text: string, tokens: readonly DrawnToken[]): string {
  return drawBelow(
    text,
    tokens.map(({ position, length, type }) => ({ position, length, note: type })),
  );
}

/** Draws an outline: indentation tells who belongs to whom, and the selected text stands behind the arrow. */
export function drawSymbols(text: string, symbols: readonly DocumentSymbol[], indent = ''): string {
  const lines = text.split(/\r\n|\r|\n/);
  return symbols
    .map(({ kind, name, detail, selectionRange: { start, end }, children }) => {
      const kindName = Object.entries(SymbolKind).find(([, value]) => value === kind)?.[0] ?? '';
      const selected = lines[start.line]?.slice(start.character, end.character) ?? '';
      const line = `${indent}${kindName.toLowerCase()} ${name}${detail ? ` (${detail})` : ''} → ${start.line}:${start.character} ${selected}\n`;
      return line + drawSymbols(text, children ?? [], `${indent}  `);
    })
    .join('');
}

function drawBelow(text: string, marks: readonly { position: Position; length: number; note: string }[]): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line, number) => {
      const below = marks
        .filter(({ position }) => position.line === number)
        .map(({ position, length, note }) => `${' '.repeat(position.character)}${'^'.repeat(length || 1)} ${note}\n`);
      return `${line}\n${below.join('')}`;
    })
    .join('');
}

function readTokens(data: readonly number[], legend: SemanticTokensLegend): DrawnToken[] {
  const tokens: DrawnToken[] = [];
  let line = 0;
  let character = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, bits = 0] = data.slice(index, index + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const modifiers = legend.tokenModifiers.filter((_name, bit) => bits & (1 << bit));
    tokens.push({ position: { line, character }, length, type: [legend.tokenTypes[type], ...modifiers].join('.') });
  }
  return tokens;
}

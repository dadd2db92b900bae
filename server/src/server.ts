import {
  type CancellationToken,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type ServerCapabilities,
} from 'vscode-languageserver';
import {
  completionAbilities,
  hoverFormat,
  semanticTokensLegend,
  toCompletionList,
  toDiagnostic,
  toDocumentSymbol,
  toHover,
  toSemanticTokens,
  toSpan,
} from './convert';
import { openFiles, type OpenFile } from './documents';
import { serverName, type ServerSettings } from './protocol';
import { createPush } from './push';
import { defaultSettings, parseChangedSettings, parseSettings, parseSettingValues, settingSections } from './settings';
import {
  analyse,
  completions,
  createCatalogue,
  documentSymbols,
  hover,
  semanticTokens,
  type Catalogue,
  type Context,
} from './zoql/index';

/** What differs by host and by time. */
export interface Runtime {
  /** Reads the bundled catalogue; called once, when a request first needs it. */
  readonly loadCatalogue: () => Catalogue;
  /** Runs a task later; the function it returns keeps it from running. */
  readonly after: (milliseconds: number, task: () => void) => () => void;
}

/**
 * Joins a connection to the language library. Handlers are synchronous: a message sees every edit that was sent before
 * it, and nothing is ever answered for a text that is gone.
 */
export function startServer(connection: Connection, runtime: Runtime): void {
  const files = new TextDocuments(openFiles);
  let life: 'starting' | 'running' | 'over' = 'starting';
  let client: ClientCapabilities = {};
  let initialSettings = defaultSettings;
  let settings = defaultSettings;
  let catalogue: Catalogue | undefined;
  let currentContext: Context | undefined;
  let contexts = 0;

  const push = createPush({
    after: runtime.after,
    file: uri => files.get(uri),
    send: file =>
      guarded('push', undefined, () => {
        report({ uri: file.uri, version: file.version, diagnostics: diagnostics(file) });
      }),
  });

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    life = 'running';
    client = capabilities;
    settings = initialSettings = parseSettings(initializationOptions, defaultSettings);
    return { capabilities: serverCapabilities, serverInfo: { name: serverName } };
  });
  connection.onInitialized(() => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      const registration = { section: [...settingSections] };
      connection.client.register(DidChangeConfigurationNotification.type, registration).catch(logged('settings'));
    }
    if (client.workspace?.configuration) askForSettings();
  });
  connection.onShutdown(() => {
    life = 'over';
  });

  connection.onDidChangeConfiguration(change => {
    if (client.workspace?.configuration) askForSettings();
    else useSettings(parseChangedSettings(change?.settings, initialSettings));
  });
  files.onDidChangeContent(({ document }) => {
    if (!pullsDiagnostics()) push.schedule(document.uri);
  });
  files.onDidClose(({ document: { uri } }) => {
    push.cancel(uri);
    if (!pullsDiagnostics()) report({ uri, diagnostics: [] });
  });

  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answered('completion', uri, token, null, file => {
      const list = completions(file.document, file.offsetAt(position), context());
      return toCompletionList(file, list, completionAbilities(client));
    }),
  );
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answered('hover', uri, token, null, file => {
      const found = hover(file.document, file.offsetAt(position), context());
      return found ? toHover(file, found, hoverFormat(client)) : null;
    }),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answered('outline', uri, token, [], file =>
      documentSymbols(file.document).map(symbol => toDocumentSymbol(file, symbol)),
    ),
  );
  connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) =>
    answered('semantic tokens', uri, token, { data: [] }, file =>
      toSemanticTokens(file, semanticTokens(file.document, context())),
    ),
  );
  connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }, token) =>
    answered('semantic tokens', uri, token, { data: [] }, file =>
      toSemanticTokens(file, semanticTokens(file.document, context(), toSpan(file, range))),
    ),
  );
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    answered<DocumentDiagnosticReport>(
      'diagnostics',
      uri,
      token,
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      file => {
        const resultId = `${file.revision}.${contexts}`;
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnostics(file) };
      },
    ),
  );

  files.listen(connection);
  connection.listen();

  function diagnostics(file: OpenFile): Diagnostic[] {
    const { statements, starts } = file.document;
    const found: Diagnostic[] = [];
    for (const [index, statement] of statements.entries()) {
      for (const problem of analyse(statement, context()).problems) {
        if (found.length === mostDiagnostics) return found;
        found.push(toDiagnostic(file, problem, starts[index] ?? 0));
      }
    }
    return found;
  }

  /** The same object until a setting changes: the library remembers its answers by it. */
  function context(): Context {
    catalogue ??= readCatalogue();
    return (currentContext ??= { catalogue, queryType: settings.queryType });
  }

  /** Without a catalogue there are still a parser and keywords. */
  function readCatalogue(): Catalogue {
    return guarded('catalogue', emptyCatalogue, runtime.loadCatalogue);
  }

  function askForSettings(): void {
    connection.workspace
      .getConfiguration(settingSections.map(section => ({ section })))
      .then(values => useSettings(parseSettingValues(values, initialSettings)))
      .catch(logged('settings'));
  }

  function useSettings(changed: ServerSettings): void {
    if (changed.queryType === settings.queryType) return;
    settings = changed;
    currentContext = undefined;
    contexts++;
    if (!pullsDiagnostics()) for (const uri of files.keys()) push.schedule(uri);
    else if (client.workspace?.diagnostics?.refreshSupport) {
      connection.languages.diagnostics.refresh().catch(logged('refresh'));
    }
  }

  function pullsDiagnostics(): boolean {
    return client.textDocument?.diagnostic !== undefined;
  }

  function report(problems: { uri: string; version?: number; diagnostics: Diagnostic[] }): void {
    connection.sendDiagnostics(problems).catch(logged('push'));
  }

  /** Answers for an open file; for any other there is nothing to say. */
  function answered<T>(
    feature: string,
    uri: string,
    token: CancellationToken,
    nothing: T,
    answer: (file: OpenFile) => T,
  ): T {
    if (life === 'starting') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    if (life === 'over') throw new ResponseError(ErrorCodes.InvalidRequest, 'the server has been shut down');
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    return guarded(feature, nothing, () => {
      const file = files.get(uri);
      return file ? answer(file) : nothing;
    });
  }

  /** One feature's bug must not take the others down: log it and go on with nothing. */
  function guarded<T>(feature: string, nothing: T, answer: () => T): T {
    try {
      return answer();
    } catch (error) {
      logged(feature)(error);
      return nothing;
    }
  }

  function logged(feature: string): (error: unknown) => void {
    return error =>
      connection.console.error(
        `${feature}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  }
}

/**
 * More than a person reads. A file that is no ZOQL at all has a problem in every line, and sending them all anew after
 * each keystroke would be all that the server does.
 */
const mostDiagnostics = 1_000;

const emptyCatalogue = createCatalogue({ generated: '', notInAqua: [], names: '', values: [], objects: [] });

const serverCapabilities: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: ['.', '@', "'"] },
  hoverProvider: true,
  documentSymbolProvider: true,
  semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
  diagnosticProvider: { identifier: serverName, interFileDependencies: false, workspaceDiagnostics: false },
};

import * as vscode from 'vscode';
import {
  dialectRequest,
  languageId,
  objectsNeededNotification,
  serverName,
  submitFileCommand,
  submitQueryCommand,
  tenantFactsNotification,
  type DialectAnswer,
  type DialectParams,
  type InitializationOptions,
  type ObjectsNeededParams,
  type TenantFactsParams,
} from '../../server/src/protocol';
import { readServerSettings } from './config';
import { showDialect, type AskDialect } from './dialectStatus';
import { problemPage, registerProblemPages } from './problemPages';
import { isSomebodysWork } from './schemes';

export interface LanguageOptions {
  /** The server's program, e.g. `dist/server.cjs` of the extension. */
  readonly serverModule: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** The server runs and can be told of a tenant. What this returns ends with the server. */
  readonly onRunning: (link: ServerLink) => vscode.Disposable;
}

/** What the server hears of tenants, and what it asks for. */
export interface ServerLink {
  tell(params: TenantFactsParams): void;
  onObjectsNeeded(listener: (objects: readonly string[]) => void): void;
}

export interface LanguageServer extends vscode.Disposable {
  /** Ends the server's process. */
  stop(): Promise<void>;
}

interface RunningServer {
  stop(): Promise<void>;
}

/**
 * Starts the language server when the first ZOQL document is open, and stops it when disposed.
 *
 * Without the server everything else works: one message says what is missing.
 */
export function startLanguageWhenNeeded(options: LanguageOptions): LanguageServer {
  let server: Promise<RunningServer | undefined> | undefined;
  const startFor = (document: vscode.TextDocument) => {
    if (document.languageId === languageId && isSomebodysWork(document.uri.scheme)) server ??= start(options);
  };
  const registered = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(startFor),
    registerProblemPages(), // A page that was left open is asked for before any query is.
  );
  vscode.workspace.textDocuments.forEach(startFor);
  return {
    dispose: () => void registered.dispose(),
    stop: async () => {
      const running = await server;
      await running?.stop();
    },
  };
}

async function start({ serverModule, log, onRunning }: LanguageOptions): Promise<RunningServer | undefined> {
  const failed = (reason: string) => {
    log.error(`Language server: ${reason}`);
    void vscode.window.showErrorMessage(
      `Completion and diagnostics are not available: ${reason} Submitting and watching jobs work. Reinstalling the extension or reloading the window may help.`,
    );
  };
  try {
    await vscode.workspace.fs.stat(serverModule);
  } catch {
    failed(`the language server ${serverModule.fsPath} is missing.`);
    return undefined;
  }

  const { LanguageClient, RevealOutputChannelOn, State, TransportKind } = await import('vscode-languageclient/node');
  const server = {
    module: serverModule.fsPath,
    transport: TransportKind.ipc,
    // The server has no use for credentials, so it does not inherit them.
    options: { env: { ZOQL_URL: undefined, ZOQL_CLIENT_ID: undefined, ZOQL_CLIENT_SECRET: undefined } },
  };
  const client = new LanguageClient(
    serverName,
    'ZOQL Language Server',
    { run: server, debug: { ...server, options: { ...server.options, execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [{ language: languageId }],
      // A selector cannot say "all but these". For what the server has not been told of, it has nothing to say: past
      // versions get colors only.
      middleware: {
        didOpen: async (document, next) => {
          if (isSomebodysWork(document.uri.scheme)) await next(document);
        },
        provideDiagnostics: async (document, previousResultId, token, next) => {
          const report = await next(document, previousResultId, token);
          if (report && 'items' in report) report.items.forEach(linkToPage);
          return report;
        },
      },
      initializationOptions: {
        ...readServerSettings(),
        commands: [submitQueryCommand, submitFileCommand],
      } satisfies InitializationOptions,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: error => {
        failed(`the language server did not start (${String(error)}).`);
        return false;
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    log.error(`Language server: ${String(error)}`); // The client has shown its message already.
    return undefined;
  }
  const askDialect: AskDialect = async ({ uri }, position) => {
    if (client.state !== State.Running) return null;
    const params: DialectParams = { textDocument: { uri: uri.toString() }, position };
    return client.sendRequest<DialectAnswer | null>(dialectRequest, params);
  };
  const dialect = showDialect(askDialect);
  const linked = onRunning({
    tell(params) {
      if (client.state !== State.Running) return;
      client.sendNotification(tenantFactsNotification, params).catch((error: unknown) => log.warn(String(error)));
    },
    onObjectsNeeded(listener) {
      client.onNotification(objectsNeededNotification, ({ objects }: ObjectsNeededParams) => listener(objects));
    },
  });
  return {
    stop: async () => {
      dialect.dispose();
      linked.dispose();
      if (client.state === State.Running) await client.stop();
    },
  };
}

/** The server's link leads into the text of README; here each code has a page. */
function linkToPage(diagnostic: vscode.Diagnostic): void {
  const { code } = diagnostic;
  if (code === undefined) return;
  const value = typeof code === 'object' ? code.value : code;
  diagnostic.code = { value, target: problemPage(String(value)) };
}

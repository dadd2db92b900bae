import {
  DidChangeConfigurationNotification,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { dayOf } from './day';
import { openFiles } from './documents';
import type { Runtime, Server } from './feature';
import { features } from './handlers/index';
import { serverName, type ServerSettings } from './protocol';
import {
  contextOf,
  defaultSettings,
  parseChangedSettings,
  parseCommands,
  parseSettings,
  parseSettingValues,
  settingSections,
} from './settings';
import { createCatalogue, withTenant, type Catalogue, type Context, type TenantFacts } from './zoql/index';

export type { Runtime } from './feature';

/**
 * Joins a connection to the language library. Handlers are synchronous: a message sees every edit that was sent before
 * it, and nothing is ever answered for a text that is gone.
 */
export function startServer(connection: Connection, runtime: Runtime): void {
  const files = new TextDocuments(openFiles);
  const changed: (() => void)[] = [];
  let life: 'starting' | 'running' | 'over' = 'starting';
  let client: ClientCapabilities = {};
  let initialSettings = defaultSettings;
  let settings = defaultSettings;
  let bundled: Catalogue | undefined;
  let tenant: TenantFacts | undefined;
  let snapshot: TenantFacts | undefined;
  let folder: string | undefined;
  let context: Context | undefined;
  let contextNumber = 0;

  const server: Server = {
    connection,
    runtime,
    files,
    get client() {
      return client;
    },
    get folder() {
      return folder;
    },
    get settings() {
      return settings;
    },
    get today() {
      return dayOf(runtime.now());
    },
    get context() {
      // Without a catalogue there are still a parser and keywords.
      const facts = (bundled ??= guarded('catalogue', emptyCatalogue, runtime.loadCatalogue));
      const layered = () => {
        const below = snapshot ? withTenant(facts, snapshot) : facts;
        return tenant ? withTenant(facts, tenant, below) : below;
      };
      return (context ??= contextOf(settings, guarded('tenant', facts, layered)));
    },
    get contextNumber() {
      return contextNumber;
    },
    handler: (feature, nothing, answer) => (params, token) => {
      const refusal = refusalOf(token);
      if (refusal) return refusal;
      return guarded(feature, nothing, () => {
        const file = files.get(params.textDocument.uri);
        return file ? answer(file, params) : nothing;
      });
    },
    guarded,
    send: (feature, sent) => void sent.catch(logged(feature)),
    useTenant: facts => {
      tenant = facts;
      changeContext();
    },
    useSnapshot: facts => {
      snapshot = facts;
      changeContext();
    },
    whenChanged: task => void changed.push(task),
  };

  connection.onInitialize(({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
    life = 'running';
    client = capabilities;
    folder = workspaceFolders?.[0]?.uri ?? rootUri ?? undefined;
    settings = initialSettings = parseSettings(initializationOptions, defaultSettings);
    const commands = parseCommands(initializationOptions);
    return {
      capabilities: features.reduce(
        (abilities, feature) => ({ ...abilities, ...feature.abilities(client, commands) }),
        textAbilities,
      ),
      serverInfo: { name: serverName },
    };
  });
  connection.onInitialized(() => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      const registration = { section: [...settingSections] };
      server.send('settings', connection.client.register(DidChangeConfigurationNotification.type, registration));
    }
    if (client.workspace?.configuration) askForSettings();
  });
  connection.onDidChangeConfiguration(change => {
    if (client.workspace?.configuration) askForSettings();
    else useSettings(parseChangedSettings(change?.settings, initialSettings));
  });
  connection.onShutdown(() => {
    life = 'over';
  });
  for (const feature of features) feature.listen(server);
  files.listen(connection);
  connection.listen();

  function askForSettings(): void {
    const asked = connection.workspace.getConfiguration(settingSections.map(section => ({ section })));
    server.send(
      'settings',
      asked.then(values => useSettings(parseSettingValues(values, initialSettings))),
    );
  }

  function useSettings(next: ServerSettings): void {
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    changeContext();
  }

  function changeContext(): void {
    context = undefined;
    contextNumber++;
    for (const task of changed) guarded('settings', undefined, task);
  }

  function refusalOf(token: CancellationToken): ResponseError<never> | undefined {
    if (life === 'starting') return new ResponseError<never>(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    if (life === 'over') return new ResponseError<never>(ErrorCodes.InvalidRequest, 'the server has been shut down');
    return token.isCancellationRequested
      ? new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled')
      : undefined;
  }

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

const textAbilities: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
};

const emptyCatalogue = createCatalogue({ generated: '', notInAqua: [], names: '', values: [], objects: [] });

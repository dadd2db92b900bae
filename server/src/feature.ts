/** What a language feature of the server is made of, and what it sees of the server. */
import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  ResponseError,
  ServerCapabilities,
  TextDocumentIdentifier,
  TextDocuments,
} from 'vscode-languageserver';
import type { OpenFile } from './documents';
import type { ServerSettings } from './protocol';
import type { Catalogue, Context, ProblemCode, TenantFacts } from './zoql/index';

/** What differs by host and by time. */
export interface Runtime {
  /** Reads the bundled catalogue; called once, when a request first needs it. */
  readonly loadCatalogue: () => Catalogue;
  /** Runs a task later; the function it returns keeps it from running. */
  readonly after: (milliseconds: number, task: () => void) => () => void;
  readonly now: () => Date;
  /**
   * Tells what a file holds, now and after each change, until the function it returns is called. `file` is absolute or
   * within `folder`, a URI. Undefined where the host has no disk.
   */
  readonly watchText?: (file: string, folder: string | undefined, tell: (read: TextRead) => void) => () => void;
  /** The URI of the page that explains a problem; undefined where the host has none. */
  readonly documentation?: (code: ProblemCode) => string | undefined;
}

/** The text of a file, or why there is none, as the end of a sentence. */
export type TextRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

export interface Feature {
  /** What the server says that it can, to a client that can so much and has these commands. */
  readonly abilities: (client: ClientCapabilities, commands: ReadonlySet<unknown>) => Partial<ServerCapabilities>;
  /** Registers the handlers, before the first message comes. */
  readonly listen: (server: Server) => void;
}

/** The server as features see it. What a client can and what a person has set is read at each request. */
export interface Server {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly files: TextDocuments<OpenFile>;
  readonly client: ClientCapabilities;
  /** The URI of the first folder that the client works in. */
  readonly folder: string | undefined;
  readonly settings: ServerSettings;
  /** The day on this computer, e.g. 2026-11-23. */
  readonly today: string;
  /** The same object until a setting or the catalogue changes: the library remembers its answers by it. */
  readonly context: Context;
  /** Another number whenever `context` is another object. */
  readonly contextNumber: number;
  /** Makes the handler of a request about a file. For a file that is not open, and after a bug, it answers `nothing`. */
  handler<Params extends AboutFile, Answer>(
    feature: string,
    nothing: Answer,
    answer: (file: OpenFile, params: Params) => Answer | ResponseError<never>,
  ): (params: Params, token: CancellationToken) => Answer | ResponseError<never>;
  /** Runs something that must not take other features down: a bug is logged and gives `nothing`. */
  guarded<T>(feature: string, nothing: T, answer: () => T): T;
  /** Sends something whose failure is only logged. */
  send(feature: string, sent: Promise<unknown>): void;
  /** Lays a tenant's facts over the bundled ones, in the place of those of before; undefined takes them away. */
  useTenant(facts: TenantFacts | undefined): void;
  /** The same for the facts of a snapshot, which count for what the tenant has not described. */
  useSnapshot(facts: TenantFacts | undefined): void;
  /** Runs a task after each change of a setting or of the catalogue. */
  whenChanged(task: () => void): void;
}

export interface AboutFile {
  readonly textDocument: TextDocumentIdentifier;
}

/**
 * What the server and its clients agree on beyond LSP itself. The client imports this file; other editors find the same
 * names in README.
 */
import type { Position, TextDocumentIdentifier } from 'vscode-languageserver';
import type {
  DescribedObject,
  Dialect,
  DialectChoice,
  DialectSetting,
  ProblemCode,
  RefusedField,
  Severity,
} from './zoql/index';

export const languageId = 'zoql';

/** Stands as `source` on every diagnostic, and names the server in logs. */
export const serverName = 'zoql';

/** The section of the editor's settings that is ours. */
export const settingsSection = 'zoql';

/** The settings that the server reads, by their names within the section, e.g. `zoql.format.keywordCase`. */
export interface ServerSettings {
  /** What a statement without a `-- @type` directive is written in. */
  readonly queryType: DialectSetting;
  readonly 'codeLens.enabled': boolean;
  /** How the formatter writes keywords. */
  readonly 'format.keywordCase': 'lower' | 'upper' | 'preserve';
  /** Up to this many characters the formatter leaves a query on one line. */
  readonly 'format.maxLineLength': number;
  /** Shows Zuora's labels behind objects and fields. */
  readonly 'inlayHints.enabled': boolean;
  /** How grave single problems are, other than usually; `off` leaves them out. */
  readonly 'problems.severity': Readonly<Partial<Record<ProblemCode, Severity | 'off'>>>;
  /** A file whose schema counts for what no tenant has described, as `snapshotFile.ts` finds it; empty where there is none. */
  readonly schemaSnapshot: string;
}

/**
 * The shape of `initializationOptions`. The settings in it hold until the client answers `workspace/configuration`, or
 * sends them in `workspace/didChangeConfiguration` as `settings.zoql`. Dots in a name may as well be nested objects.
 */
export interface InitializationOptions extends Partial<ServerSettings> {
  /** Commands of this list that the client can run: only these are offered above queries. */
  readonly commands?: readonly string[];
}

/**
 * Submits one query. Its arguments are the file's URI, a `Position` in the query, and the version of the text in which
 * the query is there: where a lens is clicked after an edit and before it was made anew, another may be.
 */
export const submitQueryCommand = 'zoql.submitQuery';

/** Submits the queries of a file. Its argument is the file's URI. */
export const submitFileCommand = 'zoql.submitFile';

/** Asks which dialect the statement at a position is in. The answer is a `DialectAnswer`, or null between statements. */
export const dialectRequest = 'zoql/dialect';

export interface DialectParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

export interface DialectAnswer {
  readonly dialect: Dialect;
  /** As people call it, e.g. "Export ZOQL". */
  readonly name: string;
  /** Why it is this one, e.g. "uses a path (Account.Name)". */
  readonly reason: string;
  readonly source: DialectChoice['source'];
}

/**
 * From the client: what is known of the tenant that queries are written for. Facts about names only, no address and no
 * secret. Nothing waits for it; what it changes is shown when it comes.
 */
export const tenantFactsNotification = 'zoql/tenantFacts';

export interface TenantFactsParams {
  /** As people call it; null where the bundled facts are all there is. */
  readonly tenant: string | null;
  /** Forgets what was told before. Otherwise each object takes the place of one of its name. */
  readonly anew: boolean;
  readonly objects: readonly DescribedObject[];
  /** All of them, each time. */
  readonly refused: readonly RefusedField[];
}

/** From the server: objects that open files are about and that nobody has told of. Each is named once for a tenant. */
export const objectsNeededNotification = 'zoql/objectsNeeded';

export interface ObjectsNeededParams {
  /** As the bundled facts spell them, or as they are written where those do not know them. */
  readonly objects: readonly string[];
}

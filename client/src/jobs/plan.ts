/**
 * From open documents to the queries of one job: what is sent, under which names, and what stands in the way.
 *
 * Tab order gives the queries their order and nothing else. Above all it gives no names: Zuora's stateful mode knows a
 * query by its name, and a changed one makes it export everything again (Zuora docs, stateless and stateful modes).
 */
import { createHash } from 'node:crypto';
import {
  analyse,
  findingsOf,
  openDocument,
  queryName,
  queryOptions,
  queryText,
  type Context,
  type Fix,
  type Problem,
  type QueryOptions,
  type Span,
  type Statement,
} from '../../../server/src/zoql/index';
import type { PlannedQuery } from './model';

/** An open document, as the editor knows it. */
export interface OpenDocument {
  readonly uri: string;
  /** The file's name, e.g. `accounts.zoql`; an untitled one is called as its tab, e.g. `Untitled-1`. */
  readonly baseName: string;
  /** Relative to its workspace folder, with `/`; what people read. */
  readonly relativePath: string;
  readonly text: string;
  /** What a person is to be told about this text, e.g. "unsaved". */
  readonly versionLabel?: string;
}

export interface Plan {
  /** In tab order, and in the order of the file. */
  readonly queries: readonly PlanEntry[];
  /** Left out, and said so. */
  readonly withoutStatement: readonly OpenDocument[];
  /** Not empty: nothing can be submitted until they are mended. */
  readonly errors: readonly PlanError[];
}

export interface PlanEntry extends PlannedQuery {
  readonly versionLabel?: string;
  /** What is wrong with it as far as we can tell. Not empty: it starts unticked. */
  readonly problems: readonly PlannedProblem[];
  /** What is likely not meant. */
  readonly warnings: readonly PlannedProblem[];
}

/** Of a query's own text; offsets count in the file. */
export interface PlannedProblem extends Problem {
  /** Worked out when asked for, since each fix is tried; the likeliest first. */
  readonly fixes: () => readonly Fix[];
}

/** Several queries want one name. */
export interface PlanError {
  readonly name: string;
  readonly places: readonly Place[];
  readonly message: string;
}

export interface Place {
  readonly uri: string;
  readonly relativePath: string;
  /** From 1. */
  readonly line: number;
}

/** Plans one job of all statements of `documents`, which are given in tab order. */
export function createPlan(documents: readonly OpenDocument[], context: Context): Plan {
  const found = documents.flatMap(document => statementsOf(document));
  const names = nameAll(found);
  const asPlanned = strict(context);
  const queries = found.map((one, index) => planEntry(one, names[index] ?? '', asPlanned));
  const withStatement = new Set(found.map(one => one.document));
  return {
    queries,
    withoutStatement: documents.filter(document => !withStatement.has(document)),
    errors: sameNames(queries),
  };
}

/** Of the plan of one document, these statements. They keep the names that they have beside all others. */
export function planOf(plan: Plan, statements: ReadonlySet<number>): Plan {
  const queries = plan.queries.filter(({ source }) => statements.has(source.statement));
  return { queries, withoutStatement: [], errors: sameNames(queries) };
}

/** A statement in its file. */
interface Found {
  readonly document: OpenDocument;
  readonly statement: Statement;
  /** Its place in the file, from 0; statements with a `@name` count too, so that adding one renames no other. */
  readonly ordinal: number;
  /** Where the statement's text begins in the file. */
  readonly start: number;
  readonly explicitName: string | undefined;
}

function statementsOf(document: OpenDocument): Found[] {
  const { statements, starts } = openDocument(document.text);
  return statements.map((statement, ordinal) => ({
    document,
    statement,
    ordinal,
    start: starts[ordinal] ?? 0,
    explicitName: queryName(statement)?.value,
  }));
}

function planEntry({ document, statement, ordinal, start }: Found, name: string, context: Context): PlanEntry {
  const analysis = analyse(statement, context);
  const { query } = statement.parsed;
  const range = { start: start + query.start, end: start + query.end };
  const found = problemsOf(statement, start, context);
  return {
    name,
    type: analysis.choice.dialect,
    query: queryText(statement),
    source: {
      uri: document.uri,
      relativePath: document.relativePath,
      statement: ordinal,
      range,
      line: lineAt(document.text, range.start),
      text: statement.text,
    },
    ...valuesOf(queryOptions(statement.parsed)),
    ...(document.versionLabel === undefined ? {} : { versionLabel: document.versionLabel }),
    problems: found.filter(({ severity }) => severity === 'error'),
    warnings: found.filter(({ severity }) => severity === 'warning'),
  };
}

function valuesOf({ apiVersion, convertToCurrencies, deleted }: QueryOptions) {
  return {
    ...(apiVersion && { apiVersion: apiVersion.value }),
    ...(convertToCurrencies && { convertToCurrencies: convertToCurrencies.value }),
    ...(deleted && { deleted: deleted.value }),
  };
}

/**
 * The context without what a person has set for a code that is no matter of opinion: a directive that cannot be read must
 * not be left out of the request silently.
 */
function strict(context: Context): Context {
  const code = 'malformed-directive';
  if (!context.severities?.has(code)) return context;
  return { ...context, severities: new Map([...context.severities].filter(([other]) => other !== code)) };
}

function problemsOf(statement: Statement, start: number, context: Context): PlannedProblem[] {
  const moved = <T extends Span>(span: T): T => ({ ...span, start: start + span.start, end: start + span.end });
  return findingsOf(statement, context).map(({ fixes, ...problem }) => ({
    ...moved(problem),
    fixes: () =>
      (fixes?.() ?? [])
        .map(fix => ({ ...fix, edits: fix.edits.map(moved) }))
        .sort((one, other) => Number(other.preferred ?? false) - Number(one.preferred ?? false)),
  }));
}

/**
 * Names every statement: its `@name`, else the shortest derived name that no other statement has.
 *
 * All that share a name get the next longer one together, whoever comes first: so the set of open documents decides,
 * not their order.
 */
function nameAll(found: readonly Found[]): string[] {
  const lengths = found.map(() => 0);
  const nameOf = (one: Found, index: number) => one.explicitName ?? derivedName(one, lengths[index] ?? 0);
  for (;;) {
    const names = found.map(nameOf);
    const clashing = [...groups(names).values()]
      .filter(indexes => 1 < indexes.length)
      .flat()
      .filter(index => found[index]?.explicitName === undefined && (lengths[index] ?? 0) < derivedNames.length - 1);
    if (clashing.length === 0) return names;
    for (const index of clashing) lengths[index] = (lengths[index] ?? 0) + 1;
  }
}

/** What a file's statements are called, the shortest first; each is used where the one before is taken. */
const derivedNames: readonly ((document: OpenDocument) => string)[] = [
  document => withoutExtension(document.baseName),
  document => withoutExtension(document.relativePath),
  document => document.relativePath,
  // Two workspace folders can hold one relative path; what still differs is the URI.
  document => `${document.relativePath}-${digest(document.uri).slice(0, 8)}`,
  document => `${document.relativePath}-${digest(document.uri)}`,
];

function derivedName({ document, ordinal }: Found, length: number): string {
  const name = derivedNames[length]?.(document) ?? document.uri;
  return ordinal === 0 ? name : `${name}-${ordinal + 1}`;
}

/** `.zoql` alone stays: a name is never empty. */
function withoutExtension(path: string): string {
  return path.replace(/(?<=[^/])\.[^./]*$/, '');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The names that several queries of a job have. */
export function sameNames(queries: readonly PlannedQuery[]): PlanError[] {
  const shared = [...groups(queries.map(query => query.name))].filter(([, indexes]) => 1 < indexes.length);
  return shared.map(([name, indexes]) => {
    const places = indexes.flatMap(index => {
      const source = queries[index]?.source;
      return source ? [{ uri: source.uri, relativePath: source.relativePath, line: source.line }] : [];
    });
    const where = places.map(place => `${place.relativePath} line ${place.line}`).join(' and ');
    return { name, places, message: `The name "${name}" is used by ${where}. Every query of a job needs its own.` };
  });
}

/** The indexes at which each text stands. */
function groups(texts: readonly string[]): Map<string, number[]> {
  const indexes = new Map<string, number[]>();
  texts.forEach((text, index) => {
    const others = indexes.get(text);
    if (others) others.push(index);
    else indexes.set(text, [index]);
  });
  return indexes;
}

/** The line of an offset, from 1; CR, LF and CRLF end a line. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

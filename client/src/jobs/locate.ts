// Finds a statement that was sent in a file that has been edited since. Plain data in, plain data out.
import { openDocument, queryName, type Span, type Statement, type ZoqlDocument } from '../../../server/src/zoql/index';
import type { QuerySource } from './model';

/**
 * The statement that a query was made from, as `locateAll` finds it, else the one that stands in its place. From its
 * first token to its last, as offsets in the file as it is now; undefined where there is none of these.
 */
export function locate(text: string, source: QuerySource): Span | undefined {
  const document = openDocument(text);
  const [index = source.statement] = locateAll(document, [source]);
  return document.statements[index] && tokenSpan(document, index);
}

/**
 * The statements that the queries of one job were made from, as places among the file's statements; no statement is
 * found twice. The one with the same text counts, of several the one nearest to where it stood; else one that differs in
 * comments and white space only; else the one that carries the query's `@name`; else the one that stands in its place and
 * asks for the same object. Undefined where there is none of these.
 */
export function locateAll(document: ZoqlDocument, sources: readonly QuerySource[]): (number | undefined)[] {
  const { statements } = document;
  const snapshots = sources.map(({ text }) => openDocument(text).statements[0]);
  const found: (number | undefined)[] = sources.map(() => undefined);
  const taken = new Set<number>();
  const take = (query: number, index: number | undefined) => {
    if (index === undefined || taken.has(index)) return;
    found[query] = index;
    taken.add(index);
  };
  const ways: readonly ((source: QuerySource, snapshot: Statement) => number | undefined)[] = [
    source => nearest(document, source, taken, statement => statement.text === source.text),
    (source, snapshot) => nearest(document, source, taken, statement => isSentAlike(statement, snapshot)),
    (_, snapshot) => named(document, queryName(snapshot)?.value),
    ({ statement: place }, snapshot) => (isOfSameObject(statements[place], snapshot) ? place : undefined),
  ];
  for (const way of ways) {
    for (const [query, source] of sources.entries()) {
      const snapshot = snapshots[query];
      if (snapshot && found[query] === undefined) take(query, way(source, snapshot));
    }
  }
  return found;
}

/** Whether two statements differ in nothing that is sent but white space. */
export function isSentAlike(one: Statement, other: Statement): boolean {
  // Most statements are told apart by how many tokens they have.
  return one.parsed.tokens.count === other.parsed.tokens.count && tokensOf(one) === tokensOf(other);
}

function tokensOf({ text, parsed: { tokens } }: Statement): string {
  return Array.from(tokens.starts, (start, index) => text.slice(start, tokens.ends[index])).join('\0');
}

function nearest(
  document: ZoqlDocument,
  { range }: QuerySource,
  taken: ReadonlySet<number>,
  fits: (statement: Statement) => boolean,
): number | undefined {
  const distance = (index: number) => Math.abs(tokenSpan(document, index).start - range.start);
  const fitting = document.statements.flatMap((statement, index) =>
    !taken.has(index) && fits(statement) ? [index] : [],
  );
  return fitting.sort((one, other) => distance(one) - distance(other))[0];
}

function isOfSameObject(statement: Statement | undefined, snapshot: Statement): boolean {
  const object = ({ parsed }: Statement) => parsed.query.from?.text.toLowerCase();
  return statement !== undefined && object(statement) === object(snapshot);
}

function tokenSpan({ statements, starts }: ZoqlDocument, index: number): Span {
  const { tokens } = statements[index]?.parsed ?? { tokens: undefined };
  const start = starts[index] ?? 0;
  return {
    start: start + (tokens?.starts[0] ?? 0),
    end: start + (tokens?.ends[tokens.count - 1] ?? 0),
  };
}

function named({ statements }: ZoqlDocument, wanted: string | undefined): number | undefined {
  if (!wanted) return undefined;
  const index = statements.findIndex(({ parsed }) =>
    parsed.directives.some(({ name, value }) => name === 'name' && value === wanted),
  );
  return index === -1 ? undefined : index;
}

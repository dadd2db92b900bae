// Finds a statement that was sent in a file that has been edited since. Plain data in, plain data out.
import { openDocument, queryName, type Span, type ZoqlDocument } from '../../../server/src/zoql/index';
import type { QuerySource } from './model';

/**
 * The statement that a query was made from: the one with the same text, of several the one nearest to where it stood;
 * else the one that carries its `@name`; else the one that stands in its place. From its first token to its last, as
 * offsets in the file as it is now; undefined where there is none of these.
 */
export function locate(text: string, source: QuerySource): Span | undefined {
  const document = openDocument(text);
  const spans = document.statements.map((_, index) => tokenSpan(document, index));
  const same = document.statements.flatMap((statement, index) => (statement.text === source.text ? [index] : []));
  const distance = (index: number) => Math.abs((spans[index]?.start ?? 0) - source.range.start);
  const [nearest] = same.sort((one, other) => distance(one) - distance(other));
  const index = nearest ?? named(document, nameIn(source.text)) ?? source.statement;
  return spans[index];
}

function tokenSpan({ statements, starts }: ZoqlDocument, index: number): Span {
  const { tokens } = statements[index]?.parsed ?? { tokens: undefined };
  const start = starts[index] ?? 0;
  return {
    start: start + (tokens?.starts[0] ?? 0),
    end: start + (tokens?.ends[tokens.count - 1] ?? 0),
  };
}

function nameIn(statement: string): string | undefined {
  const [first] = openDocument(statement).statements;
  return first && queryName(first)?.value;
}

function named({ statements }: ZoqlDocument, wanted: string | undefined): number | undefined {
  if (!wanted) return undefined;
  const index = statements.findIndex(({ parsed }) =>
    parsed.directives.some(({ name, value }) => name === 'name' && value === wanted),
  );
  return index === -1 ? undefined : index;
}

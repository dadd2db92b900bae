import { analyse, type Context } from './analysis';
import { describeChoice } from './chooseDialect';
import { statementAt, type ZoqlDocument } from './document';

/** A line of text above a query that says or does something. */
export interface Lens {
  /** Where the query begins, in offsets of the file. */
  readonly offset: number;
  readonly kind: 'dialect' | 'submit query' | 'submit file';
}

/** Editors ask for all lenses after each pause in typing, and in a longer file no person reads them. */
const mostQueriesWithLenses = 1_000;

/**
 * The lenses of a file in the order of the text. The dialect comes last: editors show what it is later than the others,
 * and what somebody is about to click must not move. A very long file has only the lens that is about the file.
 */
export function codeLenses({ statements, starts }: ZoqlDocument): Lens[] {
  const isLong = statements.length > mostQueriesWithLenses;
  const lenses: Lens[] = [];
  for (const [index, { parsed }] of statements.entries()) {
    if (parsed.query.keywords[0]?.word !== 'SELECT') continue;
    const offset = (starts[index] ?? 0) + parsed.query.start;
    const isFirst = lenses.length === 0;
    if (!isLong) lenses.push({ offset, kind: 'submit query' });
    if (isFirst) lenses.push({ offset, kind: 'submit file' });
    if (isLong) break;
    lenses.push({ offset, kind: 'dialect' });
  }
  return lenses;
}

/** "Export ZOQL: uses a path (Account.Name)" for the statement at an offset; undefined between statements. */
export function dialectTitle(document: ZoqlDocument, offset: number, context: Context): string | undefined {
  const found = statementAt(document, offset);
  return found && describeChoice(analyse(found.statement, context).choice);
}

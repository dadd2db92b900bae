import { analyse, type Context } from './analysis';
import { describeChoice } from './chooseDialect';
import type { ZoqlDocument } from './document';

/** A line of text above a query that says or does something, where the query begins, in offsets of the file. */
export type Lens =
  | { readonly offset: number; readonly kind: 'submit query' | 'submit file' }
  /** Says "Export ZOQL: uses a path (Account.Name)". */
  | { readonly offset: number; readonly kind: 'dialect'; readonly title: string };

/** Editors ask for all lenses after each pause in typing, and in a longer file no person reads them. */
const mostQueriesWithLenses = 1_000;

/**
 * The lenses of a file in the order of the text. The dialect comes last: its words change while somebody types, and what
 * is clicked must not move. A very long file has only the lens that is about the file.
 */
export function codeLenses({ statements, starts }: ZoqlDocument, context: Context): Lens[] {
  const isLong = statements.length > mostQueriesWithLenses;
  const lenses: Lens[] = [];
  for (const [index, statement] of statements.entries()) {
    const { query } = statement.parsed;
    if (query.keywords[0]?.word !== 'SELECT') continue;
    const offset = (starts[index] ?? 0) + query.start;
    const isFirst = lenses.length === 0;
    if (!isLong) lenses.push({ offset, kind: 'submit query' });
    if (isFirst) lenses.push({ offset, kind: 'submit file' });
    if (isLong) break;
    lenses.push({ offset, kind: 'dialect', title: describeChoice(analyse(statement, context).choice) });
  }
  return lenses;
}

/**
 * The two languages that AQuA takes, as data.
 *
 * Sources: Zuora docs, "ZOQL" and "Export ZOQL" (scraped 2025-12 to 2026-02); behaviour observed on a tenant
 * (EDROLO, 2026-08-20).
 */

/** The value of a query's `type` in AQuA's request body. */
export type Dialect = 'zoql' | 'zoqlexport';

/** What the setting `zoql.queryType` can say; `auto` looks at what each statement needs. */
export type DialectSetting = Dialect | 'auto';

export const dialectNames: Readonly<Record<Dialect, string>> = { zoql: 'ZOQL', zoqlexport: 'Export ZOQL' };

/** Which dialect a statement is in, and the words that tell a person why. */
export interface DialectChoice {
  readonly dialect: Dialect;
  readonly source: 'directive' | 'setting' | 'inferred';
  /** E.g. "uses a path (Account.Name)". */
  readonly reason: string;
}

/** The longest query text that the service takes, in characters (Zuora docs, faults and Export ZOQL, 2026-02). */
export const maxQueryLength: Readonly<Record<Dialect, number>> = { zoql: 10_000, zoqlexport: 20_000 };

/** Functions that make one value of many rows (Export ZOQL only; Zuora docs, Export ZOQL select statements). */
export const aggregates: ReadonlySet<string> = new Set(['avg', 'count', 'max', 'min', 'sum']);

/** Functions of one date or datetime (Export ZOQL only; Zuora docs, special datetime features). */
export const dateFunctions: ReadonlySet<string> = new Set(['date', 'year', 'month', 'week', 'weekofyear', 'quarter']);

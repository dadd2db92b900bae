/**
 * The two languages that AQuA takes, as data: one table a dialect. Checks, completion, formatter and quick fixes read
 * these tables; what a dialect lacks is written nowhere else.
 *
 * Sources: Zuora docs, "ZOQL", "Export ZOQL", "Export ZOQL clause limits", "Special datetime features" and "Faults"
 * (scraped 2025-12 to 2026-02); behavior observed on a tenant (EDROLO, 2026-08-20).
 */
import type { ClauseName } from './syntax/tree';

/** The value of a query's `type` in AQuA's request body. */
export type Dialect = 'zoql' | 'zoqlexport';

/** What the setting `zoql.queryType` can say; `auto` looks at what each statement needs. */
export type DialectSetting = Dialect | 'auto';

/** Which dialect a statement is in, and the words that tell a person why. */
export interface DialectChoice {
  readonly dialect: Dialect;
  readonly source: 'directive' | 'setting' | 'inferred';
  /** E.g. "uses a path (Account.Name)". */
  readonly reason: string;
}

/** Something that a query can be built with and that one of the dialects lacks. */
export type Construct =
  'star' | 'path' | 'alias' | 'function' | 'parentheses' | 'is null' | 'field comparison' | 'relative date';

/** What one dialect allows. Sets of words hold lower case; both dialects read words in any case. */
export interface DialectTable {
  readonly dialect: Dialect;
  /** As people call it. */
  readonly name: string;
  readonly clauses: ReadonlySet<ClauseName>;
  readonly constructs: ReadonlySet<Construct>;
  /** Comparison operators that the documentation names; `not like` is one of them. */
  readonly operators: ReadonlySet<string>;
  /** Functions that make one value of many rows. */
  readonly aggregates: ReadonlySet<string>;
  /** Functions of one date or datetime. */
  readonly dateFunctions: ReadonlySet<string>;
  /** How a string holds its own quote: `\\'` or `''`. */
  readonly escapes: 'backslash' | 'doubled';
  /** Quotes that a string can stand in; the documented one comes first. */
  readonly quotes: readonly string[];
  /** What an unquoted literal can be. */
  readonly literals: ReadonlySet<'number' | 'boolean' | 'null' | 'date'>;
  /** The longest query text that the service takes, in characters. */
  readonly maxLength: number;
  /** How many conditions WHERE takes; undefined where no source names a limit. */
  readonly maxConditions: number | undefined;
  /** How many fields GROUP BY takes by the documentation; 18 are seen in a query of public code. */
  readonly maxGroupBy: number | undefined;
}

const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'like'];

export const dialects: Readonly<Record<Dialect, DialectTable>> = {
  zoql: {
    dialect: 'zoql',
    name: 'ZOQL',
    clauses: new Set<ClauseName>(['select', 'from', 'where']),
    constructs: new Set(),
    operators: new Set(comparisons),
    aggregates: new Set(),
    dateFunctions: new Set(),
    escapes: 'backslash',
    quotes: ["'", '"'],
    literals: new Set(['number', 'boolean', 'null', 'date'] as const),
    maxLength: 10_000,
    maxConditions: 200,
    maxGroupBy: undefined,
  },
  zoqlexport: {
    dialect: 'zoqlexport',
    name: 'Export ZOQL',
    clauses: new Set<ClauseName>(['select', 'from', 'where', 'group by', 'having', 'order by', 'limit']),
    constructs: new Set<Construct>([
      'star',
      'path',
      'alias',
      'function',
      'parentheses',
      'is null',
      'field comparison',
      'relative date',
    ]),
    operators: new Set([...comparisons, 'not like', 'is null', 'is not null']),
    aggregates: new Set(['avg', 'count', 'max', 'min', 'sum']),
    dateFunctions: new Set(['date', 'year', 'month', 'week', 'weekofyear', 'quarter']),
    escapes: 'doubled',
    quotes: ["'", '"'],
    literals: new Set(['number', 'boolean', 'null'] as const),
    maxLength: 20_000,
    maxConditions: undefined,
    maxGroupBy: 5,
  },
};

/** The dialect that `-- @type` names, in any case; undefined for any other text. */
export function readDialect(text: string): Dialect | undefined {
  const type = text.toLowerCase();
  return type === 'zoql' || type === 'zoqlexport' ? type : undefined;
}

/** Functions of either dialect, for code that reads text before its dialect is known. */
export const aggregates: ReadonlySet<string> = dialects.zoqlexport.aggregates;
export const dateFunctions: ReadonlySet<string> = dialects.zoqlexport.dateFunctions;

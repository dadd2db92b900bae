import type { Catalogue, CatalogueObject } from '../catalogue';
import type { Dialect, DialectChoice } from '../dialect';
import type { Statement } from '../document';
import type { Fix } from '../edits';
import type { Problem, Query } from '../syntax/tree';
import type { Uses } from '../uses';

/** What a check sees of one statement. All offsets count from the start of the statement's text. */
export interface CheckContext {
  readonly statement: Statement;
  readonly query: Query;
  readonly dialect: Dialect;
  readonly choice: DialectChoice;
  readonly catalogue: Catalogue;
  /** What FROM names; undefined where that is unknown. */
  readonly object: CatalogueObject | undefined;
  /** Every path, call, condition, … of the query. */
  readonly uses: Uses;
  readonly report: (finding: Finding) => void;
}

/** A problem with the ways to mend it, which are worked out only when somebody asks for them. */
export interface Finding extends Problem {
  readonly fixes?: () => readonly Fix[];
  /** Checks of other names are silent because of it: what its fix lets them find was wrong before. */
  readonly hidesOthers?: true;
}

/**
 * Looks at one statement and reports what it finds. Silent where the parser has said the same. A fix removes the
 * finding that it belongs to and adds none.
 */
export type Check = (context: CheckContext) => void;

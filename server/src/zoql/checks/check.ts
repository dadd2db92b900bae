import type { Dialect } from '../dialect';
import type { Statement } from '../document';
import type { Problem, Query } from '../syntax/tree';

export interface CheckContext {
  readonly statement: Statement;
  readonly query: Query;
  readonly dialect: Dialect;
  readonly report: (problem: Problem) => void;
}

/** Looks at one statement and reports what it finds. Silent where the parser has said the same. */
export type Check = (context: CheckContext) => void;

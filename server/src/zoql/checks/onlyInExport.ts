import { lackingIn, type Lacking } from '../constructs';
import { dialects } from '../dialect';
import type { CheckContext } from './check';

/**
 * only-in-export: what ZOQL lacks and Export ZOQL has, in a statement that is declared to be ZOQL. A statement without
 * a declared type is taken for Export ZOQL by the same constructs and gets no finding.
 *
 * Source: Zuora docs, "ZOQL" (asterisk, parentheses, joins, functions and clauses are named as not supported).
 */
export function onlyInExport({ query, uses, dialect, report }: CheckContext): void {
  if (dialect !== 'zoql') return;
  for (const { start, end, what } of lackingIn(dialect, query, uses)) {
    const words = wordsFor[what] ?? what.toUpperCase();
    report({
      start,
      end,
      code: 'only-in-export',
      message: `${dialects.zoql.name} has no ${words}; ${dialects.zoqlexport.name} does`,
      severity: 'error',
    });
  }
}

const wordsFor: Partial<Readonly<Record<Lacking['what'], string>>> = {
  star: '*',
  path: 'paths to other objects',
  alias: 'column names (AS)',
  function: 'functions',
  parentheses: 'parentheses',
  'is null': 'IS NULL (it is = null)',
  'field comparison': 'comparison of two fields (a text stands in quotes)',
};

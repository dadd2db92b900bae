import type { Clause, Operand, Span } from '../syntax/tree';
import { walk } from '../walk';
import type { CheckContext } from './check';

/**
 * only-in-export: what ZOQL lacks and Export ZOQL has, in a statement that is declared to be ZOQL. A statement without
 * a declared type is taken for Export ZOQL by the same constructs and gets no finding.
 *
 * Source: Zuora docs, "ZOQL" (asterisk, parentheses, joins, functions and clauses are named as not supported).
 */
export function onlyInExport({ query, dialect, report }: CheckContext): void {
  if (dialect !== 'zoql') return;
  const refuse = ({ start, end }: Span, what: string) =>
    report({ start, end, code: 'only-in-export', message: `ZOQL has no ${what}; Export ZOQL does`, severity: 'error' });

  for (const { alias } of query.items) if (alias) refuse(alias, 'column names (AS)');
  for (const clause of query.clauses) {
    if (['group by', 'having', 'order by', 'limit'].includes(clause.name)) {
      refuse(keywordsOf(clause), clause.name.toUpperCase());
    }
  }
  walk(query, {
    star: star => refuse(star, '*'),
    path: path => {
      if (path.parts.length > 1) refuse(path, 'paths to other objects');
    },
    call: (call, _place, outer) => {
      if (!outer) refuse(call, 'functions');
    },
    expression: expression => {
      if (expression.kind === 'group') refuse({ start: expression.start, end: expression.start + 1 }, 'parentheses');
      if (expression.kind === 'null-test') refuse(expression, 'IS NULL (it is = null)');
      if (
        expression.kind === 'comparison' &&
        isField(expression.left) &&
        expression.right &&
        isField(expression.right)
      ) {
        refuse(expression.right, 'comparison of two fields (a text stands in quotes)');
      }
    },
  });
}

function keywordsOf({ start, bodyStart }: Clause): Span {
  return { start, end: bodyStart };
}

function isField(operand: Operand): boolean {
  return operand.kind === 'path';
}

import type { Fix } from '../edits';
import type { Literal, Operand, Query } from '../syntax/tree';
import type { CheckContext } from './check';

/**
 * value-as-field: a value where a field is to stand: a name that SQL would put in quotes, or the number of a column in
 * ORDER BY. Silent on numbers in WHERE, where `1 = 0` is seen in public code.
 *
 * Source: Zuora docs, "ZOQL" and "Export ZOQL clauses" (scraped 2025-12), which show names in these places alone.
 */
export function valueAsField({ query, uses, report }: CheckContext): void {
  const check = (literal: Operand | undefined) => {
    if (literal?.kind !== 'literal' || literal.type === 'null') return;
    const { start, end } = literal;
    report({
      start,
      end,
      code: 'value-as-field',
      message: `A field is to stand here, ${isText(literal) ? 'without quotes' : 'not a value'}`,
      severity: 'warning',
      fixes: () => (isText(literal) ? withoutQuotes(literal) : columnOf(literal, query)),
    });
  };
  for (const { value } of query.items) check(value);
  for (const { value } of query.orderBy) check(value);
  for (const value of query.groupBy) check(value);
  for (const { node } of uses.conditions) {
    if (isText(node.left) && !(node.kind === 'comparison' && node.right?.kind === 'path')) check(node.left);
  }
}

function isText(operand: Operand): operand is Literal {
  return operand.kind === 'literal' && operand.type === 'string';
}

function withoutQuotes({ start, end, text }: Literal): Fix[] {
  const isName = /^[a-z]\w*(\.[a-z]\w*)*$/i.test(text);
  return isName ? [{ title: `Change to ${text}`, edits: [{ start, end, newText: text }], preferred: true }] : [];
}

/** `order by 2` is the second column in SQL. */
function columnOf({ start, end, text }: Literal, { items, keywords }: Query): Fix[] {
  const column = items[Number(text) - 1]?.value;
  const isBehind = keywords.some(({ word, end: behind }) => word === 'BY' && behind <= start);
  if (!isBehind || column?.kind !== 'path') return [];
  const name = column.parts.map(part => part.text).join('.');
  return [{ title: `Change to ${name}`, edits: [{ start, end, newText: name }], preferred: true }];
}

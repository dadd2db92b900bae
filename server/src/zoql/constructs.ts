/** What of a query a dialect lacks, found in one place: the choice of the dialect and the check of it need the same. */
import { typeOf, valuesOf } from './comparedValues';
import { dialects, type Construct, type Dialect } from './dialect';
import { readRelativeDate } from './literals';
import type { ClauseName, Literal, Query, Span } from './syntax/tree';
import type { ConditionUse, Uses } from './uses';

/** A stretch of the text that a dialect does not know. */
export interface Lacking extends Span {
  readonly what: Construct | ClauseName;
  /** What it is here, as a reason, e.g. "uses a path (Account.Name)". */
  readonly here: string;
}

/** Everything in a query that the dialect's table lacks, in the order of the text. */
export function lackingIn(dialect: Dialect, query: Query, uses: Uses): Lacking[] {
  const found: Lacking[] = [];
  eachLacking(dialect, query, uses, (what, { start, end }, here) => {
    found.push({ start, end, what, here: here() });
  });
  return found.sort((one, other) => one.start - other.start);
}

/**
 * The first of `lackingIn` that counts. It is asked for at every keystroke, and a long query lacks thousands: none but
 * the one that is given is put into words.
 */
export function firstLackingIn(
  dialect: Dialect,
  query: Query,
  uses: Uses,
  counts: (what: Lacking['what'], start: number) => boolean,
): Lacking | undefined {
  let first: (() => Lacking) | undefined;
  let earliest = Infinity;
  eachLacking(dialect, query, uses, (what, { start, end }, here) => {
    if (earliest <= start || !counts(what, start)) return;
    earliest = start;
    first = () => ({ start, end, what, here: here() });
  });
  return first?.();
}

type Found = (what: Lacking['what'], span: Span, here: () => string) => void;

function eachLacking(dialect: Dialect, query: Query, uses: Uses, found: Found): void {
  const { constructs, clauses } = dialects[dialect];
  const add: Found = (what, span, here) => {
    const isKnown = isClause(what) ? clauses.has(what) : constructs.has(what);
    if (!isKnown) found(what, span, here);
  };

  for (const { alias } of query.items) if (alias) add('alias', alias, () => `names a column (as ${alias.name})`);
  for (const { name, start, bodyStart } of query.clauses)
    add(name, { start, end: bodyStart }, () => `uses ${name.toUpperCase()}`);
  for (const { node } of uses.stars) add('star', node, () => 'uses *');
  for (const { node } of uses.paths)
    if (node.parts.length > 1) add('path', node, () => `uses a path (${pathText(node)})`);
  for (const { node, outer } of uses.calls)
    if (!outer) add('function', node, () => `uses a function (${node.name.text})`);
  for (const { node } of uses.groups)
    add('parentheses', { start: node.start, end: node.start + 1 }, () => 'uses parentheses');
  for (const use of uses.conditions) {
    const { node } = use;
    for (const date of relativeDatesIn(use)) add('relative date', date, () => `uses a relative date (${date.text})`);
    if (node.kind === 'null-test') add('is null', node, () => 'uses IS NULL');
    const right = node.kind === 'comparison' && node.left.kind === 'path' ? node.right : undefined;
    if (right?.kind === 'path') {
      add('field comparison', right, () => `compares with a field (${pathText(right)})`);
    }
  }
}

/** A text such as today - 1 day is a date unless the field is known to be something else; one word alone is a text. */
function relativeDatesIn(use: ConditionUse): Literal[] {
  const type = typeOf(use);
  if (type !== undefined && type !== 'date' && type !== 'datetime') return [];
  return valuesOf(use.node).filter((value): value is Literal => {
    if (value?.kind !== 'literal' || value.type !== 'string') return false;
    const date = readRelativeDate(value.text);
    return type === undefined ? date?.isRight === true && value.text.includes(' ') : date !== undefined;
  });
}

function isClause(what: Lacking['what']): what is ClauseName {
  return clauseNames.has(what);
}

const clauseNames: ReadonlySet<string> = dialects.zoqlexport.clauses;

function pathText({ parts }: { readonly parts: readonly { readonly text: string }[] }): string {
  return parts.map(part => part.text).join('.');
}

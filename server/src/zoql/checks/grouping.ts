import { aggregates, dialects } from '../dialect';
import type { Fix } from '../edits';
import { cased, clauseNamed, endBefore, insertion, removal, removalFromList, withSpaceBefore } from '../repairs';
import type { Call, Operand, Span } from '../syntax/tree';
import type { Uses } from '../uses';
import type { CheckContext } from './check';
import { fieldKey } from './fieldKey';

/**
 * not-grouped: in a query that makes groups, a field outside of an aggregate that GROUP BY does not name. AQuA answers
 * "One or more columns in the SELECT statement does not appear in the GROUP BY statement."
 *
 * Source: Zuora docs, "Export ZOQL clauses"; fields are compared by what they mean, so Account.Name is Name of Account.
 */
export function notGrouped(context: CheckContext): void {
  const { query, uses, dialect, report } = context;
  if (dialect !== 'zoqlexport') return;
  const clause = clauseNamed(query, 'group by');
  const selects = uses.calls.some(({ node, place }) => place === 'select' && isAggregate(node));
  if (clause ? query.groupBy.length === 0 : !selects) return;

  // The name of a column (AS) in another clause is what column-name is about; here it stands for its field.
  const columns = new Map(query.items.map(({ alias, value }) => [alias?.name.toLowerCase(), value]));
  const columnAt = (value: Operand) => {
    const [name, ...others] = value.kind === 'path' ? value.parts : [];
    const isField = !name || others.length > 0 || context.object?.field(name.text);
    return isField ? undefined : columns.get(name.text.toLowerCase());
  };
  const grouped = new Set(
    query.groupBy.flatMap(value => [value, columnAt(value) ?? value]).map(value => fieldKey(value, query)),
  );
  const missing: Span[] = [];
  const reportMissing = (value: Operand) => {
    missing.push(value);
    const name = textOf(context, value);
    report({
      start: value.start,
      end: value.end,
      code: 'not-grouped',
      message: clause
        ? `${name} stands neither in GROUP BY nor in an aggregate`
        : `${name} beside an aggregate needs a GROUP BY`,
      severity: 'error',
      fixes: () => (value.kind === 'star' ? [] : groupingFixes(context, value, missing)),
    });
  };
  for (const { value } of query.items) if (value.kind === 'star') reportMissing(value);
  const aggregated = callsInAggregates(uses);
  for (const { node, call, place } of uses.paths) {
    if (place === 'where' || place === 'group by' || node.dangling) continue;
    if (call && aggregated.has(call)) continue;
    if (place !== 'select' && columnAt(node)) continue;
    // A date function of a grouped field has one value a group.
    if (grouped.has(fieldKey(node, query)) || (call && grouped.has(fieldKey(call, query)))) continue;
    reportMissing(call ?? node);
  }
}

function isAggregate({ name }: Call): boolean {
  return aggregates.has(name.text.toLowerCase());
}

/** The aggregates, and the calls that stand inside of one. */
function callsInAggregates({ calls }: Uses): ReadonlySet<Call> {
  const found = new Set<Call>();
  for (const { node, outer } of calls) if (isAggregate(node) || (outer && found.has(outer))) found.add(node);
  return found;
}

function groupingFixes(context: CheckContext, value: Operand, missing: readonly Span[]): Fix[] {
  const { query, statement } = context;
  const name = textOf(context, value);
  const last = query.groupBy.at(-1);
  const grouping = (names: string) =>
    last
      ? insertion(last.end, `, ${names}`)
      : insertion(
          endBefore(query, ['select', 'from', 'where']),
          ` ${cased('GROUP BY', statement.text, query)} ${names}`,
        );
  const fixes: Fix[] = [{ title: `Add ${name} to GROUP BY`, edits: [grouping(name)], preferred: true }];

  const all = new Map(missing.map(span => [textOf(context, span).toLowerCase(), textOf(context, span)]));
  if (1 < all.size && !all.has('*')) {
    fixes.push({ title: `Add all ${all.size} fields to GROUP BY`, edits: [grouping([...all.values()].join(', '))] });
  }
  return fixes;
}

/**
 * aggregate-place: an aggregate in WHERE, which is asked before there are groups, or in GROUP BY.
 *
 * Source: Zuora docs, "Export ZOQL clauses" (functions stand in SELECT and HAVING).
 */
export function aggregatePlace({ query, uses, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport') return;
  for (const { node, place, outer } of uses.calls) {
    if (outer || !isAggregate(node) || (place !== 'where' && place !== 'group by')) continue;
    const inList = query.groupBy.findIndex(({ start }) => start === node.start);
    report({
      start: node.start,
      end: node.end,
      code: 'aggregate-place',
      message: `${node.name.text} cannot stand in ${place.toUpperCase()}; it belongs into SELECT or HAVING`,
      severity: 'error',
      fixes: () => {
        if (place === 'group by') {
          const clause = clauseNamed(query, 'group by');
          const isOnly = query.groupBy.length === 1 && clause;
          const edit = isOnly
            ? removal(withSpaceBefore(statement.text, clause))
            : removalFromList(query.groupBy, inList);
          return [{ title: `Remove ${isOnly ? 'GROUP BY' : 'it from GROUP BY'}`, edits: [edit], preferred: true }];
        }
        const where = clauseNamed(query, 'where');
        if (!where || clauseNamed(query, 'having') || query.where?.kind !== 'comparison') return [];
        const groupBy = clauseNamed(query, 'group by');
        const having = cased('HAVING', statement.text, query) + statement.text.slice(where.bodyStart, where.end);
        const edits = groupBy
          ? [removal(withSpaceBefore(statement.text, where)), insertion(groupBy.end, ` ${having}`)]
          : [{ start: where.start, end: where.end, newText: having }];
        return [{ title: 'Move to HAVING', edits, preferred: true }];
      },
    });
  }
}

/** having-without-group-by: no source shows HAVING alone; without an aggregate in it, WHERE is what is meant. */
export function havingWithoutGroupBy({ query, uses, dialect, statement, report }: CheckContext): void {
  const having = clauseNamed(query, 'having');
  if (dialect !== 'zoqlexport' || !having || clauseNamed(query, 'group by')) return;
  const { text } = statement;
  const hasAggregate = uses.calls.some(({ node, place }) => place === 'having' && isAggregate(node));
  report({
    start: having.start,
    end: having.bodyStart,
    code: 'having-without-group-by',
    message: hasAggregate ? 'HAVING stands behind a GROUP BY' : 'HAVING stands behind a GROUP BY; for rows it is WHERE',
    severity: 'warning',
    fixes: () => {
      const remove = { title: 'Remove HAVING', edits: [removal(withSpaceBefore(text, having))] };
      if (hasAggregate) return [remove];
      const word = clauseNamed(query, 'where') ? 'AND' : 'WHERE';
      const mixes = word === 'AND' && (query.where?.kind === 'or' || query.having?.kind === 'or');
      const edit = { start: having.start, end: having.bodyStart, newText: cased(word, text, query) };
      return mixes ? [remove] : [{ title: `Change to ${word}`, edits: [edit], preferred: true }, remove];
    },
  });
}

/** group-by-limit: the documentation names five fields; a query of public code has 18. */
export function groupByLimit({ query, dialect, report }: CheckContext): void {
  const { maxGroupBy } = dialects[dialect];
  const tooMany = maxGroupBy === undefined ? undefined : query.groupBy[maxGroupBy];
  if (!tooMany) return;
  report({
    start: tooMany.start,
    end: tooMany.end,
    code: 'group-by-limit',
    message: `By the documentation GROUP BY takes ${maxGroupBy} fields; longer ones are seen in use`,
    severity: 'information',
  });
}

function textOf({ statement }: CheckContext, { start, end }: Span): string {
  return statement.text.slice(start, end);
}

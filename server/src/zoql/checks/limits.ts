import { dialects } from '../dialect';
import { queryText } from '../queryText';
import { declaration } from '../repairs';
import type { CheckContext } from './check';

/**
 * query-too-long: more characters than the service takes, comments not counted, since they are not sent.
 *
 * Source: Zuora docs, "Limits" and "Faults" (10,000 in ZOQL, 20,000 in Export ZOQL).
 */
export function queryTooLong({ statement, query, dialect, report }: CheckContext): void {
  const { maxLength, name } = dialects[dialect];
  if (query.end - query.start <= maxLength) return;
  const { length } = queryText(statement);
  if (length <= maxLength) return;
  const first = query.keywords[0] ?? query;
  report({
    start: first.start,
    end: Math.max(first.end, first.start + 1),
    code: 'query-too-long',
    message: `${name} takes ${thousands(maxLength)} characters, this query has ${thousands(length)}`,
    severity: 'error',
    fixes: () => (dialect === 'zoql' ? [declaration(statement, 'zoqlexport')] : []),
  });
}

/** too-many-conditions: more conditions in WHERE than ZOQL takes (Zuora docs, "ZOQL": 200). */
export function tooManyConditions({ statement, uses, dialect, report }: CheckContext): void {
  const { maxConditions, name } = dialects[dialect];
  if (maxConditions === undefined || uses.conditions.length <= maxConditions) return;
  const conditions = uses.conditions.filter(({ place }) => place === 'where');
  const tooMany = conditions[maxConditions];
  if (!tooMany) return;
  report({
    start: tooMany.node.start,
    end: tooMany.node.end,
    code: 'too-many-conditions',
    message: `${name} takes ${maxConditions} conditions, this query has ${conditions.length}`,
    severity: 'error',
    fixes: () => [declaration(statement, 'zoqlexport')],
  });
}

/** 20,001 for 20001, whatever the machine's language. */
function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

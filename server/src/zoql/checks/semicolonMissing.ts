import { insertion } from '../repairs';
import type { CheckContext } from './check';

/** semicolon-missing: only the next SELECT shows where this statement ends. Both are read; the person says if rightly. */
export function semicolonMissing({ statement, query, report }: CheckContext): void {
  if (statement.ending !== 'select') return;
  report({
    start: Math.max(query.start, query.end - 1),
    end: query.end,
    code: 'semicolon-missing',
    message: 'Expected ; before the next SELECT',
    severity: 'error',
    fixes: () => [{ title: 'Insert ;', edits: [insertion(query.end, ';')], preferred: true }],
  });
}

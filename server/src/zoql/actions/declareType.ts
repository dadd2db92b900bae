import { dialects, type Dialect } from '../dialect';
import type { ActionScope, Rewrite } from './action';
import { directiveEdit } from './directiveEdit';

/** Writes `-- @type` above a statement whose dialect is inferred or set, or changes the one that is there. */
export function declareType({ analysis }: ActionScope): readonly Rewrite[] {
  const { statement, dialect } = analysis;
  const { directives, query } = statement.parsed;
  if (query.keywords.length === 0) return [];
  const declared = directives.findLast(directive => directive.name === 'type')?.value.toLowerCase();
  return (Object.keys(dialects) as Dialect[])
    .filter(type => type !== declared)
    .sort(one => (one === dialect ? -1 : 1))
    .map(type => ({
      title: `Declare as ${dialects[type].name}`,
      kind: 'refactor.rewrite',
      edits: [directiveEdit(statement.parsed, 'type', type)],
    }));
}

import { dialects, type Dialect } from '../dialect';
import type { ActionScope, Rewrite } from './action';

/** Writes `-- @type` above a statement whose dialect is inferred or set, so that it reads the same everywhere. */
export function declareType({ analysis }: ActionScope): readonly Rewrite[] {
  const { statement, choice, dialect } = analysis;
  const { directives, query } = statement.parsed;
  if (choice.source === 'directive' || query.keywords.length === 0) return [];
  if (directives.some(directive => directive.name === 'type')) return [];
  const at = query.start;
  return (Object.keys(dialects) as Dialect[])
    .sort(one => (one === dialect ? -1 : 1))
    .map(type => ({
      title: `Declare as ${dialects[type].name}`,
      kind: 'refactor.rewrite',
      edits: [{ start: at, end: at, newText: `-- @type ${type}\n` }],
    }));
}

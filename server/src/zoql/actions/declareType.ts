import { dialects, type Dialect } from '../dialect';
import type { ActionScope, Rewrite } from './action';
import { directiveEdit } from './directiveEdit';

/** Writes `-- @type` above a statement whose dialect is inferred or set, or changes the one that is there. */
export function declareType({ analysis, parsed }: ActionScope): readonly Rewrite[] {
  const { dialect } = analysis;
  const { directives, query } = parsed;
  if (query.keywords.length === 0) return [];
  const declared = directives.findLast(directive => directive.name === 'type')?.value.toLowerCase();
  return (Object.keys(dialects) as Dialect[])
    .filter(type => type !== declared)
    .sort(one => (one === dialect ? -1 : 1))
    .map(type => ({
      title: `Declare as ${dialects[type].name}`,
      kind: 'refactor.rewrite',
      edits: [directiveEdit(parsed, 'type', type)],
    }));
}

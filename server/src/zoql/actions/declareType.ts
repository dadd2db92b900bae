import { dialects, type Dialect } from '../dialect';
import type { ActionScope, Rewrite } from './action';
import { directiveEdit } from './directiveEdit';

/**
 * Writes `-- @type` above a statement whose dialect is inferred or set, or changes the one that is there. A dialect that
 * would refuse the query as it stands is not offered; to convert it may be.
 */
export function declareType({ analysis, parsed, isSound }: ActionScope): readonly Rewrite[] {
  const { dialect } = analysis;
  const { directives, query } = parsed;
  if (query.keywords.length === 0) return [];
  const declared = directives.findLast(directive => directive.name === 'type')?.value.toLowerCase();
  return (Object.keys(dialects) as Dialect[])
    .filter(type => type !== declared)
    .sort(one => (one === dialect ? -1 : 1))
    .map((type): Rewrite => {
      const edits = [directiveEdit(parsed, 'type', type)];
      return { title: `Declare as ${dialects[type].name}`, edits };
    })
    .filter(({ edits }) => isSound(edits));
}

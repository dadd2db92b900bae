import type { ActionScope, Rewrite } from './action';
import { directiveEdit } from './directiveEdit';

/** Writes `-- @name` above a statement that has none: the name of its object, with a number where that is taken. */
export function nameQuery({ analysis, parsed, selection, names }: ActionScope): readonly Rewrite[] {
  const { directives, query } = parsed;
  // For several queries at once each name would have to know of the others.
  if (!query.from || selection.start < selection.end) return [];
  if (directives.some(directive => directive.name === 'name' && directive.value !== '')) return [];

  const object = analysis.object?.name ?? query.from.text;
  let name = object;
  for (let count = 2; names().has(name.toLowerCase()); count++) name = `${object} ${count}`;
  return [{ title: `Name this query ${name}`, edits: [directiveEdit(parsed, 'name', name)] }];
}

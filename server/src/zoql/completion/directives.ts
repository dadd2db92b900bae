import type { CatalogueObject } from '../catalogue';
import { dialects as tables } from '../dialect';
import { directiveHelp } from '../help';
import type { Place } from '../slot';
import { Rank, type CompletionItem } from './item';

/** What can stand behind `-- @`, and behind the name of a directive. `object` is what the statement reads. */
export function directiveItems(place: Place, object: CatalogueObject | undefined): CompletionItem[] {
  if (place.kind === 'directive') {
    return [...directiveHelp].map(([name, { usage, text }]) => ({
      label: name,
      kind: 'directive',
      detail: usage,
      documentation: text,
      sortText: Rank.best,
    }));
  }
  if (place.kind !== 'directive value') return [];
  switch (place.directive) {
    case 'type':
      return Object.values(tables).map(({ dialect, name }) => valueItem(dialect, name));
    case 'name':
      return object ? [valueItem(object.name, 'The object of the query')] : [];
    default:
      return [];
  }
}

function valueItem(label: string, detail: string): CompletionItem {
  return { label, kind: 'value', detail, sortText: Rank.best };
}

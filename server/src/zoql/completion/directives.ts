import type { CatalogueObject } from '../catalogue';
import { currencies, currencyName } from '../currencies';
import { dialects as tables } from '../dialect';
import { deletedKeys, directiveHelp } from '../help';
import type { Place } from '../slot';
import { Rank, type CompletionItem } from './item';

/** What can stand behind `-- @`, and behind the name of a directive. `object` is what the statement reads. */
export function directiveItems(place: Place, object: CatalogueObject | undefined): CompletionItem[] {
  if (place.kind === 'directive') {
    return Array.from(directiveHelp.values(), ({ name, usage, text }) => ({
      label: name,
      kind: 'directive',
      detail: usage,
      documentation: text,
      sortText: Rank.best,
    }));
  }
  if (place.kind !== 'directive value') return [];
  const { directive, before } = place;
  switch (directive) {
    case 'deleted':
      return deletedItems(before);
    case 'converttocurrencies':
      return before === '' || /,\s*$/.test(before) ? currencyItems(before) : [];
    default:
      return before === '' ? wordItems(directive, object) : [];
  }
}

/** Values of one word. */
function wordItems(directive: string, object: CatalogueObject | undefined): CompletionItem[] {
  switch (directive) {
    case 'type':
      return Object.values(tables).map(({ dialect, name }) => valueItem(dialect, name));
    case 'name':
      return object ? [valueItem(object.name, 'The object of the query')] : [];
    case 'apiversion':
      return Object.entries(versions).map(([version, detail]) => valueItem(version, detail));
    default:
      return [];
  }
}

/** Versions that differ for a query (Zuora docs, "ZOQL"; API reference, "Submit an aggregate query job", 2026-11). */
const versions = {
  '145.0': 'The newest that is documented',
  '78.0': 'The first that converts currencies',
  '69.0': 'The first with dates apart from datetimes',
};

function currencyItems(before: string): CompletionItem[] {
  return currencies.filter(code => !before.includes(code)).map(code => valueItem(code, currencyName(code)));
}

/** Keys with their usual value, or the values of `format`. */
function deletedItems(before: string): CompletionItem[] {
  if (/(^|\s)format=$/i.test(before)) return [valueItem('Boolean', 'true or false'), valueItem('Numeric', '1 or 0')];
  if (!/(^|\s)$/.test(before)) return [];
  const isFree = ({ name }: { readonly name: string }) => !new RegExp(`(^|\\s)${name}=`, 'i').test(before);
  return Array.from(deletedKeys.values())
    .filter(isFree)
    .map(({ usage, text }) => valueItem(usage, text));
}

function valueItem(label: string, detail: string): CompletionItem {
  return { label, kind: 'value', detail, sortText: Rank.best };
}

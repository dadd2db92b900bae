/**
 * Names as people call them: who types "Bill To" finds BillToContact. What is accepted takes the place of all the words.
 */
import { labelOf, type CatalogueObject } from '../catalogue';
import { resolvePath } from '../resolve';
import type { Phrase, Place } from '../slot';
import type { Name } from '../syntax/tree';
import type { CompletionItem, Scope } from './item';

/** The items of the phrase's place whose label begins as `typed` does, which is the phrase up to the cursor. */
export function phraseItems(
  { start, end, place, words }: Phrase,
  typed: string,
  { object, catalogue }: Scope,
  itemsOf: (place: Place) => readonly CompletionItem[],
): CompletionItem[] {
  if (place.kind !== 'object' && place.kind !== 'operand') return [];
  const from = object && place.kind === 'operand' ? resolvePath([...place.path, cursor], object, catalogue) : undefined;
  const target = from?.object;
  if (words.some(word => target?.field(word) ?? target?.relation(word))) return [];

  const wanted = typed.toLowerCase();
  return itemsOf(place).flatMap(item => {
    const called = labelsOf(item, target).find(label => label.toLowerCase().startsWith(wanted));
    return called === undefined ? [] : [{ ...item, filterText: called, replace: { start, end } }];
  });
}

const cursor: Name = { start: 0, end: 0, text: '' };

/** What people call an item: the words of its name, and what the catalogue calls it. */
function labelsOf({ label, kind, filterText = '' }: CompletionItem, object: CatalogueObject | undefined): string[] {
  if (kind !== 'object' && kind !== 'field' && kind !== 'relation') return [];
  const name = label.split('.').map(labelOf).join(' ');
  const known = kind === 'field' ? (object?.field(label)?.label ?? '') : '';
  return [name, known, filterText.slice(label.length + 1)];
}

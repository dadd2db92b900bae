// Finds objects and fields by their API names and labels. Plain data in, plain data out.
import { labelOf, type Catalogue, type CatalogueField, type CatalogueObject } from '../../../server/src/zoql/index';
import type { SchemaNode } from './lines';

export interface Found {
  readonly node: SchemaNode;
  readonly object: CatalogueObject;
  /** Undefined for the object itself. */
  readonly field: CatalogueField | undefined;
}

export interface SchemaSearch {
  /** The best first, at most `limit`; `more` is how many others there are. Without a text, the objects by their names. */
  find(text: string, limit: number): { readonly found: readonly Found[]; readonly more: number };
}

export interface SearchOptions {
  /** `objects` leaves out fields. */
  readonly of: 'objects' | 'all';
}

/** Reads the catalogue's names when it first looks for something, and no sooner. */
export function createSchemaSearch(catalogue: Catalogue, { of }: SearchOptions): SchemaSearch {
  let entries: readonly Entry[] | undefined;
  return {
    find(text, limit) {
      entries ??= catalogue.objects.flatMap(object => entriesOf(object, of));
      const isPath = text.includes('.');
      const words = text
        .toLowerCase()
        .split(/[\s.]+/)
        .filter(Boolean);
      if (words.length === 0) return foundOf(objectsOf(entries), limit);
      // Sorted by buckets: a sort of all that fits would take longer than the search.
      const buckets: Entry[][] = [];
      for (const entry of entries) {
        if (isPath && !isAtEndOf(words, entry)) continue;
        const rank = rankOf(entry, words);
        if (rank !== undefined) (buckets[rank * longest + Math.min(entry.name.length, longest - 1)] ??= []).push(entry);
      }
      return foundOf(buckets.flat(), limit);
    },
  };
}

/** Of names that fit alike the shorter one comes first; longer ones than this are all alike. */
const longest = 64;

function foundOf(entries: readonly Entry[], limit: number): ReturnType<SchemaSearch['find']> {
  const found = entries.slice(0, limit).map(({ object, field }) => ({
    object,
    field,
    node: field
      ? ({ kind: 'field', object: object.name, steps: [], field: field.name } as const)
      : ({ kind: 'object', object: object.name, steps: [] } as const),
  }));
  return { found, more: entries.length - found.length };
}

function objectsOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ field }) => !field).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Something to be found, its names in lower case. */
interface Entry {
  readonly object: CatalogueObject;
  readonly field: CatalogueField | undefined;
  readonly name: string;
  readonly label: string;
  /** The name and the label of a field's object; empty for an object. */
  readonly of: string;
}

function entriesOf(object: CatalogueObject, of: SearchOptions['of']): Entry[] {
  const entry = (
    thing: CatalogueObject | CatalogueField,
    field: CatalogueField | undefined,
    behind: string,
  ): Entry => ({
    object,
    field,
    name: thing.name.toLowerCase(),
    label: (thing.label || labelOf(thing.name)).toLowerCase(),
    of: behind,
  });
  const own = entry(object, undefined, '');
  if (of === 'objects') return [own];
  const behind = `${own.name}\n${own.label}`;
  return [own, ...object.fields.map(field => entry(field, field, behind))];
}

/** Whether it can be the field of a path: `account.` has all fields of Account, `account.b` those with a b. */
function isAtEndOf(words: readonly string[], { name, label, of, field }: Entry): boolean {
  const [object = '', last = ''] = words;
  return field !== undefined && of.includes(object) && (name.includes(last) || label.includes(last));
}

/** Smaller is better; undefined where a word is in none of the names. The last word is the one that is looked for most. */
function rankOf({ name, label, of, field }: Entry, words: readonly string[]): number | undefined {
  let isOwn = false;
  for (const word of words) {
    if (name.includes(word) || label.includes(word)) isOwn = true;
    else if (!of.includes(word)) return undefined;
  }
  const last = words.at(-1) ?? '';
  const whole = words.join(' ');
  // The field of an object that was asked for is what is wanted, rather than one that has its words in its own name.
  const isBehind = field !== undefined && 1 < words.length && of.includes(words[0] ?? '');
  const kind = field ? 1 : 0;
  if (!isOwn) return 9;
  if (name === last || label === whole || label === last) return isBehind ? 0 : 0 + kind;
  if (name.startsWith(last) || label.startsWith(whole) || label.startsWith(last)) return isBehind ? 2 : 3 + kind;
  return isBehind ? 5 : 6 + kind;
}

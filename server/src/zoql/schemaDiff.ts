/**
 * In what two schemas differ: those of two tenants, of a tenant and a snapshot, or of one of them and the bundled facts.
 * Plain data; how people read it is the caller's business.
 */
import type { CatalogueField, CatalogueObject } from './catalogue';
import { lookUp } from './lookUp';

export interface SchemaDiff {
  readonly objects: OnlyIn;
  /** Of the objects that both have, those that differ, by their names. */
  readonly changed: readonly ObjectDiff[];
}

/** Names that only one of two sides has, sorted. */
export interface OnlyIn {
  readonly one: readonly string[];
  readonly other: readonly string[];
}

export interface ObjectDiff {
  readonly name: string;
  readonly fields: OnlyIn;
  readonly relations: OnlyIn;
  readonly changed: readonly FieldDiff[];
}

export interface FieldDiff {
  readonly name: string;
  /** At least one. */
  readonly changes: readonly FieldChange[];
}

export type FieldChange =
  /** `one` and `other` are what each side says, e.g. `string` and `decimal`, or `yes` and `no`. */
  | { readonly what: 'type' | 'length' | 'ZOQL' | 'Export ZOQL'; readonly one: string; readonly other: string }
  | { readonly what: 'values'; readonly only: OnlyIn };

/**
 * Compares two lists of objects, whose names are matched without regard to case. What a side does not know is no
 * difference: a type that is guessed, a dialect of which no source speaks, a relation that is assumed, a field whose name
 * is a guess. Neither are the custom fields of the bundled facts, which some tenants have.
 */
export function schemaDiff(one: readonly CatalogueObject[], other: readonly CatalogueObject[]): SchemaDiff {
  const { pairs, only } = matched(one, other);
  const changed = pairs.flatMap(([here, there]) => {
    const diff = objectDiff(here, there);
    const { fields, relations } = diff;
    const isSame = [fields.one, fields.other, relations.one, relations.other, diff.changed].every(
      list => list.length === 0,
    );
    return isSame ? [] : [diff];
  });
  return { objects: only, changed };
}

function objectDiff(one: CatalogueObject, other: CatalogueObject): ObjectDiff {
  const { pairs, only } = matched(one.fields, other.fields);
  const relations = matched(one.relations, other.relations).only;
  const changed = pairs.flatMap(([here, there]) => {
    const changes = fieldChanges(here, there, one.bundled === false && other.bundled === false);
    return changes.length === 0 ? [] : [{ name: here.name, changes }];
  });
  return {
    name: one.name,
    fields: {
      // What is missing in a list that is not whole may be there all the same.
      one: other.fieldsIncomplete ? [] : only.one.filter(name => isSureField(one, name)),
      other: one.fieldsIncomplete ? [] : only.other.filter(name => isSureField(other, name)),
    },
    relations: {
      one: relations.one.filter(name => isSureRelation(one, name)),
      other: relations.other.filter(name => isSureRelation(other, name)),
    },
    changed,
  };
}

function isSureField(object: CatalogueObject, name: string): boolean {
  const field = object.field(name);
  return field !== undefined && !field.guessed && !(field.custom && object.bundled !== false);
}

function isSureRelation(object: CatalogueObject, name: string): boolean {
  const relation = object.relation(name);
  return relation !== undefined && !relation.assumed && !relation.feature;
}

/** `areDescribed`: both sides come from tenants, which spell values alike. */
function fieldChanges(one: CatalogueField, other: CatalogueField, areDescribed: boolean): FieldChange[] {
  const changes: FieldChange[] = [];
  const compare = (what: 'type' | 'length' | 'ZOQL' | 'Export ZOQL', here: unknown, there: unknown) => {
    if (here !== undefined && there !== undefined && here !== there) {
      changes.push({ what, one: inWords(here), other: inWords(there) });
    }
  };
  if (!one.typeGuessed && !other.typeGuessed) compare('type', one.type, other.type);
  if (one.type === other.type) compare('length', one.maxLength, other.maxLength);
  compare('ZOQL', one.zoql, other.zoql);
  compare('Export ZOQL', one.exported, other.exported);
  if (one.values && other.values && (areDescribed || (!one.valuesAssumed && !other.valuesAssumed))) {
    const only = { one: without(one.values, other.values), other: without(other.values, one.values) };
    if (0 < only.one.length + only.other.length) changes.push({ what: 'values', only });
  }
  return changes;
}

function inWords(value: unknown): string {
  return value === true ? 'yes' : value === false ? 'no' : String(value);
}

function without(values: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return values.filter(value => !known.has(value)).sort();
}

function matched<T extends { readonly name: string }>(
  one: readonly T[],
  other: readonly T[],
): { readonly pairs: readonly (readonly [T, T])[]; readonly only: OnlyIn } {
  const [inOne, inOther] = [lookUp(one), lookUp(other)];
  const pairs = one.flatMap((here): [T, T][] => {
    const there = inOther(here.name);
    return there ? [[here, there]] : [];
  });
  pairs.sort(([{ name }], [{ name: next }]) => (name < next ? -1 : name === next ? 0 : 1));
  const names = (things: readonly T[], find: (name: string) => T | undefined) =>
    things.flatMap(({ name }) => (find(name) ? [] : [name])).sort();
  return { pairs, only: { one: names(one, inOther), other: names(other, inOne) } };
}

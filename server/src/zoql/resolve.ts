import type { Catalogue, CatalogueField, CatalogueObject, CatalogueRelation } from './catalogue';
import type { Name } from './syntax/tree';

/** What the names of a path mean, seen from the object after FROM. */
export interface ResolvedPath {
  /** How many leading names are only the base object's own name: `Account.Name` from Account has one. */
  readonly prefix: 0 | 1;
  /** The relations that the next names go over. */
  readonly relations: readonly CatalogueRelation[];
  /** The object that the relations lead to; undefined where one of the names is unknown. */
  readonly object: CatalogueObject | undefined;
  /** The last name as a field of that object; undefined where it is none. */
  readonly field: CatalogueField | undefined;
  /** The first name that should lead to another object and does not, with the object that it stands behind. */
  readonly stray: { readonly name: Name; readonly behind: CatalogueObject } | undefined;
}

/** Follows a path from the object after FROM, without regard to case. The last of `parts` is taken for a field. */
export function resolvePath(parts: readonly Name[], from: CatalogueObject, catalogue: Catalogue): ResolvedPath {
  const stepCount = parts.length - 1;
  const first = 0 < stepCount ? parts[0]?.text.toLowerCase() : undefined;
  // A relation of the object's own name (Account.Account) would be hidden by the prefix; no object has one.
  const prefix = first !== undefined && first === from.name.toLowerCase() && !from.relation(first) ? 1 : 0;
  let relations: CatalogueRelation[] | undefined;
  let object: CatalogueObject | undefined = from;
  let stray: ResolvedPath['stray'];
  for (let index: number = prefix; index < stepCount; index++) {
    const step = parts[index] as Name;
    const relation: CatalogueRelation | undefined = object?.relation(step.text);
    if (relation) (relations ??= []).push(relation);
    else if (object) stray ??= { name: step, behind: object };
    object = relation && catalogue.object(relation.object);
  }
  const last = parts[stepCount];
  return { prefix, relations: relations ?? noRelations, object, field: last && object?.field(last.text), stray };
}

const noRelations: readonly CatalogueRelation[] = [];

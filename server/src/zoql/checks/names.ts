/** What the checks of names share. */
import type { CatalogueField, CatalogueObject } from '../catalogue';
import type { Dialect } from '../dialect';
import type { Fix, TextEdit } from '../edits';
import { suggestions, type Candidate } from '../nearest';
import type { Name, Path, Star } from '../syntax/tree';
import type { PathUse } from '../uses';
import type { CheckContext } from './check';
import { isRestricted } from './restrictedField';

/** A path whose object is known. */
export interface KnownPath extends PathUse {
  readonly resolved: NonNullable<PathUse['resolved']>;
}

/**
 * The paths whose names are to be checked. One mistake, one message: in ZOQL, a path to another object and a word that a
 * field is compared with are what only-in-export is about; in Export ZOQL, the name of a column is what column-name is.
 */
export function pathsToCheck(context: CheckContext): readonly KnownPath[] {
  const { query, uses, dialect, object } = context;
  if (!object) return [];
  const known = uses.paths.filter((use): use is KnownPath => use.resolved !== undefined && !use.node.dangling);
  if (dialect === 'zoqlexport') {
    const columns = new Set(query.items.flatMap(({ alias }) => alias?.name.toLowerCase() ?? []));
    return known.filter(({ node, place }) => place === 'select' || !columns.has(textOf(node.parts).toLowerCase()));
  }
  const compared = new Set<unknown>();
  for (const { node } of uses.conditions) {
    if (node.kind === 'comparison' && node.left.kind === 'path') compared.add(node.right);
  }
  return known.filter(({ node }) => node.parts.length === 1 && !compared.has(node));
}

/** Whether FROM's object is there in the statement's dialect; where it is not, object-not-in-dialect says so. */
export function isObjectServed({ object, dialect }: CheckContext): boolean {
  return object !== undefined && (dialect === 'zoql' ? object.zoql : object.exported);
}

/** One fix for each suggestion, the first preferred where it is clearly nearest. */
export function renameFixes(
  context: CheckContext,
  node: Path | Star,
  name: Name,
  candidates: readonly Candidate[],
): Fix[] {
  return suggestions(name.text, candidates).map(({ text, isClear }) => ({
    title: `Change to ${text}`,
    edits: renamesOf(context, node, name, text),
    preferred: isClear,
  }));
}

/** Changes a name of a path wherever the query has the same path: GROUP BY goes on naming what SELECT does. */
export function renamesOf({ uses }: CheckContext, node: Path | Star, name: Name, newText: string): TextEdit[] {
  const index = node.parts.indexOf(name);
  const meaning = ({ kind, parts }: Path | Star): string => {
    const isField = kind === 'path' && index === parts.length - 1;
    return `${textOf(parts.slice(0, index + 1)).toLowerCase()} ${isField}`;
  };
  return [...uses.paths, ...uses.stars]
    .filter(use => meaning(use.node) === meaning(node))
    .flatMap(use => use.node.parts[index] ?? [])
    .map(({ start, end }) => ({ start, end, newText }));
}

/** How the fields of an object are written where a field can stand, with the names that people give them. */
export function fieldCandidates(context: CheckContext, use: KnownPath): Candidate[] {
  const { object } = use.resolved;
  if (!object) return [];
  const selected = new Set(
    context.uses.paths.filter(({ place }) => place === 'select').map(({ node }) => textOf(node.parts).toLowerCase()),
  );
  const before = use.node.parts.slice(0, -1);
  const candidates = object.fields.flatMap((field): Candidate[] => {
    const text = spellingOf(field, use, context);
    return text === undefined ? [] : [{ text, keys: [field.name, field.label, object.name + field.name] }];
  });
  if (context.dialect === 'zoqlexport') candidates.push(...idsOfRelated(object));
  return candidates.filter(
    ({ text }) =>
      use.place !== 'select' ||
      use.call ||
      !selected.has([textOf(before), text].filter(Boolean).join('.').toLowerCase()),
  );
}

/** `BillToContact.Id`, for who writes the other object's name where a field is to stand. */
function idsOfRelated(object: CatalogueObject): Candidate[] {
  return object.relations
    .filter(({ assumed }) => !assumed)
    .map(({ name }) => ({ text: `${name}.Id`, keys: [name, `${name}Id`] }));
}

/** How a field is written at a place so that no check speaks of it; undefined where it cannot stand there. */
function spellingOf(field: CatalogueField, { place }: PathUse, context: CheckContext): string | undefined {
  if (field.guessed) return undefined;
  if (context.dialect === 'zoqlexport') return exportSpelling(field);
  const isAllowed = isInZoql(field, place) && !(place === 'select' && isRestricted(field, context));
  return isAllowed ? field.name : undefined;
}

/** How Export ZOQL writes a field: its name, or the path of a foreign key; undefined where a source says it has none. */
export function exportSpelling({ name, exported, exportPath }: CatalogueField): string | undefined {
  if (exported === true) return name;
  if (exportPath !== undefined) return exportPath;
  return exported === false ? undefined : name;
}

/** Whether no source says that ZOQL has not this field at a place. */
export function isInZoql({ zoql, filterable }: CatalogueField, place: PathUse['place']): boolean {
  return place === 'where' ? filterable !== false && (zoql !== false || filterable === true) : zoql !== false;
}

/** A path as one text, e.g. `BillToContact.Country`. */
export function textOf(parts: readonly Name[]): string {
  return parts.map(({ text }) => text).join('.');
}

export function otherDialect(dialect: Dialect): Dialect {
  return dialect === 'zoql' ? 'zoqlexport' : 'zoql';
}

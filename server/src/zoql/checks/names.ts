/** What the checks of names share. */
import type { CatalogueField, CatalogueObject } from '../catalogue';
import type { Dialect } from '../dialect';
import type { Fix, TextEdit } from '../edits';
import { suggestions, type Candidate } from '../nearest';
import type { Name, Path, Star } from '../syntax/tree';
import type { PathUse, Uses } from '../uses';
import type { CheckContext } from './check';

/** A path whose object is known. */
export interface KnownPath extends PathUse {
  readonly resolved: NonNullable<PathUse['resolved']>;
}

/**
 * The paths whose names are to be checked. One mistake, one message: in ZOQL, a path to another object and a word that a
 * field is compared with are what only-in-export is about; in Export ZOQL, the name of a column is what column-name is.
 */
export function pathsToCheck(context: CheckContext): readonly KnownPath[] {
  const { uses } = context;
  let paths = pathsOfUses.get(uses);
  if (!paths) pathsOfUses.set(uses, (paths = context.object ? findPaths(context) : []));
  return paths;
}

/** Several checks ask for the same; uses are gathered anew for each statement and dialect. */
const pathsOfUses = new WeakMap<Uses, readonly KnownPath[]>();

function findPaths({ query, uses, dialect }: CheckContext): readonly KnownPath[] {
  const known = uses.paths.filter((use): use is KnownPath => use.resolved !== undefined && !use.node.dangling);
  if (dialect === 'zoqlexport') {
    const columns = new Set<string>();
    for (const { alias } of query.items) if (alias) columns.add(alias.name.toLowerCase());
    if (columns.size === 0) return known;
    return known.filter(({ node, place }) => place === 'select' || !columns.has(textOf(node.parts).toLowerCase()));
  }
  const compared = new Set<unknown>();
  for (const { node } of uses.conditions) {
    if (node.kind === 'comparison' && node.left.kind === 'path' && node.right?.kind === 'path')
      compared.add(node.right);
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
export function fieldCandidates({ dialect }: CheckContext, { place, resolved: { object } }: KnownPath): Candidate[] {
  if (!object) return [];
  const candidates = object.fields.flatMap((field): Candidate[] => {
    const text = dialect === 'zoql' ? zoqlSpelling(field, place) : exportSpelling(field);
    return text === undefined || field.guessed
      ? []
      : [{ text, keys: [field.name, field.label, object.name + field.name, relationOf(field)] }];
  });
  return dialect === 'zoql' ? candidates : [...candidates, ...idsOfRelated(object)];
}

/** BillToContact for the foreign key BillToId; the field's own name where it is none. */
function relationOf({ name, exportPath }: CatalogueField): string {
  return exportPath?.replace(/\.Id$/, '') ?? name;
}

/** A field's name where no source says that ZOQL has it not there. */
function zoqlSpelling(field: CatalogueField, place: PathUse['place']): string | undefined {
  return isInZoql(field, place) && !(place === 'where' && field.filterable === false) ? field.name : undefined;
}

/** A field's name or, for a foreign key, its path; undefined where a source says that Export ZOQL has it not. */
function exportSpelling({ name, exported, exportPath }: CatalogueField): string | undefined {
  if (exported === true) return name;
  if (exportPath !== undefined) return exportPath;
  return exported === false ? undefined : name;
}

/** `BillToContact.Id`, for who writes the other object's name where a field is to stand. */
function idsOfRelated(object: CatalogueObject): Candidate[] {
  return object.relations
    .filter(({ assumed }) => !assumed)
    .map(({ name }) => ({ text: `${name}.Id`, keys: [name, `${name}Id`] }));
}

/** Whether ZOQL can select a field or, in WHERE, at least filter by it; it can where no source says. */
export function isInZoql({ zoql, filterable }: CatalogueField, place: PathUse['place']): boolean {
  return zoql !== false || (place === 'where' && filterable === true);
}

/** A path as one text, e.g. `BillToContact.Country`. */
function textOf(parts: readonly Name[]): string {
  return parts.map(({ text }) => text).join('.');
}

export function otherDialect(dialect: Dialect): Dialect {
  return dialect === 'zoql' ? 'zoqlexport' : 'zoql';
}

/** " on acme" where the tenant itself has described the object, for the end of a message. */
export function onTenant({ bundled, origin }: CatalogueObject): string {
  return bundled === false ? ` on ${origin}` : '';
}

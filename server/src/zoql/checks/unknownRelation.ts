import type { CatalogueObject } from '../catalogue';
import { dialects } from '../dialect';
import type { Candidate } from '../nearest';
import { resolvePath, type ResolvedPath } from '../resolve';
import type { Name, Path, Query, Star } from '../syntax/tree';
import type { CheckContext } from './check';
import { renameFixes } from './names';

/**
 * unknown-relation: a path over something that the object is not joined to. AQuA answers "The requested data source
 * could not be found". Only Export ZOQL has paths.
 *
 * Source: Zuora docs, "Data Sources and Objects".
 */
export function unknownRelation(context: CheckContext): void {
  const { uses, query, object, statement, dialect } = context;
  if (!object || !dialects[dialect].constructs.has('path')) return;
  const alias = aliasOf(query, statement.text);
  const strays = [
    ...uses.paths.flatMap(({ node, resolved }) => (resolved?.stray ? { node, stray: resolved.stray } : [])),
    ...uses.stars.flatMap(({ node }) => {
      const stray = strayBefore(node, object, context);
      return stray ? { node, stray } : [];
    }),
  ];
  for (const { node, stray } of strays) {
    // What stands behind the object's name is what the parser speaks of.
    if (stray.name.text.toLowerCase() === alias) continue;
    const { name, behind } = stray;
    context.report({
      start: name.start,
      end: name.end,
      code: 'unknown-relation',
      message: messageFor(stray, object, context),
      severity: behind.fieldsIncomplete || behind.relations.length === 0 ? 'information' : 'warning',
      hidesOthers: true,
      fixes: () => renameFixes(context, node, name, candidatesFor(node, stray, object, context)),
    });
  }
}

type Stray = NonNullable<ResolvedPath['stray']>;

function strayBefore(star: Star, object: CatalogueObject, { catalogue }: CheckContext): Stray | undefined {
  return star.parts.length === 0 ? undefined : resolvePath(fieldPath(star), object, catalogue).stray;
}

/** The names up to a field; in the place of a star any would do. */
function fieldPath({ kind, parts, end }: Path | Star): readonly Name[] {
  return kind === 'path' ? parts : [...parts, { start: end, end, text: '' }];
}

/** The name that a person gave the object, as SQL allows: `from Account a`, `from Account as a`. */
function aliasOf({ from }: Query, text: string): string | undefined {
  return from && /^\s+(?:as\s+)?(\w+)/i.exec(text.slice(from.end, from.end + 100))?.[1]?.toLowerCase();
}

function messageFor({ name, behind }: Stray, from: CatalogueObject, { catalogue }: CheckContext): string {
  const message = `${behind.name} is joined to no ${name.text}`;
  const meant = catalogue.object(name.text);
  const back = meant?.exported && meant.relation(from.name);
  return back && behind === from ? `${message}; ${meant.name} is joined to ${from.name}, so begin there` : message;
}

/** Names that lead on from there; where some lead to what the path ends with, only those. */
function candidatesFor(
  node: Path | Star,
  { name, behind }: Stray,
  from: CatalogueObject,
  { catalogue }: CheckContext,
): Candidate[] {
  const isFitting = ({ text }: Candidate): boolean => {
    const parts = fieldPath(node).map(part => (part === name ? { ...part, text } : part));
    const { object, field } = resolvePath(parts, from, catalogue);
    return node.kind === 'star' ? object !== undefined : field !== undefined;
  };
  const own = name === node.parts[0] ? [{ text: from.name, keys: [from.name] }] : [];
  const joined = behind.relations
    .filter(({ assumed }) => !assumed)
    .map(relation => ({ text: relation.name, keys: [relation.name, ...keysOf(relation.name, behind)] }));
  const all = [...own, ...joined];
  const fitting = all.filter(isFitting);
  return fitting.length > 0 ? fitting : all;
}

/** The foreign keys that stand for a relation in ZOQL: `BillToId` for BillToContact. */
function keysOf(relation: string, { fields }: CatalogueObject): string[] {
  return fields.filter(({ exportPath }) => exportPath === `${relation}.Id`).map(({ name }) => name);
}

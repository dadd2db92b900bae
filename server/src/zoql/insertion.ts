import { analyse, type Context } from './analysis';
import type { Catalogue, CatalogueObject } from './catalogue';
import type { Dialect } from './dialect';
import { statementAt, type Statement, type ZoqlDocument } from './document';
import type { Span } from './syntax/tree';

/** An object, what it leads to, or a field of one of them: `Account`, `Account.BillToContact`, `Account.Balance`. */
export interface SchemaName {
  readonly object: string;
  /** The relations that lead on from the object; empty for the object itself. */
  readonly steps: readonly string[];
  readonly field?: string;
}

/**
 * What to write for these names in the place of a span, which is empty at a cursor. A field is written as the statement
 * there reaches it: by its path from the object after FROM, and in Export ZOQL a foreign key as `Account.Id`. In a list
 * of fields the commas come with it.
 */
export function insertionAt(
  document: ZoqlDocument,
  { start, end }: Span,
  names: readonly SchemaName[],
  context: Context,
): string {
  const found = statementAt(document, start);
  if (!found) return names.map(name => plainName(name)).join(', ');
  const { statement } = found;
  const analysis = analyse(statement, context);
  const written = names.map(name => nameSeenFrom(name, analysis.object, analysis.dialect, context)).join(', ');
  const isField = names.every(({ field }) => field !== undefined);
  const glue = isField ? glueAround(statement, start - found.start, end - found.start) : { before: '', behind: '' };
  return glue.before + written + glue.behind;
}

/** How a query of the object that it begins with writes the name: `Account`, `BillToContact`, `BillToContact.Country`. */
export function plainName({ object, steps, field }: SchemaName): string {
  const path = [...steps, ...(field === undefined ? [] : [field])];
  return path.length === 0 ? object : path.join('.');
}

/** The object that a name is of, or that its steps lead to; undefined where the catalogue does not know the way. */
export function targetOf({ object, steps }: SchemaName, catalogue: Catalogue): CatalogueObject | undefined {
  let found = catalogue.object(object);
  for (const step of steps) found = found && catalogue.object(found.relation(step)?.object ?? '');
  return found;
}

function nameSeenFrom(
  name: SchemaName,
  from: CatalogueObject | undefined,
  dialect: Dialect,
  { catalogue }: Context,
): string {
  if (name.field === undefined) return plainName(name);
  const steps = [...stepsTo(name.object, from), ...name.steps];
  const field = targetOf(name, catalogue)?.field(name.field);
  const isPath = dialect === 'zoqlexport' || 0 < steps.length;
  const last = isPath && field?.exported !== true && field?.exportPath !== undefined ? field.exportPath : name.field;
  return [...steps, last].join('.');
}

/** The one relation that leads from the object after FROM to another; none where there are several, or none. */
function stepsTo(object: string, from: CatalogueObject | undefined): string[] {
  if (!from || from.name.toLowerCase() === object.toLowerCase()) return [];
  const leading = from.relations.filter(relation => relation.object.toLowerCase() === object.toLowerCase());
  const [only, ...others] = leading.some(({ assumed }) => !assumed)
    ? leading.filter(({ assumed }) => !assumed)
    : leading;
  // Of ParentAccount and Account of Invoice, the one of the object's own name is meant.
  const own = leading.find(({ name }) => name.toLowerCase() === object.toLowerCase());
  const step = own ?? (others.length === 0 ? only : undefined);
  return step ? [step.name] : [];
}

/** The commas that a list lacks once something stands in it. Elsewhere nothing is known to be missing. */
function glueAround(
  { text, parsed: { query } }: Statement,
  start: number,
  end: number,
): { before: string; behind: string } {
  const index = query.clauses.findLastIndex(({ bodyStart }) => bodyStart <= start);
  const list = query.clauses[index];
  if (list?.name !== 'select' && list?.name !== 'group by') return { before: '', behind: '' };
  const next = query.clauses[index + 1]?.start ?? text.length;
  const [ahead, after] = [text.slice(list.bodyStart, start), text.slice(end, next)];
  const isBehindKeyword = ahead === '' && !/\s$/.test(text.slice(0, start));
  const before = /[^\s,.(]\s*$/.test(ahead) ? ', ' : /,$/.test(ahead) || isBehindKeyword ? ' ' : '';
  const isLastBeforeWord = after === '' && next < text.length;
  const behind = /^[^\s,.)]/.test(after) ? ', ' : /^\s+[^\s,.)]/.test(after) ? ',' : isLastBeforeWord ? ' ' : '';
  return { before, behind };
}

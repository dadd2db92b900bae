import { isCustomName, type CatalogueObject } from './catalogue';
import { firstLackingIn } from './constructs';
import {
  dialects,
  readDialect,
  type Dialect,
  type DialectChoice,
  type DialectSetting,
  type DialectTable,
} from './dialect';
import type { Parsed } from './syntax/parser';
import type { Operand, Query, Span } from './syntax/tree';
import type { PathUse, Uses } from './uses';

/**
 * Decides which dialect a statement is in: `-- @type` above it, else the setting, else what it needs. Export ZOQL is
 * taken where a construct, an object or a field asks for it, ZOQL otherwise. `usesIn` is asked only in the last case, for
 * the query or for its beginning; `object` is what FROM names.
 */
export function chooseDialect(
  { directives, query }: Pick<Parsed, 'directives' | 'query'>,
  setting: DialectSetting,
  object: CatalogueObject | undefined,
  usesIn: (query: Query) => Uses,
): DialectChoice {
  const declared = readDialect(directives.findLast(directive => directive.name === 'type')?.value ?? '');
  if (declared) {
    return { dialect: declared, source: 'directive', reason: `declared by -- @type ${declared}` };
  }
  if (setting !== 'auto') {
    return { dialect: setting, source: 'setting', reason: `set to ${dialects[setting].name} by zoql.queryType` };
  }
  const need = needOfExport(query, object, usesIn);
  return need
    ? { dialect: 'zoqlexport', source: 'inferred', reason: need }
    : { dialect: 'zoql', source: 'inferred', reason: 'nothing needs Export ZOQL' };
}

/** The dialect's name with the reason, as a person reads it: "Export ZOQL: uses a path (Account.Name)". */
export function describeChoice({ dialect, reason }: { dialect: Dialect; reason: string }): string {
  return `${dialects[dialect].name}: ${reason}`;
}

/** What in a query only Export ZOQL has, in words; the first that the text shows. */
function needOfExport(
  query: Query,
  object: CatalogueObject | undefined,
  usesIn: (query: Query) => Uses,
): string | undefined {
  // Most queries that need Export ZOQL show it in the first field that is more than a name, and the choice is made at
  // every keystroke.
  const item = query.items.find(({ value, alias }) => alias !== undefined || !isPlain(value, object));
  const need = item && firstNeed({ ...noQuery, start: item.start, end: item.end, items: [item] }, object, usesIn);
  if (need !== undefined) return need;
  return (
    firstNeed(query, object, usesIn) ??
    (object?.exported === false ? undefined : excessOver(dialects.zoql, query, usesIn(query)))
  );
}

/** Whether an operand is one name alone that both dialects may have. */
function isPlain(operand: Operand, object: CatalogueObject | undefined): boolean {
  const [name] = operand.kind === 'path' && operand.parts.length === 1 ? operand.parts : [];
  return name !== undefined && object?.field(name.text)?.zoql !== false;
}

const noQuery: Omit<Query, keyof Span | 'items'> = {
  keywords: [],
  from: undefined,
  where: undefined,
  groupBy: [],
  having: undefined,
  orderBy: [],
  limit: undefined,
  clauses: [],
};

function firstNeed(
  query: Query,
  object: CatalogueObject | undefined,
  usesIn: (query: Query) => Uses,
): string | undefined {
  const uses = usesIn(query);
  let paths: Map<number, PathUse> | undefined;
  const pathAt = (start: number) => (paths ??= new Map(uses.paths.map(use => [use.node.start, use]))).get(start);
  // A word that is no field is a text without its quotes more often than anything else: it asks for nothing.
  const lacking = firstLackingIn(
    'zoql',
    query,
    uses,
    (what, start) => what !== 'field comparison' || isField(pathAt(start)),
  );
  const needs = lacking ? [{ start: lacking.start, reason: lacking.here }] : [];

  if (query.from && object?.exported && !object.zoql) {
    needs.push({ start: query.from.start, reason: `reads ${object.name}, which only Export ZOQL has` });
  }
  if (object?.zoql && object.exported) {
    for (const { node, resolved } of uses.paths) {
      const field = node.parts.length === 1 ? resolved?.field : undefined;
      if (field?.exported && field.zoql === false) {
        needs.push({ start: node.start, reason: `uses ${field.name}, which only Export ZOQL has` });
      }
    }
  }
  const [first, ...others] = needs;
  return first && others.reduce((one, other) => (other.start < one.start ? other : one), first).reason;
}

/** Whether a query is more than ZOQL takes, while Export ZOQL takes longer ones. */
function excessOver({ name, maxLength, maxConditions = Infinity }: DialectTable, query: Query, uses: Uses) {
  if (maxLength < query.end - query.start) return `is longer than ${name} takes`;
  return maxConditions < uses.conditions.length ? `has more conditions than ${name} takes` : undefined;
}

/** A custom field is one by its name: the catalogue need not have it. */
function isField(use: PathUse | undefined): boolean {
  return use?.resolved?.field !== undefined || isCustomName(use?.node.parts.at(-1)?.text ?? '');
}

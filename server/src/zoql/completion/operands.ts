/** Fields, relations, functions and `*`: what can be selected, compared, grouped and sorted by. */
import {
  isTextarea,
  labelOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type CatalogueRelation,
} from '../catalogue';
import { fieldKey } from '../checks/fieldKey';
import { aggregates, dateFunctions, dialects as tables } from '../dialect';
import { resolvePath } from '../resolve';
import type { OperandPlace } from '../slot';
import type { Name, Operand } from '../syntax/tree';
import { functionItem, Rank, type CompletionItem, type Dialects, type Scope } from './item';
import { familyOf, type Family } from './left';
import { objectFirstItem } from './snippets';

export function operandItems(place: OperandPlace, scope: Scope): CompletionItem[] {
  const object = scope.object ?? objectBefore(place, scope);
  const hasPath = place.path.length > 0;
  if (hasPath && !scope.dialects.zoqlexport) return [];
  // A function takes one thing.
  if (place.call !== undefined && place.before === 'operand') return [];
  // A path that is being typed has made the query one of Export ZOQL, though the tree does not show it yet.
  const dialects = hasPath ? exportOnly : scope.dialects;
  if (place.before === 'parenthesis') return hasPath ? [] : functionItems(place, scope);

  const target = object && objectAfter(place.path, object, scope.catalogue);
  const steps = target && dialects.zoqlexport ? target.relations.map(relationItem) : [];
  const prefix = object && !hasPath && dialects.zoqlexport ? [prefixItem(object)] : [];
  // What stands before a dot leads to another object; a field would leave the rest of the path without a meaning.
  if (place.before === 'dot') return [...steps, ...prefix];
  const family = familyFor(place.call);
  const fields = target ? fieldItems(target, { inWhere: place.clause === 'where', family, ...dialects }) : [];
  const items = [...rankedByList(fields, place, scope), ...steps, ...prefix];
  const canBeStar = place.star && place.before !== 'operand';
  if (canBeStar && dialects.zoqlexport && (target || !hasPath)) items.push(starItem);
  if (!hasPath && place.before !== 'operand') items.push(...functionItems(place, scope));
  if (place.star && !hasPath && scope.needsObject && !selectsId(scope)) {
    items.push(objectFirstItem('', Rank.good, scope.upperCase));
  }
  return items;
}

/** Before FROM is typed, a path that begins with an object's name leads to it, from itself or from another object. */
function objectBefore({ path }: OperandPlace, { catalogue, statement }: Scope): CatalogueObject | undefined {
  return statement.parsed.query.from ? undefined : path[0] && catalogue.object(path[0].text);
}

/** What a field is compared with: the fields of its type, and the ways to others. Only Export ZOQL compares two. */
export function comparableItems(family: Family | undefined, { object, dialects }: Scope): CompletionItem[] {
  if (!object || dialects.zoql) return [];
  const fields = fieldItems(object, { inWhere: true, family, ...dialects });
  return [...fields, ...object.relations.map(relationItem), prefixItem(object)].map(item => ({
    ...item,
    sortText: Rank.further,
  }));
}

const exportOnly: Dialects = { zoql: false, zoqlexport: true };

/** The object whose fields can follow the names of a path; undefined where one of them is unknown. */
function objectAfter(path: readonly Name[], from: CatalogueObject, catalogue: Catalogue): CatalogueObject | undefined {
  const cursor: Name = { start: 0, end: 0, text: '' };
  return resolvePath([...path, cursor], from, catalogue).object;
}

/** What a function works with; undefined where it takes every field. */
function familyFor(call = ''): Family | undefined {
  const name = call.toLowerCase();
  if (dateFunctions.has(name)) return 'date';
  return name === 'sum' || name === 'avg' ? 'number' : undefined;
}

/** What the items of an object's fields depend on. */
interface Wanted extends Dialects {
  readonly inWhere: boolean;
  readonly family: Family | undefined;
}

/** The same list as long as the object lives: an object can have five hundred fields, and a list is asked for at each key. */
function fieldItems(object: CatalogueObject, wanted: Wanted): readonly CompletionItem[] {
  const key = [wanted.inWhere, wanted.family, wanted.zoql, wanted.zoqlexport].join();
  const lists = fieldLists.get(object) ?? new Map<string, readonly CompletionItem[]>();
  fieldLists.set(object, lists);
  let items = lists.get(key);
  if (!items) lists.set(key, (items = object.fields.flatMap(field => fieldItem(field, object, wanted))));
  return items;
}

const fieldLists = new WeakMap<CatalogueObject, Map<string, readonly CompletionItem[]>>();

function fieldItem(field: CatalogueField, object: CatalogueObject, wanted: Wanted): CompletionItem[] {
  const { family } = wanted;
  if (family !== undefined && !field.typeGuessed && familyOf(field.type) !== family) return [];
  const offer = offerOf(field, object, wanted);
  if (!offer) return [];
  const { text, note } = offer;
  const rank = offer.rank === Rank.best && isKey(field, object, wanted) ? Rank.first : offer.rank;
  // Who knows a foreign key by its ZOQL name finds its path by it.
  const others = [
    ...(text === field.name ? [] : [field.name]),
    text,
    ...(field.label === labelOf(field.name) ? [] : [field.label]),
  ];
  return [
    {
      label: text,
      kind: 'field',
      detail: note === undefined ? typeText(field) : `${typeText(field)}, ${note}`,
      sortText: rank,
      ...(others.length > 1 && { filterText: others.join(' ') }),
    },
  ];
}

interface Offer {
  readonly text: string;
  readonly rank: Rank;
  readonly note?: string;
}

/** How a field is written in the open dialects; undefined where none of them has it. */
function offerOf(field: CatalogueField, object: CatalogueObject, wanted: Wanted): Offer | undefined {
  const { zoql, zoqlexport, inWhere } = wanted;
  const inZoql = zoql && (inWhere ? (field.filterable ?? field.zoql) : field.zoql);
  const inExport = zoqlexport && field.exported;
  if (inZoql === false && inExport === false) {
    // Queries in public code filter by fields of which the documentation says that they cannot be filtered by.
    const isDocumented = zoql && inWhere && field.zoql === true && !isTextarea(field);
    return isDocumented ? { text: field.name, rank: Rank.further, note: 'not documented in WHERE' } : undefined;
  }
  if (field.guessed) return { text: field.name, rank: Rank.guess, note: 'name guessed' };
  const restriction = zoql && !inWhere ? restrictionOf(field, object) : undefined;
  if (restriction === 'filter only' && !inExport) return undefined;
  if (restriction) return { text: field.name, rank: Rank.further, note: 'ZOQL has a rule for it' };
  if (inZoql || (inExport && !zoql)) return { text: field.name, rank: Rank.best };
  if (inExport) return { text: field.name, rank: Rank.otherDialect, note: `${tables.zoqlexport.name} only` };
  if (zoqlexport && field.exportPath !== undefined) {
    return { text: field.exportPath, rank: zoql ? Rank.otherDialect : Rank.best, note: `${field.name} in ZOQL` };
  }
  return { text: field.name, rank: Rank.unknown };
}

function restrictionOf({ name }: CatalogueField, { restrictions }: CatalogueObject): string | undefined {
  return restrictions.find(({ kind, fields }) => kind !== 'implicit filter' && fields.includes(name))?.kind;
}

/** Whether a record is known by it. Of all filters, Zuora advises UpdatedDate (Zuora docs, "AQuA best practices"). */
function isKey({ name }: CatalogueField, object: CatalogueObject, { inWhere, family }: Wanted): boolean {
  if (family !== undefined) return false;
  return /^(Id|Name|Number)$/.test(name) || name === `${object.name}Number` || (inWhere && name === 'UpdatedDate');
}

function typeText({ type, maxLength }: CatalogueField): string {
  const name = type === 'id' ? 'ID' : type;
  return maxLength !== undefined && type === 'string' ? `${name}(${maxLength})` : name;
}

function relationItem({ name, object, feature, assumed }: CatalogueRelation): CompletionItem {
  const detail = feature ? `${object}, depends on a feature` : object;
  return { label: name, kind: 'relation', detail, sortText: assumed ? Rank.unknown : Rank.good };
}

function prefixItem({ name }: CatalogueObject): CompletionItem {
  return { label: name, kind: 'object', detail: 'The object of the query', sortText: Rank.further };
}

const starItem: CompletionItem = { label: '*', kind: 'operator', detail: 'All fields', sortText: Rank.further };

/**
 * In a list, what stands there already comes last. What is selected comes first in GROUP BY, which has to name it, in
 * HAVING and in ORDER BY, paths and functions as they are written.
 */
function rankedByList(
  fields: readonly CompletionItem[],
  { clause, call, path, before }: OperandPlace,
  scope: Scope,
): CompletionItem[] {
  const { query } = scope.statement.parsed;
  const listed = call === undefined ? operandsOf(clause, scope) : [];
  const followsSelect = clause.endsWith('by') || clause === 'having';
  const selected = call === undefined && followsSelect ? operandsOf('select', scope) : [];
  if (listed.length + selected.length === 0) return [...fields];

  const names = path.map(({ text }) => text.toLowerCase());
  if (names[0] === query.from?.text.toLowerCase()) names.shift();
  const behind = names.map(name => `${name}.`).join('');
  const keyOf = (label: string): string => behind + label.toLowerCase();
  const last = new Set(listed.map(operand => fieldKey(operand, query)));
  const first = new Set(selected.map(operand => fieldKey(operand, query)));
  const ranked = fields.map(item => {
    const key = keyOf(item.label);
    if (last.has(key)) return { ...item, sortText: Rank.selected };
    if (first.has(key)) return { ...item, sortText: Rank.first };
    return followsSelect && path.length === 0 && item.sortText === Rank.first ? { ...item, sortText: Rank.best } : item;
  });
  if (selected.length === 0 || path.length > 0 || before !== 'other' || !scope.dialects.zoqlexport) return ranked;
  const known = new Set(fields.map(({ label }) => keyOf(label)));
  return [...ranked, ...selected.flatMap(operand => writtenItem(operand, { last, known }, clause, scope))];
}

/** The operands of a clause's list, without the one at the cursor. */
function operandsOf(clause: OperandPlace['clause'], { statement, word }: Scope): Operand[] {
  const { items, groupBy, orderBy } = statement.parsed.query;
  const lists: Partial<Record<OperandPlace['clause'], () => readonly Operand[]>> = {
    select: () => items.map(({ value }) => value),
    'group by': () => groupBy,
    'order by': () => orderBy.map(({ value }) => value),
  };
  return (lists[clause]?.() ?? []).filter(({ start, end }) => end < word.start || word.end < start);
}

function selectsId(scope: Scope): boolean {
  return operandsOf('select', scope).some(operand => fieldKey(operand, scope.statement.parsed.query) === 'id');
}

interface Keys {
  readonly last: ReadonlySet<string | undefined>;
  readonly known: ReadonlySet<string | undefined>;
}

function writtenItem(operand: Operand, { last, known }: Keys, clause: string, { statement }: Scope): CompletionItem[] {
  const key = fieldKey(operand, statement.parsed.query);
  if (key === undefined || last.has(key) || known.has(key)) return [];
  const isAggregate = operand.kind === 'call' && aggregates.has(operand.name.text.toLowerCase());
  if ((operand.kind !== 'path' && operand.kind !== 'call') || (isAggregate && clause === 'group by')) return [];
  const label = statement.text.slice(operand.start, operand.end);
  return /[\r\n]|--/.test(label)
    ? []
    : [{ label, kind: operand.kind === 'call' ? 'function' : 'field', detail: 'selected', sortText: Rank.first }];
}

function functionItems({ clause, call, before }: OperandPlace, { dialects, upperCase }: Scope): CompletionItem[] {
  // Functions do not nest, and the documentation allows none in WHERE.
  if (!dialects.zoqlexport || call !== undefined || clause === 'where') return [];
  const parentheses = before === 'parenthesis' ? 'there' : 'new';
  return [...(clause === 'group by' ? [] : aggregates), ...dateFunctions].map(word =>
    functionItem(word, parentheses, upperCase),
  );
}

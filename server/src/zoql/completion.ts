/**
 * What can be typed at a cursor. The list is whole: the editor filters it by what is typed. An item that is accepted
 * leaves the text as right as it was.
 *
 * Where the dialect is declared, by `-- @type` or the setting, only what it has is offered. Where it is inferred and
 * nothing asks for Export ZOQL yet, both are open: choosing what only Export ZOQL has makes the query one.
 */
import { analyse, type Context } from './analysis';
import {
  labelOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type CatalogueRelation,
} from './catalogue';
import { chooseDialect } from './chooseDialect';
import type { Left } from './cursorState';
import { aggregates, dateFunctions, dialects as tables, type DialectChoice } from './dialect';
import { statementAt, type Statement, type ZoqlDocument } from './document';
import { directiveHelp, functionHelp, keywordHelp } from './help';
import { resolvePath } from './resolve';
import { readGap, slotAt, type OperandPlace, type Place, type Slot, type ValuePlace } from './slot';
import type { Name, Span } from './syntax/tree';
import { usesOf } from './uses';

export type CompletionKind =
  'object' | 'field' | 'relation' | 'function' | 'keyword' | 'operator' | 'value' | 'directive' | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  /** Plain text. */
  readonly documentation?: string;
  /** What is inserted where it is not the label. */
  readonly insertText?: string;
  /** The same as a snippet in the form of the Language Server Protocol, for editors that know snippets. */
  readonly snippet?: string;
  /** What the typed text is compared with where it is not the label. */
  readonly filterText?: string;
  /** A digit; items of one digit sort by their labels. */
  readonly sortText: string;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** What an accepted item takes the place of, in offsets of the file; on one line, with the cursor in it. */
  readonly replace: Span;
}

/** Everything that can stand at an offset of the file. */
export function completions(document: ZoqlDocument, offset: number, context: Context): CompletionList {
  const found = statementAt(document, offset);
  const start = found?.start ?? endOfStatements(document);
  const source = found?.statement.parsed ?? readGap(document.text.slice(start));
  const slot = slotAt(source, offset - start);
  const upperCase = writesUpperCase(document, found?.statement, slot);
  const items = found
    ? itemsInStatement(found.statement, slot, { context, upperCase })
    : [...directiveItems(slot.place), ...startItems(slot, upperCase)];
  return { items, replace: { start: start + slot.replace.start, end: start + slot.replace.end } };
}

interface Style {
  readonly context: Context;
  /** Keywords are written in capitals, as the statement's own are. */
  readonly upperCase: boolean;
}

/** What the items of one list depend on. */
interface Scope {
  readonly catalogue: Catalogue;
  /** After FROM. */
  readonly object: CatalogueObject | undefined;
  /** Nothing is there yet that names an object, nor anything behind the cursor. */
  readonly needsObject: boolean;
  readonly dialects: Dialects;
  readonly upperCase: boolean;
}

/** The dialects that are still open to the statement; at least one is. */
interface Dialects {
  readonly zoql: boolean;
  readonly zoqlexport: boolean;
}

const exportOnly: Dialects = { zoql: false, zoqlexport: true };

// What is known to work comes first, guesses last.
const Rank = { best: '1', good: '2', otherDialect: '3', unknown: '4', further: '5', keyword: '6', guess: '9' } as const;

function itemsInStatement(statement: Statement, slot: Slot, { context, upperCase }: Style): CompletionItem[] {
  const { place } = slot;
  if (slot.keywords.includes('SELECT') && place.kind === 'nothing' && slot.keywords.length === 1) {
    return startItems(slot, upperCase);
  }
  const { object, choice } = analyse(statement, context);
  const dialects =
    place.kind === 'object' ? openDialects(choiceWithoutObject(statement, context)) : openDialects(choice, object);
  const scope: Scope = {
    catalogue: context.catalogue,
    object,
    needsObject: slot.isLast && statement.parsed.query.from === undefined,
    dialects,
    upperCase,
  };
  return [...itemsOf(place, scope), ...keywordItems(slot.keywords, scope)];
}

function itemsOf(place: Place, scope: Scope): readonly CompletionItem[] {
  switch (place.kind) {
    case 'nothing':
      return [];
    case 'object':
      return objectItems(scope);
    case 'operand':
      return operandItems(place, scope);
    case 'value':
      return valueItems(place, scope);
    case 'operator':
      return operatorItems(place.left, scope);
    case 'directive':
    case 'directive value':
      return directiveItems(place);
  }
}

/** An object that only ZOQL has keeps an inferred dialect from becoming another. */
function openDialects({ dialect, source }: DialectChoice, object?: CatalogueObject): Dialects {
  const canBecomeExport = source === 'inferred' && object?.exported !== false;
  return { zoql: dialect === 'zoql', zoqlexport: dialect === 'zoqlexport' || canBecomeExport };
}

/** The object at the cursor is about to change: what it asks for does not count. */
function choiceWithoutObject({ parsed }: Statement, { queryType, catalogue }: Context): DialectChoice {
  const query = { ...parsed.query, from: undefined };
  return chooseDialect({ ...parsed, query }, queryType, undefined, () => usesOf(query, undefined, catalogue));
}

function startItems({ keywords, isLast }: Slot, upperCase: boolean): CompletionItem[] {
  if (!keywords.includes('SELECT')) return [];
  const select = { ...keywordItem('SELECT', upperCase), sortText: Rank.best };
  return isLast ? [select, objectFirstItem(`${select.label} `, Rank.further, upperCase)] : [select];
}

/** Begins with the object, since only then fields can be offered. Nearly every object has an Id. */
function objectFirstItem(select: string, sortText: string, upperCase: boolean): CompletionItem {
  const from = cased('FROM', upperCase);
  return {
    label: `${select}… ${from} …`,
    kind: 'snippet',
    detail: 'The object first, then its fields',
    insertText: `${select}Id ${from} `,
    snippet: `${select}\${2:Id} ${from} $1`,
    sortText,
  };
}

function objectItems({ catalogue, dialects }: Scope): CompletionItem[] {
  return catalogue.objects
    .filter(object => (dialects.zoql && object.zoql) || (dialects.zoqlexport && object.exported))
    .map(object => ({
      label: object.name,
      kind: 'object',
      detail: dialectsOf(object),
      sortText: Rank.best,
      ...(object.label === labelOf(object.name) ? {} : { filterText: `${object.name} ${object.label}` }),
    }));
}

function dialectsOf({ zoql, exported }: CatalogueObject): string {
  return [...(zoql ? [tables.zoql.name] : []), ...(exported ? [tables.zoqlexport.name] : [])].join(', ');
}

function operandItems(place: OperandPlace, scope: Scope): CompletionItem[] {
  const { object } = scope;
  const hasPath = place.path.length > 0;
  if (hasPath && !scope.dialects.zoqlexport) return [];
  // A path that is being typed has made the query one of Export ZOQL, though the tree does not show it yet.
  const dialects = hasPath ? exportOnly : scope.dialects;
  if (place.before === 'parenthesis') return hasPath ? [] : functionItems(place, scope);

  const target = object && objectAfter(place.path, object, scope.catalogue);
  const steps = target && dialects.zoqlexport ? target.relations.map(relationItem) : [];
  const prefix = object && !hasPath && dialects.zoqlexport ? [prefixItem(object)] : [];
  // What stands before a dot leads to another object; a field would leave the rest of the path without a meaning.
  if (place.before === 'dot') return [...steps, ...prefix];
  const items = target ? [...fieldItems(target, place, dialects), ...steps, ...prefix] : [];
  if (place.star && dialects.zoqlexport && (target || !hasPath)) items.push(starItem);
  if (!hasPath && place.before !== 'operand') items.push(...functionItems(place, scope));
  if (place.star && !hasPath && scope.needsObject) items.push(objectFirstItem('', Rank.good, scope.upperCase));
  return items;
}

/** The object whose fields can follow the names of a path; undefined where one of them is unknown. */
function objectAfter(path: readonly Name[], from: CatalogueObject, catalogue: Catalogue): CatalogueObject | undefined {
  const cursor: Name = { start: 0, end: 0, text: '' };
  return resolvePath([...path, cursor], from, catalogue).object;
}

function fieldItems(
  object: CatalogueObject,
  { clause, call }: Pick<OperandPlace, 'clause' | 'call'>,
  dialects: Dialects,
): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const field of object.fields) {
    const offer = offerOf(field, clause === 'where', dialects);
    if (!offer) continue;
    const { text, note } = offer;
    items.push({
      label: text,
      kind: 'field',
      detail: note === undefined ? typeText(field) : `${typeText(field)}, ${note}`,
      sortText: offer.rank < Rank.further && !fits(call, field) ? Rank.further : offer.rank,
      // Who knows a foreign key by its ZOQL name finds its path by it.
      ...(text === field.name ? {} : { filterText: `${field.name} ${text}` }),
    });
  }
  return items;
}

interface Offer {
  readonly text: string;
  readonly rank: string;
  readonly note?: string;
}

/** How a field is written in the open dialects; undefined where none of them has it. */
function offerOf(field: CatalogueField, isFilter: boolean, { zoql, zoqlexport }: Dialects): Offer | undefined {
  const inZoql = zoql && (isFilter ? (field.filterable ?? field.zoql) : field.zoql);
  const inExport = zoqlexport && field.exported;
  if (inZoql === false && inExport === false) {
    // Queries in public code filter by fields of which the documentation says that they cannot be filtered by.
    const isDocumented = zoql && isFilter && field.zoql === true;
    return isDocumented ? { text: field.name, rank: Rank.further, note: 'not documented in WHERE' } : undefined;
  }
  if (field.guessed) return { text: field.name, rank: Rank.guess, note: 'name guessed' };
  if (inZoql || (inExport && !zoql)) return { text: field.name, rank: Rank.best };
  if (inExport) return { text: field.name, rank: Rank.otherDialect, note: `${tables.zoqlexport.name} only` };
  if (zoqlexport && field.exportPath !== undefined) {
    return { text: field.exportPath, rank: zoql ? Rank.otherDialect : Rank.best, note: `${field.name} in ZOQL` };
  }
  return { text: field.name, rank: Rank.unknown };
}

function typeText({ type, maxLength }: CatalogueField): string {
  const name = type === 'id' ? 'ID' : type;
  return maxLength !== undefined && type === 'string' ? `${name}(${maxLength})` : name;
}

/** Whether a function makes sense of a field's type. */
function fits(call: string | undefined, { type, typeGuessed }: CatalogueField): boolean {
  const name = call?.toLowerCase() ?? '';
  if (typeGuessed) return true;
  if (dateFunctions.has(name)) return type === 'date' || type === 'datetime';
  if (name === 'sum' || name === 'avg') return type === 'decimal' || type === 'integer';
  return true;
}

function relationItem({ name, object, feature, assumed }: CatalogueRelation): CompletionItem {
  const detail = feature ? `${object}, depends on a feature` : object;
  return { label: name, kind: 'relation', detail, sortText: assumed ? Rank.unknown : Rank.good };
}

function prefixItem({ name }: CatalogueObject): CompletionItem {
  return { label: name, kind: 'object', detail: 'The object of the query', sortText: Rank.further };
}

const starItem: CompletionItem = { label: '*', kind: 'operator', detail: 'All fields', sortText: Rank.further };

function functionItems({ clause, call, before }: OperandPlace, { dialects, upperCase }: Scope): CompletionItem[] {
  // Functions do not nest, and the documentation allows none in WHERE.
  if (!dialects.zoqlexport || call !== undefined || clause === 'where') return [];
  const hasParenthesis = before === 'parenthesis';
  return [...(clause === 'group by' ? [] : aggregates), ...dateFunctions].map(word => {
    const name = cased(word, upperCase);
    const help = functionHelp.get(word);
    return {
      label: name,
      kind: 'function',
      ...(help ? { detail: help.usage, documentation: help.text } : {}),
      ...(hasParenthesis ? {} : { insertText: `${name}()`, snippet: `${name}($1)` }),
      sortText: Rank.further,
    };
  });
}

function valueItems({ left, quote }: ValuePlace, scope: Scope): CompletionItem[] {
  const { object, catalogue, dialects } = scope;
  const field = object && left.path.length > 0 ? resolvePath(left.path, object, catalogue).field : undefined;
  const texts = [...(field?.values ?? []), ...(dialects.zoql ? [] : relativeDates(field))];
  const items = texts.map(text => valueItem(quoted(text, quote ?? "'", dialects), Rank.best));
  if (quote !== undefined) return items;
  if (field?.type === 'boolean') items.push(valueItem('true', Rank.best), valueItem('false', Rank.best));
  if (left.call === undefined) items.push(valueItem('null', Rank.good));
  // Only Export ZOQL compares two fields.
  if (dialects.zoql) return items;
  const operand: OperandPlace = {
    kind: 'operand',
    clause: 'where',
    path: [],
    call: undefined,
    star: false,
    before: 'other',
  };
  return [...items, ...operandItems(operand, scope).map(item => ({ ...item, sortText: Rank.further }))];
}

/** Export ZOQL's relative dates: Zuora docs, Export ZOQL filter statements. */
function relativeDates(field: CatalogueField | undefined): readonly string[] {
  return field?.type === 'date' || field?.type === 'datetime' ? ['today', 'now - 1 day'] : [];
}

function valueItem(label: string, sortText: string): CompletionItem {
  return { label, kind: 'value', sortText };
}

/** A text as the dialect writes it: ZOQL escapes with a backslash, Export ZOQL doubles the quote. */
function quoted(text: string, quote: string, { zoql }: Dialects): string {
  const escaped = zoql ? text.replace(/[\\'"]/g, '\\$&') : text.replaceAll(quote, quote + quote);
  return quote + escaped + quote;
}

function operatorItems({ path }: Left, { object, catalogue, dialects, upperCase }: Scope): CompletionItem[] {
  const type = object && path.length > 0 ? resolvePath(path, object, catalogue).field?.type : undefined;
  const isText = type === undefined || type === 'string' || type === 'picklist' || type === 'id';
  const ordered = type === 'boolean' ? [] : ['<', '<=', '>', '>='];
  const words = [...(isText ? ['LIKE'] : []), ...(dialects.zoqlexport ? exportOperators(isText) : [])];
  return [
    ...['=', '!='].map(label => operatorItem(label, Rank.best)),
    ...ordered.map(label => operatorItem(label, Rank.good)),
    ...words.map(word => operatorItem(cased(word, upperCase), Rank.further)),
  ];
}

function exportOperators(isText: boolean): string[] {
  return isText ? ['NOT LIKE', 'IS NULL', 'IS NOT NULL'] : ['IS NULL', 'IS NOT NULL'];
}

function operatorItem(label: string, sortText: string): CompletionItem {
  return { label, kind: 'operator', sortText };
}

function keywordItems(keywords: readonly string[], { dialects, upperCase }: Scope): CompletionItem[] {
  return keywords.filter(word => dialects.zoqlexport || !isExportOnly(word)).map(word => keywordItem(word, upperCase));
}

function keywordItem(word: string, upperCase: boolean): CompletionItem {
  const detail = isExportOnly(word) ? { detail: tables.zoqlexport.name } : {};
  return { label: cased(word, upperCase), kind: 'keyword', ...detail, sortText: Rank.keyword };
}

function isExportOnly(phrase: string): boolean {
  return keywordHelp.get(phrase.split(' ', 1)[0] ?? '')?.exportOnly ?? false;
}

function directiveItems(place: Place): CompletionItem[] {
  if (place.kind === 'directive') {
    return [...directiveHelp].map(([name, { usage, text }]) => ({
      label: name,
      kind: 'directive',
      detail: usage,
      documentation: text,
      sortText: Rank.best,
    }));
  }
  if (place.kind !== 'directive value' || place.directive !== 'type') return [];
  return Object.values(tables).map(({ dialect, name: detail }) => ({
    label: dialect,
    kind: 'value',
    detail,
    sortText: Rank.best,
  }));
}

/**
 * Keywords are written as the statement's first one is; else as what is being typed, or as the file's first statement.
 * Zuora's documentation writes lower case.
 */
function writesUpperCase(document: ZoqlDocument, statement: Statement | undefined, { replace }: Slot): boolean {
  const samples = [
    statement && firstKeyword(statement, replace.start),
    statement?.text.slice(replace.start, replace.end),
    document.statements[0] && firstKeyword(document.statements[0]),
  ];
  const written = samples.find(sample => sample) ?? '';
  return written !== written.toLowerCase() && written === written.toUpperCase();
}

function firstKeyword({ text, parsed }: Statement, cursorsOwn?: number): string | undefined {
  const keyword = parsed.query.keywords.find(({ start }) => start !== cursorsOwn);
  return keyword && text.slice(keyword.start, keyword.end);
}

function cased(word: string, upperCase: boolean): string {
  return upperCase ? word.toUpperCase() : word.toLowerCase();
}

/** Where the text begins that belongs to no statement. */
function endOfStatements({ starts, statements }: ZoqlDocument): number {
  const last = statements.at(-1);
  return last ? (starts.at(-1) ?? 0) + last.text.length : 0;
}

/** What a field is compared with: its values, dates, true and false, null, other fields. */
import type { CatalogueField, FieldType } from '../catalogue';
import { dialects as tables } from '../dialect';
import { quoted } from '../literals';
import type { ValuePlace } from '../slot';
import { TokenKind } from '../syntax/lexer';
import { Rank, type CompletionItem, type Dialects, type Scope } from './item';
import { familyOf, resolveLeft } from './left';
import { comparableItems } from './operands';

export function valueItems({ left, quote }: ValuePlace, scope: Scope): CompletionItem[] {
  const { dialects } = scope;
  const { field, type } = resolveLeft(left, scope);
  const family = type && familyOf(type);
  const mark = quote ?? tables.zoql.quotes[0] ?? '';
  if (left.operator === TokenKind.like) return family === undefined || family === 'text' ? patterns(mark) : [];

  const items = (field?.values ?? []).map(value =>
    valueItem(quoted(value, dialects.zoql ? 'zoql' : 'zoqlexport', mark), Rank.best),
  );
  if (type === 'date' || type === 'datetime') items.push(...dateItems(type, mark, scope));
  if (quote !== undefined) return items;
  const isOrdered = left.operator >= TokenKind.less && left.operator <= TokenKind.greaterEqual;
  if (type === 'boolean' && !isOrdered) items.push(valueItem('true', Rank.best), valueItem('false', Rank.best));
  if (isNullable(left.operator, field, dialects)) items.push(valueItem('null', Rank.good));
  return [...items, ...comparableItems(family, scope)];
}

/** Null equals or differs. ZOQL cannot ask a custom date even that (Zuora docs, "ZOQL"). */
function isNullable(operator: number, field: CatalogueField | undefined, { zoql }: Dialects): boolean {
  if (operator !== TokenKind.equal && operator !== TokenKind.notEqual) return false;
  return !(zoql && field?.custom && (field.type === 'date' || field.type === 'datetime'));
}

function valueItem(label: string, sortText: string): CompletionItem {
  return { label, kind: 'value', sortText };
}

/** In the places that both dialects document for %. */
function patterns(mark: string): CompletionItem[] {
  const item = (before: string, after: string, detail: string): CompletionItem => ({
    label: `${mark}${before}…${after}${mark}`,
    kind: 'snippet',
    detail,
    insertText: `${mark}${before}${after}${mark}`,
    snippet: `${mark}${before}$1${after}${mark}`,
    sortText: Rank.best,
  });
  return [item('', '%', 'Begins with a text'), item('%', '', 'Ends with a text')];
}

function dateItems(type: FieldType, mark: string, { dialects, today }: Scope): CompletionItem[] {
  const absolute =
    type === 'date'
      ? dateItem(`\${1:${today}}`, mark, 'A day')
      : dateItem(`\${1:${today}}T\${2:00:00:00}\${3:+00:00}`, mark, 'A moment, with the offset of its zone');
  if (!dialects.zoqlexport) return [absolute];
  const note = dialects.zoql ? `, ${tables.zoqlexport.name} only` : '';
  return [
    absolute,
    ...relativeDates.map(([snippet, detail, rank]) => ({
      ...dateItem(snippet, mark, detail + note),
      sortText: dialects.zoql && rank < Rank.otherDialect ? Rank.otherDialect : rank,
    })),
  ];
}

/** Zuora docs, "Special date/time features in Export ZOQL". */
const relativeDates = [
  ['today', 'Midnight, when the query runs', Rank.best],
  ['today - ${1:30} ${2|days,weeks,months,years|}', 'Days before the query runs', Rank.good],
  ['now - ${1:1} ${2|day,hour,minute,week,month,year|}', 'Time before the query runs', Rank.good],
  ['today (${1:America/Los_Angeles})', 'Midnight in a zone', Rank.further],
] as const;

function dateItem(snippet: string, mark: string, detail: string): CompletionItem {
  const text = snippet.replace(/\$\{\d[:|]([^,|}]*)[^}]*\}/g, '$1');
  const label = mark + text + mark;
  const plain = { label, kind: 'value', detail, sortText: Rank.best } as const;
  return text === snippet ? plain : { ...plain, snippet: mark + snippet + mark };
}

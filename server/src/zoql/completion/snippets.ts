/** Where a statement begins: SELECT, and whole queries to fill in. */
import type { Catalogue } from '../catalogue';
import { dialects as tables } from '../dialect';
import { resolvePath } from '../resolve';
import { cased, Rank, type CompletionItem, type Scope } from './item';
import { keywordItems } from './keywords';

interface Start extends Pick<Scope, 'catalogue' | 'dialects' | 'upperCase' | 'today'> {
  /** Nothing follows the cursor's word. */
  readonly isLast: boolean;
}

export function startItems(start: Start): CompletionItem[] {
  const select = keywordItems(['SELECT'], start).map(item => ({ ...item, sortText: Rank.best }));
  if (!start.isLast) return select;
  const { upperCase } = start;
  const wholeQueries = queries.filter(query => isKnown(query, start)).map(query => queryItem(query, start));
  return [...select, objectFirstItem(`${cased('SELECT', upperCase)} `, Rank.further, upperCase), ...wholeQueries];
}

/** Begins with the object, since only then fields can be offered. Nearly every object has an Id. */
export function objectFirstItem(select: string, sortText: string, upperCase: boolean): CompletionItem {
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

interface WholeQuery {
  readonly label: string;
  readonly detail: string;
  /** Only Export ZOQL has what it is built with. */
  readonly exportOnly?: true;
  /** Keywords and functions in lower case; YESTERDAY and TODAY stand for datetimes. */
  readonly body: readonly string[];
}

const queries: readonly WholeQuery[] = [
  {
    label: 'accounts with contact',
    detail: 'Customers with the address they are billed at',
    exportOnly: true,
    body: [
      'select AccountNumber, Name, Balance, BillToContact.FirstName, BillToContact.LastName, BillToContact.WorkEmail',
      'from Account',
      "where Status = '${1:Active}'",
    ],
  },
  {
    label: 'all fields',
    detail: 'Every field of an object',
    exportOnly: true,
    body: ['select *', 'from ${1:Account}'],
  },
  {
    label: 'changed since',
    detail: 'What was created or updated in a span of time',
    body: [
      'select ${2:Id, UpdatedDate}',
      'from ${1:Account}',
      "where UpdatedDate >= '${3:YESTERDAY}' and UpdatedDate < '${4:TODAY}'",
    ],
  },
  {
    label: 'count by day',
    detail: 'How many records each day brought',
    exportOnly: true,
    body: ['select date(CreatedDate), count(Id)', 'from ${1:Invoice}', 'group by date(CreatedDate)'],
  },
  {
    label: 'customers who owe',
    detail: 'Sums by customer, the largest kept: GROUP BY and HAVING',
    exportOnly: true,
    body: [
      'select Account.AccountNumber, sum(Balance)',
      'from Invoice',
      "where Status = 'Posted'",
      'group by Account.AccountNumber',
      'having sum(Balance) > ${1:0}',
    ],
  },
  {
    label: 'latest records',
    detail: 'The newest first',
    exportOnly: true,
    body: ['select Id, CreatedDate', 'from ${1:Subscription}', 'order by CreatedDate desc', 'limit ${2:10}'],
  },
];

/** Whether the dialect and the catalogue have all that the query names: a tenant need not have everything. */
function isKnown({ body, exportOnly }: WholeQuery, { catalogue, dialects }: Start): boolean {
  if (exportOnly && !dialects.zoqlexport) return false;
  const text = filled(body.join('\n')).replace(/'[^']*'/g, '');
  const [from = '', ...names] = [/from (\w+)/.exec(text)?.[1] ?? '', ...(text.match(/\b[A-Z][\w.]*/g) ?? [])];
  return names.every(name => name === from || isField(name, from, catalogue));
}

function isField(path: string, from: string, catalogue: Catalogue): boolean {
  const object = catalogue.object(from);
  const parts = path.split('.').map(text => ({ start: 0, end: 0, text }));
  return object !== undefined && resolvePath(parts, object, catalogue).field !== undefined;
}

function queryItem({ label, detail, exportOnly, body }: WholeQuery, { upperCase, today }: Start): CompletionItem {
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  const snippet = body
    .map(line => line.replace(words, word => cased(word, upperCase)))
    .join('\n')
    .replace('YESTERDAY', momentOf(yesterday))
    .replace('TODAY', momentOf(today));
  const text = filled(snippet);
  return {
    label,
    kind: 'snippet',
    detail: exportOnly ? `${detail}, ${tables.zoqlexport.name}` : detail,
    documentation: text,
    insertText: text,
    snippet,
    filterText: `${label} select`,
    sortText: Rank.keyword,
  };
}

const words = /\b(select|from|where|group by|order by|having|limit|and|desc|date|count|sum)\b/g;

function momentOf(day: string): string {
  return `${day}T00:00:00+00:00`;
}

/** The text of a snippet with what its places hold at first. */
function filled(snippet: string): string {
  return snippet.replace(/\$\{\d:([^}]*)\}/g, '$1');
}

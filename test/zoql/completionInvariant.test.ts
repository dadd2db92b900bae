/** Accepting whatever is offered leaves a query as right as it was; no text at all stops completion or hover. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { completions, type CompletionItem, type CompletionList } from '../../server/src/zoql/completion';
import type { DialectSetting } from '../../server/src/zoql/dialect';
import { openDocument, type Statement } from '../../server/src/zoql/document';
import { hover } from '../../server/src/zoql/hover';
import { TokenKind } from '../../server/src/zoql/syntax/lexer';
import { bundled, fixture } from './catalogues';
import { accept } from './helpers';
import { problemsOf } from './problems';
import { seeded } from '../seeded';

const queries = [
  '',
  'sel',
  'select ',
  'select Id',
  'select Id,',
  'select Id, Name from Account',
  'select Id, from Account',
  'select from Account',
  "select Id from Account where Status = 'Draft'",
  "SELECT Id FROM Account WHERE Name LIKE 'A%' AND Balance > 0 OR AutoPay = true",
  "select Id from Account where Status = '",
  'select Id from Account where Balance',
  'select Id from Account where',
  'select Id from Account where Name = null and BillToId != null',
  'select * from Account',
  'select *, BillToContact.* from Account limit 10',
  'select Account.Name, BillToContact.Country from Account order by Account.Name desc, Id limit 5, 10',
  'select Account. from Account',
  'select ParentAccount.BillToContact. from Account',
  'select Name as "The name", count(distinct Id) from Account group by Name having count(Id) > 1 order by Name',
  'select count(*), max(Balance), year(CreatedDate) from Account group by year(CreatedDate)',
  "select Id from Account where (Name = 'a' or not (Balance >= 1.5)) and BillToContact.Country is not null",
  "select Id from Account where Balance in (1, 2) and Name between 'a' and 'b' and Name not like 'c%'",
  '-- @type zoqlexport\nselect Id from Account where Mrr = Balance',
  'select Order.Id, OrderDate from Order order by OrderDate',
  '-- @name All accounts\n-- @type zoql\nselect Id -- the key\nfrom Account /* every one */\nwhere Id = 1;',
  'select Id from Account;\n\n-- @type zoqlexport\nselect Id\nfrom Contact\nselect Code from Amendment',
  'select Id Name from Account where Id = 1 Name = 2',
  'select Id from Account where Id = = 1 order limit',
  'select count( from Account',
  'from Account',
  'where Id = 1',
  'select Id from Nothing where Some.Thing = 1',
] as const;

const rightQueries = [
  'select Id, Name, BillToId from Account where Balance > 1 and AutoPay = true or Name != null',
  'SELECT FirstName FROM Contact',
  'select Id\nfrom Amendment\nwhere Code = null',
  'select *, BillToContact.*, BillToContact.Id from account where createddate >= 1 order by Name desc, Id asc limit 10',
  "select ParentAccount.BillToContact.Country from Account where (Status = 'Draft' or not Balance = Mrr) and Name is null",
  'select count(distinct Name), max(Balance), year(CreatedDate) from Account group by Name having count(Id) > 1 limit 1',
  'select Order.Id, OrderDate from Order where State = null order by OrderDate',
];

const settings: readonly DialectSetting[] = ['auto', 'zoql', 'zoqlexport'];

/** What a person goes on to type: an item such as ORDER BY needs more to stand for something. */
const continuations = [
  '',
  ' Id',
  // A field of any type, as far as anybody knows.
  ' Due__c',
  ' Account',
  ' Id from Account',
  ' from Account',
  ', ',
  ' = null',
  ' = null and ',
  ' = 1',
  ' Due__c = 1',
  ' Due__c = 1 and ',
  ' = 1 and ',
  ' Id = 1',
  ' Id = 1 and ',
  ' = ',
  ' 1',
  ' 1 and ',
  ' and',
  ' x',
  ' by Id',
  ' null',
  " 'x'",
  ' from',
  '.Due__c, ',
  ' Id) from Account',
  'Id from Account\n',
  ' Id from Account\n',
  ' Id from Account;\n',
  '.Id',
  '.Due__c, ',
  '.Due__c',
];

test('accepting any offered completion adds no new error or warning', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const random = seeded(seed);
  let accepted = 0;
  for (const text of queries) {
    for (const queryType of settings) {
      const before = problemCodes(text, queryType);
      for (let offset = 0; offset <= text.length; offset++) {
        // A directive declares a dialect: another one makes another language of the query, which is its purpose.
        if (/-- @[^\n]*$/.test(text.slice(0, offset))) continue;
        const list = completions(openDocument(text), offset, { catalogue: fixture, queryType });
        for (const item of sample(list.items, random)) {
          accepted++;
          const after = accept(text, item, item.replace ?? list.replace);
          const isFine = continuations.some(continuation => {
            const continued = after.text.slice(0, after.caret) + continuation + after.text.slice(after.caret);
            const codes = problemCodes(continued, queryType).filter(code => !mayBring(item, list).includes(code));
            return isNoWorse(codes, before);
          });
          const drawn = `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`;
          const cursor = `${text.slice(0, offset)}|${text.slice(offset)}`;
          assert.ok(isFine, `${queryType}, seed ${seed}: ${item.label} in\n${cursor}\ngives\n${drawn}`);
        }
      }
    }
  }
  assert.ok(accepted > 1_000, `only ${accepted} items were accepted`);
});

test('every word of a query that is right is offered where it stands', () => {
  const missing: string[] = [];
  for (const text of rightQueries) {
    const document = openDocument(text);
    for (const { 0: word, index } of text.matchAll(/'[^']*'|"[^"]*"|[A-Za-z_]+/g)) {
      // IS is offered with what follows it, as IS NULL, and only where that is not there yet.
      if (/["']|^is$/.test(word)) continue;
      const { items } = completions(document, index + word.length, { catalogue: fixture, queryType: 'auto' });
      const isOffered = items.some(({ label }) => label.toLowerCase().split(' ').includes(word.toLowerCase()));
      if (!isOffered) missing.push(`${text.slice(0, index + word.length)}|${text.slice(index + word.length)}`);
    }
  }
  assert.deepEqual(missing, []);
});

// Real queries are kept outside this repository, in the folder that ZOQL_CORPUS names.
const folder = process.env['ZOQL_CORPUS'];
if (folder !== undefined) {
  const [, ...rows] = readFileSync(path.join(folder, 'valid.tsv'), 'utf8').trimEnd().split('\n');
  for (const row of rows) {
    const [id = '', dialect, , escaped = ''] = row.split('\t');
    const query = escaped.replace(/\\(n|\\)/g, (_, code) => (code === 'n' ? '\n' : '\\'));
    const queryType = dialect === 'export' ? 'zoqlexport' : dialect === 'zoql' ? 'zoql' : 'auto';
    test(`${id} could have been completed word by word: ${query}`, () => {
      const document = openDocument(query);
      const missing = document.statements.flatMap(namesAndKeywords).filter(({ end, text }) => {
        const { items } = completions(document, end, { catalogue: bundled, queryType });
        const offered = items.flatMap(({ label, filterText = '' }) => `${label} ${filterText}`.split(/[ .]/));
        return !offered.some(word => word.toLowerCase() === text.toLowerCase());
      });
      assert.deepEqual(
        missing.map(({ text }) => text),
        [],
      );
    });
  }
}

test('any text and offset gets an answer whose span is on the line of the cursor', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const random = seeded(seed);
  const pieces = [
    ...queries.flatMap(query => query.split(/\b/)),
    '\n',
    '\r\n',
    "'",
    '"',
    ';',
    '(',
    ')',
    '--',
    '-- @',
    '/*',
    '*/',
  ];
  pieces.push('\u{1F600}', '\uD800', '\0', '\u2028', '\\', '..', 'é', '-- @type zoql\n', '9', '.5', '<>', '!');
  const context = { catalogue: fixture, queryType: 'auto' } as const;
  for (let round = 0; round < 2_000; round++) {
    const length = Math.floor(random() * 20);
    const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const offset = Math.floor(random() * (text.length + 1));
    const document = openDocument(text);
    const { replace } = completions(document, offset, context);
    const found = hover(document, offset, context);
    for (const { start, end } of found ? [replace, found.span] : [replace]) {
      const told = JSON.stringify({ seed, text, offset, start, end });
      assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length, told);
      assert.doesNotMatch(text.slice(start, end), /[\r\n]/, told);
    }
  }
});

/** The words that completion can know: no alias, no field of a tenant, and no operator whose value is there already. */
function namesAndKeywords({ text, parsed }: Statement): { end: number; text: string }[] {
  const { tokens, query } = parsed;
  const aliases = new Set(query.items.flatMap(({ alias }) => (alias ? [alias.start] : [])));
  const words: { end: number; text: string }[] = [];
  for (let index = 0; index < tokens.count; index++) {
    const kind = tokens.kinds[index] ?? 0;
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? 0;
    const word = text.slice(start, end);
    const isOperator = kind === TokenKind.like || kind === TokenKind.is;
    if (kind >= TokenKind.word && !isOperator && !aliases.has(start) && !/__c$/i.test(word)) {
      words.push({ end, text: word });
    }
  }
  return words;
}

/** One item of each kind and shape, and every keyword. */
function sample(items: readonly CompletionItem[], random: () => number): readonly CompletionItem[] {
  const byShape = new Map<string, CompletionItem>();
  for (const item of items) {
    const isWord = item.kind === 'keyword' || item.kind === 'operator';
    const shape = isWord ? item.label : `${item.kind} ${item.label.split('.').length} ${item.snippet !== undefined}`;
    if (!byShape.has(shape) || random() < 0.3) byShape.set(shape, item);
  }
  return [...byShape.values()];
}

function problemCodes(text: string, queryType: DialectSetting): readonly string[] {
  return problemsOf(text, queryType)
    .filter(({ code, severity }) => (severity === 'error' || severity === 'warning') && !needsMoreTyping.has(code))
    .map(({ code }) => code);
}

/** What a person mends in another clause, once the item is accepted. */
const needsMoreTyping: ReadonlySet<string> = new Set([
  'aggregate-place',
  'column-name',
  'distinct-outside-count',
  'not-grouped',
]);

const ofZoql = ['foreign-key', 'field-not-in-dialect'];

/**
 * What comes with an item by its nature: fields are of the object that was there before, one can be taken twice, and the
 * value behind a field that is replaced was that one's. What makes a query Export ZOQL leaves it with ZOQL's foreign keys.
 */
function mayBring({ kind }: CompletionItem, { replace }: CompletionList): readonly string[] {
  const replaced =
    replace.start < replace.end ? ['value-type', 'operator-type', 'unknown-value', 'function-argument'] : [];
  const others = kind === 'object' || kind === 'relation' ? ['unknown-field', 'unknown-relation'] : [];
  return [...ofZoql, ...replaced, ...others, 'duplicate-field'];
}

/** Whether `after` has no code more often than `before`. */
function isNoWorse(after: readonly string[], before: readonly string[]): boolean {
  const left = [...before];
  return after.every(code => {
    const at = left.indexOf(code);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

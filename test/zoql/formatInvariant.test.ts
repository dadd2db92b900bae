/** What formatting promises, over random queries, random texts and real ones. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  applyEdits,
  defaultFormatOptions,
  formatOnType,
  formatRange,
  openDocument,
  type FormatOptions,
} from '../../server/src/zoql/index';
import { assertKept, assertSmall, formatted } from './formatted';

const runs = Number(process.env['ZOQL_RUNS'] ?? 1_000);

const anyOptions: fc.Arbitrary<FormatOptions> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t', ''),
  keywordCase: fc.constantFrom('lower', 'upper', 'preserve'),
  maxLineLength: fc.constantFrom(1, 20, 40, 100),
  insertFinalNewline: fc.boolean(),
});

const name = fc.constantFrom(
  'Id',
  'Name',
  'Region__c',
  'Account.Name',
  'Order',
  'Order.Id',
  'Limit.Id',
  'Select.Id',
  'a . b',
  'x',
);
const value = fc.constantFrom(
  ...["'a'", `'it''s'`, `'a\\'b'`, `'C:\\'`, '"x"', `'-- no comment'`, '1', '-2.5', 'NULL', 'true', '2024-01-01'],
);
const comparison = fc.constantFrom('=', '!=', '<', '>=', 'like', 'NOT LIKE');

/** Queries as lists of words; between two words anything may stand that separates them. */
const { condition } = fc.letrec<{ condition: string[] }>(tie => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(name, comparison, value).map(words => [...words]),
    fc.tuple(name, fc.constantFrom('is null', 'is not null')).map(words => [...words]),
    fc
      .tuple(name, fc.array(value, { minLength: 1, maxLength: 4 }))
      .map(([field, values]) => [field, 'in', '(', ...commaSeparated(values.map(one => [one])), ')']),
    tie('condition').map(inner => ['not', ...inner]),
    tie('condition').map(inner => ['(', ...inner, ')']),
    fc
      .tuple(fc.constantFrom('and', 'OR'), fc.array(tie('condition'), { minLength: 2, maxLength: 4 }))
      .map(([operator, conditions]) => conditions.flatMap((one, index) => (index > 0 ? [operator, ...one] : one))),
  ),
}));
const item = fc.oneof(
  name.map(one => [one]),
  fc.constantFrom(['count', '(', 'distinct', 'Id', ')'], ['*'], ['year', '(', 'UpdatedDate', ')'], ['Id', 'AS', '"I"']),
);
const query = fc
  .record({
    items: fc.array(item, { minLength: 1, maxLength: 6 }),
    where: fc.option(condition, { nil: [] }),
    groupBy: fc.array(name, { maxLength: 3 }),
    having: fc.option(condition, { nil: [] }),
    orderBy: fc.array(fc.tuple(name, fc.constantFrom('', 'desc')), { maxLength: 3 }),
    limit: fc.constantFrom([], ['limit', '10'], ['limit', '20', ',', '10']),
  })
  .map(({ items, where, groupBy, having, orderBy, limit }) => [
    ...['select', ...commaSeparated(items), 'FROM', 'Account'],
    ...clause(['where'], where),
    ...clause(['group', 'by'], commaSeparated(groupBy.map(one => [one]))),
    ...clause(['Having'], having),
    ...clause(['order', 'by'], commaSeparated(orderBy.map(words => words.filter(word => word !== '')))),
    ...limit,
  ]);

const gap = fc.oneof(
  { weight: 12, arbitrary: fc.constant(' ') },
  { weight: 4, arbitrary: fc.constantFrom('\n', '\n\n\n', '\t', '  ', '\n    ', '\r\n', '\u00a0') },
  { weight: 1, arbitrary: fc.constantFrom(' /* a */ ', '/* b */', '\n/* c */', '/* d */\n', ' /* e\n e */ ') },
  { weight: 1, arbitrary: fc.constantFrom(' -- f  \n', '\n  -- g\n', '\n\n-- @name h\n', "--it's\n", '-- i\n-- j\n') },
);
const ending = fc.constantFrom(
  ';',
  ';',
  ' ;\n\n',
  '\n;\n',
  '; -- k\n',
  '\n;\n\n-- @type zoqlexport\n',
  '\n',
  ';;\n-- l\n;',
);

const anyQueries = fc
  .array(
    query.chain(words =>
      fc
        .tuple(fc.array(gap, { minLength: words.length, maxLength: words.length }), ending)
        .map(([gaps, end]) => words.map((word, index) => word + (gaps[index] ?? '')).join('') + end),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(texts => texts.join(''));

const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['select', 'from', 'where', 'group by', 'order', 'by', 'and', 'or', 'not', 'Id', 'Name', 'count(', ')', '('],
        ...[',', '.', '*', ';', '=', "'a'", "'", '"', '\\', '--', '/*', '*/', '-- @type zoql\n', '\n', '\r\n', '\r'],
        ...['\u0000', '\ud800', '😀', '\ufeff', '\u2028', 'limit 1', 'in', 'null', 'as', 'select Id from Account'],
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 30 },
  )
  .chain(parts => fc.constantFrom('', ' ').map(between => parts.join(between)));

holds('a query keeps its tokens and comments', anyQueries, assertKept);
holds(
  'so does a file with CR LF',
  anyQueries.map(text => text.replace(/\r?\n/g, '\r\n')),
  assertKept,
);
holds(
  'and a file that begins with a byte order mark',
  anyQueries.map(text => `\ufeff${text}`),
  assertKept,
);
holds('any text does', soup, assertKept);

test('to format each statement by itself is to format the file, but for its end', () =>
  check(
    fc.property(anyQueries, anyOptions, (text, options) => {
      let result = text;
      for (let index = 0; index < openDocument(text).statements.length; index++) {
        const document = openDocument(result);
        const end = (document.starts[index] ?? 0) + (document.statements[index]?.text.length ?? 0);
        const edits = formatRange(document, cursorIn(result, document.starts[index] ?? 0, end), options);
        assertSmall(result, edits);
        result = applyEdits(result, edits);
      }
      assert.equal(formatted(result, options).trimEnd(), formatted(text, options).trimEnd());
    }),
  ));

test('formatting while typing never throws and stays within the text', () =>
  check(
    fc.property(fc.oneof(anyQueries, soup), fc.nat(), fc.constantFrom(';', '\n', 'x'), (text, at, character) => {
      const offset = at % (text.length + 1);
      fc.pre(text.slice(offset - 1, offset + 1) !== '\r\n');
      assertSmall(text, formatOnType(openDocument(text), offset, character, defaultFormatOptions));
    }),
  ));

const folder = process.env['ZOQL_CORPUS'];
if (folder !== undefined) {
  for (const file of ['valid.tsv', 'invalid.tsv']) {
    const rows = readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n').slice(1);
    for (const row of rows) {
      const [id, , , query = ''] = row.split('\t');
      const text = query.replaceAll(/\\[n\\]/g, escape => (escape === '\\n' ? '\n' : '\\'));
      test(`${id} is formatted as promised`, () => {
        for (const maxLineLength of [100, 40, 1]) assertKept(text, { maxLineLength });
      });
    }
  }
}

function holds(
  title: string,
  texts: fc.Arbitrary<string>,
  promise: (text: string, options: FormatOptions) => void,
): void {
  test(title, () => check(fc.property(texts, anyOptions, promise)));
}

function check<Values>(property: fc.IProperty<Values>): void {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  fc.assert(property, { numRuns: runs, seed });
}

function commaSeparated(lists: readonly (readonly string[])[]): string[] {
  return lists.flatMap((words, index) => (index > 0 ? [',', ...words] : [...words]));
}

function clause(keywords: readonly string[], body: readonly string[]): string[] {
  return body.length === 0 ? [] : [...keywords, ...body];
}

/** A cursor on the last character of a stretch that is no white space. */
function cursorIn(text: string, start: number, end: number): { start: number; end: number } {
  const at = start + text.slice(start, end).trimEnd().length - 1;
  return { start: at, end: at };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openDocument, selectionRanges } from '../../server/src/zoql/index';
import { withCursor } from './helpers';

test('from a name to its path, its item, its list, its clause, its query, its statement, the file', () =>
  selects(
    `-- @name A\nselect Id, Account.Na|me as "N" from Invoice;\nselect Id from B`,
    `
Name
Account.Name
Account.Name as "N"
Id, Account.Name as "N"
select Id, Account.Name as "N"
select Id, Account.Name as "N" from Invoice
-- @name A⏎select Id, Account.Name as "N" from Invoice;
-- @name A⏎select Id, Account.Name as "N" from Invoice;⏎select Id from B
`,
  ));

test('from a word in a text to its condition, its chains and its parentheses', () =>
  selects(
    `select Id from A where x = 1 and (Name = 'San Fran|cisco' and y = 2 or z = 3)`,
    `
Francisco
San Francisco
'San Francisco'
Name = 'San Francisco'
Name = 'San Francisco' and y = 2
Name = 'San Francisco' and y = 2 or z = 3
(Name = 'San Francisco' and y = 2 or z = 3)
x = 1 and (Name = 'San Francisco' and y = 2 or z = 3)
where x = 1 and (Name = 'San Francisco' and y = 2 or z = 3)
select Id from A where x = 1 and (Name = 'San Francisco' and y = 2 or z = 3)
`,
  ));

test('from an argument to the call and the order', () =>
  selects(
    `select Id from A group by year(Updated|Date), b order by c desc`,
    `
UpdatedDate
year(UpdatedDate)
year(UpdatedDate), b
group by year(UpdatedDate), b
select Id from A group by year(UpdatedDate), b order by c desc
`,
  ));

test('from a value of IN, of BETWEEN, of LIMIT', () => {
  selects(
    `select Id from A where not a in ('x', |'y')`,
    `
'y'
'x', 'y'
a in ('x', 'y')
not a in ('x', 'y')
where not a in ('x', 'y')
select Id from A where not a in ('x', 'y')
`,
  );
  selects(
    `select Id from A having a between 1 and |2`,
    `
2
a between 1 and 2
having a between 1 and 2
select Id from A having a between 1 and 2
`,
  );
  selects(
    `select Id from A order by b, c desc limit 20, 1|0`,
    `
10
20, 10
limit 20, 10
select Id from A order by b, c desc limit 20, 10
`,
  );
});

test('from a word in a comment to what holds the comment', () =>
  selects(
    `select Id, -- key of in|voice\n  Name from A`,
    `
invoice
key of invoice
-- key of invoice
Id, -- key of invoice⏎  Name
select Id, -- key of invoice⏎  Name
select Id, -- key of invoice⏎  Name from A
`,
  ));

test('between a name and a sign, the name is meant; in white space, what holds it', () => {
  selects(`select Id|,Name from A`, `\nId\nId,Name\nselect Id,Name\nselect Id,Name from A\n`);
  selects(`select  |  Id from A`, `\nselect    Id\nselect    Id from A\n`);
  selects(`select |Id= from A`, `\nId\nselect Id=\nselect Id= from A\n`);
});

test('comments around statements', () => {
  selects(
    `select 1; -- before\n-- o|f B\nselect Id from B`,
    `
of
of B
-- of B
-- of B⏎select Id from B
select 1; -- before⏎-- of B⏎select Id from B
`,
  );
  selects(`select 1; -- be|fore\nselect Id from B`, `\nbefore\n-- before\nselect 1; -- before⏎select Id from B\n`);
  selects(`select 1;\n/* the e|nd`, `\nend\nthe end\n/* the end\nselect 1;⏎/* the end\n`);
});

test('nothing is around nothing but the file', () => {
  selects(`|`, `\n\n`);
  selects(`select 1;\n|\n`, `\nselect 1;⏎⏎\n`);
});

test('several cursors get a chain each', () =>
  assert.deepEqual(
    selectionRanges(openDocument('select Id from A'), [8, 15]).map(chain => chain[0]),
    [
      { start: 7, end: 9 },
      { start: 15, end: 16 },
    ],
  ));

test('each stretch holds the one before it and more, the offset, and lies in the text', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const word = fc.oneof(
    fc.constantFrom('select', 'from', 'where', 'group by', 'having', 'order by', 'limit 1', 'and', 'or', 'not', 'in'),
    fc.constantFrom(
      '(',
      ')',
      ',',
      '.',
      ';',
      '=',
      'Id',
      'count(',
      "'a b'",
      "'",
      '"',
      '-- c d\n',
      '/*',
      '*/',
      '\n',
      '\r\n',
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), fc.constantFrom('', ' '), (words, between) => {
      const text = words.join(between);
      const offsets = Array.from({ length: text.length + 1 }, (_, offset) => offset);
      selectionRanges(openDocument(text), offsets).forEach((chain, offset) => {
        assert.deepEqual(chain.at(-1), { start: 0, end: text.length });
        chain.forEach(({ start, end }, index) => {
          assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
          const inner = chain[index - 1];
          if (inner) assert.ok(start <= inner.start && inner.end <= end && inner.end - inner.start < end - start);
        });
      });
    }),
    { numRuns: Number(process.env['ZOQL_RUNS'] ?? 1_000), seed },
  );
});

/** Asserts the chain at the |, a stretch a line; line breaks are drawn as ⏎. */
function selects(marked: string, expected: string): void {
  const { text, offset } = withCursor(marked);
  const [chain = []] = selectionRanges(openDocument(text), [offset]);
  const drawn = chain.map(({ start, end }) => `${text.slice(start, end).replaceAll('\n', '⏎')}\n`);
  assert.equal(`\n${drawn.join('')}`, expected);
}

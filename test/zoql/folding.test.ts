import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldingRanges, openDocument } from '../../server/src/zoql/index';

test('a statement folds to its first line, each clause and list to its own', () =>
  folds(
    `
-- @name Open
select
  Id,
  Name
from Invoice
where Balance > 0
  and (
    Status = 'Posted'
    or Id in (
      'a'
    )
  );
`,
    `
2-12 statement
2-4 list
6-12 list
7-11 list
9-10 list
`,
  ));

test('what stands on one line does not fold', () =>
  folds(`select Id from Invoice where (a = 1 or b in ('x', 'y')); /* a */ -- b\n-- c`, `\n`));

test('comments fold: blocks, and line comments that follow each other', () =>
  folds(
    `
-- one
  -- two

-- alone
/* three
*/
select Id -- four
-- five
-- six
from Account;
-- seven
-- eight
;-- nine
-- ten
-- eleven
`,
    `
1-2 comment
5-6 comment
7-10 statement
8-9 comment
11-12 comment
14-15 comment
`,
  ));

test('regions fold, one in another, and cut runs of comments', () =>
  folds(
    `
-- #region Invoices
-- about
-- them
select Id from Invoice;
--#region open
select Id from Invoice;
-- #endregion
-- #endregion
-- #endregion
-- #region left open
-- #regional
`,
    `
1-8 region
2-3 comment
5-7 region
`,
  ));

test('a clause that is left open ends where its text ends', () =>
  folds(
    `
select
  Id
from Account
where (
  Id = 'a'
  or
`,
    `
1-6 statement
1-2 list
4-6 list
4-6 list
`,
  ));

test('ranges hold several lines, and either lie in each other or apart', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const word = fc.constantFrom(
    'select',
    'from',
    'where',
    '(',
    ')',
    'a = 1',
    'and',
    'in',
    ',',
    ';',
    '\n',
    '\r\n',
    '-- x\n',
  );
  const text = fc.array(
    fc.oneof({ weight: 9, arbitrary: word }, fc.constantFrom('/*', '*/', "'", '-- #region\n', '-- #endregion\n')),
  );
  fc.assert(
    fc.property(text, words => {
      const joined = words.join(' ');
      const ranges = foldingRanges(openDocument(joined)).filter(({ kind }) => kind !== 'region');
      for (const { start, end } of ranges) {
        assert.match(joined.slice(start, end), /[\r\n]/);
        for (const other of ranges) {
          const isApart = other.end <= start || end <= other.start;
          const isNested = (start <= other.start && other.end <= end) || (other.start <= start && end <= other.end);
          assert.ok(isApart || isNested);
        }
      }
    }),
    { numRuns: Number(process.env['ZOQL_RUNS'] ?? 1_000), seed },
  );
});

/** Asserts the ranges as numbers of lines, the first line of a text that begins with a line break being 1. */
function folds(text: string, expected: string): void {
  const line = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const drawn = foldingRanges(openDocument(text)).map(
    ({ start, end, kind }) => `${line(start)}-${line(end)} ${kind}\n`,
  );
  assert.equal(`\n${drawn.join('')}`, expected);
}

/** What holds for every rewrite, whatever the query: it brings no problem, keeps the comments, and means the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, codeActions, openDocument, type Dialect } from '../../../server/src/zoql/index';
import { fixture } from '../catalogues';
import { problemsOf } from '../problems';
import { meaningOf } from './meaning';

const runs = Number(process.env['ZOQL_RUNS'] ?? 1_000);
const types: readonly (Dialect | undefined)[] = ['zoql', 'zoqlexport', undefined];

const gap = fc.oneof(
  { weight: 12, arbitrary: fc.constant(' ') },
  fc.constantFrom('\n', '\n  ', '  ', ' /* note */ ', ' -- note\n', '\n-- above\n'),
);
const field = fc.constantFrom(
  ...[
    'Name',
    'Id',
    'Account.Name',
    'Balance',
    'account.Balance',
    'Balance',
    'AutoPay',
    'BillToId',
    'BillToContact.Id',
    'account.status',
    'Status',
  ],
);
const value: Readonly<Record<string, fc.Arbitrary<string>>> = {
  number: fc.constantFrom('1', '2', '-1.5', "'2'"),
  boolean: fc.constantFrom('true', 'FALSE', "'true'"),
  text: fc.constantFrom("'a'", "'b'", '"a"', "'a''b'", "'a\\'b'", "'a\\\\b'", "'a\\b'", "'%'", "'a%'", "'today'", "''"),
};

function valueFor(name: string): fc.Arbitrary<string> {
  if (name.endsWith('Balance')) return value['number'] ?? fc.constant('1');
  return (name === 'AutoPay' ? value['boolean'] : value['text']) ?? fc.constant('true');
}

const condition = field.chain(name =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'like', 'not like', '<>'), valueFor(name))
      .map(([operator, right]) => `${name} ${operator} ${right}`),
    fc.constantFrom(' = null', ' != null', ' is null', ' is not null').map(rest => name + rest),
    fc
      .tuple(fc.constantFrom('in', 'not in'), fc.array(valueFor(name), { minLength: 1, maxLength: 3 }))
      .map(([operator, values]) => `${name} ${operator} (${values.join(', ')})`),
    fc
      .tuple(fc.constantFrom('between', 'NOT BETWEEN'), valueFor(name), valueFor(name))
      .map(([operator, low, high]) => `${name} ${operator} ${low} and ${high}`),
  ),
);

const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    condition,
    fc
      .tuple(tie('expression'), gap, fc.constantFrom('and', 'or', 'OR'), tie('expression'))
      .map(parts => parts.join(' ')),
    fc.tuple(gap, tie('expression'), gap).map(([before, inner, after]) => `(${before}${inner}${after})`),
    tie('expression').map(inner => `not (${inner})`),
    tie('expression').map(inner => `(${inner})`),
  ),
}));

const item = fc.oneof(
  { weight: 6, arbitrary: field },
  fc.constantFrom('*', 'BillToContact.*', 'Mrr', 'Name as "N"', 'max(Balance)', 'CreatedDate'),
);

const query = fc
  .record({
    type: fc.constantFrom(...types),
    items: fc.array(item, { minLength: 1, maxLength: 6 }),
    gaps: fc.array(gap, { minLength: 12, maxLength: 12 }),
    comma: fc.constantFrom(', ', ',\n  ', ', -- beside\n  ', '\n  , ', ',\n  -- above\n  ', ', /* b */ '),
    where: fc.option(expression, { nil: undefined }),
    rest: fc.constantFrom('', '', '', ' order by Name', ' limit 5', ' order by Name desc limit 1, 2', ' group by Name'),
  })
  .map(({ type, items, gaps, comma, where, rest }) =>
    [
      type ? `-- @type ${type}\n` : '',
      `select${gaps[0] ?? ' '}${items.join(comma)}${gaps[1] ?? ' '}from Account${gaps[2] ?? ' '}`,
      where === undefined ? '' : `where ${where}`,
      rest,
    ].join(''),
  );

const row = fc.record({
  name: fc.constantFrom(null, 'a', 'b', "a'b", 'a\\b', '%', ''),
  id: fc.constantFrom('a', 'b', 'today'),
  balance: fc.constantFrom(null, 1, 2, -1.5, 3),
  autopay: fc.constantFrom(null, true, false),
  status: fc.constantFrom(null, 'a', "a'b"),
  'billtocontact.id': fc.constantFrom(null, 'a', 'b'),
});

test('every rewrite of any query brings no problem, keeps the comments, and means the same', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const tried = new Map<string, number>();
  fc.assert(
    fc.property(
      query,
      fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.array(row, { maxLength: 12 }),
      (text, at, rows) => {
        for (const after of rewritesOf(text, Math.floor(at * text.length), tried)) {
          const told = `${after.title}:\n${text}\nbecomes\n${after.text}`;
          assertNoWorse(text, after.text, told);
          assert.deepEqual(commentsOf(after.text), commentsOf(text), told);
          // Who declares another type says that the query has been read wrongly.
          if (after.title.startsWith('Declare')) continue;
          const before = meaningOf(text, fixture);
          const now = meaningOf(after.text, fixture);
          for (const one of rows) assert.equal(now.holds(one), before.holds(one), `${JSON.stringify(one)} ${told}`);
          if (/^(Replace|Add)/.test(after.title)) continue;
          const columns = /(Sort|each once|repeated)/.test(after.title)
            ? (fields: readonly string[]) => [...new Set(fields)].sort()
            : (fields: readonly string[]) => fields;
          assert.deepEqual(columns(now.fields), columns(before.fields), told);
        }
      },
    ),
    { numRuns: runs, seed },
  );
  for (const title of [
    'Convert to ZOQL',
    'Convert to Export ZOQL',
    'Multiply out',
    'Remove needless',
    'Sort the fields',
  ]) {
    const count = [...tried].reduce((sum, [other, times]) => sum + (other.startsWith(title) ? times : 0), 0);
    assert.ok(count > runs / 200, `${title} was tried ${count} times`);
  }
});

test('a conversion there and back means what the query meant', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  let tried = 0;
  fc.assert(
    fc.property(query, fc.array(row, { maxLength: 12 }), (text, rows) => {
      for (const there of rewritesOf(text, text.length, new Map())) {
        if (!/^Convert to (Export )?ZOQL$/.test(there.title)) continue;
        const back = rewritesOf(there.text, there.text.length, new Map()).find(
          ({ title }) => title.startsWith('Convert') && title !== there.title,
        );
        if (!back) continue;
        tried++;
        const before = meaningOf(text, fixture);
        const now = meaningOf(back.text, fixture);
        assert.deepEqual(now.fields, before.fields);
        for (const one of rows) assert.equal(now.holds(one), before.holds(one), `${text}\nbecomes\n${back.text}`);
      }
    }),
    { numRuns: runs, seed },
  );
  assert.ok(tried > runs / 20, `only ${tried} came back`);
});

interface Rewritten {
  readonly title: string;
  readonly text: string;
}

function rewritesOf(text: string, offset: number, tried: Map<string, number>): Rewritten[] {
  const context = { catalogue: fixture, queryType: 'auto' } as const;
  const selection = { start: offset, end: offset };
  return codeActions(openDocument(text), selection, context, ['refactor', 'source.organizeFields']).map(action => {
    tried.set(action.title, (tried.get(action.title) ?? 0) + 1);
    return { title: action.title, text: applyEdits(text, action.edits) };
  });
}

function assertNoWorse(before: string, after: string, told: string): void {
  assert.equal(openDocument(after).statements.length, 1, told);
  const left = graveCodes(before);
  for (const code of graveCodes(after)) {
    const index = left.indexOf(code);
    assert.notEqual(index, -1, `${code} is new after ${told}`);
    left.splice(index, 1);
  }
}

function graveCodes(text: string): string[] {
  return problemsOf(text, 'auto', fixture)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code }) => code);
}

/** The comments of a text that are no directives, sorted. */
function commentsOf(text: string): string[] {
  return openDocument(text)
    .statements.flatMap(({ parsed, text: own }) =>
      parsed.comments.map(({ start, end }) => own.slice(start, end).trim()),
    )
    .filter(comment => !comment.includes('@'))
    .sort();
}

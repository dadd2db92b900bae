import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createPlan, type OpenDocument, type Plan } from '../../client/src/jobs/plan';
import { applyEdits } from '../../server/src/zoql/index';
import { bundled } from '../zoql/catalogues';

suite('the plan of a job', () => {
  test('every statement of every document is a query, in tab order', () =>
    plans(
      {
        'b.zoql': 'select Id from Account',
        'a.zql': 'select Id, Name from Account;\nselect Account.Name from Invoice',
      },
      `
      b    zoql        b.zoql:1  select Id from Account
      a    zoql        a.zql:1   select Id, Name from Account
      a-2  zoqlexport  a.zql:2   select Account.Name from Invoice
      `,
    ));

  test('a statement is called by its @name, and later ones keep their number', () =>
    plans(
      {
        'a.zoql':
          '-- @name first\nselect Id from Account;\n\nselect Id from Invoice;\n-- @name\nselect Id from Payment',
      },
      `
      first  zoql  a.zoql:2  select Id from Account
      a-2    zoql  a.zoql:4  select Id from Invoice
      a-3    zoql  a.zoql:6  select Id from Payment
      `,
    ));

  test('what is sent has no comments and no semicolon', () => {
    const [query] = plan({
      'a.zoql': '-- all\nselect Id, -- the key\r\n  Name /* of it */from Account ; -- done',
    }).queries;
    assert.equal(query?.query, 'select Id, \r\n  Name  from Account');
  });

  test('the source is the range from the first token to the last, and the statement as it stood', () => {
    const text = 'select Id from Account;\n-- second\nselect Name from Account;';
    const source = plan({ 'folder/a.zoql': text }).queries[1]?.source;
    assert.equal(text.slice(source?.range.start, source?.range.end), 'select Name from Account');
    assert.equal(source?.text.trim(), '-- second\nselect Name from Account');
    assert.deepEqual(
      [source?.uri, source?.relativePath, source?.statement, source?.line],
      ['file:///project/folder/a.zoql', 'folder/a.zoql', 1, 3],
    );
  });

  test('an untitled document is called as its tab', () =>
    plans({ 'Untitled-1': 'select Id from Account' }, `Untitled-1  zoql  Untitled-1:1  select Id from Account`));

  test('files of one name get their paths, and only those that clash', () =>
    plans(
      {
        'a.zoql': 'select Id from Account; select Name from Account',
        'eu/a.zoql': 'select Id from Invoice',
        'b.zoql': 'select Id from Payment',
      },
      `
      a     zoql  a.zoql:1     select Id from Account
      a-2   zoql  a.zoql:1     select Name from Account
      eu/a  zoql  eu/a.zoql:1  select Id from Invoice
      b     zoql  b.zoql:1     select Id from Payment
      `,
    ));

  test('a path that clashes as well keeps its extension', () =>
    plans(
      { 'x/a.zoql': 'select Id from Account', 'x/a.zql': 'select Id from Invoice' },
      `
      x/a.zoql  zoql  x/a.zoql:1  select Id from Account
      x/a.zql   zoql  x/a.zql:1   select Id from Invoice
      `,
    ));

  test('an explicit name is never changed: the file that would be called so gives way', () =>
    plans(
      { 'a.zoql': '-- @name b\nselect Id from Account', 'x/b.zoql': 'select Id from Invoice' },
      `
      b    zoql  a.zoql:2    select Id from Account
      x/b  zoql  x/b.zoql:1  select Id from Invoice
      `,
    ));

  test('the second statement of one file and a file called like it do not meet', () =>
    plans(
      { 'a.zoql': 'select Id from Account; select Id from Invoice', 'a-2.zoql': 'select Id from Payment' },
      `
      a         zoql  a.zoql:1    select Id from Account
      a.zoql-2  zoql  a.zoql:1    select Id from Invoice
      a-2.zoql  zoql  a-2.zoql:1  select Id from Payment
      `,
    ));

  test('two workspace folders with one relative path are told apart by their URIs', () => {
    const text = 'select Id from Account';
    const one = { uri: 'file:///one/a.zoql', baseName: 'a.zoql', relativePath: 'a.zoql', text };
    const two = { ...one, uri: 'file:///two/a.zoql' };
    const [first, second] = names([one, two]);
    assert.match(first ?? '', /^a\.zoql-[0-9a-f]{8}$/);
    assert.match(second ?? '', /^a\.zoql-[0-9a-f]{8}$/);
    assert.notEqual(first, second);
    assert.deepEqual(names([two, one]), [second, first]);
  });

  test('the same @name twice is an error that names both places', () => {
    const { errors } = plan({
      'a.zoql': '-- @name x\nselect Id from Account',
      'sub/b.zoql': 'select Id from Invoice;\n-- @name x\nselect Id from Payment',
    });
    assert.deepEqual(errors, [
      {
        name: 'x',
        places: [
          { uri: 'file:///project/a.zoql', relativePath: 'a.zoql', line: 2 },
          { uri: 'file:///project/sub/b.zoql', relativePath: 'sub/b.zoql', line: 3 },
        ],
        message: 'The name "x" is used by a.zoql line 2 and sub/b.zoql line 3. Every query of a job needs its own.',
      },
    ]);
  });

  test('files without a statement are named', () => {
    const { withoutStatement, queries } = plan({
      'a.zoql': '-- nothing yet\n;',
      'b.zoql': '',
      'c.zoql': 'select Id from Account',
    });
    assert.deepEqual(
      withoutStatement.map(document => document.relativePath),
      ['a.zoql', 'b.zoql'],
    );
    assert.equal(queries.length, 1);
  });

  test('errors come with the query, at their place in the file; lesser findings do not', () => {
    const text = 'select Id from Account;\nselect Id, from Account;';
    const { queries } = plan({ 'a.zoql': text });
    assert.deepEqual(
      queries.map(query => query.problems.length),
      [0, 1],
    );
    const problem = queries[1]?.problems[0];
    assert.equal(problem?.severity, 'error');
    assert.ok((problem?.start ?? 0) >= text.indexOf('\n'), `at ${problem?.start}`);
  });

  test('what its directives ask for comes with the query, what they do not say does not', () => {
    const [asking, plain] = plan({
      'a.zoql': `-- @apiVersion 91.0
-- @convertToCurrencies EUR, GBP
-- @deleted column=Gone format=Numeric forceExport=true
select Id from Account;
-- @apiVersion 91
select Id from Account`,
    }).queries;
    assert.deepEqual(
      [asking?.query, asking?.apiVersion, asking?.convertToCurrencies, asking?.deleted],
      ['select Id from Account', '91.0', 'EUR,GBP', { column: 'Gone', format: 'Numeric', forceExport: true }],
    );
    assert.ok(plain && !('apiVersion' in plain) && !('deleted' in plain));
    assert.deepEqual(
      plain.problems.map(({ code }) => code),
      ['malformed-directive'],
    );
  });

  test('a directive that cannot be read is an error, whatever a person has set for its code', () => {
    const severities = new Map([
      ['malformed-directive', 'off'],
      ['unknown-object', 'off'],
    ] as const);
    const documents = open({ 'a.zoql': '-- @deleted column=Gone\nselect Id from Acount' });
    const [query] = createPlan(documents, { catalogue: bundled, queryType: 'auto', severities }).queries;
    const codes = [...(query?.problems ?? []), ...(query?.warnings ?? [])].map(({ code }) => code);
    assert.deepEqual(codes, ['malformed-directive']);
  });

  test('a problem has its quick fixes, as edits of the file', () => {
    const text = 'select Id from Account;\nselect Nmae, from Account;';
    const query = plan({ 'a.zoql': text }).queries[1];
    const fixed = [...(query?.problems ?? []), ...(query?.warnings ?? [])].map(problem => {
      const [fix] = problem.fixes();
      return `${problem.severity} ${problem.code}: ${fix?.title} → ${applyEdits(text, fix?.edits ?? []).slice(24)}`;
    });
    assert.deepEqual(fixed, [
      'error expected-field: Remove , → select Nmae from Account;',
      'warning unknown-field: Change to Name → select Name, from Account;',
    ]);
  });

  test('the setting decides the type where no directive does', () => {
    const documents = open({ 'a.zoql': 'select Id from Account;\n-- @type zoql\nselect Id from Account' });
    const { queries } = createPlan(documents, { catalogue: bundled, queryType: 'zoqlexport' });
    assert.deepEqual(
      queries.map(query => query.type),
      ['zoqlexport', 'zoql'],
    );
  });

  test('tab order never enters a name', () => {
    const piece = fc.constantFrom('a', 'b', 'a-2', 'x', '.zoql');
    const path = fc
      .tuple(fc.array(piece, { maxLength: 2 }), piece, fc.constantFrom('.zoql', '.zql', ''))
      .map(([folders, base, extension]) => [...folders, base + extension].join('/'));
    const name = fc.option(fc.constantFrom<string[]>('a', 'b', 'x/a', 'a.zoql', 'a.zoql-2'), { nil: undefined });
    const document = fc.tuple(fc.constantFrom('one', 'two'), path, fc.array(name, { maxLength: 3 }));
    const seed = Date.now() & 0x7fffffff;
    console.log(`seed ${seed}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(document, { selector: ([root, file]) => `${root}/${file}`, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        (found, chances) => {
          const documents = found.map(([root, relativePath, explicit]) => ({
            uri: `file:///${root}/${relativePath}`,
            baseName: relativePath.split('/').at(-1) ?? '',
            relativePath,
            text: explicit
              .map(one => `${one === undefined ? '' : `-- @name ${one}\n`}select Id from Account;\n`)
              .join(''),
          }));
          const shuffled = documents
            .map((one, index) => ({ one, chance: chances[index] ?? 0 }))
            .sort((a, b) => a.chance - b.chance)
            .map(({ one }) => one);
          const before = createPlan(documents, context);
          const after = createPlan(shuffled, context);
          assert.deepEqual(byPlace(after), byPlace(before));
          // All names differ, except for those that a person gave twice.
          const given = new Set(found.flatMap(([, , explicit]) => explicit.filter(one => one !== undefined)));
          const derived = before.queries.map(query => query.name).filter(one => !given.has(one));
          assert.equal(new Set(derived).size, derived.length);
          assert.ok(before.errors.every(error => given.has(error.name)));
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});

const context = { catalogue: bundled, queryType: 'auto' } as const;

/** Documents by their paths in the workspace folder, in tab order. */
function open(files: Readonly<Record<string, string>>): OpenDocument[] {
  return Object.entries(files).map(([relativePath, text]) => ({
    uri: `file:///project/${relativePath}`,
    baseName: relativePath.split('/').at(-1) ?? '',
    relativePath,
    text,
  }));
}

function plan(files: Readonly<Record<string, string>>): Plan {
  return createPlan(open(files), context);
}

function names(documents: readonly OpenDocument[]): string[] {
  return createPlan(documents, context).queries.map(query => query.name);
}

function byPlace({ queries }: Plan): string[] {
  return queries.map(({ name, source }) => `${source.uri} ${source.statement} ${name}`).sort();
}

/** Compares the queries, drawn as name, type, place and text, with columns as wide as they need. */
function plans(files: Readonly<Record<string, string>>, expected: string): void {
  const drawn = plan(files).queries.map(({ name, type, source, query }) =>
    [name, type, `${source.relativePath}:${source.line}`, query].join('  '),
  );
  const lines = expected.trim().split('\n');
  assert.deepEqual(
    drawn,
    lines.map(line => line.trim().replace(/ {2,}/g, '  ')),
  );
}

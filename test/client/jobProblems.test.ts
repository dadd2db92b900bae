import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Job } from '../../client/src/jobs/model';
import { drawnProblems, endedJob, jobOf, problemsIn, refusal, refusedJob } from './jobProblems';

const mend = 'No job was made. Mend the query and submit again.';

suite('what 90005 says stands at the word in the file', () => {
  // The text, Zuora's error, and the problem as it is drawn under the text's first line that has one.
  const cases: readonly (readonly [name: string, text: string, error: string, drawn: string])[] = [
    [
      'a field, whose case and comments do not matter',
      '-- @name accounts\nselect Id, /* the nope */ nope -- Nope\nfrom Account',
      'There is no field named Nope',
      `
select Id, /* the nope */ nope -- Nope
                          ~~~~ 90005: There is no field named Nope. ${mend}`,
    ],
    [
      'whole segments only',
      "select NopeNot, Account.Nope2, Account.Nope from Invoice where A = 'Nope'",
      'There is no field named Nope',
      `
select NopeNot, Account.Nope2, Account.Nope from Invoice where A = 'Nope'
                                       ~~~~ 90005: There is no field named Nope. ${mend}`,
    ],
    [
      'the whole path before one that ends like it',
      'select Account.Name, Name from Invoice',
      'There is no field named Name',
      `
select Account.Name, Name from Invoice
                     ~~~~ 90005: There is no field named Name. ${mend}`,
    ],
    [
      'a path with a comment in it',
      'select Account . /* of */ Nope from Invoice',
      'There is no field named Account.Nope',
      `
select Account . /* of */ Nope from Invoice
       ~~~~~~~~~~~~~~~~~~~~~~~ 90005: There is no field named Account.Nope. ${mend}`,
    ],
    [
      'a field that Zuora names with its object',
      'select Id, AccountId1 from Invoice',
      'invalid field for query: Invoice.accountid1',
      `
select Id, AccountId1 from Invoice
           ~~~~~~~~~~ 90005: invalid field for query: Invoice.accountid1. ${mend}`,
    ],
    [
      'inside a function, and in ORDER BY',
      'select Id from Account order by max(Nope)',
      "There is no field named 'Nope'.",
      `
select Id from Account order by max(Nope)
                                    ~~~~ 90005: There is no field named 'Nope'. ${mend}`,
    ],
    [
      'an object',
      'select Id from Acount where Name != null',
      'The requested data source could not be found',
      `
select Id from Acount where Name != null
               ~~~~~~ 90005: The requested data source could not be found. ${mend}`,
    ],
    [
      'a relation of a known object',
      'select Id, BillToContract.City from Account',
      'The requested data source could not be found',
      `
select Id, BillToContract.City from Account
           ~~~~~~~~~~~~~~ 90005: The requested data source could not be found. ${mend}`,
    ],
    [
      'the second of two aliases',
      'select Id as "Key", Name as "Key" from Account',
      'Duplicate column aliases Key were defined.',
      `
select Id as "Key", Name as "Key" from Account
                            ~~~~~ 90005: Duplicate column aliases Key were defined. ${mend}`,
    ],
    [
      'what is not grouped by',
      'select Status, count(Id), Name, year(CreatedDate) from Account group by status',
      'One or more columns in the SELECT statement does not appear in the GROUP BY statement.',
      `
select Status, count(Id), Name, year(CreatedDate) from Account group by status
                          ~~~~ 90005: One or more columns in the SELECT statement does not appear in the GROUP BY statement. ${mend}`,
    ],
    [
      'a value',
      "select Id from Account where Balance = 'many'",
      'INVALID_VALUE: invalid value for field Balance: many',
      `
select Id from Account where Balance = 'many'
                                       ~~~~~~ 90005: INVALID_VALUE: invalid value for field Balance: many. ${mend}`,
    ],
    [
      'a name in words that nobody has seen yet',
      'select Id, BillRunId from Invoice',
      'Cannot use the BillRunId field in the select clause',
      `
select Id, BillRunId from Invoice
           ~~~~~~~~~ 90005: Cannot use the BillRunId field in the select clause. ${mend}`,
    ],
    [
      'or the first line, where it names nothing',
      '\n  select Id,\n    Name from Account',
      'You have an error in your ZOQL syntax',
      `
  select Id,
  ~~~~~~~~~~ 90005: You have an error in your ZOQL syntax. ${mend}`,
    ],
    [
      'nor does an old message',
      'select Id from Account',
      'Error.zoql.noSuchFieldId',
      `
select Id from Account
~~~~~~~~~~~~~~~~~~~~~~ 90005: Error.zoql.noSuchFieldId. ${mend}`,
    ],
  ];
  for (const [name, text, error, drawn] of cases) {
    test(name, () => assert.equal(drawnProblems(text, refusedJob(text, error)), drawn.slice(1)));
  }

  test('in the statement that Zuora quotes, however it breaks lines', () => {
    const text = 'select Nope from Invoice;\n-- second\nselect Nope,\n  Id from Account';
    const culprit = { error: 'There is no field named Nope', query: 'select Nope, Id from Account' };
    const drawn = drawnProblems(text, jobOf(text, { phase: 'refused', failure: refusal({ culprit }) }));
    assert.equal(drawn, `select Nope,\n       ~~~~ 90005: There is no field named Nope. ${mend}`);
  });

  test('in the statement whose beginning Zuora quotes, where its message was cut', () => {
    const text = `select Id from Account;\nselect ${'Name, '.repeat(60)}Nope from Account`;
    const query = `select ${'Name, '.repeat(50)}Na`;
    const failure = refusal({ culprit: { error: 'There is no field named Nope', query } });
    const [problem, ...more] = problemsIn(text, [jobOf(text, { phase: 'refused', failure })]);
    assert.deepEqual([text.slice(problem?.start, problem?.end), more.length], ['Nope', 0]);
  });
});

suite('a refusal that quotes no query', () => {
  const old = refusal({ message: 'There is a syntax error in one of the queries in the AQuA input' });

  test('is about the only query', () =>
    assert.equal(
      drawnProblems('select Id from Account', jobOf('select Id from Account', { phase: 'refused', failure: old })),
      `select Id from Account\n~~~~~~~~~~~~~~~~~~~~~~ 90005: There is a syntax error in one of the queries in the AQuA input. ${mend}`,
    ));

  test('is about none of several: a wrong place would be worse', () => {
    const text = 'select Id from Account; select Id from Invoice';
    assert.equal(drawnProblems(text, jobOf(text, { phase: 'refused', failure: old })), '');
  });

  test('is about those that have the word', () => {
    const text = 'select Id from Account;\nselect AccountId1 from Invoice';
    const failure = refusal({ code: 'INVALID_FIELD', message: 'invalid field for query: Invoice.accountid1' });
    assert.equal(
      drawnProblems(text, jobOf(text, { phase: 'refused', failure })),
      'select AccountId1 from Invoice\n       ~~~~~~~~~~ INVALID_FIELD: invalid field for query: Invoice.accountid1. No job was made. Mend the query and submit it again.',
    );
  });

  test('for deleted rows stands at the directive that asks for them', () => {
    const text = 'select Id from Invoice;\n-- @deleted column=Deleted\nselect Id from Account';
    const failure = refusal({ code: '90012', message: 'Stateless AQuA does not support deleted columns' });
    assert.equal(
      drawnProblems(text, jobOf(text, { phase: 'refused', failure })),
      '-- @deleted column=Deleted\n~~~~~~~~~~~~~~~~~~~~~~~~~~ 90012: Stateless AQuA does not support deleted columns. No job was made. Add forceExport=true to the @deleted of its query, or submit a stateful job.',
    );
  });

  for (const code of ['90019', '90028', '']) {
    test(`with ${code ? `the code ${code}` : 'no code'} is about no query`, () => {
      const text = 'select Id from Account';
      const failure = { kind: 'rejected', message: 'no', status: 200, ...(code && { code }) } as const;
      assert.equal(drawnProblems(text, jobOf(text, { phase: 'refused', failure })), '');
    });
  }
});

suite('what a batch says stands in its statement', () => {
  const text = 'select Id from Account;\nselect * from BillingPreviewRun;\nselect Id from Refund';

  test('one that was aborted, without Java’s class', () =>
    assert.equal(
      drawnProblems(
        text,
        endedJob(
          text,
          ['completed'],
          ['aborted', 'java.lang.RuntimeException: You must specify a select.'],
          ['completed'],
        ),
      ),
      'select * from BillingPreviewRun;\n       ~ no code: You must specify a select. It gave no result. Mend the query and submit it again.',
    ));

  test('one that was aborted without a word', () =>
    assert.equal(
      drawnProblems(text, endedJob(text, ['aborted'], ['completed'], ['completed'])),
      'select Id from Account;\n~~~~~~~~~~~~~~~~~~~~~~ no code: Zuora aborted this query without a reason. It gave no result. Mend the query and submit it again.',
    ));

  test('one that Zuora ignored, and a query that has none: the object that the user may not read', () => {
    const why = (object: string) =>
      `Zuora ignored this query: the client's user may not be permitted to read ${object}. It gave no result. Give the client's user the permission in Zuora, and submit again.`;
    const job = endedJob(text, ['completed', '90018: no permission to one or more objects'], ['completed'], undefined);
    assert.equal(
      drawnProblems(text, job),
      `select Id from Account;
               ~~~~~~~ warning 90018: ${why('Account')}
select Id from Refund
               ~~~~~~ warning 90018: ${why('Refund')}`,
    );
  });

  test('as long as the job runs, a query without a batch is not ignored', () =>
    assert.equal(drawnProblems(text, { ...endedJob(text, ['completed']), phase: 'running', status: 'executing' }), ''));

  test('a canceled batch is nobody’s mistake', () =>
    assert.equal(drawnProblems(text, endedJob(text, ['cancelled'], ['cancelled'], ['cancelled'])), ''));

  test('what a job that failed as a whole says of one of its queries', () => {
    const message =
      '90005: There is a syntax error (Error = There is no field named Nope, Query = select Nope from Account)';
    const sent = 'select Nope from Account; select Id from Invoice';
    assert.equal(
      drawnProblems(sent, jobOf(sent, { phase: 'finished', id: 'j1', status: 'error', message })),
      `select Nope from Account; select Id from Invoice\n       ~~~~ 90005: There is no field named Nope. ${mend}`,
    );
  });
});

suite('the newest job counts that tells anything of a statement', () => {
  const text = 'select Nope from Account;\nselect Id from Invoice';
  const refused = refusedJob(text, 'There is no field named Nope');

  test('a later one that Zuora took ends what an earlier one was refused for', () => {
    for (const phase of ['running', 'finished', 'gone'] as const) {
      const later = jobOf(text, { phase, id: 'j2', status: 'executing' });
      assert.equal(drawnProblems(text, later, refused), '', phase);
    }
  });

  test('one that never reached Zuora, or was refused for something else, tells nothing', () => {
    const failure = { kind: 'network', message: 'offline', sent: 'no' } as const;
    const others: readonly Job[] = [
      jobOf(text, { phase: 'queued' }),
      jobOf(text, { phase: 'sending' }),
      jobOf(text, { phase: 'not-sent', failure }),
      jobOf(text, { phase: 'unknown', failure }),
      jobOf(text, { phase: 'given-up', failure }),
      jobOf(text, { phase: 'refused', failure: refusal({ code: '90028', message: 'too many' }) }),
      refusedJob(text, 'There is no field named Id', 1),
      jobOf(text, { phase: 'finished', id: 'j2', status: 'error', message: '90006: Internal Storage Error' }),
    ];
    for (const other of others) {
      assert.match(drawnProblems(text, other, refused), /~~~~ 90005: There is no field named Nope\./, other.phase);
    }
  });

  test('a job of other statements of the file leaves it as it is', () => {
    const other = jobOf(text, { phase: 'finished', id: 'j2', status: 'completed', queries: refused.queries.slice(1) });
    assert.match(drawnProblems(text, other, refused), /There is no field named Nope/);
  });
});

suite('after edits', () => {
  const text = '-- @name a\nselect Id, Nope from Account;\nselect Name from Invoice';
  const job = refusedJob(text, 'There is no field named Nope');
  const failed = endedJob(text, ['completed'], ['aborted', 'java.lang.RuntimeException: out of memory']);

  for (const [name, now, drawn] of [
    [
      'above it, it moves with its word',
      text.replace('-- @name a', 'select Id from Product;\n\n-- @name a'),
      `select Id, Nope from Account;\n           ~~~~ 90005: There is no field named Nope. ${mend}`,
    ],
    [
      'of comments, white space and line breaks it is what was sent',
      text.replace('Id, Nope', '-- the key\n  Id,\n  Nope'),
      `  Nope from Account;\n  ~~~~ 90005: There is no field named Nope. ${mend}`,
    ],
    [
      'of another word of the statement it says so',
      text.replace('Id,', 'Id, Name,'),
      `select Id, Name, Nope from Account;\n                 ~~~~ 90005: There is no field named Nope (changed since submit). ${mend}`,
    ],
    ['of the word it is gone', text.replace('Nope', 'Balance'), ''],
    ['that make the word longer it is gone', text.replace('Nope', 'Nope2'), ''],
    ['that delete the statement it is gone', 'select Name from Invoice', ''],
    [
      'that change the statement and its place, its @name tells which it is',
      'select Nope, Name from Account;\nselect Name from Invoice;\n-- @name a\nselect Nope\nfrom Account',
      `select Nope\n       ~~~~ 90005: There is no field named Nope (changed since submit). ${mend}`,
    ],
    ['of all of it it is gone', '', ''],
  ] as const) {
    test(name, () => assert.equal(drawnProblems(now, job), drawn));
  }

  test('a statement without a name is found in its place, if it asks for the same object', () => {
    const unnamed = 'select Nope from Account;\nselect Id from Invoice';
    const refused = refusedJob(unnamed, 'There is no field named Nope');
    assert.match(drawnProblems(unnamed.replace('Nope', 'Nope, Id'), refused), /Nope \(changed since submit\)/);
    assert.equal(drawnProblems(unnamed.replace('Account', 'Contact'), refused), '');
  });

  test('another object is not the one that was wrong', () => {
    const named = '-- @name a\nselect Id from Acount';
    const refused = refusedJob(named, 'The requested data source could not be found');
    assert.match(drawnProblems(named.replace('Id', 'Name'), refused), /~~~~~~ 90005: .* \(changed since submit\)/);
    assert.equal(drawnProblems(named.replace('Acount', 'Account'), refused), '');
  });

  test('a problem of the whole statement stands as long as the statement is what was sent', () => {
    const whole = 'select Name from Invoice\n~~~~~~~~~~~~~~~~~~~~~~~~ no code: out of memory.';
    assert.ok(drawnProblems(text, failed).startsWith(whole));
    assert.ok(drawnProblems(`${text} -- slow`, failed).includes('out of memory'));
    assert.equal(drawnProblems(`${text} limit 5`, failed), '');
  });

  test('one of two aliases that is renamed takes it away', () => {
    const both = 'select Id as "Key", Name as "Key" from Account';
    const refused = refusedJob(both, 'Duplicate column aliases Key were defined.');
    assert.equal(drawnProblems(both.replace('"Key",', '"Id",'), refused), '');
  });
});

test('whatever is edited, a problem stands at the same word or is gone', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const text =
    '-- @name one\nselect Id, Account.Nope, Name from Invoice where Nope = 1;\n/* two */ select Nope from Account; select Id, nope\nfrom Product order by Id';
  const jobs = [0, 1, 2].map(index => refusedJob(text, 'There is no field named Nope', index));
  const pieces = [
    'Nope',
    ' ',
    ',',
    '.',
    ';',
    '\n',
    '-- ',
    '/*',
    '*/',
    "'",
    'select ',
    ' from ',
    'Account',
    '@name one',
  ];
  const edit = fc.record({ at: fc.nat(200), remove: fc.nat(12), insert: fc.constantFrom('', ...pieces) });
  let shown = 0;
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), fc.constantFrom(...jobs), (edits, job) => {
      const now = edits.reduce(
        (before, { at, remove, insert }) => before.slice(0, at) + insert + before.slice(at + remove),
        text,
      );
      for (const { start, end } of problemsIn(now, [job])) {
        assert.equal(now.slice(start, end).toLowerCase(), 'nope');
        assert.ok(!/\w$/.test(now.slice(0, start)) && !/^\w/.test(now.slice(end)), 'a whole word');
        shown++;
      }
    }),
    { numRuns: Number(process.env['ZOQL_RUNS'] ?? 1_000), seed },
  );
  assert.ok(shown > 100, 'most edits leave the word alone');
});

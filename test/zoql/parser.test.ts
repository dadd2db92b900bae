import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openDocument, problemCodes } from '../../server/src/zoql/index';
import { check, problemsOf } from './problems';

/** Queries in every construct that one of the dialects has. None of them may be faulted. */
const sound: Readonly<Record<'zoql' | 'zoqlexport' | 'auto', readonly string[]>> = {
  zoql: [
    'select Id from Account',
    "SELECT Id, Name\nFROM Account\nWHERE Status = 'Active';",
    "select id from account where name = 'Rock \\'n\\' Roll' and autopay = true",
    'select Id from Account where Balance >= -12.5 or Balance < 3 and AutoPay != false',
    "select Id from Account where Name like 'A%' or Name like '%z' or Name like '_b'",
    'select Id from Account where BillToId != null and Name = null',
    'select Id from Account where CreatedDate > 2024-02-29T10:30:00-08:00',
    "select Id from Account where CreatedDate >= '2024-02-29T10:30:00'",
    'select Id, Name from Account where Name = "EU"',
    "select Id from Amendment where Code = 'C\\\\D'",
  ],
  zoqlexport: [
    'select * from Account',
    'select *, Account.Id, BillToContact.* from Account',
    'select Account.BillToContact.Country from Order',
    'select Name as "Customer", Balance as Money from Account',
    "select Id from Account where (Status = 'Draft' or Status = 'Active') and not (AutoPay = true)",
    'select Id from Account where Name = \'Joe\'\'s\' and Name != "a""b"',
    'select Id from Account where Name is null or Name is not null',
    "select Id from Account where CreatedDate > 'today - 30 days (-08:00)'",
    'select count(*), count(distinct BillToContact.Country), max(Balance) from Account',
    'select year(CreatedDate), sum(Balance) from Account group by year(CreatedDate) having sum(Balance) > 10',
    'select Id from Order where Date(OrderDate) = Date(Account.CreatedDate)',
    'select Id from Account order by Name, CreatedDate desc limit 10',
    'select Id from Account limit 20, 10',
    'select Order.Id, State from Order order by Order.State asc',
    "select Id from Account where Name = 'C:\\'",
  ],
  auto: [
    'select Id from Account where 1=0',
    'select Id -- the key\n, Name /* what it is called */ from Account',
    'select Id from Order',
    '/* nothing else */',
    ';;',
    '',
  ],
};

for (const [type, texts] of Object.entries(sound) as [keyof typeof sound, readonly string[]][]) {
  for (const text of texts) {
    test(`${type} takes ${text}`, () => {
      const faults = problemsOf(text, type).filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.deepEqual(faults, []);
    });
  }
}

test('a dangling comma still finds the object', () =>
  check(
    'SELECT Id, FROM Account',
    `
    SELECT Id, FROM Account
               ^^^^ expected-field: Expected a field
    `,
  ));

test('a missing comma is named at the field that follows', () =>
  check(
    'select Id Name from Account',
    `
    select Id Name from Account
              ^^^^ expected-comma: Expected a comma between two fields
    `,
  ));

test('a query without FROM says so at its end', () =>
  check(
    'select Id',
    `
    select Id
           ^^ expected-from: Expected FROM and an object
    `,
  ));

test('FROM without an object', () =>
  check(
    "select Id from where Status = 'Draft'",
    `
    select Id from where Status = 'Draft'
                   ^^^^^ expected-object: Expected an object after FROM
    `,
  ));

test('a word that is being typed gets one problem', () =>
  check(
    'sel',
    `
    sel
    ^^^ expected-select: A statement begins with SELECT
    `,
  ));

test('a query that is written from the end is read all the same', () =>
  check(
    'Id Name from Account',
    `
    Id Name from Account
    ^^ expected-select: A statement begins with SELECT
       ^^^^ expected-comma: Expected a comma between two fields
    `,
  ));

test('a path that ends in its dot', () =>
  check(
    'select BillToContact. from Account',
    `
    select BillToContact. from Account
                        ^ expected-field: Expected a field after the dot
    `,
  ));

test('a second object and an alias of the object', () =>
  check(
    'select Id from Account, Contact;\nselect Id from Account a where a.Id = null',
    `
    select Id from Account, Contact;
                          ^ one-object: A query reads one object; Export ZOQL reaches others by path: Account.Name
    select Id from Account a where a.Id = null
                           ^ unexpected-token: Expected WHERE or another clause after the object, not a
                           ^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  ));

test('JOIN, sub-select and a typed literal are named for what they are', () =>
  check(
    `select Id from Account inner join Contact on Contact.Id = BillToId;
select Id from Account where Id = (select AccountId from Contact limit 1) and Name = 'x';
select Id from Account where CreatedDate > TIMESTAMP '2024-01-01T00:00:00Z'`,
    `
    select Id from Account inner join Contact on Contact.Id = BillToId;
                           ^^^^^ join: Neither ZOQL nor Export ZOQL has JOIN; Export ZOQL reaches other objects by path: Account.Name
                           ^^^^^^^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select Id from Account where Id = (select AccountId from Contact limit 1) and Name = 'x';
                                      ^ subselect: Neither ZOQL nor Export ZOQL has sub-selects; use a path or a second query
    select Id from Account where CreatedDate > TIMESTAMP '2024-01-01T00:00:00Z'
                                               ^^^^^^^^^ typed-literal: Write the value in quotes alone, without TIMESTAMP
    `,
  ));

test('conditions that lack a part', () =>
  check(
    `select Id from Account where;
select Id from Account where Name;
select Id from Account where Name =;
select Id from Account where Name = 'a' and;
select Id from Account where Name is 5;
select Id from Account where Name = 'a' Status = 'b'`,
    `
    select Id from Account where;
                           ^^^^^ expected-condition: Expected a condition
    select Id from Account where Name;
                                 ^^^^ expected-operator: Expected an operator such as = or LIKE
    select Id from Account where Name =;
                                      ^ expected-value: Expected a value
    select Id from Account where Name = 'a' and;
                                            ^^^ expected-condition: Expected a condition
    select Id from Account where Name is 5;
                                         ^ expected-null: Expected NULL after IS
    select Id from Account where Name = 'a' Status = 'b'
                                            ^^^^^^ unexpected-token: Expected AND or OR before Status
    `,
  ));

test('clauses in the wrong order, twice, and without BY', () =>
  check(
    `select Id from Account limit 1 order by Id;
select Id where Id = 'x' from Account;
select Id from Account where Id = 'x' where Id = 'y';
select Id from Account order Id`,
    `
    select Id from Account limit 1 order by Id;
                                   ^^^^^ clause-order: ORDER BY stands before LIMIT
    select Id where Id = 'x' from Account;
                             ^^^^ clause-order: FROM stands before WHERE
    select Id from Account where Id = 'x' where Id = 'y';
                                          ^^^^^ duplicate-clause: A query has one WHERE; end the one before with ;
    select Id from Account order Id
                                 ^^ expected-by: Expected BY after ORDER
    `,
  ));

test('LIMIT takes whole numbers', () =>
  check(
    `select Id from Account limit;
select Id from Account limit ten;
select Id from Account limit 1.5`,
    `
    select Id from Account limit;
                           ^^^^^ expected-number: Expected a number of rows
    select Id from Account limit ten;
                                 ^^^ expected-number: Expected a number of rows
    select Id from Account limit 1.5
                                 ^^^ expected-number: A number of rows is whole and not negative
    `,
  ));

test('quotes, comments and parentheses that are left open', () =>
  check(
    `select Id from Account where Name = 'abc
  and Status = 'Active';
select count(Id from Account where (Name = 'a';
select Id from Account where Name = 'a');
select Id from Account /* where`,
    `
    select Id from Account where Name = 'abc
                                        ^^^^ unclosed-string: This text lacks its closing quote
    select count(Id from Account where (Name = 'a';
                ^ unclosed-parenthesis: This ( lacks its )
    select Id from Account where Name = 'a');
                                           ^ unopened-parenthesis: This ) closes nothing
    select Id from Account /* where
                           ^^ unclosed-comment: This comment lacks its */
    `,
  ));

test('characters without a meaning', () =>
  check(
    `select Id, #x from Account where Name == 'a';
select Id from Account where \u0000 = 1`,
    `
    select Id, #x from Account where Name == 'a';
               ^ expected-field: Expected a field
                                           ^ expected-value: Equal is written =
    select Id from Account where \u0000 = 1
                                 ^ expected-condition: Expected a condition
    `,
  ));

test('a SELECT on a new line begins a statement of its own', () =>
  check(
    `select Id from Account
-- @name second
select Nme from, Contact`,
    `
    select Id from Account
                         ^ semicolon-missing: Expected ; before the next SELECT
    select Nme from, Contact
                   ^ expected-object: Expected an object after FROM
    `,
  ));

for (const [what, text] of [
  ['parentheses', `where ${'('.repeat(100_000)}`],
  ['calls', `where Name = ${'year('.repeat(100_000)}`],
  ['NOT', `where ${'not '.repeat(100_000)}`],
] as const) {
  test(`${what} without end are too deep, said once`, () => {
    const [statement] = openDocument(`select Id from Account ${text}`).statements;
    assert.deepEqual(
      statement?.parsed.problems.map(({ code }) => code),
      ['too-deep'],
    );
  });
}

test('what only Export ZOQL has is an error where ZOQL is declared', () =>
  check(
    `-- @type zoql
select *, Name as N, BillToContact.Country, max(Balance) from Account
where (Name = 'a') or Name is null or Name = Status group by Name order by Name limit 1`,
    `
    select *, Name as N, BillToContact.Country, max(Balance) from Account
           ^ only-in-export: ZOQL has no *; Export ZOQL does
                      ^ only-in-export: ZOQL has no column names (AS); Export ZOQL does
                         ^^^^^^^^^^^^^^^^^^^^^ only-in-export: ZOQL has no paths to other objects; Export ZOQL does
                                                ^^^^^^^^^^^^ only-in-export: ZOQL has no functions; Export ZOQL does
    where (Name = 'a') or Name is null or Name = Status group by Name order by Name limit 1
          ^ only-in-export: ZOQL has no parentheses; Export ZOQL does
                          ^^^^^^^^^^^^ only-in-export: ZOQL has no IS NULL (it is = null); Export ZOQL does
                                                 ^^^^^^ only-in-export: ZOQL has no comparison of two fields (a text stands in quotes); Export ZOQL does
                                                        ^^^^^^^^ only-in-export: ZOQL has no GROUP BY; Export ZOQL does
                                                                      ^^^^^^^^ only-in-export: ZOQL has no ORDER BY; Export ZOQL does
                                                                                    ^^^^^ only-in-export: ZOQL has no LIMIT; Export ZOQL does
    `,
  ));

const doubtful = "select Id from Account where Name like '%a%' or Name in ('a', 'b') or Balance not between 1 and 2";

test('what no source shows to work is an error in ZOQL', () =>
  check(
    doubtful,
    `
    ${doubtful}
                                           ^^^^^ like-pattern: % stands once, at the start or the end of a LIKE pattern
                                                         ^^ in-and-between: ZOQL has no IN: compare with = and join by OR
                                                                                  ^^^^^^^^^^^ in-and-between: ZOQL has no BETWEEN: use >= and <=
    `,
    'zoql',
  ));

test('and a warning in Export ZOQL', () =>
  check(
    doubtful,
    `
    ${doubtful}
                                           ^^^^^ warning like-pattern: % stands once, at the start or the end of a LIKE pattern
                                                         ^^ warning in-and-between: Export ZOQL documents no IN: compare with = and join by OR
                                                                                  ^^^^^^^^^^^ warning in-and-between: Export ZOQL documents no BETWEEN: use >= and <=
    `,
    'zoqlexport',
  ));

test('<>, nested aggregates and an unknown type', () =>
  check(
    `-- @type sql
select max(sum(Balance)), max(year(CreatedDate)) from Account where Name <> 'a'`,
    `
    -- @type sql
             ^^^ unknown-type: The type is zoql or zoqlexport
    select max(sum(Balance)), max(year(CreatedDate)) from Account where Name <> 'a'
               ^^^ nested-aggregate: sum cannot stand inside max
                                                                             ^^ not-equal-sign: Not equal is written !=
    `,
  ));

test('every code in the table is one that the library reports', () => {
  const folder = path.join('server', 'src', 'zoql');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && file !== 'problemCodes.ts')
    .map(file => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const silent = Object.keys(problemCodes).filter(code => !sources.includes(`'${code}'`));
  assert.deepEqual(silent, []);
});

test('a statement that would change something', () =>
  check(
    "update Account set Name = 'a'",
    `
    update Account set Name = 'a'
    ^^^^^^ expected-select: AQuA only reads: a statement begins with SELECT
    `,
  ));

test('nothing is calculated', () =>
  check(
    `select Balance * Mrr from Account;
select Balance + 1 from Account;
select Id from Account where Balance / 2 > 1;
select Id from Account where Balance > Mrr * 2;
select Id * from Account`,
    `
    select Balance * Mrr from Account;
                   ^ expected-comma: Neither ZOQL nor Export ZOQL calculates: there is no *
                     ^^^ expected-comma: Expected a comma between two fields
    select Balance + 1 from Account;
                   ^ unexpected-character: Neither ZOQL nor Export ZOQL calculates: there is no +
    select Id from Account where Balance / 2 > 1;
                                         ^ expected-operator: Neither ZOQL nor Export ZOQL calculates: there is no /
    select Id from Account where Balance > Mrr * 2;
                                               ^ unexpected-token: Neither ZOQL nor Export ZOQL calculates: there is no *
    select Id * from Account
              ^ expected-comma: Expected a comma between two fields
    `,
  ));

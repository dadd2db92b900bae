import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument, queryText, statementAt } from '../../server/src/zoql/index';

/** Draws a file's statements, one a line: what is sent, what ends it, and its directives. */
function statements(text: string, expected: string): void {
  const drawn = openDocument(text).statements.map(statement => {
    const directives = statement.parsed.directives.map(({ name, value }) => ` @${name}=${value}`).join('');
    return `${JSON.stringify(queryText(statement))} ${statement.ending}${directives}`;
  });
  assert.equal(drawn.join('\n'), expected.trim().replaceAll(/\n\s+/g, '\n'));
}

test('; ends a statement, the last may lack it', () =>
  statements(
    'select Id from Account; select Id from Contact ;;\n\nselect Id from Order\n',
    `
    "select Id from Account" semicolon
    "select Id from Contact" semicolon
    "select Id from Order" file
    `,
  ));

test('; in a string or a comment ends nothing', () =>
  statements(
    `select Id from Account where Name = 'a;b' -- ; no
and Notes = "c;" /* ; */ and Id = 'x\\';' or Id = 'y'';';
select Id from Contact`,
    `
    "select Id from Account where Name = 'a;b' \\nand Notes = \\"c;\\"   and Id = 'x\\\\';' or Id = 'y'';'" semicolon
    "select Id from Contact" file
    `,
  ));

test('a backslash ends an Export ZOQL string as any other character does', () => {
  statements(
    "-- @type zoqlexport\nselect Id from Account where Name = 'C:\\' and Notes = 'D;\\'; select Id from Contact",
    `
    "select Id from Account where Name = 'C:\\\\' and Notes = 'D;\\\\'" semicolon @type=zoqlexport
    "select Id from Contact" file
    `,
  );
  statements("select Id from Account where Name = 'C:\\';", `"select Id from Account where Name = 'C:\\\\'" semicolon`);
});

test('a string that is left open ends with its line', () =>
  statements(
    "select Id from Account where Name = 'a\n  and Id = null; select Id from Contact",
    `
    "select Id from Account where Name = 'a\\n  and Id = null" semicolon
    "select Id from Contact" file
    `,
  ));

test('a comment becomes one space or its line break, other white space stays', () =>
  statements(
    '-- above\nselect Id, -- the key\r\n\tName/* what\r\nit is */from  Account/**/where Id = null -- behind\n;',
    `
    "select Id, \\r\\n\\tName\\r\\nfrom  Account where Id = null" semicolon
    `,
  ));

test('directives belong to the statement below them', () =>
  statements(
    `-- @name accounts
-- @Type  ZOQL
select Id from Account;
-- an @name that is none
--@name second one
select Id from Contact;
-- @name nothing below`,
    `
    "select Id from Account" semicolon @name=accounts @type=ZOQL
    "select Id from Contact" semicolon @name=second one
    `,
  ));

test('a SELECT that begins a line ends the statement before it, comments above it included', () =>
  statements(
    `select Id
from Account -- here

-- @name b
/* and */
  SELECT Id from Contact where Id = (
  select Id from Order)`,
    `
    "select Id\\nfrom Account" select
    "SELECT Id from Contact where Id = (\\n  select Id from Order)" file @name=b
    `,
  ));

test('a file of comments has no statement', () => statements('-- @name x\n/* y */ ;; \ufeff', ''));

test('an offset belongs to the statement that holds it or ends at it', () => {
  const document = openDocument('select Id from A; select Id from B ;\n');
  const found = [0, 16, 17, 18, 35, 36].map(offset => {
    const at = statementAt(document, offset);
    return at ? `${at.start}:${at.statement.text}` : 'none';
  });
  assert.deepEqual(found, [
    '0:select Id from A',
    '0:select Id from A',
    '17: select Id from B ',
    '17: select Id from B ',
    '17: select Id from B ',
    'none',
  ]);
});

test('an edit leaves all other statements as they are', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `select F${index} from Account`);
  const before = openDocument(lines.join(';\n'));
  const after = openDocument(lines.with(20, 'select X from Y; select Z from Y').join(';\n'), before);
  const reused = after.statements.filter(statement => before.statements.includes(statement));
  assert.equal(after.statements.length, 51);
  assert.equal(reused.length, 49);
});

test('an edit parses the statement that it touches, and no other', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `select F${index} from Account`);
  const before = openDocument(lines.join(';\n'));
  const trees = new Set(before.statements.map(({ parsed }) => parsed));
  const after = openDocument(lines.with(20, 'select F20, from Account').join(';\n'), before);
  assert.equal(after.statements.filter(({ parsed }) => !trees.has(parsed)).length, 1);
});

test('old trees are let go where a file is long, and read the same when they are asked for again', () => {
  const long = `select ${'Name, '.repeat(10_000)}Id from Account`;
  const { statements } = openDocument(Array.from({ length: 9 }, () => long).join(';\n'));
  const trees = statements.map(({ parsed }) => parsed);
  assert.equal(statements.at(-1)?.parsed, trees.at(-1), 'the last one is at hand');
  assert.notEqual(statements[0]?.parsed, trees[0]);
  assert.deepEqual(statements[0]?.parsed.query, trees[0]?.query);
});

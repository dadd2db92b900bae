import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('ZOQL has backslashes', () =>
  check(
    `select Id from Thing where Name = 'it''s';
select Id from Thing where Name = 'C:\\dir';
select Id from Thing where Name = "say ""it""";
select Id from Thing where Name = 'it\\'s, \\"quoted\\", \\\\ and \\n';
select Id from Thing where Name = 'a "quoted" text'`,
    `
    select Id from Thing where Name = 'it''s';
                                         ^^ warning string-escape: ZOQL writes a quote in a text as \\'
    select Id from Thing where Name = 'C:\\dir';
                                         ^^ warning string-escape: \\d is no escape of ZOQL; a backslash itself is written \\\\
    select Id from Thing where Name = "say ""it""";
                                      ^^^^^^^^^^^^ hint double-quotes: The documentation puts values in single quotes
                                           ^^ warning string-escape: ZOQL writes a quote in a text as \\"
                                               ^^ warning string-escape: ZOQL writes a quote in a text as \\"
    `,
    'zoql',
    typed,
  ));

test('Export ZOQL doubles the quote', () =>
  check(
    `select Id from Thing where Name = 'it\\'s';
select Id from Thing where Name = 'it''s';
select Id from Thing where Name = 'C:\\dir\\';
select Id from Thing where Name = "it\\"s"`,
    `
    select Id from Thing where Name = 'it\\'s';
                                         ^^ string-escape: Export ZOQL writes a quote in a text twice: ''
    select Id from Thing where Name = "it\\"s"
                                      ^^^^^^^ hint double-quotes: The documentation puts values in single quotes
                                         ^^ string-escape: Export ZOQL writes a quote in a text twice: ""
    `,
    'zoqlexport',
    typed,
  ));

test('a declared dialect closes the text at its first quote', () =>
  check(
    `-- @type zoqlexport
select Id from Thing where Name = 'it\\'s'`,
    `
    select Id from Thing where Name = 'it\\'s'
                                         ^^ string-escape: Export ZOQL writes a quote in a text twice: ''
                                           ^ unexpected-token: Expected AND or OR before s
    `,
    'auto',
    typed,
  ));

test('doubled to backslash', () =>
  mends("select Id from Thing where Name = 'it'|'s'", "Change to \\'", "select Id from Thing where Name = 'it\\'s'", {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('a backslash itself', () =>
  mends(
    "select Id from Thing where Name = 'C:|\\dir'",
    'Change to \\\\d',
    "select Id from Thing where Name = 'C:\\\\dir'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('backslash to doubled, each of a text', () =>
  mends(
    "select Id from Thing where Name = 'it\\|'s Bob\\'s'",
    "Change to ''",
    "select Id from Thing where Name = 'it''s Bob''s'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('backslash to doubled, where the dialect is declared', () =>
  mends(
    `-- @type zoqlexport
select Id from Thing where Name = 'it\\|'s Bob\\'s' and Count = 5`,
    "Change to ''",
    `-- @type zoqlexport
select Id from Thing where Name = 'it''s Bob''s' and Count = 5`,
    { catalogue: typed, queryType: 'auto' },
  ));

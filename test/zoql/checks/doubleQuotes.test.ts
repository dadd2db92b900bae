import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('double quotes around a value', () =>
  check(
    `select Id from Thing where Name = "abc";
select Id from Thing where Name = 'abc';
select Id from Thing where Name = "say ""it"""`,
    `
    select Id from Thing where Name = "abc";
                                      ^^^^^ hint double-quotes: The documentation puts values in single quotes
    select Id from Thing where Name = "say ""it"""
                                      ^^^^^^^^^^^^ hint double-quotes: The documentation puts values in single quotes
                                           ^^ warning string-escape: ZOQL writes a quote in a text as \\"
                                               ^^ warning string-escape: ZOQL writes a quote in a text as \\"
    `,
    'zoql',
    typed,
  ));

test('not around the name of a column', () =>
  check(
    `select Id as "Key" from Thing where Name = "abc"`,
    `
    select Id as "Key" from Thing where Name = "abc"
                                               ^^^^^ hint double-quotes: The documentation puts values in single quotes
    `,
    'zoqlexport',
    typed,
  ));

test('single quotes', () =>
  mends(
    'select Id from Thing where Name = "a|bc"',
    'Change to single quotes',
    "select Id from Thing where Name = 'abc'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('with an escape of ZOQL', () =>
  mends(
    `select Id from Thing where Name = "it|'s"`,
    'Change to single quotes',
    "select Id from Thing where Name = 'it\\'s'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('with an escape of Export ZOQL', () =>
  mends(
    `select Id from Thing where Name = "it|'s ""it"""`,
    'Change to single quotes',
    `select Id from Thing where Name = 'it''s "it"'`,
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

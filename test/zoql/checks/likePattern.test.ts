import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('% once, at an end', () =>
  check(
    `select Id from Thing where Name like '%abc%';
select Id from Thing where Name like 'a%c';
select Id from Thing where Name like '%%abc';
select Id from Thing where Name like 'abc%';
select Id from Thing where Name like '%abc';
select Id from Thing where Name like '_b_%';
select Id from Thing where Name like '%'`,
    `
    select Id from Thing where Name like '%abc%';
                                         ^^^^^^^ like-pattern: % stands once, at the start or the end of a LIKE pattern
    select Id from Thing where Name like 'a%c';
                                         ^^^^^ like-pattern: % stands once, at the start or the end of a LIKE pattern
    select Id from Thing where Name like '%%abc';
                                         ^^^^^^^ like-pattern: % stands once, at the start or the end of a LIKE pattern
    `,
    'zoql',
    typed,
  ));

test('public clients send others as Export ZOQL', () =>
  check(
    `select Id from Thing where Name like 'GW%6%';
select Id from Thing where Name not like "%abc%"`,
    `
    select Id from Thing where Name like 'GW%6%';
                                         ^^^^^^^ warning like-pattern: % stands once, at the start or the end of a LIKE pattern
    select Id from Thing where Name not like "%abc%"
                                             ^^^^^^^ warning like-pattern: % stands once, at the start or the end of a LIKE pattern
                                             ^^^^^^^ hint double-quotes: The documentation puts values in single quotes
    `,
    'zoqlexport',
    typed,
  ));

test('a pattern without a wildcard', () =>
  check(
    `select Id from Thing where Name like 'abc';
select Id from Thing where Name like '';
select Id from Thing where Name like 'a_c'`,
    `
    select Id from Thing where Name like 'abc';
                                         ^^^^^ hint like-without-wildcard: Without % or _, LIKE looks for the whole text, as = does
    `,
    'zoql',
    typed,
  ));

test('what the change finds', () =>
  proposes(
    "select Id from Thing where Name like '%a|bc%'",
    ["Change to 'abc%', which looks only at the start", "Change to '%abc', which looks only at the end"],
    { catalogue: typed, queryType: 'zoql' },
  ));

test('what the change of NOT LIKE finds', () =>
  proposes(
    "select Id from Thing where Name not like '%a|bc%'",
    ["Change to 'abc%', which looks only at the start", "Change to '%abc', which looks only at the end"],
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('the start alone', () =>
  mends(
    "select Id from Thing where Name like '%a|bc%'",
    "Change to 'abc%', which looks only at the start",
    "select Id from Thing where Name like 'abc%'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('the end alone', () =>
  mends(
    "select Id from Thing where Name like '%a|bc%'",
    "Change to '%abc', which looks only at the end",
    "select Id from Thing where Name like '%abc'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('the first part', () =>
  mends(
    "select Id from Thing where Name like 'GW|%6%'",
    "Change to 'GW%', which finds more",
    "select Id from Thing where Name like 'GW%'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('the last part', () =>
  mends(
    "select Id from Thing where Name like 'a|%c'",
    "Change to '%c', which finds more",
    "select Id from Thing where Name like '%c'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('several in a row', () =>
  mends(
    "select Id from Thing where Name like '%|%abc'",
    "Change to '%abc'",
    "select Id from Thing where Name like '%abc'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('= instead', () =>
  mends("select Id from Thing where Name like 'a|bc'", 'Change to =', "select Id from Thing where Name = 'abc'", {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('!= instead', () =>
  mends("select Id from Thing where Name not like 'a|bc'", 'Change to !=', "select Id from Thing where Name != 'abc'", {
    catalogue: typed,
    queryType: 'zoqlexport',
  }));

test('a wildcard', () =>
  mends(
    "select Id from Thing where Name like 'a|bc'",
    'Add % at the end',
    "select Id from Thing where Name like 'abc%'",
    { catalogue: typed, queryType: 'zoql' },
  ));

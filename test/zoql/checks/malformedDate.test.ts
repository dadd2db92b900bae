import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('dates of other places', () =>
  check(
    `select Id from Thing where Day > '2026/08/01';
select Id from Thing where Moment > '01.08.2026 10:30';
select Id from Thing where Day > '2026-8-1';
select Id from Thing where Moment > '2026-08-01T10:30:00+1000'`,
    `
    select Id from Thing where Day > '2026/08/01';
                                     ^^^^^^^^^^^^ malformed-date: A date is written like 2026-08-31
    select Id from Thing where Moment > '01.08.2026 10:30';
                                        ^^^^^^^^^^^^^^^^^^ malformed-date: A datetime is written like 2026-08-31T10:30:00+00:00
    select Id from Thing where Day > '2026-8-1';
                                     ^^^^^^^^^^ malformed-date: A date is written like 2026-08-31
    select Id from Thing where Moment > '2026-08-01T10:30:00+1000'
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ hint malformed-date: The documentation writes an offset with a colon: +00:00
    `,
    'zoqlexport',
    typed,
  ));

test('no such day, no such time', () =>
  check(
    `select Id from Thing where Day > '2026-02-30';
select Id from Thing where Day > '2026-13-01';
select Id from Thing where Moment > '2026-08-01T25:00:00';
select Id from Thing where Moment > 2026-02-30T00:00:00`,
    `
    select Id from Thing where Day > '2026-02-30';
                                     ^^^^^^^^^^^^ malformed-date: No calendar has 2026-02-30
    select Id from Thing where Day > '2026-13-01';
                                     ^^^^^^^^^^^^ malformed-date: No calendar has 2026-13-01
    select Id from Thing where Moment > '2026-08-01T25:00:00';
                                        ^^^^^^^^^^^^^^^^^^^^^ malformed-date: No clock shows this time
    select Id from Thing where Moment > 2026-02-30T00:00:00
                                        ^^^^^^^^^^^^^^^^^^^ malformed-date: No calendar has 2026-02-30
    `,
    'zoql',
    typed,
  ));

test('a text, and a field of unknown type, can hold anything', () =>
  check(
    `select Id from Thing where Name = '2026/08/01';
select Id from Thing where Vague = '2026/08/01';
select Id from Thing where Some__c = '2026-02-30'`,
    `
    select Id from Thing where Some__c = '2026-02-30'
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoqlexport',
    typed,
  ));

test('what is right', () =>
  check(
    `select Id from Thing where Day = '2026-08-01';
select Id from Thing where Day = '2008-09-12Z';
select Id from Thing where Moment > '2026-08-01T10:30';
select Id from Thing where Moment > '2026-08-01T10:30:00.5-05:00'`,
    '',
    'zoqlexport',
    typed,
  ));

test('slashes', () =>
  mends(
    "select Id from Thing where Day > '2026/08|/01'",
    "Change to '2026-08-01'",
    "select Id from Thing where Day > '2026-08-01'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('the day first', () =>
  mends(
    "select Id from Thing where Moment > '1.8|.2026 9:05'",
    "Change to '2026-08-01T09:05:00+00:00'",
    "select Id from Thing where Moment > '2026-08-01T09:05:00+00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a colon for the offset', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01|T10:30:00+1000'",
    "Change to '2026-08-01T10:30:00+10:00'",
    "select Id from Thing where Moment > '2026-08-01T10:30:00+10:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('the last day of the month', () =>
  mends(
    "select Id from Thing where Day > '2026-02|-30'",
    "Change to '2026-02-28'",
    "select Id from Thing where Day > '2026-02-28'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a datetime for a datetime, in ZOQL', () =>
  mends(
    "select Id from Thing where Moment >= '2026/08|/01'",
    "Change to '2026-08-01T00:00:00+00:00'",
    "select Id from Thing where Moment >= '2026-08-01T00:00:00+00:00'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('two readings', () =>
  proposes("select Id from Thing where Day > '01/08|/2026'", ["Change to '2026-08-01'", "Change to '2026-01-08'"], {
    catalogue: typed,
    queryType: 'zoqlexport',
  }));

test('no month 13', () =>
  proposes("select Id from Thing where Day > '2026-13|-01'", [], { catalogue: typed, queryType: 'zoql' }));

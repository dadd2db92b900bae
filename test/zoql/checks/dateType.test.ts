import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('ZOQL compares like with like', () =>
  check(
    `select Id from Thing where Day = '2026-08-01T00:00:00Z';
select Id from Thing where Moment > '2026-08-01';
select Id from Thing where Moment > 2026-08-01;
select Id from Thing where Due__c = '2026-08-01T00:00:00';
select Id from Thing where Day = '2026-08-01';
select Id from Thing where Moment > '2026-08-01T00:00:00';
select Id from Thing where Vague > '2026-08-01T00:00:00'`,
    `
    select Id from Thing where Day = '2026-08-01T00:00:00Z';
                                     ^^^^^^^^^^^^^^^^^^^^^^ warning date-type: Day is a date; from WSDL 69 on ZOQL refuses a time here
    select Id from Thing where Moment > '2026-08-01';
                                        ^^^^^^^^^^^^ warning date-type: Moment is a datetime; from WSDL 69 on ZOQL refuses a date without a time here
    select Id from Thing where Moment > 2026-08-01;
                                        ^^^^^^^^^^ warning date-type: Moment is a datetime; from WSDL 69 on ZOQL refuses a date without a time here
    select Id from Thing where Due__c = '2026-08-01T00:00:00';
                                        ^^^^^^^^^^^^^^^^^^^^^ warning date-type: Due__c is a date; from WSDL 69 on ZOQL refuses a time here
    `,
    'zoql',
    typed,
  ));

test('Export ZOQL takes both', () =>
  check(
    `select Id from Thing where Day = '2026-08-01T00:00:00Z';
select Id from Thing where Moment = '2026-08-01'`,
    '',
    'zoqlexport',
    typed,
  ));

test('midnight goes', () =>
  mends(
    "select Id from Thing where Day = '2026-08-01|T00:00:00Z'",
    "Change to '2026-08-01'",
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a time goes', () =>
  mends(
    "select Id from Thing where Day = '2026-08-01|T10:30:00'",
    "Change to '2026-08-01', without the time",
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('midnight comes', () =>
  mends(
    "select Id from Thing where Moment >= '2026-08|-01'",
    "Change to '2026-08-01T00:00:00+00:00'",
    "select Id from Thing where Moment >= '2026-08-01T00:00:00+00:00'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a day is all its moments', () =>
  mends(
    "select Id from Thing where Moment = '2026-12|-31' or Name = 'a'",
    'Take the whole day',
    "select Id from Thing where Moment >= '2026-12-31T00:00:00+00:00' and Moment < '2027-01-01T00:00:00+00:00' or Name = 'a'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('behind NOT the day is no range', () =>
  proposes(
    "select Id from Thing where not Moment = '2026-12|-31'",
    ["Change to '2026-12-31T00:00:00+00:00'", "Change to '2026-12-31T00:00:00', in the time zone of the tenant"],
    { catalogue: typed, queryType: 'zoql' },
  ));

test('an end is included or not', () =>
  proposes(
    "select Id from Thing where Moment <= '2026-12|-31'",
    ["Change to '2026-12-31T00:00:00+00:00'", "Change to '2026-12-31T00:00:00', in the time zone of the tenant"],
    { catalogue: typed, queryType: 'zoql' },
  ));

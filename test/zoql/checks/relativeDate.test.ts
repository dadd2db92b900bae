import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('words that Export ZOQL does not have', () =>
  check(
    `select Id from Thing where Moment > 'yesterday';
select Id from Thing where Moment > 'now-1d';
select Id from Thing where Day > 'today - 3 dayz';
select Id from Thing where Day > 'today - 30';
select Id from Thing where Day > 'today-30 days'`,
    `
    select Id from Thing where Moment > 'yesterday';
                                        ^^^^^^^^^^^ relative-date: A relative date is now or today, and what is added or taken away, such as today - 30 days
    select Id from Thing where Moment > 'now-1d';
                                        ^^^^^^^^ relative-date: A relative date is now or today, and what is added or taken away, such as today - 30 days
    select Id from Thing where Day > 'today - 3 dayz';
                                     ^^^^^^^^^^^^^^^^ relative-date: A relative date is now or today, and what is added or taken away, such as today - 30 days
    select Id from Thing where Day > 'today - 30';
                                     ^^^^^^^^^^^^ relative-date: A relative date is now or today, and what is added or taken away, such as today - 30 days
    select Id from Thing where Day > 'today-30 days'
                                     ^^^^^^^^^^^^^^^ hint relative-date: The documentation writes a relative date with single spaces, such as today - 30 days
    `,
    'zoqlexport',
    typed,
  ));

test('what is right', () =>
  check(
    `select Id from Thing where Moment > 'today';
select Id from Thing where Moment > 'now - 1 day';
select Id from Thing where Day > 'Today + 2 WEEKS (-08:00)';
select Id from Thing where Day > 'today - 30 days (Los Angeles)';
select Id from Thing where Name = 'yesterday';
select Id from Thing where Vague = 'yesterday'`,
    '',
    'zoqlexport',
    typed,
  ));

test('ZOQL has none', () =>
  check(
    `select Id from Thing where Moment > 'now - 1 day';
select Id from Thing where Day = 'today';
select Id from Thing where Some__c > 'today - 1 day';
select Id from Thing where Some__c = 'today';
select Id from Thing where Name = 'today - 1 day'`,
    `
    select Id from Thing where Moment > 'now - 1 day';
                                        ^^^^^^^^^^^^^ only-in-export: ZOQL has no relative dates; Export ZOQL does
    select Id from Thing where Day = 'today';
                                     ^^^^^^^ only-in-export: ZOQL has no relative dates; Export ZOQL does
    select Id from Thing where Some__c > 'today - 1 day';
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
                                         ^^^^^^^^^^^^^^^ only-in-export: ZOQL has no relative dates; Export ZOQL does
    select Id from Thing where Some__c = 'today';
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoql',
    typed,
  ));

test('a relative date asks for Export ZOQL', () =>
  check(`select Id from Thing where Moment > 'now - 1 day' and Day > '2026-08-01T00:00:00'`, '', 'auto', typed));

test('yesterday', () =>
  mends(
    "select Id from Thing where Moment > 'yester|day'",
    "Change to 'today - 1 day'",
    "select Id from Thing where Moment > 'today - 1 day'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a short unit', () =>
  mends(
    "select Id from Thing where Moment > 'now-1|d'",
    "Change to 'now - 1 day'",
    "select Id from Thing where Moment > 'now - 1 day'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a misspelled unit', () =>
  mends(
    "select Id from Thing where Day > 'today - 3| dayz (+02:00)'",
    "Change to 'today - 3 days (+02:00)'",
    "select Id from Thing where Day > 'today - 3 days (+02:00)'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('spaces', () =>
  mends(
    "select Id from Thing where Day > 'today|-30 days'",
    "Change to 'today - 30 days'",
    "select Id from Thing where Day > 'today - 30 days'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('the other dialect', () =>
  mends(
    "select Id from Thing where Day > 'today| - 30 days'",
    'Declare as Export ZOQL',
    `-- @type zoqlexport
select Id from Thing where Day > 'today - 30 days'`,
    { catalogue: typed, queryType: 'zoql' },
  ));

test('thirty of what', () =>
  proposes("select Id from Thing where Day > 'today| - 30'", [], { catalogue: typed, queryType: 'zoqlexport' }));

import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('a text for a number, and so on', () =>
  check(
    `select Id from Thing where Count = 'five';
select Id from Thing where Price = true;
select Id from Thing where Active = 'yes';
select Id from Thing where Active = 2;
select Id from Thing where Day = 'Monday';
select Id from Thing where Moment > 5;
select Id from Thing where Moment > true;
select Id from Thing where Name = 5;
select Id from Thing where Id = 5;
select Id from Thing where State = true;
select Id from Thing where Name = 2026-08-01`,
    `
    select Id from Thing where Count = 'five';
                                       ^^^^^^ warning value-type: Count is a number, which this is not
    select Id from Thing where Price = true;
                                       ^^^^ warning value-type: Price is a number, which this is not
    select Id from Thing where Active = 'yes';
                                        ^^^^^ warning value-type: Active is true or false, without quotes
    select Id from Thing where Active = 2;
                                        ^ warning value-type: Active is true or false, without quotes
    select Id from Thing where Day = 'Monday';
                                     ^^^^^^^^ warning value-type: Day is a date, which this is not
    select Id from Thing where Moment > 5;
                                        ^ warning value-type: Moment is a datetime, which this is not
    select Id from Thing where Moment > true;
                                        ^^^^ warning value-type: Moment is a datetime, which this is not
    select Id from Thing where Name = 5;
                                      ^ warning value-type: Name is a text, which stands in quotes
    select Id from Thing where Id = 5;
                                    ^ warning value-type: Id is an ID, which stands in quotes
    select Id from Thing where State = true;
                                       ^^^^ warning value-type: State is a text, which stands in quotes
    select Id from Thing where Name = 2026-08-01
                                      ^^^^^^^^^^ warning value-type: Name is a text, which stands in quotes
    `,
    'zoql',
    typed,
  ));

test('in Export ZOQL, also of functions', () =>
  check(
    `select Id from Thing where Count in ('five', 6, null);
select Id from Thing where year(Moment) = 'last';
select Id from Thing where date(Moment) = 2017;
select Id from Thing where Name = 5;
select Id from Thing where Name = 2026-08-01`,
    `
    select Id from Thing where Count in ('five', 6, null);
                                     ^^ warning in-and-between: Export ZOQL documents no IN: compare with = and join by OR
                                         ^^^^^^ warning value-type: Count is a number, which this is not
    select Id from Thing where year(Moment) = 'last';
                               ^^^^ hint function-in-where: The documentation allows no YEAR in WHERE; it is seen in use
                                              ^^^^^^ warning value-type: year(Moment) is a number, which this is not
    select Id from Thing where date(Moment) = 2017;
                               ^^^^ hint function-in-where: The documentation allows no DATE in WHERE; it is seen in use
                                              ^^^^ warning value-type: date(Moment) is a date, which this is not
    select Id from Thing where Name = 5;
                                      ^ information value-type: Name is a text, which stands in quotes
    select Id from Thing where Name = 2026-08-01
                                      ^^^^^^^^^^ warning unquoted-date: In Export ZOQL a date stands in quotes
    `,
    'zoqlexport',
    typed,
  ));

test('silent where no source says the type', () =>
  check(
    `select Id from Thing where Vague = 5;
select Id from Thing where Vague = 'Monday';
select Id from Thing where Some__c = 5;
select Id from Thing where 1 = 'a'`,
    `
    select Id from Thing where Some__c = 5;
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoql',
    typed,
  ));

test('what fits', () =>
  check(
    `select Id from Thing where Count = -5;
select Id from Thing where Price = 1.5;
select Id from Thing where Active = true;
select Id from Thing where Name = 'five';
select Id from Thing where Name = null;
select Id from Thing where Price = null;
select Id from Thing where Id = '5';
select Id from Thing where State = 'Draft'`,
    '',
    'zoql',
    typed,
  ));

test('quotes around a number', () =>
  mends(
    'select Id from Thing where Name = 5| and Active = true',
    "Change to '5'",
    "select Id from Thing where Name = '5' and Active = true",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('quotes around a boolean', () =>
  mends('select Id from Thing where Name = tr|ue', "Change to 'true'", "select Id from Thing where Name = 'true'", {
    catalogue: typed,
    queryType: 'zoqlexport',
  }));

test('yes', () =>
  mends("select Id from Thing where Active = 'y|es'", 'Change to true', 'select Id from Thing where Active = true', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('nought', () =>
  mends('select Id from Thing where Active = 0|', 'Change to false', 'select Id from Thing where Active = false', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('digits of a date', () =>
  mends(
    'select Id from Thing where Day = 2026|0801',
    "Change to '2026-08-01'",
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a number in words', () =>
  proposes("select Id from Thing where Count = 'fi|ve'", [], { catalogue: typed, queryType: 'zoql' }));

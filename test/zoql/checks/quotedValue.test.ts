import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('ZOQL writes numbers and booleans without quotes', () =>
  check(
    `select Id from Thing where Count = '5';
select Id from Thing where Price > '-1.50';
select Id from Thing where Active = 'TRUE';
select Id from Thing where Name = 'null'`,
    `
    select Id from Thing where Count = '5';
                                       ^^^ warning quoted-value: In ZOQL a number stands without quotes
    select Id from Thing where Price > '-1.50';
                                       ^^^^^^^ warning quoted-value: In ZOQL a number stands without quotes
    select Id from Thing where Active = 'TRUE';
                                        ^^^^^^ warning quoted-value: In ZOQL a boolean stands without quotes
    select Id from Thing where Name = 'null'
                                      ^^^^^^ hint quoted-value: In quotes this is the text null; no value is null without quotes
    `,
    'zoql',
    typed,
  ));

test('Export ZOQL takes numbers in quotes', () =>
  check(
    `select Id from Thing where Count = '5';
select Id from Thing where year(Moment) = '2017';
select Id from Thing where Active = 'true';
select Id from Thing where Day = 'null'`,
    `
    select Id from Thing where year(Moment) = '2017';
                               ^^^^ hint function-in-where: The documentation allows no YEAR in WHERE; it is seen in use
    select Id from Thing where Active = 'true';
                                        ^^^^^^ hint quoted-value: In Export ZOQL a boolean stands without quotes
    select Id from Thing where Day = 'null'
                                     ^^^^^^ hint quoted-value: In quotes this is the text null; no value is null without quotes
    `,
    'zoqlexport',
    typed,
  ));

test('a text and a field of unknown type can hold them', () =>
  check(
    `select Id from Thing where Name = '5';
select Id from Thing where Name = 'true';
select Id from Thing where Some__c = '5';
select Id from Thing where State = 'Draft'`,
    `
    select Id from Thing where Some__c = '5';
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoql',
    typed,
  ));

test('a number', () =>
  mends(
    "select Id from Thing where Count = '5|' and Active = true",
    'Change to 5',
    'select Id from Thing where Count = 5 and Active = true',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a boolean', () =>
  mends("select Id from Thing where Active = 'TRU|E'", 'Change to true', 'select Id from Thing where Active = true', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('a boolean, in Export ZOQL', () =>
  mends(
    "select Id from Thing where Active = 'fal|se'",
    'Change to false',
    'select Id from Thing where Active = false',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('null', () =>
  mends("select Id from Thing where Price = 'nu|ll'", 'Change to null', 'select Id from Thing where Price = null', {
    catalogue: typed,
    queryType: 'zoql',
  }));

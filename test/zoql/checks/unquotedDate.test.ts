import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('in Export ZOQL dates stand in quotes', () =>
  check(
    `select Id from Thing where Day > 2026-08-01;
select Id from Thing where Moment > 2026-08-01T00:00:00Z;
select Id from Thing where Some__c > 2026-08-01`,
    `
    select Id from Thing where Day > 2026-08-01;
                                     ^^^^^^^^^^ warning unquoted-date: In Export ZOQL a date stands in quotes
    select Id from Thing where Moment > 2026-08-01T00:00:00Z;
                                        ^^^^^^^^^^^^^^^^^^^^ warning unquoted-date: In Export ZOQL a date stands in quotes
    select Id from Thing where Some__c > 2026-08-01
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
                                         ^^^^^^^^^^ warning unquoted-date: In Export ZOQL a date stands in quotes
    `,
    'zoqlexport',
    typed,
  ));

test('in ZOQL they can stand without', () => check(`select Id from Thing where Day > 2026-08-01`, '', 'zoql', typed));

test('quotes around it', () =>
  mends(
    'select Id from Thing where Moment > 2026|-08-01T00:00:00',
    'Put it in quotes',
    "select Id from Thing where Moment > '2026-08-01T00:00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('null has no order', () =>
  check(
    `select Id from Thing where Count > null;
select Id from Thing where Name like null;
select Id from Thing where Day not like null;
select Id from Thing where Name = null and Count != null`,
    `
    select Id from Thing where Count > null;
                                     ^ warning null-operator: null is compared with = or !=
    select Id from Thing where Name like null;
                                    ^^^^ warning null-operator: null is compared with = or !=
    select Id from Thing where Day not like null;
                                   ^^^^^^^^ warning null-operator: null is compared with = or !=
    `,
    'zoqlexport',
    typed,
  ));

test('custom dates in ZOQL', () =>
  check(
    `select Id from Thing where Due__c = null;
select Id from Thing where Due__c != null;
select Id from Thing where Day = null;
select Id from Thing where Some__c = null`,
    `
    select Id from Thing where Due__c = null;
                                        ^^^^ null-on-date: Due__c is a custom date, which ZOQL cannot compare with null; Export ZOQL can
    select Id from Thing where Due__c != null;
                                         ^^^^ null-on-date: Due__c is a custom date, which ZOQL cannot compare with null; Export ZOQL can
    select Id from Thing where Some__c = null
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoql',
    typed,
  ));

test('custom dates in Export ZOQL', () => check(`select Id from Thing where Due__c = null`, '', 'zoqlexport', typed));

test('LIKE', () =>
  mends('select Id from Thing where Name li|ke null', 'Change to = null', 'select Id from Thing where Name = null', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('NOT LIKE', () =>
  mends(
    'select Id from Thing where Name not li|ke null',
    'Change to != null',
    'select Id from Thing where Name != null',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('an order', () =>
  mends('select Id from Thing where Count >| null', 'Change to != null', 'select Id from Thing where Count != null', {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('the dialect that can', () =>
  mends(
    'select Id from Thing where Due__c = nu|ll',
    'Declare as Export ZOQL',
    `-- @type zoqlexport
select Id from Thing where Due__c = null`,
    { catalogue: typed, queryType: 'zoql' },
  ));

test('which of the two', () =>
  proposes('select Id from Thing where Count >=| null', ['Change to = null', 'Change to != null'], {
    catalogue: typed,
    queryType: 'zoql',
  }));

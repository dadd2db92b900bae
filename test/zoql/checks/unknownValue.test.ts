import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('a value that is not in the list', () =>
  check(
    `select Id from Thing where State = 'active';
select Id from Thing where State = 'Activ';
select Id from Thing where State != 'Nonsense';
select Id from Thing where State in ('Draft', 'On Hold')`,
    `
    select Id from Thing where State = 'active';
                                       ^^^^^^^^ warning unknown-value: Values are case-sensitive; State has Active
    select Id from Thing where State = 'Activ';
                                       ^^^^^^^ warning unknown-value: State has no value Activ by the known facts: Draft, Active, On_Hold
    select Id from Thing where State != 'Nonsense';
                                        ^^^^^^^^^^ warning unknown-value: State has no value Nonsense by the known facts: Draft, Active, On_Hold
    select Id from Thing where State in ('Draft', 'On Hold')
                                     ^^ in-and-between: ZOQL has no IN: compare with = and join by OR
                                                  ^^^^^^^^^ hint unknown-value: State has no value On Hold by the known facts: Draft, Active, On_Hold
    `,
    'zoql',
    typed,
  ));

test('Export ZOQL can have other ones', () =>
  check(
    `select Id from Thing where State = 'Nonsense';
select Id from Thing where State = 'active'`,
    `
    select Id from Thing where State = 'Nonsense';
                                       ^^^^^^^^^^ hint unknown-value: State has no value Nonsense by the known facts: Draft, Active, On_Hold
    select Id from Thing where State = 'active'
                                       ^^^^^^^^ warning unknown-value: Values are case-sensitive; State has Active
    `,
    'zoqlexport',
    typed,
  ));

test('what is known, and what no list is for', () =>
  check(
    `select Id from Thing where State = 'On_Hold';
select Id from Thing where State = '';
select Id from Thing where State like 'act%';
select Id from Thing where Name = 'active';
select Id from Thing where Some__c = 'active'`,
    `
    select Id from Thing where Some__c = 'active'
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoql',
    typed,
  ));

test('upper and lower case', () =>
  mends(
    "select Id from Thing where State = 'act|ive'",
    "Change to 'Active'",
    "select Id from Thing where State = 'Active'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('the nearest', () =>
  mends(
    "select Id from Thing where State = 'Act|iv'",
    "Change to 'Active'",
    "select Id from Thing where State = 'Active'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('what other sources spell otherwise is mended only by hand', () =>
  proposes("select Id from Thing where State = 'On| Hold'", ["Change to 'On_Hold'"], {
    catalogue: typed,
    queryType: 'zoql',
  }));

test('in the quotes that are there', () =>
  mends(
    'select Id from Thing where State = "act|ive"',
    'Change to "Active"',
    'select Id from Thing where State = "Active"',
    { catalogue: typed, queryType: 'zoql' },
  ));

test('nothing is near', () =>
  proposes("select Id from Thing where State = 'Non|sense'", [], { catalogue: typed, queryType: 'zoql' }));

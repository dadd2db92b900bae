import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends } from '../mends';
import { check } from '../problems';

test('a datetime in WHERE that is not UpdatedDate', () =>
  check(
    `select Id from Account where CreatedDate > '2026-01-01';
select Id from Account where CreatedDate > '2026-01-01' and UpdatedDate > '2026-01-01';
select Id from Account where Id = 'x' and CreatedDate > '2026-01-01';
select Id from Invoice where DueDate > '2026-01-01'`,
    `
    select Id from Account where CreatedDate > '2026-01-01';
                                 ^^^^^^^^^^^ hint updated-date: Only UpdatedDate is indexed in every object; a filter on CreatedDate can read all of Account
    `,
    'zoqlexport',
    bundled,
  ));

test('a condition on another object, but on its key', () =>
  check(
    `select Id from Order where Account.Name = 'x' and Account.Status = 'Draft';
select Id from Order where Account.Id = 'x'`,
    `
    select Id from Order where Account.Name = 'x' and Account.Status = 'Draft';
                               ^^^^^^^^^^^^ hint join-in-filter: A condition on a field of another object is slow; one on a field of Order is not
    `,
  ));

test('fields of three other objects', () =>
  check(
    `select Id, Account.Name, Account.Id, Subscription.Name, ProductRatePlan.Name, ProductRatePlan.Description from RatePlan;
select Account.Name, Account.Status, BillToContact.Country from Invoice`,
    `
    select Id, Account.Name, Account.Id, Subscription.Name, ProductRatePlan.Name, ProductRatePlan.Description from RatePlan;
                                                            ^^^^^^^^^^^^^^^^^^^^ hint many-joins: Three or more joined objects are slow; one query for each of them, with the Ids, is faster
    `,
    'auto',
    bundled,
  ));

test('!= leaves out the rows without a value', () =>
  check(
    `select Id from Account where Name != 'a' and Status != 'Draft';
select Id from Account where Name != 'a' or Name = null;
select Id from Account where Name != null and AutoPay != true and Id != 'x'`,
    `
    select Id from Account where Name != 'a' and Status != 'Draft';
                                      ^^ hint not-equal-drops-null: Rows without a Name are left out, too; or Name = null takes them in
    `,
    'zoqlexport',
  ));

test('* leaves out the keys', () =>
  check(
    `select * from Account;
select *, BillToContact.Id from Account;
select *, BillToContact.* from Account`,
    `
    select * from Account;
           ^ hint star-lacks-keys: * leaves out the keys of other objects, such as BillToContact.Id
    `,
    'zoqlexport',
  ));

test('ZOQL leaves out removed rate plans', () =>
  check(
    `select Id from RatePlan where SubscriptionId != null;
select Id from RatePlan where AmendmentType != null;
select Id from RatePlan where Id = 'x'`,
    `
    select Id from RatePlan where SubscriptionId != null;
                   ^^^^^^^^ information removed-rate-plans: ZOQL leaves out removed rate plans; with AmendmentType = null or AmendmentType != null they come
    `,
    'zoql',
    bundled,
  ));

test('no advice for what cannot be read', () =>
  check(
    "select * from Account where Name != 'a' and",
    `
    select * from Account where Name != 'a' and
                                            ^^^ expected-condition: Expected a condition
    `,
    'zoqlexport',
  ));

test('rows without a value come in', () =>
  mends(
    "select Id from Account where Name |!= 'a'",
    'Take in the rows without a Name',
    "select Id from Account where Name != 'a' or Name = null",
    { queryType: 'zoqlexport' },
  ));

test('in parentheses beside another condition', () =>
  mends(
    "select Id from Account where Balance > 5 and Name |!= 'a'",
    'Take in the rows without a Name',
    "select Id from Account where Balance > 5 and (Name != 'a' or Name = null)",
    { queryType: 'zoqlexport' },
  ));

test('a key is added', () =>
  mends('select |* from Account', 'Add BillToContact.Id', 'select *, BillToContact.Id from Account', {
    queryType: 'zoqlexport',
  }));

test('all keys are added', () =>
  mends(
    'select |*, Id from Invoice',
    'Add all 3 keys',
    'select *, Account.Id, BillToContact.Id, SoldToContact.Id, Id from Invoice',
    { queryType: 'zoqlexport', catalogue: bundled },
  ));

test('removed rate plans come in', () =>
  mends(
    'select Id from Rate|Plan',
    'Take in the removed rate plans',
    'select Id from RatePlan where AmendmentType = null or AmendmentType != null',
    { queryType: 'zoql', catalogue: bundled },
  ));

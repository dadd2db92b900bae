import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a field that a function cannot take', () => {
  check(
    'select sum(Name), avg(AutoPay), SUM(Id) from Account',
    `
    select sum(Name), avg(AutoPay), SUM(Id) from Account
               ^^^^ warning function-argument: sum takes a number; Name is a text
                          ^^^^^^^ warning function-argument: avg takes a number; AutoPay is true or false
                                        ^^ warning function-argument: SUM takes a number; Id is an ID
    `,
  );
  check(
    'select year(Balance), month(BillToContact.Country) from Account',
    `
    select year(Balance), month(BillToContact.Country) from Account
                ^^^^^^^ warning function-argument: year takes a date; Balance is a number
                                ^^^^^^^^^^^^^^^^^^^^^ warning function-argument: month takes a date; Country is a text
    `,
  );
});

test('what fits, and what nobody knows', () => {
  check('select sum(Balance), max(CreatedDate), min(Name), count(Id), count(*) from Account', '');
  check('select year(CreatedDate), quarter(CreatedDate) from Account', '');
  check(
    'select sum(Segment), max(Nope__c) from Account',
    `
    select sum(Segment), max(Nope__c) from Account
                             ^^^^^^^ hint unchecked-field: Nope__c is a custom field; whether Account has it differs from tenant to tenant
    `,
  );
});

test('more than one thing, a star or a constant', () =>
  check(
    'select sum(Balance, Mrr), max(*), count(1), min(5) from Account',
    `
    select sum(Balance, Mrr), max(*), count(1), min(5) from Account
                        ^^^ warning function-argument: sum takes one field
                                  ^ warning function-argument: max takes a field, not *
                                            ^ warning function-argument: count takes a field or *
                                                    ^ warning function-argument: min takes a field
    `,
  ));

test('rows are counted by *', () =>
  mends('select count(1|) from Account', 'Change to *', 'select count(*) from Account'));

test('DISTINCT of whole rows', () =>
  check(
    'select count(distinct *) from Account',
    `
    select count(distinct *) from Account
                          ^ warning function-argument: DISTINCT takes a field, not *
    `,
  ));

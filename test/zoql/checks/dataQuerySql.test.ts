import { test } from 'node:test';
import { mends, withholds } from '../mends';
import { check } from '../problems';

test('JOIN is marked once, with its error', () =>
  check(
    "select o.Id, a.Name from Order o left join Account a on a.Id = o.AccountId where a.Name = upper('x') and b.c = 1",
    `
    select o.Id, a.Name from Order o left join Account a on a.Id = o.AccountId where a.Name = upper('x') and b.c = 1
                                   ^ unexpected-token: Expected WHERE or another clause after the object, not o
                                   ^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  ));

test('an alias of the object that is used', () =>
  check(
    'select a.Id from Account as a',
    `
    select a.Id from Account as a
                             ^^ unexpected-token: Expected WHERE or another clause after the object, not as
                                ^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  ));

test('functions and columns that only Data Query has', () =>
  check(
    `select Id from Account where deleted = false;
select Id from Account where CreatedDate > date_add('day', -1, current_date);
select coalesce(Name, Status) from Account`,
    `
    select Id from Account where deleted = false;
                                 ^^^^^^^^^^^^^^^ warning data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select Id from Account where CreatedDate > date_add('day', -1, current_date);
                                               ^^^^^^^^ warning data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select coalesce(Name, Status) from Account
           ^^^^^^^^ warning data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  ));

test('words of SQL', () =>
  check(
    `with x as (select Id from Account) select Id from x;
select Id from Account union all select Id from Contact;
select case when Balance > 0 then 1 end from Account;
select Balance::int from Account;
select Id from (select Id from Account);
select Id from Account where CreatedDate > Mrr - interval '1' day`,
    `
    with x as (select Id from Account) select Id from x;
    ^^^^ expected-select: A statement begins with SELECT
    ^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select Id from Account union all select Id from Contact;
                           ^^^^^ unexpected-token: Expected WHERE or another clause after the object, not union
                           ^^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select case when Balance > 0 then 1 end from Account;
           ^^^^^^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
                ^^^^ expected-comma: Expected a comma between two fields
    select Balance::int from Account;
                  ^ unexpected-character: : has no meaning here
                  ^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    select Id from (select Id from Account);
              ^^^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
                   ^ expected-object: Expected an object after FROM
    select Id from Account where CreatedDate > Mrr - interval '1' day
                                                   ^ unexpected-character: Neither ZOQL nor Export ZOQL calculates: there is no -
                                                     ^^^^^^^^^^^^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  ));

test('fields that have such names are fields', () =>
  check(
    'select Left, Full, Case, Union, Show from Order',
    `
    select Left, Full, Case, Union, Show from Order
           ^^^^ warning unknown-field: Order has no field Left
                 ^^^^ warning unknown-field: Order has no field Full
                       ^^^^ warning unknown-field: Order has no field Case
                             ^^^^^ warning unknown-field: Order has no field Union
                                    ^^^^ warning unknown-field: Order has no field Show
    `,
    'zoqlexport',
  ));

test('joined tables become paths', () =>
  mends(
    "select o.Id, a.Name from Order |o left join Account a on a.Id = o.AccountId where a.Name = 'x'",
    'Write the joins as paths',
    "select Id, Account.Name from Order where Account.Name = 'x'",
  ));

test('an alias goes', () =>
  mends("select a.Id from Account |a where a.Name = 'x'", 'Drop the alias', "select Id from Account where Name = 'x'"));

test("what SQL calls the present is a relative date of Export ZOQL's", () => {
  mends(
    'select Id from Account where CreatedDate > no|w()',
    "Change to 'now'",
    "select Id from Account where CreatedDate > 'now'",
  );
  mends(
    'select Id from Order where OrderDate > Now|() and OrderDate != current_date',
    "Change to 'today', and the like",
    "select Id from Order where OrderDate > 'today' and OrderDate != 'today'",
  );
  mends(
    'select Id from Account where CreatedDate > current_timest|amp',
    "Change to 'now'",
    "select Id from Account where CreatedDate > 'now'",
  );
  mends(
    'select Id from Account where CreatedDate > sys|date',
    "Change to 'now'",
    "select Id from Account where CreatedDate > 'now'",
  );
  withholds('-- @type zoql\nselect Id from Account where CreatedDate > current_da|te', 'Change to');
  withholds('select Id from Account where Name = current_da|te', 'Change to');
});

test('sysdate is of another SQL', () =>
  check(
    'select Id from Account where CreatedDate > sysdate',
    `
    select Id from Account where CreatedDate > sysdate
                                               ^^^^^^^ warning data-query-sql: This looks like SQL, which AQuA does not take
    `,
  ));

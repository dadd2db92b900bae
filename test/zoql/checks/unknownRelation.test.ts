import { test } from 'node:test';
import { bundled, catalogueOf, object } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

const real = { catalogue: bundled };

test('a path over something that the object is not joined to', () =>
  check(
    'select *, NoSuchRelation.Id, Other.*, Account.BillToContact.Nothing.Id from Order',
    `
    select *, NoSuchRelation.Id, Other.*, Account.BillToContact.Nothing.Id from Order
              ^^^^^^^^^^^^^^ warning unknown-relation: Order is joined to no NoSuchRelation
                                 ^^^^^ warning unknown-relation: Order is joined to no Other
                                                                ^^^^^^^ warning unknown-relation: Contact is joined to no Nothing
    `,
  ));

test('an object that is joined the other way round', () =>
  check(
    'select Order.State from Account',
    `
    select Order.State from Account
           ^^^^^ warning unknown-relation: Account is joined to no Order; Order is joined to Account, so begin there
    `,
  ));

test('where no join is known, it is only told of', () =>
  check(
    'select Account.Id from Lonely',
    `
    select Account.Id from Lonely
           ^^^^^^^ information unknown-relation: Lonely is joined to no Account
    `,
    'auto',
    catalogueOf([object('Lonely', 'export', ['Id id'], {})]),
  ));

test('a path in ZOQL has one message', () =>
  check(
    '-- @type zoql\nselect NoSuchRelation.Id from Account',
    `
    select NoSuchRelation.Id from Account
           ^^^^^^^^^^^^^^^^^ only-in-export: ZOQL has no paths to other objects; Export ZOQL does
    `,
  ));

test('another name for the object is what the parser speaks of', () => {
  check(
    'select a.Name from Account a',
    `
    select a.Name from Account a
                               ^ unexpected-token: Expected WHERE or another clause after the object, not a
                               ^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  );
  check(
    'select a.Name from Account AS a',
    `
    select a.Name from Account AS a
                               ^^ unexpected-token: Expected WHERE or another clause after the object, not AS
                                  ^ information data-query-sql: This looks like Data Query SQL, which AQuA does not take
    `,
  );
});

test('the nearest relation is a fix', () => {
  mends('select BillTo|.Country from Account', 'Change to BillToContact', 'select BillToContact.Country from Account');
  mends('select BilToContact|.* from Account', 'Change to BillToContact', 'select BillToContact.* from Account');
  mends(
    'select BillToId|.Country from Account',
    'Change to BillToContact',
    'select BillToContact.Country from Account',
  );
  mends('select Acount|.Name from Account', 'Change to Account', 'select Account.Name from Account');
  mends('select AccountId|.Name from Invoice', 'Change to Account', 'select Account.Name from Invoice', real);
});

test('it is changed wherever the query has it', () =>
  mends(
    'select BillTo|.Country, BillTo.* from Account order by billto.FirstName',
    'Change to BillToContact',
    'select BillToContact.Country, BillToContact.* from Account order by BillToContact.FirstName',
  ));

test('one that leads to the field is offered before one that does not', () =>
  proposes('select Contact|.Country from Account', ['Change to BillToContact', 'Change to SoldToContact'], real));

test('nothing far off is offered', () => proposes('select Elephant|.Id from Order', []));

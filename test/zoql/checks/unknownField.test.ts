import { test } from 'node:test';
import { bundled, catalogueOf, object } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

const real = { catalogue: bundled };

test('a field that the object has not', () => {
  check(
    'select Id, Naem from Account',
    `
    select Id, Naem from Account
               ^^^^ warning unknown-field: Account has no field Naem
    `,
  );
  check('select ID, nAME from account', '');
});

test('it is found wherever a field can stand', () =>
  check(
    `select max(Nope1) from Order
group by Nope2
having Nope3 = 1
order by Account.Nope4`,
    `
    select max(Nope1) from Order
               ^^^^^ warning unknown-field: Order has no field Nope1
    group by Nope2
             ^^^^^ warning unknown-field: Order has no field Nope2
    having Nope3 = 1
           ^^^^^ not-grouped: Nope3 stands neither in GROUP BY nor in an aggregate
           ^^^^^ warning unknown-field: Order has no field Nope3
    order by Account.Nope4
             ^^^^^^^^^^^^^ not-grouped: Account.Nope4 stands neither in GROUP BY nor in an aggregate
                     ^^^^^ warning unknown-field: Account has no field Nope4
    `,
  ));

test('a field whose name is guessed is not faulted', () => check('select Segment from Account', ''));

test('where not all fields are known, a missing one is only told of', () =>
  check(
    'select Nope from Part',
    `
    select Nope from Part
           ^^^^ information unknown-field: Part is not known to have a field Nope; its list of fields is not complete
    `,
    'auto',
    catalogueOf([object('Part', 'zoql export incomplete', ['Id id'], {})]),
  ));

test('a custom field cannot be known', () => {
  check(
    'select Region__c, Quote__QT from Account',
    `
    select Region__c, Quote__QT from Account
           ^^^^^^^^^ hint unchecked-field: Region__c is a custom field; whether Account has it differs from tenant to tenant
                      ^^^^^^^^^ hint unchecked-field: Quote__QT is a custom field; whether Account has it differs from tenant to tenant
    `,
  );
  check('select Type__c from Amendment', '');
});

test('the nearest field is a fix', () => {
  mends('select Naem| from Account', 'Change to Name', 'select Name from Account');
  mends('select Account.Blance| from Account', 'Change to Balance', 'select Account.Balance from Account');
  mends('select account_number| from Account', 'Change to AccountNumber', 'select AccountNumber from Account', real);
  mends('select InvoiceNum| from Invoice', 'Change to InvoiceNumber', 'select InvoiceNumber from Invoice', real);
  mends('select AccountName| from Account', 'Change to Name', 'select Name from Account', real);
  mends('select AccountId| from Account', 'Change to Id', 'select Id from Account', real);
});

test('the name is changed wherever the query has it', () =>
  mends(
    'select Naem|, count(Id) from Account group by naem order by Naem',
    'Change to Name',
    'select Name, count(Id) from Account group by Name order by Name',
  ));

test('a foreign key is written as the dialect writes it', () => {
  mends('select BillTo| from Account', 'Change to BillToId', 'select BillToId from Account');
  mends('select *, BillTo| from Account', 'Change to BillToContact.Id', 'select *, BillToContact.Id from Account');
});

test('several that are as near are offered without a preference, three at most', () =>
  proposes('select Date| from Invoice', ['Change to CreatedDate', 'Change to DueDate', 'Change to InvoiceDate'], real));

test('nothing is offered that is far off, guessed, or wrong there', () => {
  proposes('select Elephant| from Account', []);
  proposes('select Segmen| from Account', []);
  proposes('-- @type zoql\nselect Mr| from Account', []);
  proposes('select Name, Naem| from Account', []);
});

test('a field of a joined object', () => {
  proposes('select AccountNumber| from Invoice', ['* Change to Account.AccountNumber'], real);
  proposes(
    'select City| from Account',
    ['Change to BillToContact.City', 'Change to DefaultPaymentMethod.City', 'Change to SoldToContact.City'],
    real,
  );
  mends('select *, AccountName| from Invoice', 'Change to Account.Name', 'select *, Account.Name from Invoice', real);
  proposes('-- @type zoql\nselect AccountNumber| from Invoice', [], real);
  proposes('select AccountId, AccountNumber| from Invoice', [], real);
});

test('the words of a name become the name', () => {
  mends(
    'select Account| Number, Id from Account',
    'Change to AccountNumber',
    'select AccountNumber, Id from Account',
    real,
  );
  mends('select Id, Bill To Contact| from Account', 'Change to BillToId', 'select Id, BillToId from Account', real);
  mends(
    'select *, Bill| To from Account',
    'Change to BillToContact.Id',
    'select *, BillToContact.Id from Account',
    real,
  );
});

test('a text without its quotes', () => {
  check(
    '-- @type zoqlexport\nselect Id from Account where Status = Active',
    `
    select Id from Account where Status = Active
                                          ^^^^^^ warning unknown-field: Account has no field Active
    `,
  );
  mends(
    'select * from Account where Status = Active|',
    'Put Active in quotes',
    "select * from Account where Status = 'Active'",
  );
});

test('the name of a column is not faulted twice', () =>
  check(
    'select Name as N from Account order by N',
    `
    select Name as N from Account order by N
                                           ^ column-name: N is only a column name; ORDER BY takes Name itself
    `,
  ));

test('a field of another object that the name does not speak of is no sure guess', () => {
  proposes('select EffectiveDate| from Subscription', ['Change to SubscriptionVersionAmendment.EffectiveDate'], real);
  proposes('select InvoiceNumber| from InvoiceItem', ['* Change to Invoice.InvoiceNumber'], real);
});

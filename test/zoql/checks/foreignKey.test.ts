import { test } from 'node:test';
import { bundled, catalogueOf, object } from '../catalogues';
import { mends } from '../mends';
import { check } from '../problems';

test('a foreign key in Export ZOQL', () => {
  check(
    '-- @type zoqlexport\nselect BillToId from Account',
    `
    select BillToId from Account
           ^^^^^^^^ warning foreign-key: Export ZOQL has no BillToId; it is BillToContact.Id
    `,
  );
  check('select BillToId from Account', '');
});

test('it becomes a path wherever the query has it', () => {
  mends(
    'select *, Account.BillToId| from Account',
    'Change to BillToContact.Id',
    'select *, Account.BillToContact.Id from Account',
  );
  mends(
    'select AccountId|, count(Id) from Invoice group by accountid',
    'Change to Account.Id',
    'select Account.Id, count(Id) from Invoice group by Account.Id',
    { catalogue: bundled },
  );
});

test('the path becomes a foreign key in ZOQL', () =>
  mends(
    '-- @type zoql\nselect BillToContact.Id| from Account',
    'Change to BillToId',
    '-- @type zoql\nselect BillToId from Account',
  ));

test('a foreign key that is exported is not faulted', () =>
  check('-- @type zoqlexport\nselect Id, AccountId from Contact', '', 'auto', bundled));

test('a path that no source shows is only told of', () =>
  check(
    'select *, OwnerId from Car',
    `
    select *, OwnerId from Car
              ^^^^^^^ information foreign-key: Export ZOQL has no OwnerId; it is Owner.Id
    `,
    'auto',
    catalogueOf([object('Car', 'zoql export', ['Id id', 'OwnerId id zoql path=Owner.Id'], { Owner: 'Car assumed' })]),
  ));

import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

const options = { catalogue: bundled };

test('an object that Zuora is not known to have', () => {
  check(
    'select Id from accountsX',
    `
    select Id from accountsX
                   ^^^^^^^^^ warning unknown-object: There is no object accountsX
    `,
    'auto',
    bundled,
  );
  check('select Id from aCCOUNT', '', 'auto', bundled);
});

test('its fields are not faulted as well', () =>
  check(
    'select Nonsense, No.Such.Thing from NoSuchObject',
    `
    select Nonsense, No.Such.Thing from NoSuchObject
                                        ^^^^^^^^^^^^ warning unknown-object: There is no object NoSuchObject
    `,
    'auto',
    bundled,
  ));

test('the nearest object is a fix', () => {
  mends('select Id from accountsX|', 'Change to Account', 'select Id from Account', options);
  mends('select Id from accounts|', 'Change to Account', 'select Id from Account', options);
  mends('select Id from bill_run|', 'Change to BillRun', 'select Id from BillRun', options);
  mends('select Id from Credit| Memo', 'Change to CreditMemo', 'select Id from CreditMemo', options);
});

test('a name far from every object has no fix', () => {
  proposes('select Id from Elephant|', [], options);
  proposes('select Id from NoSuchObject|', [], options);
});

test('only objects of a declared dialect are offered', () => {
  proposes('-- @type zoql\nselect Id from CreditMemos|', [], options);
  proposes('-- @type zoqlexport\nselect Id from CreditMemos|', ['* Change to CreditMemo'], options);
});

test('a fix shows what was wrong behind it', () =>
  proposes('select Id, Naem from Acount|', ['* Change to Account'], options));

test('a table of Data Query', () => {
  check(
    'select Id from orders',
    `
    select Id from orders
                   ^^^^^^ warning unknown-object: orders is a table of Data Query; here it is Order
    `,
    'auto',
    bundled,
  );
  mends('select Id from orders|', 'Change to Order', 'select Id from Order', options);
});

test('what AQuA does not serve', () => {
  check(
    'select Id from chargemetrics',
    `
    select Id from chargemetrics
                   ^^^^^^^^^^^^^ object-not-in-aqua: AQuA does not serve ChargeMetrics
    `,
  );
  check(
    'select Id from default__truck',
    `
    select Id from default__truck
                   ^^^^^^^^^^^^^^ warning object-not-in-aqua: default__truck is a custom object, which AQuA does not serve
    `,
  );
});

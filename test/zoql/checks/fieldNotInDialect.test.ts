import { test } from 'node:test';
import { bundled, catalogueOf, object } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('a field of Export ZOQL in ZOQL', () => {
  check(
    '-- @type zoql\nselect Id, Mrr from Account',
    `
    select Id, Mrr from Account
               ^^^ warning field-not-in-dialect: ZOQL has no Mrr; Export ZOQL does
    `,
  );
  check('select Id, Mrr from Account', '');
});

test('it can be declared as the other type where nothing else is wrong then', () => {
  mends(
    '-- @type zoql\nselect Id, Mrr| from Account',
    'Declare as Export ZOQL',
    '-- @type zoqlexport\nselect Id, Mrr from Account',
  );
  proposes('-- @type zoql\nselect BillToId, Mrr| from Account', []);
});

test('a field of ZOQL in Export ZOQL', () =>
  check(
    'select RatePlanCharge.RolloverBalance from RatePlanCharge',
    `
    select RatePlanCharge.RolloverBalance from RatePlanCharge
                          ^^^^^^^^^^^^^^^ warning field-not-in-dialect: Export ZOQL has no RolloverBalance; ZOQL does
    `,
    'auto',
    bundled,
  ));

test('a field that ZOQL only filters by', () => {
  const text = 'select Id, InvoiceNumber from Usage';
  check(
    text,
    `
    select Id, InvoiceNumber from Usage
               ^^^^^^^^^^^^^ warning field-not-in-dialect: ZOQL takes InvoiceNumber in WHERE only
    `,
    'auto',
    bundled,
  );
  check("select Id from Usage where InvoiceNumber = 'INV1'", '', 'auto', bundled);
});

test('what no source says is not faulted', () => {
  check('select State from Order', '');
  check(
    'select Id, Color from Car',
    '',
    'auto',
    catalogueOf([object('Car', 'zoql', ['Id id', 'Color string guessed'], {})]),
  );
});

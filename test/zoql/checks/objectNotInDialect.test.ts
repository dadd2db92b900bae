import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('an object of Export ZOQL in ZOQL', () => {
  check(
    '-- @type zoql\nselect Id from Order',
    `
    select Id from Order
                   ^^^^^ warning object-not-in-dialect: ZOQL has no Order; Export ZOQL does
    `,
  );
  check('select Id from Order', '');
});

test('it can be declared as the other type, with what that shows', () => {
  mends('-- @type zoql\nselect Id from Order|', 'Declare as Export ZOQL', '-- @type zoqlexport\nselect Id from Order');
  mends('select Id from Order|', 'Declare as Export ZOQL', '-- @type zoqlexport\nselect Id from Order', {
    queryType: 'zoql',
  });
  proposes('-- @type zoql\nselect AccountId from CreditMemo|', ['Declare as Export ZOQL'], { catalogue: bundled });
});

test('an object of ZOQL in Export ZOQL', () =>
  check(
    'select * from BillingPreviewRun',
    `
    select * from BillingPreviewRun
                  ^^^^^^^^^^^^^^^^^ warning object-not-in-dialect: Export ZOQL has no BillingPreviewRun; ZOQL does
    `,
    'auto',
    bundled,
  ));

test('an object with exported fields is not faulted: sources disagree', () =>
  check('-- @type zoqlexport\nselect Id, Name from Amendment', '', 'auto', bundled));

test('an object of neither is told of', () => {
  check(
    'select Id from JournalRun',
    `
    select Id from JournalRun
                   ^^^^^^^^^^ information object-not-in-dialect: No source says that AQuA serves JournalRun
    `,
    'auto',
    bundled,
  );
  proposes('select Id from JournalRun|', [], { catalogue: bundled });
});

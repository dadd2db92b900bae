import { test } from 'node:test';
import { bundled } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

const real = (text: string, expected: string): void => check(text, expected, 'auto', bundled);

test('of some fields ZOQL selects one only', () => {
  real(
    'select Id, discountpercentage, Price from ProductRatePlanChargeTier',
    `
    select Id, discountpercentage, Price from ProductRatePlanChargeTier
                                   ^^^^^ warning restricted-field: ZOQL selects only one of Price, DiscountAmount, DiscountPercentage
    `,
  );
  real('select Id, Price from ProductRatePlanChargeTier', '');
  real('-- @type zoqlexport\nselect Price, DiscountAmount, DiscountPercentage from RatePlanChargeTier', '');
});

test('a field that is too many can be removed', () => {
  mends(
    'select Price, DiscountAmount|, IncludedUnits from RatePlanCharge',
    'Remove DiscountAmount',
    'select Price, IncludedUnits from RatePlanCharge',
    { catalogue: bundled },
  );
  proposes('select Body| from Invoice', [], { catalogue: bundled });
});

test('a field of one record only', () => {
  const drawn = `
    select Body from Invoice
           ^^^^ warning restricted-field: ZOQL selects Body only of one record: where Id = '…'
    `;
  real('select Body from Invoice', drawn);
  real("select Body from Invoice\nwhere Id = 'a' or Id = 'b'", drawn);
  real("select Body from Invoice\nwhere AccountId = 'a'", drawn);
  real("select Body from Invoice where Id = 'a'", '');
  real("select Body from Invoice where AccountId = 'b' and id = 'a'", '');
});

test('a field that only filters', () => {
  real(
    'select Id, BillRunId from Invoice',
    `
    select Id, BillRunId from Invoice
               ^^^^^^^^^ warning restricted-field: ZOQL takes BillRunId in WHERE only
    `,
  );
  real("select Id from Invoice where BillRunId = 'a'", '');
});

test('a field that stands alone', () => {
  real(
    'select Id, RolloverBalance from RatePlanCharge',
    `
    select Id, RolloverBalance from RatePlanCharge
               ^^^^^^^^^^^^^^^ warning restricted-field: ZOQL selects RolloverBalance only alone
    `,
  );
  real('select RolloverBalance from RatePlanCharge', '');
});

test('a filter that ZOQL adds by itself is no fault', () =>
  real("select Id, AmendmentType from RatePlan where SubscriptionId = 'a'", ''));

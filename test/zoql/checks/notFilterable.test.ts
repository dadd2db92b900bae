import { test } from 'node:test';
import { bundled } from '../catalogues';
import { check } from '../problems';

test('a long text in WHERE of ZOQL', () => {
  check(
    "select Id from Account where Notes = 'abc'",
    `
    select Id from Account where Notes = 'abc'
                                 ^^^^^ warning textarea-in-where: ZOQL cannot filter by Notes, a long text
    `,
    'auto',
    bundled,
  );
  check("select Notes from Account where Id = '1'", '', 'auto', bundled);
  check("-- @type zoqlexport\nselect Id from Account where Notes like 'a%'", '', 'auto', bundled);
});

test('a field that the documentation does not list as a filter', () => {
  check(
    "select Notes from Account where Notes = 'abc'",
    `
    select Notes from Account where Notes = 'abc'
                                    ^^^^^ hint not-filterable: The documentation does not list Notes as a filter in ZOQL
    `,
  );
  check("select Notes from Account where Id = 'a' or Name = 'b'", '');
});

test('an object for which it lists no filter at all says nothing', () =>
  check("select Id from ProductDiscountApplyDetail where ProductRatePlanChargeId = '1'", '', 'auto', bundled));

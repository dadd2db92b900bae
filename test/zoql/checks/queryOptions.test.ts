import { test } from 'node:test';
import { queryOptions } from '../../../server/src/zoql/queryOptions';
import { parse } from '../../../server/src/zoql/syntax/parser';
import assert from 'node:assert/strict';
import { bundled, catalogueOf, object } from '../catalogues';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('options are read as AQuA takes them', () => {
  reads('-- @apiVersion 91.0', 'apiVersion 91.0');
  reads('--@APIVERSION 145.0', 'apiVersion 145.0');
  reads('-- @convertToCurrencies EUR, GBP ,JPY', 'convertToCurrencies EUR,GBP,JPY');
  reads('-- @deleted column=Gone format=Boolean', 'deleted {"column":"Gone","format":"Boolean"}');
  reads(
    '-- @deleted forceExport=true  FORMAT=Numeric column=Gone',
    'deleted {"column":"Gone","format":"Numeric","forceExport":true}',
  );
  reads('-- @apiVersion 91\n-- @convertToCurrencies eur\n-- @deleted column=Gone', '');
  reads('-- @apiVersion 69.0\n-- @apiVersion 78.0', 'apiVersion 78.0');
});

test('a version has two or three digits and .0', () => {
  check(
    `-- @apiVersion 91
select Id from Account;
-- @apiVersion latest
select Id from Account;
-- @apiVersion
select Id from Account`,
    `
    -- @apiVersion 91
                   ^^ malformed-directive: The version is a number such as 91.0
    -- @apiVersion latest
                   ^^^^^^ malformed-directive: The version is a number such as 91.0
    -- @apiVersion
       ^^^^^^^^^^^ malformed-directive: The version is a number such as 91.0
    `,
  );
  mends('-- @apiVersion v|91\nselect Id from Account', 'Change to 91.0', '-- @apiVersion 91.0\nselect Id from Account');
  proposes('-- @apiVersion la|test\nselect Id from Account', []);
});

test('currencies are codes with commas between them', () => {
  check(
    `-- @convertToCurrencies EUR GBP
select Id from Account;
-- @convertToCurrencies EUR, eux
select Id from Account;
-- @convertToCurrencies EUX
select Id from Account;
-- @convertToCurrencies
select Id from Account`,
    `
    -- @convertToCurrencies EUR GBP
                            ^^^^^^^ malformed-directive: The currencies are codes of three capital letters with commas between them, such as EUR,GBP
    -- @convertToCurrencies EUR, eux
                            ^^^^^^^^ malformed-directive: The currencies are codes of three capital letters with commas between them, such as EUR,GBP
    -- @convertToCurrencies EUX
                            ^^^ warning unknown-currency: EUX is no currency that is in use
    -- @convertToCurrencies
       ^^^^^^^^^^^^^^^^^^^^ malformed-directive: The currencies are codes of three capital letters with commas between them, such as EUR,GBP
    `,
  );
  mends(
    '-- @convertToCurrencies eur; g|bp\nselect Id from Account',
    'Change to EUR,GBP',
    '-- @convertToCurrencies EUR,GBP\nselect Id from Account',
  );
  mends(
    '-- @convertToCurrencies GBP, EU|T\nselect Id from Account',
    'Change to EUR (Euro)',
    '-- @convertToCurrencies GBP, EUR\nselect Id from Account',
  );
  proposes('-- @convertToCurrencies Eu|ro\nselect Id from Account', []);
});

test('converting needs version 78.0', () => {
  check(
    `-- @apiVersion 69.0
-- @convertToCurrencies EUR
select Id from Account;
-- @apiVersion 78.0
-- @convertToCurrencies EUR
select Id from Account;
-- @apiVersion 69.0
select Id from Account`,
    `
    -- @apiVersion 69.0
                   ^^^^ version-too-old: Currencies are converted from version 78.0 on
    `,
  );
  const before = '-- @apiVersion 6|9.0\n-- @convertToCurrencies EUR\nselect Id from Account';
  proposes(before, ['* Change to 78.0', 'Remove it']);
  mends(before, 'Change to 78.0', '-- @apiVersion 78.0\n-- @convertToCurrencies EUR\nselect Id from Account');
  mends(before, 'Remove it', '-- @convertToCurrencies EUR\nselect Id from Account');
});

test('a deleted column has a name and a format', () => {
  check(
    `-- @deleted
select Id from Account;
-- @deleted column=Gone
select Id from Account;
-- @deleted column=Gone format=boolean forceExport=yes
select Id from Account;
-- @deleted colum=Gone format=Numeric column= column=Gone
select Id from Account`,
    `
    -- @deleted
       ^^^^^^^^ malformed-directive: @deleted needs column= and format=
    -- @deleted column=Gone
       ^^^^^^^^ malformed-directive: @deleted needs format=
    -- @deleted column=Gone format=boolean forceExport=yes
                            ^^^^^^^^^^^^^^ malformed-directive: format is Boolean or Numeric, with a capital letter
                                           ^^^^^^^^^^^^^^^ malformed-directive: forceExport is true, or left out
    -- @deleted colum=Gone format=Numeric column= column=Gone
                ^^^^^^^^^^ malformed-directive: @deleted takes column, format, forceExport
                                          ^^^^^^^ malformed-directive: column names the column, without spaces and quotes
                                                  ^^^^^^^^^^^ malformed-directive: column is there twice
    `,
  );
});

test('each fault of a deleted column can be mended', () => {
  const mend = (marked: string, title: string, expected: string) =>
    mends(`-- @deleted${marked}\nselect Id from Account`, title, `-- @deleted${expected}\nselect Id from Account`);
  mends(
    '-- @dele|ted\nselect Id from Account',
    'Insert column=Deleted format=Boolean',
    '-- @deleted column=Deleted format=Boolean\nselect Id from Account',
  );
  mends(
    '-- @dele|ted column=Gone\nselect Id from Account',
    'Insert format=Boolean',
    '-- @deleted column=Gone format=Boolean\nselect Id from Account',
  );
  mend(' column=Gone format=bo|olean', 'Change to format=Boolean', ' column=Gone format=Boolean');
  mend(' column=Gone format=num|ber', 'Change to format=Numeric', ' column=Gone format=Numeric');
  mend(' column=Gone for|mat', 'Change to format=Boolean', ' column=Gone format=Boolean');
  mend(
    ' column=Gone format=Boolean forceE|xport',
    'Change to forceExport=true',
    ' column=Gone format=Boolean forceExport=true',
  );
  mend(' column=Gone format=Boolean forceE|xport=no', 'Remove it', ' column=Gone format=Boolean');
  mend(' colu|m=Gone format=Boolean', 'Change to column', ' column=Gone format=Boolean');
  mend(' column=Gone format=Boolean wh|y=not', 'Remove it', ' column=Gone format=Boolean');
  mend(' column=Gone format=Boolean col|umn=Else', 'Remove it', ' column=Gone format=Boolean');
  mend(':col|umn=Gone column=Gone format=Boolean', 'Remove it', ' column=Gone format=Boolean');
});

test('objects whose deleted rows AQuA cannot export', () => {
  const catalogue = catalogueOf([object('Charge', 'zoql without deleted', ['Id id'], {})]);
  const text = '-- @deleted column=Gone format=Boolean\nselect Id from Charge';
  check(
    text,
    `
    -- @deleted column=Gone format=Boolean
       ^^^^^^^^ no-deleted-rows: AQuA cannot export deleted rows of Charge
    `,
    'auto',
    catalogue,
  );
  mends(text.replace('del', 'del|'), 'Remove it', 'select Id from Charge', { catalogue });
  check(
    '-- @deleted column=Gone format=Boolean\nselect Id from AccountingPeriod;\n-- @deleted column=Gone format=Boolean\nselect Id from Account',
    `
    -- @deleted column=Gone format=Boolean
       ^^^^^^^^ no-deleted-rows: AQuA cannot export deleted rows of AccountingPeriod
    `,
    'auto',
    bundled,
  );
});

test('an option that stands twice', () => {
  check(
    `-- @deleted column=Gone format=Boolean
-- @apiVersion x
-- @deleted column=Left format=Boolean
-- @ApiVersion 91.0
select Id from Account`,
    `
    -- @deleted column=Gone format=Boolean
       ^^^^^^^^ hint repeated-directive: The last @deleted of a query counts, not this one
    -- @apiVersion x
       ^^^^^^^^^^^ hint repeated-directive: The last @apiVersion of a query counts, not this one
    `,
  );
  check(
    '-- @apiVesion 91.0\nselect Id from Account',
    `
    -- @apiVesion 91.0
       ^^^^^^^^^^ hint unknown-directive: There is no @apivesion; perhaps @apiVersion is meant
    `,
  );
  mends(
    '-- @apiVes|ion 91.0\nselect Id from Account',
    'Change to @apiVersion',
    '-- @apiVersion 91.0\nselect Id from Account',
  );
});

/** Asserts what is read of the directives above a query, one a line; what cannot be read is left out. */
function reads(directives: string, expected: string): void {
  const { faults, ...options } = queryOptions(parse(`${directives}\nselect Id from Account`));
  const drawn = Object.entries(options).map(([name, { value }]) =>
    [name, typeof value === 'string' ? value : JSON.stringify(value)].join(' '),
  );
  assert.equal(drawn.join('\n'), expected, faults.map(({ message }) => message).join('\n'));
}

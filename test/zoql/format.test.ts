/** The formatter's style, rule by rule. What holds for every text is in formatInvariant.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyEdits,
  defaultFormatOptions,
  format,
  formatOnType,
  formatRange,
  openDocument,
  type FormatOptions,
} from '../../server/src/zoql/index';
import { assertKept, formatted } from './formatted';
import { withCursor } from './helpers';

test('a short query stays on its line, with one space where one belongs', () =>
  formats(
    `SELECT   Id,Name ,count( distinct  Account . Id )FROM Account WHERE Status='Active'AND Balance>=-1  ;`,
    `
select Id, Name, count(distinct Account.Id) from Account where Status = 'Active' and Balance >= -1;
`,
  ));

test('a query on several lines gets a line for each clause', () =>
  formats(
    `select Status, count(*) as "How Many" from Invoice
     where Balance > 0 group by Status having count(*) > 1 order by Status desc, Name limit 20,10`,
    `
select Status, count(*) as "How Many"
from Invoice
where Balance > 0
group by Status
having count(*) > 1
order by Status desc, Name
limit 20, 10
`,
  ));

test('a query too long for its line is broken by clauses first', () =>
  formats(
    `select Id, AccountNumber from Account where Status = 'Active' order by Name`,
    `
select Id, AccountNumber
from Account
where Status = 'Active'
order by Name
`,
    { maxLineLength: 40 },
  ));

test('a list too long for its line stands one field a line', () =>
  formats(
    `select Id, AccountNumber, BillToContact.Country as "Country" from Account group by Id, AccountNumber, BillToContact.Country`,
    `
select
  Id,
  AccountNumber,
  BillToContact.Country as "Country"
from Account
group by
  Id,
  AccountNumber,
  BillToContact.Country
`,
    { maxLineLength: 40 },
  ));

test('the limit counts the ; and nothing behind it', () => {
  const query = `select Id from Account where Id = 'a';`;
  formats(query, `\n${query}\n`, { maxLineLength: query.length });
  formats(query, `\nselect Id\nfrom Account\nwhere Id = 'a';\n`, { maxLineLength: query.length - 1 });
  formats(`${query} -- why`, `\n${query} -- why\n`, { maxLineLength: query.length });
});

test('conditions too long for their line stand behind their operators', () =>
  formats(
    `select Id from Subscription where UpdatedDate >= '2026-08-01T00:00:00+10:00' and UpdatedDate <= '2026-08-20T00:00:00+10:00' order by UpdatedDate`,
    `
select Id
from Subscription
where UpdatedDate >= '2026-08-01T00:00:00+10:00'
  and UpdatedDate <= '2026-08-20T00:00:00+10:00'
order by UpdatedDate
`,
    { maxLineLength: 80 },
  ));

test('AND binds tighter than OR, and looks so', () =>
  formats(
    `select Id from Account where Name = 'a' or Name = 'b' and Batch = 'Batch1' or Name = 'c' and Batch = 'Batch2' and Status = 'Active'`,
    `
select Id
from Account
where Name = 'a'
  or Name = 'b' and Batch = 'Batch1'
  or Name = 'c'
    and Batch = 'Batch2'
    and Status = 'Active'
`,
    { maxLineLength: 40 },
  ));

test('what is in broken parentheses has lines of its own', () =>
  formats(
    `select Id from A where ( Status = 'Active' or Status = 'Cancelled' ) and not (Name = 'Discount' or Name = 'Rebate') and Id in ('a','b')`,
    `
select Id
from A
where (
    Status = 'Active'
    or Status = 'Cancelled'
  )
  and not (
    Name = 'Discount'
    or Name = 'Rebate'
  )
  and Id in ('a', 'b')
`,
    { maxLineLength: 40 },
  ));

test('parentheses around all conditions, and a long list of IN', () => {
  formats(
    `select Id from A where (Status = 'Active' or Status = 'Cancelled')`,
    `
select Id
from A
where (
  Status = 'Active'
  or Status = 'Cancelled'
)
`,
    { maxLineLength: 40 },
  );
  formats(
    `select Id from A where Status not in ('Active', 'Cancelled', 'Draft')`,
    `
select Id
from A
where Status not in (
  'Active',
  'Cancelled',
  'Draft'
)
`,
    { maxLineLength: 30 },
  );
});

test('a list that a person has broken stays broken', () =>
  formats(
    `select
       Id, Name
     from Account group by
       Id, Name`,
    `
select
  Id,
  Name
from Account
group by
  Id,
  Name
`,
  ));

test('a chain that a person has broken stays broken, operators first', () =>
  formats(
    `select Id from A where Status = 'x' and
       (Name = 'a'
       or Name = 'b') and Balance > 0`,
    `
select Id
from A
where Status = 'x'
  and (
    Name = 'a'
    or Name = 'b'
  )
  and Balance > 0
`,
  ));

test('any other line break goes', () =>
  formats(
    `select Id, Name,
       Balance from Account where Status
       = 'x' order by
         Name`,
    `
select Id, Name, Balance
from Account
where Status = 'x'
order by Name
`,
  ));

test('a blank line between fields or conditions stays, one of them', () =>
  formats(
    `select

       Id,


       Name,
       Balance

     from Account
     where Id = 'a'

       and Name = 'b'`,
    `
select
  Id,

  Name,
  Balance
from Account
where Id = 'a'

  and Name = 'b'
`,
  ));

test('keywords follow the option, names and values do not', () => {
  const query = `Select Sum(Amount) As Total From Order Where Name = NULL And Id Is Not Null Order By Name Desc`;
  formats(query, `\nselect Sum(Amount) as Total from Order where Name = null and Id is not null order by Name desc\n`);
  formats(query, `\nSELECT Sum(Amount) AS Total FROM Order WHERE Name = NULL AND Id IS NOT NULL ORDER BY Name DESC\n`, {
    keywordCase: 'upper',
  });
  formats(query, `\n${query}\n`, { keywordCase: 'preserve' });
});

test('a keyword that is a name is a name', () =>
  formats(
    `SELECT Order.Id, Limit.Name AS Asc FROM Order ORDER BY Order.Id`,
    `
select Order.Id, Limit.Name as Asc from Order order by Order.Id
`,
  ));

test('comments on lines of their own stay above what they are about', () =>
  formats(
    `-- the file

      -- @name Open
      /* for
           finance */
    select
    -- who
    Name,
          -- how much

    Balance
    -- where from
    from Invoice
    -- which
    where Balance > 0
    -- and not these
    and Id != 'a'`,
    `
-- the file

-- @name Open
/* for
           finance */
select
  -- who
  Name,
  -- how much

  Balance
-- where from
from Invoice
-- which
where Balance > 0
  -- and not these
  and Id != 'a'
`,
  ));

test('a field or condition that is taken out stays among the others', () =>
  formats(
    `select
    Name,
    Balance
    -- , Amount
from Invoice
where Balance > 0
   -- and Amount > 0
;`,
    `
select
  Name,
  Balance
  -- , Amount
from Invoice
where Balance > 0
  -- and Amount > 0
;
`,
  ));

test('directives keep every character of their own', () =>
  formats(
    `   -- @deleted   column=Gone  format=Boolean
  --@apiVersion 91.0
-- @convertToCurrencies EUR , GBP
SELECT Id FROM Account`,
    `
-- @deleted   column=Gone  format=Boolean
--@apiVersion 91.0
-- @convertToCurrencies EUR , GBP
select Id from Account
`,
  ));

test('comments at the end of a line stay there', () =>
  formats(
    `select Id, -- key   
       Name -- as printed
     from Invoice -- posted ones
     where Balance > 0 -- open
       and -- but
       Amount = -- exactly
       3; -- done`,
    `
select
  Id, -- key
  Name -- as printed
from Invoice -- posted ones
where Balance > 0 -- open
  and -- but
    Amount = -- exactly
    3; -- done
`,
  ));

test('behind a comment, conditions are measured and indented from where they stand', () => {
  formats(
    `select Id from A where -- these\n Name in ('a', 'b')`,
    `
select Id
from A
where -- these
  Name in ('a', 'b')
`,
    { maxLineLength: 20 },
  );
  formats(
    `select Id from A where -- these\n Name in ('a', 'b')`,
    `
select Id
from A
where -- these
  Name in (
    'a',
    'b'
  )
`,
    { maxLineLength: 19 },
  );
});

test('a comma goes before the line comments that hide it', () =>
  formats(
    `select Id -- key
          , Name -- as printed
          -- in the currency of the account
          , Balance
     from Invoice`,
    `
select
  Id, -- key
  Name, -- as printed
  -- in the currency of the account
  Balance
from Invoice
`,
  ));

test('a block comment stands on the line of the query that it begins', () =>
  formats(
    `/* one */select Id from A; /* two
three */   select Id from B`,
    `
/* one */ select Id from A;
/* two
three */ select Id from B
`,
  ));

test('block comments stay between their neighbors', () => {
  formats(
    `select/* a */Id/* b */,/* c */count(/* d */Id)/* e */from Invoice/* f */;`,
    `
select /* a */ Id /* b */, /* c */ count(/* d */ Id) /* e */ from Invoice /* f */;
`,
  );
  formats(
    `select /* a */ Id /* b */, /* c */ Name /* d */
     from Invoice where Id = 'a' /* e */ and Name = 'b' /* f */
     or /* g */ Name = 'c'`,
    `
select
  /* a */ Id /* b */,
  /* c */ Name /* d */
from Invoice
where Id = 'a' /* e */
    and Name = 'b' /* f */
  or /* g */ Name = 'c'
`,
    { maxLineLength: 24 },
  );
});

test('statements begin lines; blank lines between them are kept, one of each', () =>
  formats(
    `

select Id from A ; select Id from B;
select Id from C;



-- @name D
select Id from D
;`,
    `
select Id from A;
select Id from B;
select Id from C;

-- @name D
select Id from D;
`,
  ));

test('a query without its ; keeps its line break', () =>
  formats(
    `select Id from A -- one


  -- two
  select Id from B`,
    `
select Id from A -- one

-- two
select Id from B
`,
  ));

test('comments below the last statement are the end of the file', () =>
  formats(
    `select Id from A;   -- one



      -- two
  /* three */

`,
    `
select Id from A; -- one

-- two
/* three */
`,
  ));

test('a statement with a mistake is left as it is, and its neighbors are not', () =>
  formats(
    `SELECT  Id FROM A;
  SELECT  Id , FROM  B ;
SELECT  'open FROM C ;
; SELECT  Id FROM D`,
    `
select Id from A;
  SELECT  Id , FROM  B ;
SELECT  'open FROM C ;
;
select Id from D
`,
  ));

test('an unclosed comment is left as it is', () => {
  unchanged(`SELECT  Id FROM A  /* open `);
  assert.equal(formatted(`SELECT  Id FROM A  ; /* open `), `select Id from A; /* open `);
});

test('a string that is read by the rest of its line is left on it', () =>
  unchanged(`select  Id  from A where Name = 'C:\\'  and Id = "b"\n`));

test('a path that begins with SELECT never begins a line', () => unchanged(`select Id , Select.Name\nfrom A\n`));

test('clauses in the wrong order, DISTINCT and TIMESTAMP are no reason to stop', () => {
  formats(`SELECT distinct Id WHERE Id='a' FROM A`, `\nselect distinct Id where Id = 'a' from A\n`);
  formats(
    `select Id from A where UpdatedDate>TIMESTAMP'2024-01-01'`,
    `\nselect Id from A where UpdatedDate > TIMESTAMP '2024-01-01'\n`,
  );
});

test('line breaks stay as the file has them', () => {
  assert.equal(formatted('select Id\r\nfrom A;select Id from B'), 'select Id\r\nfrom A;\r\nselect Id from B\r\n');
  assert.equal(formatted('select Id\rfrom A;select Id from B'), 'select Id\rfrom A;\rselect Id from B\r');
  assert.equal(formatted('select Id\r\nfrom A;\nselect Id from B'), 'select Id\nfrom A;\nselect Id from B\n');
});

test('the file ends in one line break, or none where that is asked for', () => {
  const keep = { insertFinalNewline: false };
  assert.equal(formatted('select Id from A'), 'select Id from A\n');
  assert.equal(formatted('select Id from A;\n\n\n', keep), 'select Id from A;\n');
  assert.equal(formatted('select Id from A;  ', keep), 'select Id from A;');
  assert.equal(formatted('\ufeff \n '), '\ufeff');
});

test('a level is indented as the editor does', () =>
  formats(`select\nId, Name from A`, `\nselect\n\tId,\n\tName\nfrom A\n`, { indent: '\t' }));

test('edits touch what changes and no more', () =>
  assert.deepEqual(drawEdits(`select Id,Name  from A\r\n  where Id = 'a';\r\nSELECT Id from B`), [
    `10-10 " "`,
    `14-16 "\\r\\n"`,
    `24-26 ""`,
    `43-49 "select"`,
    `59-59 "\\r\\n"`,
  ]));

test('a range takes the statements that it touches', () => {
  const text = `SELECT  1;\nSELECT  Id FROM A;\nSELECT  Id FROM B;\nSELECT  Id FROM C`;
  const a = text.indexOf('A;');
  const b = text.indexOf('B;');
  const ranged = (start: number, end: number): string =>
    applyEdits(text, formatRange(openDocument(text), { start, end }, defaultFormatOptions));
  assert.equal(ranged(a, a), text.replace('SELECT  Id FROM A', 'select Id from A'));
  assert.equal(ranged(a + 2, a + 2), text.replace('SELECT  Id FROM A', 'select Id from A'));
  // From a line's start to the start of the next, as an editor selects a line.
  assert.equal(ranged(a + 3, b + 3), text.replace('SELECT  Id FROM B', 'select Id from B'));
  assert.equal(ranged(a, text.length), text.replace(/SELECT {2}Id FROM/g, 'select Id from'));
});

test('a typed ; formats the statement that it ends', () => {
  types(
    `SELECT  Id FROM A; SELECT  Id FROM B;|\nSELECT  Id FROM C`,
    ';',
    `SELECT  Id FROM A;\nselect Id from B;|\nSELECT  Id FROM C`,
  );
  types(`SELECT  Id FROM A where Id = ';|`, ';', `SELECT  Id FROM A where Id = ';|`);
  types(`SELECT  Id FROM A -- ;|\n;`, ';', `SELECT  Id FROM A -- ;|\n;`);
});

test('a new line is indented by what can stand on it', () => {
  types(`select\n|`, '\n', `select\n  |`);
  types(`select Id,\n|`, '\n', `select Id,\n  |`);
  types(`select\n  Id\n  |`, '\n', `select\n  Id\n|`);
  types(`select\n  Id\n  |from A`, '\n', `select\n  Id\n|from A`);
  types(`select Id from A\n  |`, '\n', `select Id from A\n|`);
  types(`select Id from A where Id = 'a'\n|`, '\n', `select Id from A where Id = 'a'\n  |`);
  types(`select Id from A where Id = 'a'\n\n  |`, '\n', `select Id from A where Id = 'a'\n\n|`);
  types(`select Id from A\nwhere Id = 'a'\n  and (\n|`, '\n', `select Id from A\nwhere Id = 'a'\n  and (\n    |`);
  types(`select Id from A\nwhere (\n  Id = 'a'\n|`, '\n', `select Id from A\nwhere (\n  Id = 'a'\n  |`);
  types(`select Id from A\nwhere (\n  Id = 'a'\n  |)`, '\n', `select Id from A\nwhere (\n  Id = 'a'\n|)`);
  types(`select Id from A;\n  |`, '\n', `select Id from A;\n|`);
  types(`select Id from A;\n  |\nselect Id from B`, '\n', `select Id from A;\n|\nselect Id from B`);
  types(`select Id /* a\n     |b */ from A`, '\n', `select Id /* a\n     |b */ from A`);
});

test('other characters format nothing', () => types(`select  Id|`, 'd', `select  Id|`));

test('a line of 10 MB is formatted', { timeout: 60_000 }, () => {
  const fields = 770_000;
  const text = `select ${'Account.Name,'.repeat(fields)}Id from Account`;
  const edits = format(openDocument(text), defaultFormatOptions);
  // A line break and indentation for each field, one before FROM, one at the end.
  assert.equal(edits.length, fields + 3);
});

/** Asserts the formatted text, and all that formatting promises for it. `expected` begins and ends with a line break. */
function formats(text: string, expected: string, options: Partial<FormatOptions> = {}): void {
  assert.equal(`\n${formatted(text, options)}`, expected);
  assertKept(text, options);
}

function unchanged(text: string): void {
  assert.equal(formatted(text), text);
}

/** Asserts what is left when the character before the | has been typed. */
function types(marked: string, character: string, expected: string): void {
  const { text, offset } = withCursor(marked);
  const edits = formatOnType(openDocument(text), offset, character, defaultFormatOptions);
  const before = edits.filter(({ end }) => end <= offset);
  const caret = applyEdits(text.slice(0, offset), before).length;
  const result = applyEdits(text, edits);
  assert.equal(`${result.slice(0, caret)}|${result.slice(caret)}`, expected);
}

function drawEdits(text: string): string[] {
  return format(openDocument(text), { ...defaultFormatOptions, insertFinalNewline: true }).map(
    ({ start, end, newText }) => `${start}-${end} ${JSON.stringify(newText)}`,
  );
}

/** What holds for every quick fix of every check, whatever the text: its finding goes, and no new problem comes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, findingsOf, openDocument, type Context, type Problem } from '../../server/src/zoql/index';
import { bundled, fixture } from './catalogues';
import { problemsOf } from './problems';

const runs = Number(process.env['ZOQL_RUNS'] ?? 1_000);

/** Queries with every construct, right and wrong; the random ones are made of their pieces. */
const queries = [
  'select Id, Name, Balance from Account',
  '-- @type zoql\nselect *, Name as N, BillToContact.Country, max(Balance) from Account',
  "-- @type zoql\nselect Id from Account where (Name = 'a') or not (Name is null and Status = 'Active') order by Name",
  "-- @type zoql\nselect Id from Account where Name = 'Rock \\'n\\' Roll' and AutoPay = 'true' or Balance = '5' limit 3",
  "-- @type zoqlexport\nselect Account.Id, BillToId from Account where BillToId != null and Name like '%a%'",
  "-- @type sql\nselect Id from Account where CreatedDate > TIMESTAMP '2024-01-01 00:00:00' limit 10 offset 20",
  '-- @deleted colum=A format=boolean\n-- @deleted column=A column=B\nselect Id, Name from AccountingPeriod',
  '-- @apiVersion 69.0\n-- @convertToCurrencies EUR,EUX\n-- @apiversion 70\nselect Id from Account',
  '-- @convertToCurrencies eur gbp\n-- @deleted format=Numeric forceExport=no\nselect Id from Account',
  '-- @nmae x\nselect Status, count(Id), sum(Balance) as s from Account group by Name having s > 5 order by CreatedDate',
  'select max(sum(Balance)), count(distinct Name), min(distinct Status) from Account having Name = null',
  'select Name as "A", Status as "A", Name as Name, Id, Id from Account where A = 1 group by count(Id)',
  "select Id from Account where Name in ('a', 'b') and Balance not between 1 and 5 and Name <> 'x' and Name == 'y'",
  'select distinct Name, Status form Account whre Name = ‘abc’ && Status != “Draft” || !AutoPay',
  "select top 5 Id Name, from Account a left join Contact c on c.Id = a.BillToId where a.Name = 'O'Brien'",
  "select Id from Account where UpdatedDate >= '2026-08-01 00:00:00' and Stats = 'Actve' and Nmae is 5 and Notes = 'x'",
  "select count(Id from Account where (Name = 'a' and Status in 'Active' limit '5'",
  "select Id where Name = 'a' from Account, Contact where Name = 'b' order Name group by Id",
  'select Body, BillRunId, Amount from Invoice where Id = (select InvoiceId from InvoiceItem)',
  'select Nme, Region__c from Acount where AutoPay and Balance between 1, 2',
  "select Price, DiscountAmount from ProductRatePlanChargeTier where Active = 'tru' /* open",
  "select * from Order where OrderDate > '2024-13-45' and Account.Name = 'x' and Account.BillToContact.Country != 'US'",
  'select Id from Account where Name is not \'a\' and CreatedDate = 2024-01-01 and Name = "b"',
];

const pieces = [...new Set(queries.flatMap(query => query.split(/(?<=\s)|(?=[(),=;])/)))];
const catalogues = { bundled, fixture };

const anyQuery = fc.oneof(
  fc.constantFrom(...queries),
  fc.array(fc.constantFrom(...pieces), { minLength: 4, maxLength: 24 }).map(parts => parts.join('')),
  // A query in which some pieces are left out, doubled, or taken from another.
  fc
    .tuple(
      fc.constantFrom(...queries),
      fc.array(fc.tuple(fc.nat(60), fc.nat(2), fc.constantFrom(...pieces)), { maxLength: 4 }),
    )
    .map(([query, changes]) => {
      const parts = query.split(/(?<=\s)|(?=[(),=;])/);
      for (const [at, remove, piece] of changes) parts.splice(at % (parts.length + 1), remove, piece);
      return parts.join('');
    }),
);

test('a fix removes its finding and brings no other error or warning', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  let tried = 0;
  fc.assert(
    fc.property(
      fc.array(anyQuery, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('auto', 'zoql', 'zoqlexport'),
      fc.constantFrom('bundled', 'fixture'),
      (parts, queryType, which) => {
        const text = parts.join(';\n');
        const context: Context = { catalogue: catalogues[which], queryType };
        const { statements, starts } = openDocument(text);
        const before = counts(problemsOf(text, queryType, context.catalogue));
        statements.forEach((statement, index) => {
          const start = starts[index] ?? 0;
          for (const { code, fixes, hidesOthers } of findingsOf(statement, context)) {
            for (const { title, edits } of fixes?.() ?? []) {
              tried++;
              const after = applyEdits(
                text,
                edits.map(edit => ({ ...edit, start: edit.start + start, end: edit.end + start })),
              );
              const problems = problemsOf(after, queryType, context.catalogue);
              const left = counts(problems);
              const told = `${title} (${code}):\n${text}\nbecomes\n${after}`;
              assert.ok((left.get(code) ?? 0) < (before.get(code) ?? 0), `it stays after ${told}`);
              for (const { code: found, severity } of hidesOthers ? [] : problems) {
                if (severity === 'hint' || severity === 'information') continue;
                assert.ok((left.get(found) ?? 0) <= (before.get(found) ?? 0), `${found} is new after ${told}`);
              }
            }
          }
        });
      },
    ),
    { numRuns: runs, seed },
  );
  assert.ok(tried > runs, `only ${tried} fixes were tried`);
});

function counts(problems: readonly Problem[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { code } of problems) found.set(code, (found.get(code) ?? 0) + 1);
  return found;
}

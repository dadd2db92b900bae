import { test } from 'node:test';
import { mends, withholds } from '../mends';

const remove = 'Remove needless parentheses';
const expand = 'Multiply out the parentheses';

function becomes(title: string, before: string, after: string): void {
  mends(`select Mrr from Account where| ${before}`, title, `select Mrr from Account where ${after}`);
}

test('parentheses that change nothing go', () => {
  becomes(remove, "(Name = 'a')", "Name = 'a'");
  becomes(remove, "((Name = 'a') and ( Balance > 1 ))", "Name = 'a' and Balance > 1");
  becomes(remove, "(Name = 'a' and Balance > 1)or(Mrr > 1)", "Name = 'a' and Balance > 1 or Mrr > 1");
  becomes(remove, "((Name = 'a' or Mrr > 1)) and Balance > 1", "(Name = 'a' or Mrr > 1) and Balance > 1");
  becomes(remove, "not ((Name = 'a'))", "not (Name = 'a')");
});

test('a query that is Export ZOQL by its parentheses alone stays what it is', () =>
  mends(
    "select Id from Account where| (Name = 'a\\b')",
    remove,
    "-- @type zoqlexport\nselect Id from Account where Name = 'a\\b'",
  ));

test('parentheses that are needed stay', () => {
  const stay = (condition: string) => withholds(`select Id from Account where| ${condition}`, remove);
  stay("(Name = 'a' or Mrr > 1) and Balance > 1");
  stay("not (Name = 'a' or Mrr > 1)");
});

test('parentheses stay while the query has a mistake: they bound what it reaches', () =>
  withholds("-- @type zoqlexport\nselect Id from Account where| (Name between 'a\\'b' and 'c') or (Mrr > 1)", remove));

test('comments in parentheses that go stay', () =>
  becomes(
    remove,
    "(\n  Name = 'a' -- first\n  and Mrr > 1 /* second */)",
    "\n  Name = 'a' -- first\n  and Mrr > 1 /* second */",
  ));

test('AND is multiplied out over OR', () => {
  becomes(expand, "Mrr = 1 and (Name = 'a' or Name = 'b')", "Mrr = 1 and Name = 'a' or Mrr = 1 and Name = 'b'");
  becomes(
    expand,
    "(Mrr = 1 or Mrr = 2) and (Name = 'a' or Name = 'b')",
    "Mrr = 1 and Name = 'a' or Mrr = 1 and Name = 'b' or Mrr = 2 and Name = 'a' or Mrr = 2 and Name = 'b'",
  );
});

test('NOT goes into the operators, IN and BETWEEN become comparisons', () => {
  becomes(expand, "not (Mrr >= 1 and Name = 'a')", "Mrr < 1 or Name != 'a'");
  becomes(expand, "not (Name is null or Name like 'a%')", "Name is not null and Name not like 'a%'");
  becomes(expand, 'not not (Mrr = 1)', 'Mrr = 1');
  becomes(expand, "(Mrr = 1) or Name in ('a', 'b')", "Mrr = 1 or Name = 'a' or Name = 'b'");
  becomes(
    'Write IN and BETWEEN as comparisons',
    "Mrr not between 1 and 2 or Name in ('a', 'b')",
    "Mrr < 1 or Mrr > 2 or Name = 'a' or Name = 'b'",
  );
  becomes(
    'Write IN as comparisons',
    "AutoPay = true and Name not in ('a', 'b')",
    "AutoPay = true and Name != 'a' and Name != 'b'",
  );
  becomes('Write the conditions without NOT', "Mrr = 1 and not Name = 'a'", "Mrr = 1 and Name != 'a'");
});

test('only what changes is written anew', () =>
  becomes(
    expand,
    "Mrr = 1 -- one\n  or (Balance   = 2 and Mrr = 2) -- two\n  or Mrr = 3 AND (Name = 'a' or Name = 'b')",
    "Mrr = 1 -- one\n  or Balance   = 2 and Mrr = 2 -- two\n  or Mrr = 3 and Name = 'a' or Mrr = 3 and Name = 'b'",
  ));

test('an expansion over several lines has one alternative a line', () =>
  mends(
    "SELECT Mrr\r\nFROM Account\r\nWHERE| (Name = 'a'\r\n  OR Name = 'b') AND Mrr = 1",
    expand,
    "SELECT Mrr\r\nFROM Account\r\nWHERE Name = 'a' AND Mrr = 1\r\n  OR Name = 'b' AND Mrr = 1",
  ));

test('a comment that would be lost, and too many conditions, leave the parentheses as they are', () => {
  const stay = (condition: string) => withholds(`select Id from Account where| ${condition}`, expand);
  stay("(Name = 'a' /* or so */ or Mrr > 1) and Balance > 1");
  const many = Array.from({ length: 15 }, (_, index) => `Mrr = ${index}`).join(' or ');
  stay(`(${many}) and (${many})`);
  stay("Name = 'a' or Mrr > 1");
});

import { test } from 'node:test';
import { bundled } from './catalogues';
import { mends, proposes } from './mends';

test('a ) that closes nothing', () =>
  mends("select Id from Account where Name = 'a'|)", 'Remove this )', "select Id from Account where Name = 'a'"));

test('a comma is missing', () =>
  mends('select Id |Name from Account', 'Insert a comma', 'select Id, Name from Account'));

test('or AS is', () => mends('select Id |Name from Account', 'Insert AS', 'select Id as Name from Account'));

test('a comma too many', () => mends('select Id, |from Account', 'Remove ,', 'select Id from Account'));

test('FROM is misspelled', () => mends('select Id |form Account', 'Change form to FROM', 'select Id from Account'));

test('SELECT is misspelled', () => mends('|slect Id from Account', 'Change slect to SELECT', 'select Id from Account'));

test('SELECT is missing', () => mends('|Id, Name from Account', 'Insert SELECT', 'select Id, Name from Account'));

test('something stands before SELECT', () =>
  mends('|please select Id from Account', 'Remove please', 'select Id from Account'));

test('WHERE is misspelled', () =>
  mends("select Id from Account |whre Name = 'a'", 'Change whre to WHERE', "select Id from Account where Name = 'a'"));

test('FROM is missing, and a path tells the object', () =>
  mends(
    'select Account.Name, BillToContact.Count|ry',
    'Insert FROM Account',
    'select Account.Name, BillToContact.Country from Account',
  ));

test('BY is missing', () =>
  mends('select Id from Account order |Name', 'Insert BY', 'select Id from Account order by Name'));

test('in the case of the other keywords', () =>
  mends('SELECT Id FROM Account ORDER |Name DESC', 'Insert BY', 'SELECT Id FROM Account ORDER BY Name DESC'));

test('DESC is written out', () =>
  mends(
    'select Id from Account order by Name |descending',
    'Change to desc',
    'select Id from Account order by Name desc',
  ));

test('a clause stands behind the one that follows it', () =>
  mends(
    "select Id from Account limit 5 |where Name = 'a'",
    'Move WHERE before LIMIT',
    "select Id from Account where Name = 'a' limit 5",
  ));

test('FROM comes last', () =>
  mends(
    "select Id where Name = 'a' |from Account",
    'Move FROM before WHERE',
    "select Id from Account where Name = 'a'",
  ));

test('a second WHERE', () =>
  mends(
    "select Id from Account where Name = 'a' |where Status = 'Draft'",
    'Join both by AND',
    "select Id from Account where Name = 'a' and Status = 'Draft'",
  ));

test('or it goes', () =>
  mends(
    "select Id from Account where Name = 'a' |where Status = 'Draft'",
    'Remove this WHERE',
    "select Id from Account where Name = 'a'",
  ));

test('a second ORDER BY', () =>
  mends(
    'select Id from Account order by Name |order by Status',
    'Join both lists',
    'select Id from Account order by Name, Status',
  ));

test('a second query on the same line', () =>
  mends(
    'select Id from Account |select Id from Contact',
    'Insert ; before SELECT',
    'select Id from Account; select Id from Contact',
  ));

test('UNION', () =>
  mends(
    'select Id from Account |union all select Id from Contact',
    'Split into two queries',
    'select Id from Account; select Id from Contact',
  ));

test('WHERE without a condition', () =>
  mends('select Id from Account |where', 'Remove WHERE', 'select Id from Account'));

test('AND without a condition', () =>
  mends("select Id from Account where Name = 'a' |and", 'Remove AND', "select Id from Account where Name = 'a'"));

test('AND in front', () =>
  mends("select Id from Account where |and Name = 'a'", 'Remove AND', "select Id from Account where Name = 'a'"));

test('a boolean that is compared with nothing', () =>
  mends('select Id from Account where |AutoPay', 'Insert = true', 'select Id from Account where AutoPay = true'));

test('the operator is missing', () =>
  mends("select Id from Account where Name |'a'", 'Insert =', "select Id from Account where Name = 'a'"));

test('the operator is misspelled', () =>
  mends(
    "select Id from Account where Name |lik 'a%'",
    'Change lik to LIKE',
    "select Id from Account where Name like 'a%'",
  ));

test('the value is missing', () =>
  mends('select Id from Account where Name |=', 'Compare with null', 'select Id from Account where Name = null'));

test('or the condition goes with its AND', () =>
  mends(
    'select Id from Account where Balance > 1 and Name |=',
    'Remove this condition',
    'select Id from Account where Balance > 1',
  ));

test('a value in parentheses', () =>
  mends(
    "select Id from Account where Name = |('a')",
    'Remove the parentheses',
    "select Id from Account where Name = 'a'",
  ));

test('a list in parentheses', () =>
  mends('select |(Id, Name) from Account', 'Remove the parentheses', 'select Id, Name from Account'));

test('IS with a value', () =>
  mends("select Id from Account where Name is |'a'", 'Change to =', "select Id from Account where Name = 'a'"));

test('IS NOT with a value', () =>
  mends("select Id from Account where Name is not |'a'", 'Change to !=', "select Id from Account where Name != 'a'"));

test('IS without NULL', () =>
  mends(
    'select Id from Account where Name is |and Balance > 1',
    'Insert NULL',
    'select Id from Account where Name is null and Balance > 1',
  ));

test('a list without parentheses', () =>
  mends(
    "select Id from Account where Status in |'Draft', 'Active'",
    'Put it in parentheses',
    "select Id from Account where Status in ('Draft', 'Active')",
  ));

test('BETWEEN with a comma', () =>
  mends(
    'select Id from Account where Balance between 1|, 5',
    'Change to AND',
    'select Id from Account where Balance between 1 and 5',
  ));

test('BETWEEN without AND', () =>
  mends(
    'select Id from Account where Balance between 1 |5',
    'Insert AND',
    'select Id from Account where Balance between 1 and 5',
  ));

test('BETWEEN with one end', () =>
  mends(
    'select Id from Account where Balance between |1',
    'Change BETWEEN to >=',
    'select Id from Account where Balance >= 1',
  ));

test('a number in quotes', () =>
  mends("select Id from Account limit |'5'", 'Change to 5', 'select Id from Account limit 5'));

test('a number with a fraction', () =>
  mends('select Id from Account limit |1.5', 'Change to 1', 'select Id from Account limit 1'));

test('LIMIT without a number', () =>
  mends('select Id from Account |limit', 'Remove this LIMIT', 'select Id from Account'));

test('OFFSET', () =>
  mends('select Id from Account limit 10 |offset 20', 'Change to limit 20, 10', 'select Id from Account limit 20, 10'));

test('TOP', () => mends('SELECT |TOP 10 Id FROM Account', 'Change to LIMIT 10', 'SELECT Id FROM Account LIMIT 10'));

test('ALL', () => mends('select |all Id from Account', 'Remove ALL', 'select Id from Account'));

test('an object in quotes', () => mends("select Id from |'Account'", 'Change to Account', 'select Id from Account'));

test('AS without a name', () => mends('select Name as |from Account', 'Remove AS', 'select Name from Account'));

test('COUNT of nothing', () => mends('select count(|) from Account', 'Insert *', 'select count(*) from Account'));

test('SELECT of nothing', () => mends('select |from Account', 'Insert Id', 'select Id from Account'));

test('a second object', () =>
  mends(
    "select Id from Account|, Contact where Name = 'a'",
    'Remove , Contact',
    "select Id from Account where Name = 'a'",
  ));

test('JOIN', () =>
  mends(
    'select Id from Account |inner join Contact on Contact.Id = BillToId',
    'Remove inner join Contact on Contact…',
    'select Id from Account',
  ));

test('a sub-select', () =>
  mends(
    "select Id from Account where Id = |(select AccountId from Contact) and Name = 'x'",
    'Remove this condition',
    "select Id from Account where Name = 'x'",
  ));

test('a typed literal', () =>
  mends(
    "select Id from Account where CreatedDate > |TIMESTAMP '2024-01-01 10:00:00.000'",
    "Change to '2024-01-01T10:00:00'",
    "select Id from Account where CreatedDate > '2024-01-01T10:00:00'",
  ));

test('a typed date', () =>
  mends(
    "select Id from Account where CreatedDate > |date '2024-01-01'",
    "Change to '2024-01-01'",
    "select Id from Account where CreatedDate > '2024-01-01'",
  ));

test('an open comment', () =>
  mends(
    `select Id /|* the key
, Name from Account`,
    'Close it at the end of its line',
    `select Id /* the key */
, Name from Account`,
  ));

test('an open comment of several lines', () =>
  mends(
    `select Id from Account /|* the rest
is silence`,
    'Close it at the end',
    `select Id from Account /* the rest
is silence */`,
  ));

test('an open parenthesis before FROM', () =>
  mends('select count|(Id from Account', 'Insert )', 'select count(Id) from Account'));

test('an open parenthesis in WHERE', () =>
  mends(
    "select Id from Account where |(Name = 'a' or Name = 'b'",
    'Insert )',
    "select Id from Account where (Name = 'a' or Name = 'b')",
  ));

test('or it goes', () =>
  mends(
    "select Id from Account where |(Name = 'a' or Name = 'b'",
    'Remove this (',
    "select Id from Account where Name = 'a' or Name = 'b'",
  ));

test('an open text', () =>
  mends("select Id from Account where Name = |'a", "Insert ' behind a", "select Id from Account where Name = 'a'"));

test('an open text that has taken in what follows', () =>
  mends(
    "select Id from Account where Name = |'a and Balance > 1",
    "Insert ' behind a",
    "select Id from Account where Name = 'a' and Balance > 1",
  ));

test('an open text before another', () =>
  mends(
    "select Id from Account where Name = 'a and Status = '|Draft'",
    'Insert the closing quote',
    "select Id from Account where Name = 'a' and Status = 'Draft'",
  ));

test('a quote inside of a text, in ZOQL', () =>
  mends(
    "select Id from Account where Name = 'O'|Brien'",
    'Keep the quote as part of the text',
    "select Id from Account where Name = 'O\\'Brien'",
  ));

test('a quote inside of a text, in Export ZOQL', () =>
  mends(
    "select Id from Account where Name = 'O'|Brien'",
    'Keep the quote as part of the text',
    "select Id from Account where Name = 'O''Brien'",
    { queryType: 'zoqlexport' },
  ));

test('AND is missing', () =>
  mends(
    "select Id from Account where Name = 'a' |Status = 'Draft'",
    'Insert AND',
    "select Id from Account where Name = 'a' and Status = 'Draft'",
  ));

test('or OR is', () =>
  mends(
    "select Id from Account where Name = 'a' |Status = 'Draft'",
    'Insert OR',
    "select Id from Account where Name = 'a' or Status = 'Draft'",
  ));

test('a comma for AND', () =>
  mends(
    "select Id from Account where Name = 'a'|, Status = 'Draft'",
    'Change to AND',
    "select Id from Account where Name = 'a' and Status = 'Draft'",
  ));

test('==', () =>
  mends("select Id from Account where Name =|= 'a'", 'Change == to =', "select Id from Account where Name = 'a'"));

test('&&', () =>
  mends(
    "select Id from Account where Name = 'a' |&& Balance > 1",
    'Change && to and',
    "select Id from Account where Name = 'a' and Balance > 1",
  ));

test('||', () =>
  mends(
    "select Id from Account where Name = 'a' ||| Balance > 1",
    'Change || to or',
    "select Id from Account where Name = 'a' or Balance > 1",
  ));

test('=<', () =>
  mends('select Id from Account where Balance =|< 1', 'Change =< to <=', 'select Id from Account where Balance <= 1'));

test('! =', () =>
  mends("select Id from Account where Name |! = 'a'", 'Change ! = to !=', "select Id from Account where Name != 'a'"));

test('quotes of a word processor', () =>
  mends(
    'select Id from Account where Name = |‘a’',
    "Change ‘ to ', and the like",
    "select Id from Account where Name = 'a'",
  ));

test('a character without a meaning', () =>
  mends('select Id, |#Name from Account', 'Remove #', 'select Id, Name from Account'));

test('what cannot be read', () =>
  mends("select Id from Account where Name = 'a' |@ home", 'Remove @ home', "select Id from Account where Name = 'a'"));

test('&& without spaces around it', () =>
  mends(
    "select Id from Account where Name = 'a'|&&Balance > 1",
    'Change && to and',
    "select Id from Account where Name = 'a' and Balance > 1",
  ));

test('names in the quotes of other languages', () => {
  mends('select |`Id` from Account', 'Change `Id` to Id', 'select Id from Account');
  mends('select |[Id], [Name] from Account', 'Change [Id] to Id, and the like', 'select Id, Name from Account');
  mends('select Id from |`Account`', 'Change `Account` to Account', 'select Id from Account');
});

test('which is likelier than a sign too many', () => {
  const change = 'Change `Name` to Name';
  proposes('select `Id`, |`Name` from Account', [`* ${change}`, `${change}, and the like`, 'Remove ,']);
  proposes("select Id from Account where |`Name` = 'a'", ['* Change `Name` to Name']);
});

test('a value in such quotes stays a text', () =>
  mends(
    'select Id from Account where Name = |`a`',
    "Change ` to ', and the like",
    "select Id from Account where Name = 'a'",
  ));

test('comments of other languages', () => {
  mends('select Id from Account |// all', 'Change // to --', 'select Id from Account -- all');
  mends('|# all\nselect Id from Account', 'Change # to --', '-- all\nselect Id from Account');
});

test('a number is mended whole', () => {
  mends(
    'select Id from Account where Balance > 1|,000',
    'Change to 1000',
    'select Id from Account where Balance > 1000',
  );
  mends(
    'select Id from Account where Balance > 12|,345,678.90 and Name = null',
    'Change to 12345678.90',
    'select Id from Account where Balance > 12345678.90 and Name = null',
  );
  mends('select Id from Account where Balance > 1|,5', 'Change to 1.5', 'select Id from Account where Balance > 1.5');
  mends(
    'select Id from Account where Balance > 1|e5',
    'Change to 100000',
    'select Id from Account where Balance > 100000',
  );
  mends('select Id from Account where Balance > |+5', 'Change to 5', 'select Id from Account where Balance > 5');
  mends('select Id from Account where Balance > |- 5', 'Change to -5', 'select Id from Account where Balance > -5');
  mends(
    'select Id from Account where Balance > |$ .50',
    'Change to 0.50',
    'select Id from Account where Balance > 0.50',
  );
});

test('and no part of it is taken away', () => {
  proposes('select Id from Account where Balance > 1|,000', ['* Change to 1000']);
  proposes('select Id from Account where Balance > 1|e5', ['* Change to 100000']);
});

test('a condition is not taken away for what a function lacks', () =>
  proposes('select Id from Account where CreatedDate >= year(|)', []));

test('AND and OR are misspelled', () =>
  mends(
    "select Id from Account where Name = 'a' |adn Balance > 1",
    'Change adn to AND',
    "select Id from Account where Name = 'a' and Balance > 1",
  ));

test('arithmetic is no list', () => proposes('select Balance|*2 from Account', []));

test('a name behind a function is more likely its column', () =>
  proposes('select sum(Balance) |Total from Account', ['* Insert AS', 'Insert a comma']));

test('NULLS LAST', () =>
  mends(
    'select Id from Account order by Name desc |nulls last',
    'Remove nulls last',
    'select Id from Account order by Name desc',
  ));

test('another statement of SQL does not become a query', () => proposes("|delete from Account where Name = 'a'", []));

test('a quote that opens nothing', () =>
  mends("select Id from Account where Name = |'", "Insert the closing '", "select Id from Account where Name = ''"));

test('a value behind a type is changed once', () =>
  proposes("select Id from Account where CreatedDate > |DATE '2026-08-01'", ["* Change to '2026-08-01'"], {
    queryType: 'zoqlexport',
  }));

test('the words of one name become the name', () => {
  const real = { catalogue: bundled };
  mends('select account num|ber from Account', 'Change to AccountNumber', 'select AccountNumber from Account', real);
  mends(
    'select Id, Bill Cycle D|ay from Account',
    'Change to BillCycleDay',
    'select Id, BillCycleDay from Account',
    real,
  );
  proposes('select Id from Invoice Ite|m', ['* Change to InvoiceItem', 'Remove Item'], real);
  mends('select Id from Product Ra|te Plan', 'Change to ProductRatePlan', 'select Id from ProductRatePlan', real);
});

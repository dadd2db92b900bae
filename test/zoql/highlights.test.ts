import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlights } from '../../server/src/zoql/index';
import { context, drawSpans, openAll } from './navigation';

test('a field is the same with and without the name of its object', () =>
  lights(
    'select Na|me, Id from Account where Account.Name = 1 order by name',
    'select ‹read:Name›, Id from Account where Account.‹read:Name› = 1 order by ‹read:name›',
  ));

test('a field of another object is another', () =>
  lights('select BillToContact.Id, I|d from Account', 'select BillToContact.Id, ‹read:Id› from Account'));

test('a field is the same over different ways to its object', () =>
  lights(
    'select ParentAccount.Name, Na|me from Account',
    'select ParentAccount.‹read:Name›, ‹read:Name› from Account',
  ));

test('an object, after FROM and before its fields', () =>
  lights(
    'select Account.Name, BillToContact.Id from Acc|ount',
    'select ‹read:Account›.Name, BillToContact.Id from ‹read:Account›',
  ));

test('a step of a path, also before a star', () =>
  lights(
    'select BillTo|Contact.Country, billtocontact.* from Account where BillToContact.Id = 1',
    'select ‹read:BillToContact›.Country, ‹read:billtocontact›.* from Account where ‹read:BillToContact›.Id = 1',
  ));

test('a relation is not the object that it leads to', () =>
  lights('select Acc|ount.Name, Id from Order', 'select ‹read:Account›.Name, Id from Order'));

test('names that nobody knows are the same where their paths are', () =>
  lights(
    'select Foo|__c, x.Foo__c, Account.foo__c, Thing.Foo__c from Thing where Foo__c = 1',
    'select ‹read:Foo__c›, x.Foo__c, Account.foo__c, Thing.‹read:Foo__c› from Thing where ‹read:Foo__c› = 1',
  ));

test('an alias, which gets its name behind AS', () =>
  lights(
    'select sum(Balance) as "Total" from Account having Tot|al > 5 order by total',
    'select sum(Balance) as ‹write:"Total"› from Account having ‹read:Total› > 5 order by ‹read:total›',
  ));

test('an alias that is called like a field hides no field', () =>
  lights(
    'select sum(Balance) as Na|me from Account order by Name',
    'select sum(Balance) as ‹write:Name› from Account order by Name',
  ));

test('a selected field is no alias', () =>
  lights(
    'select Foo, sum(Mrr) as Fo|o from Account order by Foo',
    'select Foo, sum(Mrr) as ‹write:Foo› from Account order by ‹read:Foo›',
  ));

test('a function', () =>
  lights(
    'select co|unt(Id), max(Mrr) from Account having COUNT(Id) > 1',
    'select ‹read:count›(Id), max(Mrr) from Account having ‹read:COUNT›(Id) > 1',
  ));

test('other statements are left alone', () =>
  lights('select Id from Account; select I|d from Account', 'select Id from Account; select ‹read:Id› from Account'));

test('a keyword lights up the clauses of its statement', () =>
  lights(
    'select Id fr|om Account where Id = 1 and Name = 2 group by Id; select 1',
    '‹text:select› Id ‹text:from› Account ‹text:where› Id = 1 and Name = 2 ‹text:group by› Id; select 1',
  ));

test('the name of a query, and comments that speak of it', () =>
  lights(
    '-- @name acc|ounts\nselect Id from Account;\n-- like @accounts, not @accounts2 or me@accounts\nselect Id from Order; -- see @accounts',
    '-- @name ‹write:accounts›\nselect Id from Account;\n-- like @‹read:accounts›, not @accounts2 or me@accounts\nselect Id from Order; -- see @‹read:accounts›',
  ));

test('between words there is nothing', () => {
  lights('select Id,  | Name from Account', '');
  lights('select Id from Account where Name = "Acc|ount"', '');
  lights('-- a comm|ent about @nobody\nselect Id from Account', '');
  lights('|', '');
});

function lights(marked: string, expected: string): void {
  const opened = openAll(marked);
  const found = highlights(opened.file, opened.offset, context);
  const spans = found.map(({ start, end }) => ({ uri: opened.file.uri, start, end }));
  assert.equal(
    drawSpans(opened, spans, index => `${found[index]?.kind}:`),
    expected,
  );
}

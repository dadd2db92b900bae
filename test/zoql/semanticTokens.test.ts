import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument, semanticTokens, type Context } from '../../server/src/zoql/index';
import { bundled } from './catalogues';

const context: Context = { catalogue: bundled, queryType: 'auto' };

test('objects, steps and fields are told apart', () =>
  colors(
    `select Account.Name, Account.BillToContact.WorkEmail, Balance from Invoice`,
    `
select Account.Name, Account.BillToContact.WorkEmail, Balance from Invoice
       ^^^^^^^ namespace
               ^^^^ property
                     ^^^^^^^ namespace
                             ^^^^^^^^^^^^^ namespace
                                           ^^^^^^^^^ property
                                                      ^^^^^^^ property
                                                                   ^^^^^^^ class
`,
  ));

test("the object's own name before a field is the object", () =>
  colors(
    `select Account.Id from Account`,
    `
select Account.Id from Account
       ^^^^^^^ class
               ^^ property
                       ^^^^^^^ class
`,
  ));

test('case does not matter', () =>
  colors(
    `select ACCOUNT.balance from account`,
    `
select ACCOUNT.balance from account
       ^^^^^^^ class
               ^^^^^^^ property
                            ^^^^^^^ class
`,
  ));

test('a field of the tenant is custom', () =>
  colors(
    `select Region__c, Account.Tier__c from Subscription`,
    `
select Region__c, Account.Tier__c from Subscription
       ^^^^^^^^^ property.custom
                  ^^^^^^^ namespace
                          ^^^^^^^ property.custom
                                       ^^^^^^^^^^^^ class
`,
  ));

test('unknown names have no color, nor has what follows them', () =>
  colors(
    `select Balanse, Akkount.Name__c, Account.Nope.Id from Invoice`,
    `
select Balanse, Akkount.Name__c, Account.Nope.Id from Invoice
                                 ^^^^^^^ namespace
                                                      ^^^^^^^ class
`,
  ));

test('every clause has colors', () =>
  colors(
    `select count(Id) from Account where (Balance > 0 and Name in ('a')) group by Currency having max(Balance) > 1 order by Name desc`,
    `
select count(Id) from Account where (Balance > 0 and Name in ('a')) group by Currency having max(Balance) > 1 order by Name desc
             ^^ property
                      ^^^^^^^ class
                                     ^^^^^^^ property
                                                     ^^^^ property
                                                                             ^^^^^^^^ property
                                                                                                 ^^^^^^^ property
                                                                                                                       ^^^^ property
`,
  ));

test('a path that is being typed keeps its steps', () =>
  colors(
    `select Account. , BillToContact.* from Invoice`,
    `
select Account. , BillToContact.* from Invoice
       ^^^^^^^ namespace
                  ^^^^^^^^^^^^^ namespace
                                       ^^^^^^^ class
`,
  ));

test('without a known object nothing is known', () =>
  colors(`select Id from Akkount;select Id`, `\nselect Id from Akkount;select Id\n`));

test('a range gets the tokens of the statements that it touches', () => {
  const text = 'select Id from Account;\nselect Id from Invoice;\nselect Id from Payment;';
  const range = { start: text.indexOf('Invoice'), end: text.indexOf('Invoice') + 1 };
  const found = semanticTokens(openDocument(text), context, range);
  assert.deepEqual(
    found.map(({ start, end }) => text.slice(start, end)),
    ['Id', 'Invoice'],
  );
});

/** Draws each token below the one line of the text. */
function colors(text: string, expected: string): void {
  const drawn = semanticTokens(openDocument(text), context).map(
    ({ start, end, type, modifiers }) =>
      `${' '.repeat(start)}${'^'.repeat(end - start)} ${[type, ...modifiers].join('.')}\n`,
  );
  assert.equal(`\n${text}\n${drawn.join('')}`, expected);
}

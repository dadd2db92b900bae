import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lackingIn, openDocument, withTenant, type Catalogue } from '../../server/src/zoql/index';
import { fixture } from './catalogues';
import { described } from './described';

const target = withTenant(fixture, {
  tenant: 'acme',
  objects: [
    described(
      'Account',
      [
        'Id text soap+export',
        'Name text soap+export',
        'Region__c picklist soap+export custom options=North,South',
        'Mrr decimal export',
      ],
      { BillToContact: 'Contact' },
    ),
    described('Contact', ['Id text soap+export', 'Country text soap+export']),
  ],
  refused: [],
});

/** Each line with what is missing below it. */
function lacks(text: string, expected: string, catalogue: Catalogue = target) {
  const missing = lackingIn(
    openDocument(text),
    { catalogue, queryType: 'auto' },
    catalogue === target ? 'acme' : undefined,
  );
  let at = 0;
  const lines = text.split('\n').flatMap(line => {
    const start = at;
    at += line.length + 1;
    const here = missing.filter(each => start <= each.start && each.start < at);
    const below = here.map(
      each => `${' '.repeat(each.start - start)}${'^'.repeat(each.end - each.start)} ${each.code}: ${each.message}`,
    );
    return [line, ...below];
  });
  const margin = /^\n( *)/.exec(expected)?.[1] ?? '';
  assert.equal(missing.length === 0 ? '' : lines.join('\n'), expected.replaceAll(`\n${margin}`, '\n').trim());
}

suite('what queries need and a schema lacks', () => {
  test('nothing', () => lacks("select Id, Name, BillToContact.Country from Account where Region__c = 'North'", ''));

  test('fields, standard and custom, on the object and behind a relation', () =>
    lacks(
      `select Id, Balance, Tier__c from Account;
select BillToContact.FirstName, ParentAccount.Name from Account`,
      `
      select Id, Balance, Tier__c from Account;
                 ^^^^^^^ unknown-field: Account has no field Balance on acme
                          ^^^^^^^ unknown-field: Account has no field Tier__c on acme
      select BillToContact.FirstName, ParentAccount.Name from Account
                           ^^^^^^^^^ unknown-field: Contact has no field FirstName on acme
      `,
    ));

  test('an object that nobody knows, and one that only the bundled facts know', () =>
    lacks(
      'select Id from Nothing;\nselect Id from Order',
      `
      select Id from Nothing;
                     ^^^^^^^ unknown-object: There is no object Nothing
      select Id from Order
                     ^^^^^ not-described: acme does not describe Order; only the bundled facts of it were checked
      `,
    ));

  test('values, and what the other dialect has', () =>
    lacks(
      "-- @type zoql\nselect Mrr from Account where Region__c = 'West'",
      `
      -- @type zoql
      select Mrr from Account where Region__c = 'West'
             ^^^ field-not-in-dialect: ZOQL has no Mrr; Export ZOQL does
                                                ^^^^^^ unknown-value: Region__c has no value West by the known facts: North, South
      `,
    ));

  test('how a query is written is not what a schema lacks', () => lacks('select Id, from Account limit x', ''));

  test('against the bundled facts nothing is undescribed', () => lacks('select Id from Order', '', fixture));
});

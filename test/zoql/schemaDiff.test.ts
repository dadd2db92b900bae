import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  schemaDiff,
  withTenant,
  type CatalogueObject,
  type DescribedObject,
  type OnlyIn,
} from '../../server/src/zoql/index';
import { bundled, catalogueOf, fixture, object } from './catalogues';
import { described } from './described';

function tenant(name: string, ...objects: readonly DescribedObject[]): readonly CatalogueObject[] {
  const { objects: all } = withTenant(fixture, { tenant: name, objects, refused: [] });
  return all.filter(each => each.bundled === false);
}

/** A line a difference: `-` is there on the one side only, `+` on the other, `~` differs. */
function drawn(one: readonly CatalogueObject[], other: readonly CatalogueObject[]): string {
  const { objects, changed } = schemaDiff(one, other);
  const only = (names: OnlyIn, indent: string, mark = '') => [
    ...names.one.map(name => `${indent}- ${mark}${name}`),
    ...names.other.map(name => `${indent}+ ${mark}${name}`),
  ];
  return [
    ...only(objects, ''),
    ...changed.flatMap(({ name, fields, relations, changed: inFields }) => [
      name,
      ...only(fields, '  '),
      ...only(relations, '  ', '→ '),
      ...inFields.flatMap(({ name: field, changes }) =>
        changes.map(change =>
          change.what === 'values'
            ? `  ~ ${field} values ${only(change.only, '').join(' ')}`
            : `  ~ ${field} ${change.what} ${change.one} → ${change.other}`,
        ),
      ),
    ]),
  ].join('\n');
}

function differs(one: readonly CatalogueObject[], other: readonly CatalogueObject[], expected: string): void {
  assert.equal(drawn(one, other), expected.replace(/^ {4}/gm, '').trim());
}

suite('two tenants differ in', () => {
  const account = described('Account', ['Id text soap+export', 'Name text soap+export']);

  test('nothing', () => differs(tenant('a', account), tenant('b', account), ''));

  test('objects', () => {
    const own = described('Own', ['Id text export']);
    differs(tenant('a', account, own), tenant('b', account), '- Own');
    differs(tenant('a', account), tenant('b', own, account), '+ Own');
  });

  test('fields, relations, types, lengths, dialects and values', () =>
    differs(
      tenant(
        'a',
        described(
          'Account',
          [
            'Id text soap+export',
            'Region__c picklist soap+export custom options=North,South',
            'Score__c text soap+export custom max=10',
            'Tier__c text soap+export custom',
            'Size__c text soap+export custom max=10',
          ],
          { BillToContact: 'Contact', SoldTo: 'Contact' },
        ),
      ),
      tenant(
        'b',
        described(
          'Account',
          [
            'id text soap+export',
            'Region__c picklist soap+export custom options=South,West',
            'Score__c integer soap custom',
            'Area__c text soap+export custom',
            'Size__c text soap+export custom max=20',
          ],
          { Owner: 'Contact' },
        ),
      ),
      `
    Account
      - Tier__c
      + Area__c
      - → SoldTo
      + → Owner
      ~ Region__c values - North + West
      ~ Score__c type string → integer
      ~ Score__c Export ZOQL yes → no
      ~ Size__c length 10 → 20
    `,
    ));

  test('names that every object of JavaScript has', () =>
    differs(
      tenant('a', described('Account', ['Id text export', '__proto__ text export'])),
      tenant('b', described('Account', ['Id text export', 'constructor text export'])),
      `
    Account
      - __proto__
      + constructor
    `,
    ));
});

suite('what a side does not know is no difference', () => {
  test('guesses, and custom fields of the bundled facts', () => {
    const { objects } = catalogueOf([
      object('Account', 'zoql export', ['Id id', 'Segment string guessed', 'Tier__c string custom'], {
        BillToContact: 'Contact assumed',
      }),
    ]);
    const here = tenant('a', described('Account', ['Id text soap+export'], {}));
    differs(here, objects, '');
    differs(objects, here, '');
  });

  test('a list of fields that is not whole', () => {
    const { objects } = catalogueOf([object('Account', 'zoql export incomplete', ['Id id', 'Old string'], {})]);
    const here = tenant('a', described('Account', ['Id text soap+export', 'New text soap+export'], {}));
    differs(here, objects, 'Account\n  + Old');
  });

  test('the bundled facts do not differ from themselves', () => differs(bundled.objects, bundled.objects, ''));
});

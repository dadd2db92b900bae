/** A tenant's own objects and fields over the bundled ones, by what they change of problems, completion and hover. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completions,
  hover,
  openDocument,
  withTenant,
  type Catalogue,
  type DescribedObject,
  type RefusedField,
} from '../../server/src/zoql/index';
import { bundled, fixture } from './catalogues';
import { described } from './described';
import { check } from './problems';

const account = described(
  'Account',
  [
    'Id text soap+export',
    'Name text soap+export max=255',
    'Balance decimal soap+export',
    'BillToId text soap',
    'Mrr decimal export',
    'Region__c picklist soap+export custom options=North,South',
    'Score__c integer export custom',
    'Status picklist soap+export options=Draft,Active',
  ],
  { BillToContact: 'Contact' },
);

const acme = tenant([account]);

function tenant(objects: readonly DescribedObject[], refused: readonly RefusedField[] = []): Catalogue {
  return withTenant(fixture, { tenant: 'acme', objects, refused });
}

test('a custom field that the tenant has is no problem', () => {
  check('select Id, Region__c from Account', '', 'zoql', acme);
  check("select Id from Account where Region__c = 'North'", '', 'zoqlexport', acme);
});

test('one that it has not is a problem, and says on which tenant', () =>
  check(
    'select Id, Regoin__c from Account',
    `
    select Id, Regoin__c from Account
               ^^^^^^^^^ warning unknown-field: Account has no field Regoin__c on acme
    `,
    'zoql',
    acme,
  ));

test('so is a standard field that the tenant has not', () =>
  check(
    'select AutoPay from Account',
    `
    select AutoPay from Account
           ^^^^^^^ warning unknown-field: Account has no field AutoPay on acme
    `,
    'zoql',
    acme,
  ));

test('an object that is not described yet is as the bundled facts say', () =>
  check(
    'select Country, Area__c from Contact',
    `
    select Country, Area__c from Contact
                    ^^^^^^^ hint unchecked-field: Area__c is a custom field; whether Contact has it differs from tenant to tenant
    `,
    'zoql',
    acme,
  ));

test('the export context is exact', () =>
  check(
    'select Mrr, Score__c from Account',
    `
    select Mrr, Score__c from Account
           ^^^ warning field-not-in-dialect: ZOQL has no Mrr; Export ZOQL does
                ^^^^^^^^ warning field-not-in-dialect: ZOQL has no Score__c; Export ZOQL does
    `,
    'zoql',
    acme,
  ));

test('a foreign key is told of once, with its path', () =>
  check(
    'select BillToId from Account',
    `
    select BillToId from Account
           ^^^^^^^^ warning foreign-key: Export ZOQL has no BillToId; it is BillToContact.Id
    `,
    'zoqlexport',
    acme,
  ));

test('the soap context is a hint: what the bundled facts know better stays', () => {
  const payment = described('Payment', ['Id text soap+export', 'AppliedAmount decimal soap+export']);
  const layered = withTenant(bundled, { tenant: 'acme', objects: [payment], refused: [] });
  assert.equal(bundled.object('Payment')?.field('AppliedAmount')?.zoql, false);
  assert.equal(layered.object('payment')?.field('appliedamount')?.zoql, false);
});

test('an object that only the tenant has can be queried', () => {
  const own = described('Usage2', ['Id text soap+export', 'Units__c number export custom']);
  check('select Id, Units__c from Usage2', '', 'zoqlexport', tenant([own]));
});

test('a field that AQuA refused is told of, with the tenant where it described the object', () => {
  const refused = [{ object: 'account', field: 'balance', dialect: 'zoql' }] as const;
  check(
    'select Balance from Account',
    `
    select Balance from Account
           ^^^^^^^ warning field-not-in-dialect: ZOQL has no Balance; Export ZOQL does; AQuA has refused it on acme
    `,
    'zoql',
    tenant([account], refused),
  );
  check('select Balance from Account', '', 'zoqlexport', tenant([account], refused));
  check(
    'select Balance from Account',
    `
    select Balance from Account
           ^^^^^^^ warning field-not-in-dialect: ZOQL has no Balance; Export ZOQL does; AQuA has refused it
    `,
    'zoql',
    tenant([], refused),
  );
});

test('custom fields and their values are offered', () => {
  const offered = (text: string) => {
    const at = text.indexOf('|');
    const document = openDocument(text.replace('|', ''));
    return completions(document, at, { catalogue: acme, queryType: 'zoql' }).items.map(({ label }) => label);
  };
  assert.ok(offered('select | from Account').includes('Region__c'));
  assert.ok(offered("select Id from Account where Region__c = '|'").includes("'South'"));
});

test('the hover tells the tenant, and the day that its object is of', () => {
  const text = 'select Region__c from Account';
  const shown = hover(
    openDocument(text),
    text.indexOf('Region'),
    { catalogue: acme, queryType: 'zoql' },
    { today: '2026-11-27' },
  );
  assert.match(shown?.markdown ?? '', /Custom field, `picklist`/);
  assert.match(shown?.markdown ?? '', /`North`, `South`/);
  assert.match(shown?.markdown ?? '', /\*acme of 2026-11-20, 7 days ago\*|\*acme of 2026-11-20, .*\*/);
});

test('names that every object of JavaScript has are no fields, and can be some', () => {
  const own = described('Account', [
    'Id text soap+export',
    '__proto__ text soap+export',
    'constructor text soap+export',
  ]);
  const layered = tenant([own]).object('Account');
  assert.equal(layered?.field('toString'), undefined);
  assert.equal(layered?.field('__proto__')?.name, '__proto__');
  assert.equal(layered?.field('constructor')?.name, 'constructor');
});

test('a snapshot below a tenant counts for what the tenant has not described', () => {
  const snapshot = {
    tenant: 'old',
    objects: [
      described('Account', ['Id text soap+export', 'Gone__c text soap+export custom']),
      described('Contact', ['Id text soap+export', 'Area__c text soap+export custom']),
    ],
    refused: [{ object: 'Account', field: 'Name', dialect: 'zoql' }] as const,
  };
  const layered = withTenant(
    fixture,
    { tenant: 'acme', objects: [account], refused: [] },
    withTenant(fixture, snapshot),
  );
  check('select Area__c from Contact', '', 'zoql', layered);
  check('select Name from Account', '', 'zoql', layered);
  check(
    'select Gone__c from Account',
    `
    select Gone__c from Account
           ^^^^^^^ warning unknown-field: Account has no field Gone__c on acme
    `,
    'zoql',
    layered,
  );
});

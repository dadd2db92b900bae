import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from '../../client/src/schema/table';
import { withTenant } from '../../server/src/zoql/index';
import { fixture } from '../zoql/catalogues';
import { described } from '../zoql/described';

function drawn(name: string, ...lines: readonly string[]): string {
  const { fields } = described('Account', lines);
  const object = {
    ...described('Account', []),
    label: 'Customer *',
    fields: fields.map(field => (field.name === 'Pipe__c' ? { ...field, label: 'a | b\n`c`' } : field)),
    relations: [{ name: 'BillToContact', object: 'Contact' }],
  };
  const refused = [{ object: 'Account', field: 'Name', dialect: 'zoql' }] as const;
  const catalogue = withTenant(fixture, { tenant: 'acme', objects: [object], refused });
  const found = catalogue.object(name);
  assert.ok(found);
  return tableOf(found, '2026-12-04');
}

test('an object is drawn as tables whose columns stand below each other', () =>
  assert.equal(
    drawn(
      'Account',
      'Name text soap+export max=255',
      'Id text soap+export',
      'BillToId text soap',
      'Pipe__c picklist export custom options=North,South',
    ),
    `# Account — Customer *

In ZOQL and Export ZOQL. acme of 2026-11-20, 2 weeks old.

## 4 fields

| Name     | Label        | Type        | ZOQL | WHERE | Export ZOQL      | Values       | Marks           |
| -------- | ------------ | ----------- | ---- | ----- | ---------------- | ------------ | --------------- |
| BillToId | BillToId     | ID          | yes  | yes   | BillToContact.Id |              |                 |
| Id       | Id           | ID          | yes  | yes   | yes              |              |                 |
| Name     | Name         | string(255) | no   | no    | yes              |              | refused in ZOQL |
| Pipe__c  | a \\| b \\\`c\\\` | picklist    | no   | no    | yes              | North, South | custom          |

## 2 related objects

| Name          | Object  | Marks                          |
| ------------- | ------- | ------------------------------ |
| BillToContact | Contact |                                |
| ParentAccount | Account | depends on a feature, not sure |
`,
  ));

test('a long list of values is cut, and says how many are left', () => {
  const values = Array.from({ length: 40 }, (_, number) => `Country${number}`).join(',');
  const line = drawn('Account', `Land__c picklist export custom options=${values}`);
  assert.match(line, /Country0, Country1, .* and 3\d more/);
  assert.ok(line.split('\n').every(each => each.length < 200));
});

test('an object without relations has one table', () => {
  const order = fixture.object('Amendment');
  assert.ok(order);
  assert.equal(tableOf(order, '2026-12-04').match(/^## /gm)?.length, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffPage } from '../../client/src/schema/diffPage';
import { schemaDiff, withTenant, type DescribedObject } from '../../server/src/zoql/index';
import { fixture } from '../zoql/catalogues';
import { described } from '../zoql/described';

function page(one: readonly DescribedObject[], other: readonly DescribedObject[]): string {
  const objectsOf = (objects: readonly DescribedObject[]) =>
    withTenant(fixture, { tenant: 'x', objects, refused: [] }).objects.filter(({ bundled }) => bundled === false);
  return diffPage(schemaDiff(objectsOf(one), objectsOf(other)), 'Sandbox', 'a*b (a.json)');
}

test('a page says what only one side has, and what differs', () =>
  assert.equal(
    page(
      [
        described('Own', ['Id text export']),
        described('Account', [
          'Id text soap+export',
          'Tier__c text export custom',
          'Score__c text export custom',
          'Region__c picklist export custom options=N|S,W',
        ]),
      ],
      [
        described('Account', [
          'Id text soap+export',
          'Score__c integer export custom',
          'Region__c picklist export custom options=W',
        ]),
      ],
    ),
    `# Sandbox and a\\*b (a.json)

1 object only in Sandbox, 1 object differs.

## Objects only in Sandbox

- \`Own\`

## Account

### Fields only in Sandbox

- \`Tier__c\`

### Fields that differ

| Field     | In     | Sandbox         | a\\*b (a.json) |
| --------- | ------ | --------------- | ------------- |
| Region__c | values | only here: N\\|S |               |
| Score__c  | type   | string          | integer       |
`,
  ));

test('a page without a difference says so', () => {
  const same = [described('Account', ['Id text soap+export'])];
  assert.equal(page(same, same), '# Sandbox and a\\*b (a.json)\n\nThere is no difference.\n');
});

/** The view "Schema" as it is drawn: a line each, what opens with `>`. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createSchemaLines, type SchemaNode, type SchemaSource } from '../../client/src/schema/lines';
import { withTenant, type DescribedObject, type RefusedField } from '../../server/src/zoql/index';
import { bundled, fixture } from '../zoql/catalogues';
import { described } from '../zoql/described';

const account = described(
  'Account',
  [
    'Id text soap+export',
    'Name text soap+export max=255',
    'BillToId text soap',
    'Mrr decimal export',
    'Internal text none',
    'Region__c picklist soap+export custom options=North,South',
    'Score__c integer soap custom',
  ],
  { BillToContact: 'Contact' },
);

function acme(objects: readonly DescribedObject[], refused: readonly RefusedField[] = []): Partial<SchemaSource> {
  return { catalogue: withTenant(fixture, { tenant: 'acme', objects, refused }), tenant: 'acme' };
}

function view(source: Partial<SchemaSource> = {}) {
  const lines = createSchemaLines({
    catalogue: fixture,
    tenant: undefined,
    today: '2026-11-20',
    problem: undefined,
    ...source,
  });
  const drawn = (node?: SchemaNode) =>
    lines
      .children(node)
      .map(child => {
        const line = lines.line(child);
        assert.ok(line);
        return `${line.opens ? '>' : ' '} ${line.label}${line.description && ` | ${line.description}`}`;
      })
      .join('\n');
  return { lines, drawn };
}

function draws(actual: string, expected: string): void {
  assert.equal(actual, expected.replace(/^ {4}/gm, '').replace(/^\n|\n$/g, ''));
}

const object = (name: string, ...steps: readonly string[]): SchemaNode => ({
  kind: steps.length === 0 ? 'object' : 'relation',
  object: name,
  steps,
});
const field = (name: string, ...steps: readonly string[]): SchemaNode => ({
  kind: 'field',
  object: 'Account',
  steps,
  field: name,
});

suite('without a tenant', () => {
  test('objects come by their names, marked where only one dialect has them', () =>
    draws(
      view().drawn(),
      `
    > Account
    > Amendment | ZOQL only
    > Contact
    > Order | Export ZOQL only
    `,
    ));

  test('fields come with type and marks, and behind them what the object leads to', () =>
    draws(
      view().drawn(object('Account')),
      `
      AutoPay | boolean
      Balance | decimal
      BillToId | ID · BillToContact.Id in Export ZOQL
      CreatedDate | datetime
      Id | ID
      Mrr | decimal · Export ZOQL only
      Name | string(255)
      Notes | string
      Segment | string · name guessed
      Status | picklist
    > BillToContact | → Contact
    > ParentAccount | → Account · depends on a feature
    `,
    ));

  test('what is behind a relation opens again, in circles too', () =>
    draws(
      view().drawn(object('Account', 'BillToContact', 'Account', 'BillToContact')),
      `
      Country | string
      FirstName | string
      Id | ID
    > Account | → Account
    `,
    ));

  test('the title tells the day of the bundled facts', () => {
    assert.match(view({ catalogue: bundled }).lines.title, /^bundled facts of \d{4}-\d\d-\d\d$/);
    assert.equal(view().lines.message, undefined);
  });
});

suite('with a tenant', () => {
  test('what it has not described is marked, and so is what is old', () =>
    draws(
      view({ ...acme([account]), today: '2026-12-01' }).drawn(),
      `
    > Account | 1 week old
    > Amendment | ZOQL only · bundled facts
    > Contact | bundled facts
    > Order | Export ZOQL only · bundled facts
    `,
    ));

  test('custom fields, those of one dialect, of none, and refused ones are marked', () =>
    draws(
      view(acme([account], [{ object: 'Account', field: 'Name', dialect: 'zoql' }])).drawn(object('Account')),
      `
      BillToId | ID · BillToContact.Id in Export ZOQL
      Id | ID
      Internal | string · in no query
      Mrr | decimal · Export ZOQL only
      Name | string(255) · refused in ZOQL · Export ZOQL only
      Region__c | picklist · custom
      Score__c | integer · custom · ZOQL only
    > BillToContact | → Contact
    > ParentAccount | → Account · depends on a feature · not sure
    `,
    ));

  test('a label is shown where it is more than the words of the name', () => {
    const labelled = {
      ...account,
      label: 'Customer',
      fields: account.fields.map(each => (each.name === 'Region__c' ? { ...each, label: 'Sales Region' } : each)),
    };
    const { drawn } = view(acme([labelled]));
    assert.match(drawn(), /^> Account \| Customer$/m);
    assert.match(drawn(object('Account')), /^ {2}Region__c \| Sales Region · picklist · custom$/m);
  });

  test('what comes from a snapshot says so', () => {
    const catalogue = withTenant(fixture, { tenant: 'old', objects: [account], refused: [] });
    assert.match(view({ catalogue, tenant: 'acme' }).drawn(), /^> Account \| from old$/m);
  });

  test('the title says how much is described, and how old it is', () => {
    assert.equal(view(acme([account])).lines.title, 'acme · 1 of 4 objects described');
    assert.equal(
      view({ ...acme([account]), today: '2027-02-01' }).lines.title,
      'acme · 1 of 4 objects described · up to 2 months old',
    );
    assert.match(view(acme([])).lines.title, /^acme · bundled facts/);
  });

  test('the message says what to do, and what is wrong with the snapshot before that', () => {
    assert.match(view(acme([])).lines.message ?? '', /^acme has described no object yet: .* Refresh Metadata /);
    assert.equal(view(acme([account])).lines.message, undefined);
    assert.equal(view({ ...acme([account]), problem: 'It is broken.' }).lines.message, 'It is broken.');
  });
});

suite('a line', () => {
  test('is heard as it is seen', () => {
    const { lines } = view(acme([account]));
    const spoken = (node: SchemaNode) => lines.line(node)?.spoken;
    assert.equal(spoken(object('Contact')), 'Object Contact, bundled facts.');
    assert.equal(spoken(field('Score__c')), 'Field Score__c, integer, custom, ZOQL only.');
    assert.equal(spoken(object('Account', 'BillToContact')), 'Related object BillToContact, leads to Contact.');
  });

  test('has an id of its own, below every line, and its parent is the line that it came from', () => {
    const { lines } = view();
    const seen = new Map<string, string>();
    const visit = (node: SchemaNode | undefined, depth: number) => {
      for (const child of lines.children(node)) {
        const id = lines.line(child)?.id ?? '';
        assert.equal(seen.has(id), false, id);
        seen.set(id, child.kind);
        assert.deepEqual(lines.parent(child), node);
        if (0 < depth) visit(child, depth - 1);
      }
    };
    visit(undefined, 3);
    assert.ok(100 < seen.size);
  });

  test('of what is no longer known is none', () => {
    const { lines } = view();
    for (const node of [object('Gone'), field('Gone'), object('Account', 'Gone'), field('Id', 'Gone')]) {
      assert.equal(lines.line(node), undefined);
      assert.deepEqual(node.kind === 'field' ? [] : lines.children(node), []);
    }
  });
});

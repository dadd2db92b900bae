/** Snapshots of a tenant's schema: how they read, that they come back as they were, and what is none. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readSnapshot, writeSnapshot, type DescribedObject, type TenantFacts } from '../../server/src/zoql/index';
import { described } from './described';

const acme: TenantFacts = {
  tenant: 'acme "eu"',
  objects: [
    described('Invoice', ['Id text soap+export'], {}),
    described(
      'Account',
      ['Name text soap+export max=255', 'Region__c picklist export custom options=South,North', 'Id text soap+export'],
      { SoldToContact: 'Contact', BillToContact: 'Contact' },
    ),
  ],
  refused: [
    { object: 'Invoice', field: 'TaxMessage', dialect: 'zoql' },
    { object: 'Account', field: 'Notes', dialect: 'zoqlexport' },
  ],
};

const text = `{
  "format": "ZOQL schema",
  "version": 1,
  "tenant": "acme \\"eu\\"",
  "date": "2026-11-20",
  "objects": [
    {
      "name": "Account",
      "label": "Account",
      "fields": [
        { "name": "Id", "label": "Id", "type": "text", "contexts": ["export", "soap"] },
        { "name": "Name", "label": "Name", "type": "text", "maxLength": 255, "contexts": ["export", "soap"] },
        { "name": "Region__c", "label": "Region__c", "type": "picklist", "custom": true, "contexts": ["export"], "options": [
          "South",
          "North"
        ] }
      ],
      "relations": [
        { "name": "BillToContact", "object": "Contact" },
        { "name": "SoldToContact", "object": "Contact" }
      ]
    },
    {
      "name": "Invoice",
      "label": "Invoice",
      "fields": [
        { "name": "Id", "label": "Id", "type": "text", "contexts": ["export", "soap"] }
      ],
      "relations": []
    }
  ],
  "refused": [
    { "object": "Account", "field": "Notes", "dialect": "zoqlexport" },
    { "object": "Invoice", "field": "TaxMessage", "dialect": "zoql" }
  ]
}
`;

test('a snapshot is sorted, has one field a line, and is JSON', () => {
  assert.equal(writeSnapshot(acme), text);
  assert.equal((JSON.parse(text) as { tenant: string }).tenant, acme.tenant);
});

test('its date is the day of the oldest description', () => {
  const objects = [...acme.objects, { ...described('Order', ['Id text export']), day: '2026-10-01' }];
  assert.match(writeSnapshot({ ...acme, objects }), /^ {2}"date": "2026-10-01",$/m);
});

test('another order of the same facts makes the same text', () => {
  const reversed: TenantFacts = {
    tenant: acme.tenant,
    objects: [...acme.objects].reverse().map(object => ({ ...object, fields: [...object.fields].reverse() })),
    refused: [...acme.refused].reverse(),
  };
  assert.equal(writeSnapshot(reversed), text);
});

test('what is read is what was written, for any facts', () => {
  const name = fc.stringMatching(/^[A-Za-z_]\w{0,20}$/);
  const label = fc.string({ maxLength: 30 }).map(each => each.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?'));
  const byName = { selector: (thing: { readonly name: string }) => thing.name.toLowerCase(), maxLength: 5 };
  const field = fc.record(
    {
      name,
      label,
      type: label,
      custom: fc.boolean(),
      filterable: fc.boolean(),
      maxLength: fc.integer({ min: 1 }),
      options: fc.array(label, { maxLength: 3 }),
      contexts: fc.array(label, { maxLength: 3 }),
    },
    { requiredKeys: ['name', 'label', 'type', 'custom', 'filterable', 'contexts'] },
  );
  const object: fc.Arbitrary<DescribedObject> = fc.record(
    {
      name,
      label,
      day: fc.constant('2026-11-20'),
      fields: fc.uniqueArray(field, byName),
      relations: fc.uniqueArray(fc.record({ name, object: name }), byName),
    },
    { requiredKeys: ['name', 'label', 'day', 'fields'] },
  );
  const facts: fc.Arbitrary<TenantFacts> = fc.record({
    tenant: label,
    objects: fc.uniqueArray(object, byName),
    refused: fc.array(fc.record({ object: name, field: name, dialect: fc.constantFrom('zoql', 'zoqlexport') })),
  });
  fc.assert(
    fc.property(facts, given => {
      const written = writeSnapshot(given);
      const read = readSnapshot(written);
      assert.ok(read.ok, JSON.stringify(read));
      assert.equal(writeSnapshot(read.facts), written);
      assert.deepEqual(counted(read.facts), counted(given));
    }),
  );
});

function counted({ objects, refused }: TenantFacts) {
  const names = objects.map(({ name, fields, relations }) => [name, fields.length, relations?.length]);
  return { names: names.sort(), refused: refused.length };
}

suite('what is no snapshot says why', () => {
  const valid = () =>
    JSON.parse(text) as { objects: { fields: Record<string, unknown>[] }[] } & Record<string, unknown>;
  const field = { name: 'Id', label: '', type: 'text', contexts: [] };
  const withField = (change: Record<string, unknown>) => {
    const given = valid();
    given.objects[0]?.fields.splice(0, 1, { ...field, ...change });
    return JSON.stringify(given);
  };

  const faults: Readonly<Record<string, readonly [text: string, expected: string]>> = {
    'no JSON': ['{', 'not-json: it is not JSON'],
    'JSON that is nested beyond all measure': ['['.repeat(200_000), 'not-json: it is not JSON'],
    nothing: ['null', 'no-snapshot: its format is not "ZOQL schema"'],
    'a list': ['[]', 'no-snapshot: its format is not "ZOQL schema"'],
    'another file': ['{"name":"zoql"}', 'no-snapshot: its format is not "ZOQL schema"'],
    'one of a later version': [
      JSON.stringify({ ...valid(), version: 2 }),
      'newer-version: it is of version 2, and this one reads up to 1',
    ],
    'one without objects': [JSON.stringify({ ...valid(), objects: 7 }), 'wrong-shape: objects is not a list'],
    'an object that is none': [
      JSON.stringify({ ...valid(), objects: [null] }),
      'wrong-shape: objects[0] is not an object',
    ],
    'a date that is none': [
      JSON.stringify({ ...valid(), date: 'https://rest.na.zuora.com' }),
      'wrong-shape: date is not a day like 2026-11-27',
    ],
    'a name that would break a query': [
      withField({ name: 'Id from Account --' }),
      'wrong-shape: objects[0].fields[0].name is not a name that can stand in a query',
    ],
    'a name that is there twice': [
      withField({ name: 'NAME' }),
      'wrong-shape: objects[0].fields[1].name is there twice',
    ],
    'a text without end': [
      withField({ label: 'x'.repeat(3_000) }),
      'wrong-shape: objects[0].fields[0].label is longer than 2048 characters',
    ],
    'a length below 1': [
      withField({ maxLength: -1 }),
      'wrong-shape: objects[0].fields[0].maxLength is not a whole number above 0',
    ],
    'a flag that is a text': [
      withField({ custom: 'yes' }),
      'wrong-shape: objects[0].fields[0].custom is neither true nor false',
    ],
    'a value that is no text': [
      withField({ options: ['a', 1] }),
      'wrong-shape: objects[0].fields[0].options[1] is not a text',
    ],
    'a dialect that is none': [
      JSON.stringify({ ...valid(), refused: [{ object: 'Account', field: 'Id', dialect: 'sql' }] }),
      'wrong-shape: refused[0].dialect is neither "zoql" nor "zoqlexport"',
    ],
  };
  for (const [what, [given, expected]] of Object.entries(faults)) {
    test(what, () => {
      const read = readSnapshot(given);
      assert.equal(read.ok ? 'ok' : `${read.fault.code}: ${read.fault.message}`, expected);
    });
  }

  test('whatever text it is, it throws nothing', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), given => {
        assert.equal(readSnapshot(given).ok, false);
      }),
    ));
});

suite('what comes with a snapshot', () => {
  test('names of prototypes are names like others and change nothing else', () => {
    const read = readSnapshot(
      text.replace('"name": "Id"', '"__proto__": { "custom": true, "polluted": true }, "name": "__proto__"'),
    );
    assert.ok(read.ok);
    const [account] = read.facts.objects;
    assert.equal(account?.fields[0]?.name, '__proto__');
    assert.equal(account?.fields[0]?.custom, false);
    assert.equal('polluted' in {}, false);
  });

  test('line breaks and what cannot be seen are no part of a label', () => {
    const read = readSnapshot(text.replace('"label": "Account"', '"label": "Acc\\u202eount\\n# Heading"'));
    assert.ok(read.ok);
    assert.equal(read.facts.objects[0]?.label, 'Acc ount # Heading');
  });

  test('properties of a later writer are passed over, and a byte order mark as well', () => {
    const read = readSnapshot(`\uFEFF${text.replace('"version": 1,', '"version": 1, "writer": { "name": "x" },')}`);
    assert.ok(read.ok);
    assert.equal(writeSnapshot(read.facts), text);
  });
});

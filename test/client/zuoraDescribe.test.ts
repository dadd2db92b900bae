// What a tenant's description comes to, drawn; and every answer that is none.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { readDescription } from '../../client/src/zuora/describe';
import { success, type Outcome } from '../../client/src/zuora/outcome';
import type { HttpAnswer, HttpRequest } from '../../client/src/zuora/transport';
import type { Description } from '../../client/src/zuora/describe';
import { createTokenSource } from '../../client/src/zuora/auth';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { systemClock } from '../../client/src/zuora/clock';
import { startZuora } from '../zuora/server';
import { draw, forever } from './network';

const whole = `<?xml version="1.0" encoding="UTF-8"?>
<object href="https://rest.example.com/v1/describe/Account">
  <name>Account</name><label>Account &amp; more</label>
  <fields>
    <field><name>Currency</name><label>Currency</label>
      <selectable>true</selectable><createable>true</createable><updateable>true</updateable><filterable>true</filterable>
      <custom>false</custom><maxlength/><required>true</required><type>text</type>
      <options><option>EUR</option><option>US  Dollar</option></options>
      <contexts><context>soap</context><context>export</context></contexts></field>
    <field><name>Tier__c</name><label>Größe</label><filterable>false</filterable><custom>true</custom>
      <maxlength>255</maxlength><type>picklist</type><contexts><context>export</context></contexts></field>
    <field><name>not a name</name><type>text</type><contexts/></field>
  </fields>
  <related-objects>
    <object href="https://rest.example.com/v1/describe/Contact"><name>BillToContact</name><label>Bill To</label>
      <cardinality>TO_ONE</cardinality></object>
    <object href="https://rest.example.com/v1/describe/Invoice"><name>Invoices</name><cardinality>TO_MANY</cardinality></object>
    <object href="https://rest.example.com/v1/describe/Account"><name>ParentAccount</name></object>
  </related-objects>
</object>`;

const drawnWhole = `Account "Account & more"
Currency "Currency" text, filterable, EUR|US  Dollar, soap export
Tier__c "Größe" picklist custom max 255, export
→ BillToContact Contact
→ ParentAccount Account`;

test('an object: fields, values, contexts, and the steps to one record', async () =>
  assert.equal(drawn(await read([whole])), drawnWhole));

test('however its bytes are cut', async () => {
  const bytes = Buffer.from(whole);
  for (const size of [1, 7, 100]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    assert.equal(drawn(await read(pieces)), drawnWhole, `in pieces of ${size}`);
  }
});

test('an answer that is none is told of, and nothing of it is kept', async () => {
  const entity =
    '<?xml version="1.0"?><!DOCTYPE object [<!ENTITY x SYSTEM "file:///etc/passwd">]><object><name>&x;</name></object>';
  const bomb = '<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><object><name>&b;</name></object>';
  for (const [text, expected] of [
    ['', 'malformed: the answer was empty'],
    [whole.slice(0, 700), 'malformed: the answer was cut short'],
    ['<html><body>Sign in</body></html>', 'malformed: <html> came where <object> was expected'],
    [entity, 'malformed: the answer has a document type, which Zuora sends none of'],
    [bomb, 'malformed: the answer has a document type, which Zuora sends none of'],
    ['<object><name>Account</name', 'malformed: the answer was cut short'],
    ['<object><name>Account</nome></object>', 'malformed: the answer was not whole XML'],
    ['<object><name>Contact</name></object>', 'malformed: the answer is about another object, Contact'],
    ['<object><name>&undefined;</name></object>', 'malformed: the answer was not whole XML'],
    ['null', 'malformed: the answer was not whole XML'],
    ['{"success":false,"reasons":[{"code":50000040,"message":"No such object"}]}', 'rejected: No such object'],
    [
      '<?xml version="1.0"?><error><code>NOT_FOUND</code><message>No Foo</message></error>',
      'rejected: NOT_FOUND No Foo',
    ],
  ] as const) {
    assert.equal(drawn(await read([text])), expected, text);
  }
});

test('elements one in another are no harm', async () => {
  const deep = (depth: number) => `<object><name>Account</name>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</object>`;
  assert.equal(drawn(await read([deep(10)])), 'Account "Account"');
  assert.equal(drawn(await read([deep(10_000)])), 'malformed: the answer is nested deeper than anything of Zuora');
});

test('the stand-in’s tenant: its objects, and one with its custom fields', async t => {
  const { client, scope } = await standIn(t);
  const listed = await client.objects(scope, forever);
  assert.ok(listed.ok, draw(listed));
  assert.ok(listed.value.some(({ name, label }) => name === 'RatePlanCharge' && label === 'Rate Plan Charge'));
  const account = await client.describe(scope, 'account', forever);
  assert.ok(account.ok, draw(account));
  const { name, fields, relations } = account.value;
  assert.equal(name, 'Account');
  assert.deepEqual(
    fields.filter(({ name }) => name === 'Region__c').map(({ custom, contexts }) => [custom, ...contexts]),
    [[true, 'soap', 'export']],
  );
  assert.ok(relations?.some(({ name: step, object }) => step === 'BillToContact' && object === 'Contact'));
});

test('an object that the tenant has not', async t => {
  const { client, scope } = await standIn(t);
  const refused = await client.describe(scope, 'Nothing', forever);
  assert.equal(drawn(refused), 'rejected: NOT_FOUND Object not found: Nothing');
});

async function standIn(t: TestContext) {
  const zuora = await startZuora();
  t.after(() => zuora.stop());
  const transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };
  const { clientId, clientSecret } = zuora;
  const credentialsFor = () => Promise.resolve(success({ clientId, clientSecret }));
  const tokens = createTokenSource({ transport, random: Math.random, credentialsFor });
  const client = createZuoraClient({ transport, tokens, random: Math.random });
  return { client, scope: { tenant: 'Local sandbox', origin: zuora.url } };
}

/** Reads pieces of a document as they would come from the network. */
function read(pieces: readonly (string | Uint8Array)[]): Promise<Outcome<Description>> {
  const answer: HttpAnswer = {
    status: 200,
    header: () => undefined,
    provesItsEnd: true,
    async *chunks() {
      for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
    },
  };
  const request: HttpRequest = {
    method: 'GET',
    origin: 'https://rest.example.com',
    path: '/',
    headers: {},
    secrets: [],
  };
  return readDescription(systemClock, 'Account')(answer, request);
}

function drawn(outcome: Outcome<Description>): string {
  if (!outcome.ok) return `${outcome.failure.kind}: ${'message' in outcome.failure ? outcome.failure.message : ''}`;
  const { name, label, fields, relations = [] } = outcome.value;
  return [
    `${name} "${label}"`,
    ...fields.map(field => {
      const max = field.maxLength === undefined ? '' : ` max ${field.maxLength}`;
      const facts = [
        `${field.type}${field.custom ? ' custom' : ''}${max}`,
        ...(field.filterable ? ['filterable'] : []),
        ...(field.options ? [field.options.join('|')] : []),
        field.contexts.join(' '),
      ];
      return `${field.name} "${field.label}" ${facts.join(', ')}`;
    }),
    ...relations.map(({ name: step, object }) => `→ ${step} ${object}`),
  ].join('\n');
}

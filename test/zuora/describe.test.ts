/** The metadata as XML. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startZuora, type Zuora } from './server';
import { connect, type TestClient } from './testClient';

let zuora: Zuora;
let client: TestClient;
before(async () => {
  zuora = await startZuora();
  client = await connect(zuora);
});
after(() => zuora.stop());

test('the list of objects', async () => {
  const { text, headers } = await client.call('/v1/describe/');
  assert.equal(headers['content-type'], 'text/xml;charset=utf-8');
  const [first] = text.split('</object>');
  assert.equal(
    first,
    `<?xml version="1.0" encoding="UTF-8"?>
<objects>
  <object href="${zuora.url}/v1/describe/ARTransaction">
    <name>ARTransaction</name>
    <label>AR Transaction</label>
  `,
  );
  assert.ok(text.includes('<name>BillingPreviewRun</name>'), 'Zuora lists it, although nothing of it can be exported');
});

/** The lines of one field's XML, without indent. */
async function field(object: string, name: string): Promise<string[]> {
  const { text } = await client.call(`/v1/describe/${object}`);
  const found = text.split('<field>').find(part => part.includes(`<name>${name}</name>`));
  return (found ?? '').split('</field>')[0]?.trim().split(/\n\s*/) ?? [];
}

test('a custom field with its values', async () => {
  assert.deepEqual(await field('account', 'Region__c'), [
    '<name>Region__c</name>',
    '<label>Region</label>',
    '<selectable>true</selectable><createable>true</createable><updateable>true</updateable><filterable>true</filterable>',
    '<custom>true</custom><maxlength/><required>false</required><type>picklist</type>',
    '<options><option>AMER</option><option>APAC</option><option>EMEA</option></options>',
    '<contexts><context>soap</context><context>export</context></contexts>',
  ]);
});

test('a foreign key is in the soap context only', async () => {
  const lines = await field('Account', 'BillToId');
  assert.equal(lines.at(-1), '<contexts><context>soap</context></contexts>');
});

test('the related objects of an object', async () => {
  const { text } = await client.call('/v1/describe/Account?showRelationships=true');
  const related = text.slice(text.indexOf('<related-objects>'));
  assert.ok(
    related.startsWith(`<related-objects>
    <object href="${zuora.url}/v1/describe/Contact">
      <name>BillToContact</name>
      <label>Bill To Contact</label>
      <cardinality>TO_ONE</cardinality>
      <direct-relationship>true</direct-relationship>
      <path>Account.BillToContact</path>
    </object>`),
  );
});

test('what Describe marks for export is what * gives', async () => {
  const { text } = await client.call('/v1/describe/Subscription');
  const marked = text.split('<field>').filter(part => part.includes('<context>export</context>'));
  const names = marked.map(part => /<name>(\w+)<\/name>/.exec(part)?.[1]);
  const csv = await client.csv({ useQueryLabels: true, queries: [{ query: 'select * from Subscription limit 1' }] });
  const header = (csv.split('\n')[0] ?? '').split(',').map(name => name.replace('Subscription.', ''));
  assert.deepEqual(
    header,
    names.filter(name => name !== undefined && header.includes(name)),
  );
  assert.ok(names.length - header.length < 8, 'only foreign keys that the context export has are missing');
});

test('an unknown object is a 404 in XML', async () => {
  const { status, text, headers } = await client.call('/v1/describe/No<Such');
  assert.equal(status, 404);
  assert.match(headers['content-type'] ?? '', /^text\/xml/);
  assert.match(text, /Object not found: No&lt;Such/);
});

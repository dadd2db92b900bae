import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import bundledData from '../../server/src/zoql/catalogue.data.json';
import { createCatalogue, labelOf, type CatalogueObject } from '../../server/src/zoql/catalogue';
import { bundled } from './catalogues';

test('an object tells in which dialects it can stand', () => {
  assert.equal(summary('Account'), 'Account "Account" zoql export');
  assert.equal(summary('BillRun'), 'BillRun "Bill Run" zoql');
  assert.equal(summary('Order'), 'Order "Order" export');
  assert.equal(summary('UpdaterDetail'), 'UpdaterDetail "Payment Method Update" export');
  assert.equal(summary('InvoiceFile'), 'InvoiceFile "Invoice File" zoql, more fields than known');
});

test('a field tells its type, its length and where it can be used', () => {
  assert.equal(described('Account.CrmId'), 'CrmId "Crm ID" string max 100 zoql:yes filter:yes export:yes');
  assert.equal(
    described('Account.BillToId'),
    'BillToId "Bill To ID" id max 32 zoql:yes filter:yes export:? path BillToContact.Id',
  );
  assert.equal(described('Invoice.Body'), 'Body "Body" string zoql:yes filter:yes export:?');
  assert.equal(described('Account.Gateway'), 'Gateway "Gateway" string zoql:no filter:no export:? type guessed');
  assert.equal(
    described('Invoice.RetryStatus__c'),
    'RetryStatus__c "Retry Status" picklist zoql:? filter:? export:yes values Complete,In Progress (spelling assumed) custom',
  );
});

test('an assumed export flag is no fact', () =>
  assert.equal(described('Account.Batch'), 'Batch "Batch" string max 20 zoql:yes filter:yes export:?'));

test('a name that is a guess says so', () =>
  assert.equal(described('CalloutHistory.AttemptNumber').endsWith('type guessed name guessed'), true));

test('names are found without regard to case, and only own names', () => {
  assert.equal(bundled.object('rateplancharge')?.field('CHARGEMODEL')?.name, 'ChargeModel');
  assert.equal(bundled.object('invoice')?.relation('billtocontact')?.object, 'Contact');
  for (const name of ['', 'constructor', '__proto__', 'toString', 'Nothing']) {
    assert.equal(bundled.object(name), undefined);
    assert.equal(bundled.object('Account')?.field(name), undefined);
    assert.equal(bundled.object('Account')?.relation(name), undefined);
  }
});

test('every relation and every export path leads to a known object', () => {
  for (const object of bundled.objects) {
    for (const relation of object.relations)
      assert.ok(bundled.object(relation.object), `${object.name}.${relation.name}`);
    for (const { name, exportPath } of object.fields) {
      if (exportPath === undefined) continue;
      const steps = exportPath.split('.');
      const last = steps.pop() ?? '';
      const end = steps.reduce<CatalogueObject | undefined>(
        (at, step) => bundled.object(at?.relation(step)?.object ?? ''),
        object,
      );
      assert.ok(end?.field(last), `${object.name}.${name} → ${exportPath}`);
    }
  }
});

test('the rules that ZOQL has for an object come with it', () =>
  assert.deepEqual(
    bundled.object('Invoice')?.restrictions.map(({ fields, rule }) => `${fields.join()}: ${rule}`),
    ['Body: only when a single invoice is selected by Id', 'BillRunId: filter only, not selectable'],
  ));

test('objects that AQuA does not serve are named', () =>
  assert.deepEqual(bundled.notInAqua, ['ChargeMetrics', 'ChargeMetricsDiscountAllocationDetail']));

test('labels are the words of the name', () => {
  assert.equal(labelOf('BillToContactId'), 'Bill To Contact ID');
  assert.equal(labelOf('FXCustomRate'), 'FX Custom Rate');
  assert.equal(labelOf('QuoteNumber__QT'), 'Quote Number');
  assert.equal(labelOf('Sales_Region__c'), 'Sales Region');
  assert.equal(labelOf('UOM'), 'UOM');
});

test("an object's fields are read when they are first asked for, once", () => {
  const broken = { ...bundledData, objects: [['Broken', 0, 3, 0, undefined, undefined]] };
  const object = createCatalogue(broken).object('broken');
  assert.equal(object?.name, 'Broken');
  assert.throws(() => object?.fields, TypeError);
  const account = bundled.object('Account');
  assert.equal(account?.fields, account?.fields);
});

test('the generator gives the same bytes for the same facts, small and without sources of single fields', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'catalogue-'));
  try {
    await mkdir(path.join(folder, 'src/zoql'), { recursive: true });
    await copyFile('server/catalogue.mjs', path.join(folder, 'catalogue.mjs'));
    await writeFile(path.join(folder, 'facts.json'), JSON.stringify(facts));
    const generate = async (): Promise<string> => {
      await promisify(execFile)(process.execPath, [
        path.join(folder, 'catalogue.mjs'),
        path.join(folder, 'facts.json'),
      ]);
      return readFile(path.join(folder, 'src/zoql/catalogue.data.json'), 'utf8');
    };
    const written = await generate();
    assert.equal(await generate(), written);
    const catalogue = createCatalogue(JSON.parse(written) as typeof bundledData);
    assert.deepEqual(
      catalogue.objects.map(
        ({ name, fields }) => `${name}: ${fields.map(field => `${field.name} ${field.type}`).join(', ')}`,
      ),
      ['Account: Id id, BillToId id', 'Contact: Id id, Kind picklist'],
    );
    assert.equal(catalogue.object('Contact')?.field('Kind')?.values?.join(), 'Work,Home');
    assert.equal(catalogue.object('Account')?.field('BillToId')?.exportPath, 'BillToContact.Id');
    assert.equal(written.includes('"src"'), false);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const facts = {
  meta: { generated: '2026-01-02', sources: { a: 'somewhere' }, notAvailableInAqua: [] },
  objects: {
    Contact: {
      label: 'Contact',
      zoql: true,
      export: true,
      joined: [],
      fields: [
        { name: 'Id', type: 'ID', src: ['a'] },
        { name: 'Kind', type: 'picklist', values: ['Work', 'Home'], src: ['a'] },
      ],
    },
    Account: {
      label: 'Account',
      zoql: true,
      export: true,
      joined: [{ name: 'BillToContact', object: 'Contact' }],
      fields: [
        { name: 'Id', type: 'ID', src: ['a'] },
        { name: 'BillToId', type: 'ID', exportPath: 'BillToContact.Id', src: ['a'] },
      ],
    },
  },
};

function summary(name: string): string {
  const object = bundled.object(name);
  assert.ok(object);
  const dialects = [...(object.zoql ? ['zoql'] : []), ...(object.exported ? ['export'] : [])].join(' ');
  return `${object.name} "${object.label}" ${dialects}${object.fieldsIncomplete ? ', more fields than known' : ''}`;
}

function described(pathOfField: string): string {
  const [objectName = '', fieldName = ''] = pathOfField.split('.');
  const field = bundled.object(objectName)?.field(fieldName);
  assert.ok(field, pathOfField);
  const says = (fact: boolean | undefined): string => (fact === undefined ? '?' : fact ? 'yes' : 'no');
  return [
    `${field.name} "${field.label}" ${field.type}`,
    ...(field.maxLength === undefined ? [] : [`max ${field.maxLength}`]),
    `zoql:${says(field.zoql)} filter:${says(field.filterable)} export:${says(field.exported)}`,
    ...(field.exportPath === undefined ? [] : [`path ${field.exportPath}`]),
    ...(field.values ? [`values ${field.values.join()}${field.valuesAssumed ? ' (spelling assumed)' : ''}`] : []),
    ...(field.custom ? ['custom'] : []),
    ...(field.typeGuessed ? ['type guessed'] : []),
    ...(field.guessed ? ['name guessed'] : []),
  ].join(' ');
}

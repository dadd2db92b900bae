/** A tenant's facts come to the server, and the server asks for what open files are about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver-protocol/node';
import {
  objectsNeededNotification,
  tenantFactsNotification,
  type ObjectsNeededParams,
  type TenantFactsParams,
} from '../../server/src/protocol';
import type { DescribedField, DescribedObject } from '../../server/src/zoql/index';
import { startEditor, type Editor, type EditorOptions } from './editor';

const pulling: EditorOptions = {
  capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
};

/** Custom fields of both dialects. */
function described(name: string, ...fields: readonly string[]): DescribedObject {
  const toField = (each: string): DescribedField => ({
    name: each,
    label: each,
    type: 'text',
    custom: each.endsWith('__c'),
    filterable: true,
    contexts: ['soap', 'export'],
  });
  return { name, label: name, day: '2026-12-01', fields: fields.map(toField) };
}

async function tell(editor: Editor, params: Partial<TenantFactsParams>): Promise<void> {
  const whole: TenantFactsParams = { tenant: 'acme', anew: false, objects: [], refused: [], ...params };
  await editor.connection.sendNotification(tenantFactsNotification, whole);
}

/** What the server asks for, one line each time. */
function asking(editor: Editor): string[] {
  const asked: string[] = [];
  editor.connection.onNotification(
    objectsNeededNotification,
    ({ objects }: ObjectsNeededParams) => void asked.push(objects.join(' ')),
  );
  return asked;
}

async function problems(editor: Editor): Promise<readonly string[]> {
  const report = await editor.diagnose();
  assert.equal(report.kind, DocumentDiagnosticReportKind.Full);
  return report.kind === DocumentDiagnosticReportKind.Full
    ? report.items.map(({ message }) => (typeof message === 'string' ? message : message.value))
    : [];
}

test('a problem goes when the object comes, and the editor is told to ask again', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  editor.open('select Id, Tier__c from Account');
  assert.match((await problems(editor)).join(), /Tier__c is a custom field/);
  const refreshes = editor.refreshes();
  await tell(editor, { objects: [described('Account', 'Id', 'Tier__c')] });
  await editor.settle();
  assert.equal(editor.refreshes(), refreshes + 1);
  assert.deepEqual(await problems(editor), []);
});

test('objects are told one after another; those of another tenant, and none, take their place', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  editor.open('select Tier__c from Account; select Area__c from Contact');
  await tell(editor, { objects: [described('Account', 'Tier__c')] });
  await tell(editor, { objects: [described('Contact', 'Area__c')] });
  assert.deepEqual(await problems(editor), []);
  await tell(editor, { tenant: 'other', objects: [described('Contact', 'Area__c')] });
  assert.match((await problems(editor)).join(), /^Tier__c is a custom field/);
  await tell(editor, { tenant: null });
  assert.match((await problems(editor)).join(), /Tier__c is a custom field.*Area__c is a custom field/);
});

test('the server asks for each object of the open files once, and for those that paths lead to', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  const asked = asking(editor);
  editor.open('select BillToContact.Country from account; select Id from Own__Object');
  await editor.passTime();
  assert.deepEqual(asked, [], 'without a tenant nobody could be asked');
  await tell(editor, { objects: [described('Contact', 'Country')] });
  await editor.passTime();
  assert.deepEqual(asked, ['Account Own__Object']);
  editor.change([{ text: 'select Id from account; select Id from Invoice' }], 2);
  await editor.passTime();
  assert.deepEqual(asked, ['Account Own__Object', 'Invoice']);
  await tell(editor, { anew: true });
  await editor.passTime();
  assert.deepEqual(asked, ['Account Own__Object', 'Invoice', 'Account Invoice']);
});

test('a name that is half typed is not asked for', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  const asked = asking(editor);
  await tell(editor, {});
  editor.open('select Id from Acc');
  await editor.settle();
  editor.change([{ text: 'select Id from Account' }], 2);
  await editor.passTime();
  assert.deepEqual(asked, ['Account']);
});

test('a large file is looked through in pieces, and to its end', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  const asked = asking(editor);
  await tell(editor, {});
  editor.open(`${'select Id, Name from Account;\n'.repeat(5_000)}select Id from Invoice`);
  for (let turns = 0; turns < 10; turns++) await editor.passTime();
  assert.deepEqual(asked, ['Account', 'Invoice']);
});

test('what is no facts leaves those of before', async t => {
  const editor = await startEditor(pulling);
  t.after(() => editor.dispose());
  editor.open('select Tier__c from Account');
  await tell(editor, { objects: [described('Account', 'Tier__c')] });
  await editor.connection.sendNotification(tenantFactsNotification, { tenant: 'acme', objects: 'none' });
  assert.deepEqual(await problems(editor), []);
  assert.match(editor.log.join(), /^tenant: /);
});

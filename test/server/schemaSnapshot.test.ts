/** The snapshot that the setting zoql.schemaSnapshot names: what it changes, and what is said where it is none. */
import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { tenantFactsNotification, type TenantFactsParams } from '../../server/src/protocol';
import { watchText } from '../../server/src/watchText';
import { writeSnapshot } from '../../server/src/zoql/index';
import { described } from '../zoql/described';
import { startEditor, type Editor, type EditorOptions } from './editor';

const capabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true }, configuration: true },
};
const name = 'acme.zoql-schema.json';
const query = 'select Id, Tier__c from Account';

function snapshotWith(...fields: readonly string[]): string {
  const lines = fields.map(field => `${field} text soap+export custom`);
  return writeSnapshot({ tenant: 'acme', objects: [described('Account', ['Id text soap', ...lines])], refused: [] });
}

/** A folder with these files, and an editor that works in it and has the setting. */
async function opened(t: TestContext, files: Readonly<Record<string, string>>, options: EditorOptions = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-snapshot-'));
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  for (const [file, text] of Object.entries(files)) write(file, text);
  const stops: (() => void)[] = [];
  const editor = await startEditor({
    capabilities,
    folder: pathToFileURL(folder).href,
    settings: { 'zoql.schemaSnapshot': name },
    initializationOptions: { schemaSnapshot: name },
    watchText: (...given) => {
      const stop = watchText(...given);
      stops.push(stop);
      return stop;
    },
    ...options,
  });
  t.after(() => {
    for (const stop of stops) stop();
    editor.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return { editor, folder, write };
}

async function problems(editor: Editor): Promise<string> {
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  return report.items.map(({ message }) => (typeof message === 'string' ? message : message.value)).join('\n');
}

async function problemsUntil(editor: Editor, expected: RegExp): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = await problems(editor);
    if (expected.test(found)) return;
    assert.ok(performance.now() < deadline, `still there: ${found}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const unchecked = /^Tier__c is a custom field; whether Account has it differs/;

suite('a snapshot in the folder', () => {
  test('counts from the first answer on', async t => {
    const { editor } = await opened(t, { [name]: snapshotWith('Tier__c') });
    editor.open(query);
    assert.equal(await problems(editor), '');
    assert.deepEqual(editor.said, []);
  });

  test('is told of by its tenant where a field is missing', async t => {
    const { editor } = await opened(t, { [name]: snapshotWith() });
    editor.open(query);
    assert.equal(await problems(editor), 'Account has no field Tier__c on acme');
  });

  test('is read again when it has changed, is gone or has come', async t => {
    const { editor, folder, write } = await opened(t, { [name]: snapshotWith() });
    editor.open(query);
    await problems(editor);
    write(`${name}.new`, snapshotWith('Tier__c', 'Longer__c'));
    renameSync(path.join(folder, `${name}.new`), path.join(folder, name));
    await problemsUntil(editor, /^$/);
    rmSync(path.join(folder, name));
    await problemsUntil(editor, unchecked);
    assert.match(editor.said.join('\n'), /^The schema snapshot acme\.zoql-schema\.json is not used: it is not there\./);
    write(name, snapshotWith('Tier__c'));
    await problemsUntil(editor, /^$/);
    assert.equal(editor.said.length, 1);
  });

  test('gives way to what a tenant has described, object by object', async t => {
    const { editor } = await opened(t, { [name]: snapshotWith('Tier__c') });
    const { day, ...contact } = described('Contact', ['Id text soap']);
    const facts: TenantFactsParams = { tenant: 'live', anew: true, objects: [{ ...contact, day }], refused: [] };
    await editor.connection.sendNotification(tenantFactsNotification, facts);
    editor.open(`${query}; select Area__c from Contact`);
    assert.equal(await problems(editor), 'Contact has no field Area__c on live');
    const account = { ...facts, objects: [described('Account', ['Id text soap'])] };
    await editor.connection.sendNotification(tenantFactsNotification, account);
    assert.match(await problems(editor), /^Account has no field Tier__c on live$/m);
  });

  test('is given up when the setting is', async t => {
    const { editor } = await opened(t, { [name]: snapshotWith('Tier__c') });
    editor.open(query);
    assert.equal(await problems(editor), '');
    editor.settings = { 'zoql.schemaSnapshot': '' };
    editor.configure({});
    await editor.settle();
    assert.match(await problems(editor), unchecked);
  });
});

suite('what is no snapshot is said once, and the bundled facts stay', () => {
  const reasons: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, reason: string]>> = {
    'no file': [{}, 'it is not there'],
    'a text of another kind': [{ [name]: '<<<<<<< HEAD' }, 'it is not JSON'],
    'another JSON': [{ [name]: '{}' }, 'its format is not "ZOQL schema"'],
  };
  for (const [what, [files, reason]] of Object.entries(reasons)) {
    test(what, async t => {
      const { editor } = await opened(t, files);
      editor.open(query);
      assert.match(await problems(editor), unchecked);
      editor.configure({});
      editor.open('select Id from Account', 'file:///queries/other.zoql');
      await editor.settle();
      assert.deepEqual(editor.said, [
        `The schema snapshot ${name} is not used: ${reason}. What is known without it stays. Export it anew, or change the setting zoql.schemaSnapshot.`,
      ]);
      assert.deepEqual(editor.log, []);
    });
  }

  test('a folder', async t => {
    const { editor } = await opened(
      t,
      {},
      { initializationOptions: { schemaSnapshot: '.' }, settings: { 'zoql.schemaSnapshot': '.' } },
    );
    editor.open(query);
    assert.match(await problems(editor), unchecked);
    assert.match(editor.said.join('\n'), /^The schema snapshot \. is not used: it is no file\./);
  });

  test('without a folder and without a disk', () => {
    const told: string[] = [];
    const tell = (read: { ok: boolean; reason?: string }) => void told.push(read.reason ?? 'read');
    watchText('a.json', undefined, tell)();
    watchText('a.json', 'vscode-vfs://github/acme/queries', tell)();
    watchText('\\\\server\\share\\a.json', undefined, tell)();
    watchText('//server/share/a.json', undefined, tell)();
    assert.deepEqual(told, [
      'no folder is open that it could be in',
      'the folder that is open is not on a disk',
      'it is on another computer',
      'it is on another computer',
    ]);
  });

  test('a host without a disk', async t => {
    const editor = await startEditor({
      capabilities,
      initializationOptions: { schemaSnapshot: name },
      settings: { 'zoql.schemaSnapshot': name },
    });
    t.after(() => editor.dispose());
    editor.open(query);
    assert.match(await problems(editor), unchecked);
    assert.match(editor.said.join('\n'), /this editor gives the server no disk/);
  });
});

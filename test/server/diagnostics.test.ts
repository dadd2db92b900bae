import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawDiagnostics, pullingClient, pushedClient, startEditor, uri, type EditorOptions } from './editor';

test('a problem stands below the text that it is about, in the file and not in the statement', () =>
  diagnoses(
    `select Id from Account;\nselect Id,\nfrom Account;`,
    `
select Id from Account;
select Id,
from Account;
^^^^ expected-field: Expected a field
`,
  ));

test('a problem says where it comes from', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  assert.deepEqual(
    report.items.map(({ source, code, severity }) => ({ source, code, severity })),
    [{ source: 'zoql', code: 'expected-field', severity: 1 }],
  );
  editor.dispose();
});

test('a problem leads to its explanation, for clients that can follow', async () => {
  const linkOf = async (codeDescriptionSupport: boolean): Promise<string | undefined> => {
    const editor = await startEditor({
      capabilities: { textDocument: { diagnostic: { codeDescriptionSupport } } },
      documentation: code => `file:///README.md#${code}`,
    });
    editor.open('select Id,');
    const report = await editor.diagnose();
    editor.dispose();
    assert.ok(report.kind === 'full');
    return report.items[0]?.codeDescription?.href;
  };
  assert.equal(await linkOf(true), 'file:///README.md#expected-field');
  assert.equal(await linkOf(false), undefined);
});

test('what could as well not be there is marked, for clients that draw it faded', async () => {
  const tagsOf = async (diagnostic: object): Promise<unknown> => {
    const editor = await startEditor({ capabilities: { textDocument: { diagnostic } } });
    editor.open('select Id, Name, Id from Account');
    const report = await editor.diagnose();
    editor.dispose();
    assert.ok(report.kind === 'full');
    return report.items.map(({ code, tags }) => [code, tags]);
  };
  assert.deepEqual(await tagsOf({ tagSupport: { valueSet: [1, 2] } }), [['duplicate-field', [1]]]);
  assert.deepEqual(await tagsOf({}), [['duplicate-field', undefined]]);
});

test('each code is as grave as the settings say', async () => {
  const editor = await startEditor({ initializationOptions: { problems: { severity: { 'expected-field': 'hint' } } } });
  editor.open('select Id, from Account; select Id from Account where Balance <> 1');
  const graveOnes = async (): Promise<unknown> => {
    const report = await editor.diagnose();
    assert.ok(report.kind === 'full');
    return report.items.map(({ code, severity }) => `${code} ${severity}`);
  };
  assert.deepEqual(await graveOnes(), ['expected-field 4', 'not-equal-sign 1']);
  editor.configure({ zoql: { 'problems.severity': { 'not-equal-sign': 'off', 'no-such-code': 'off' } } });
  assert.deepEqual(await graveOnes(), ['expected-field 1']);
  editor.dispose();
});

test('a pull without an edit in between is answered as unchanged', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  const first = await editor.diagnose();
  const second = await editor.diagnose(first.resultId);
  assert.deepEqual(second, { kind: 'unchanged', resultId: first.resultId });

  editor.change([{ text: 'select Id from Account' }], 2);
  const third = await editor.diagnose(first.resultId);
  assert.deepEqual({ ...third, resultId: '' }, { kind: 'full', resultId: '', items: [] });
  editor.dispose();
});

test('a file that is opened anew is not taken for the one before', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  const before = await editor.diagnose();
  editor.close();
  editor.open('select Id from Account');
  const after = await editor.diagnose(before.resultId);
  assert.equal(after.kind, 'full');
  editor.dispose();
});

test('a client that pulls gets no problems by itself', async () => {
  const editor = await startEditor();
  editor.open('select Id,');
  await editor.passTime();
  assert.deepEqual(editor.published, []);
  editor.dispose();
});

test('a client that never pulls gets problems once a burst, of its last version', async () => {
  const editor = await startEditor({ capabilities: pushedClient });
  editor.open('select Id,');
  for (let version = 2; version <= 50; version++)
    editor.change([{ text: `select Id${', '.repeat(version)}` }], version);
  editor.change([{ text: 'select Id, from Account' }], 51);
  await editor.settle();
  assert.equal(editor.published.length, 0, 'nothing goes out while a person types');

  await editor.passTime();
  assert.equal(editor.published.length, 1);
  const [problems] = editor.published;
  assert.equal(problems?.version, 51);
  assert.equal(problems.diagnostics.length, 1);
  await editor.passTime();
  assert.equal(editor.published.length, 1, 'nothing goes out without an edit');
  editor.dispose();
});

test('a closed file loses its problems, and those on their way', async () => {
  const editor = await startEditor({ capabilities: pushedClient });
  editor.open('select Id,');
  editor.close();
  await editor.passTime();
  assert.deepEqual(editor.published, [{ uri, diagnostics: [] }]);
  editor.dispose();
});

test('the dialect of the settings decides what is wrong, wherever the editor keeps them', async () => {
  const configured = { textDocument: { diagnostic: {} }, workspace: { configuration: true } };
  const ways: readonly EditorOptions[] = [
    { capabilities: configured, settings: { 'zoql.queryType': 'zoql' } },
    { capabilities: configured, initializationOptions: { queryType: 'zoql' } },
    { capabilities: pullingClient, initializationOptions: { queryType: 'zoql' } },
  ];
  for (const options of ways) {
    const editor = await startEditor(options);
    editor.open('select Account.Name from Invoice');
    await editor.settle();
    assert.deepEqual(await codes(editor), ['only-in-export'], JSON.stringify(options));
    editor.dispose();
  }
});

test('a changed setting reaches a client that pulls', async () => {
  const editor = await startEditor({
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
    },
  });
  editor.open('select Account.Name from Invoice');
  const before = await editor.diagnose();
  assert.ok(before.kind === 'full' && before.items.length === 0);

  editor.settings = { 'zoql.queryType': 'zoql' };
  editor.configure(null);
  await editor.settle();
  assert.equal(editor.refreshes(), 1);
  const after = await editor.diagnose(before.resultId);
  assert.ok(after.kind === 'full' && after.items.length === 1);

  // What means nothing to the server changes nothing.
  editor.configure(null);
  await editor.settle();
  assert.equal((await editor.diagnose(after.resultId)).kind, 'unchanged');
  editor.dispose();
});

test('a changed setting reaches a client that never pulls and has no configuration', async () => {
  const editor = await startEditor({ capabilities: pushedClient });
  editor.open('select Account.Name from Invoice');
  await editor.passTime();
  editor.configure({ zoql: { queryType: 'zoql' } });
  await editor.passTime();
  assert.deepEqual(
    editor.published.map(({ diagnostics }) => diagnostics.length),
    [0, 1],
  );

  // A word that is no query type is as good as none.
  editor.configure({ zoql: { queryType: 'sql' } });
  await editor.passTime();
  assert.equal(editor.published.at(-1)?.diagnostics.length, 0);
  editor.dispose();
});

test('a file with more problems than a person reads gets the first of them', async () => {
  const editor = await startEditor();
  editor.open('select Id,;\n'.repeat(3_000));
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  assert.equal(report.items.length, 1_000);
  assert.equal(report.items.at(-1)?.range.start.line, 999);
  editor.dispose();
});

test('much advice hides no error', async () => {
  const editor = await startEditor();
  editor.open(`${'select Custom__c from Account;\n'.repeat(3_000)}select Id,`);
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  assert.equal(report.items.length, 201);
  assert.deepEqual(report.items.at(-1)?.range.start, { line: 3_000, character: 9 });
  editor.dispose();
});

const largeFile = `${'select Id from Account;\n'.repeat(10_000)}select Id,`;

test('a large file is answered at once, and the editor hears when the rest is known', async () => {
  const editor = await startEditor({ capabilities: refreshedClient });
  editor.open(`select Id,;\n${largeFile}`);
  const first = await editor.diagnose();
  assert.ok(first.kind === 'full');
  assert.equal(first.resultId, undefined, 'nobody takes it for the whole answer');
  assert.deepEqual(
    first.items.map(({ range }) => range.start.line),
    [0],
  );

  const again = await editor.diagnose();
  assert.ok(again.kind === 'full' && again.resultId === undefined);
  for (let steps = 0; steps < 100 && editor.refreshes() === 0; steps++) await editor.passTime();
  assert.equal(editor.refreshes(), 1);
  const whole = await editor.diagnose();
  assert.ok(whole.kind === 'full');
  assert.deepEqual(
    whole.items.map(({ range }) => range.start.line),
    [0, 10_001],
  );
  assert.equal((await editor.diagnose(whole.resultId)).kind, 'unchanged');
  await editor.passTime();
  assert.equal(editor.refreshes(), 1, 'there is nothing more to come');
  editor.dispose();
});

test('the rest of a large file is what the file has become meanwhile', async () => {
  const editor = await startEditor({ capabilities: refreshedClient });
  editor.open(largeFile);
  await editor.diagnose();
  await editor.passTime();
  const end = { line: 10_000, character: 10 };
  editor.change([{ range: { start: end, end }, text: ' Name from Account' }], 2);
  for (let steps = 0; steps < 100 && editor.refreshes() === 0; steps++) await editor.passTime();
  assert.deepEqual(await codes(editor), []);
  editor.dispose();
});

test('nothing more is looked for in a file that is closed', async () => {
  const editor = await startEditor({ capabilities: refreshedClient });
  editor.open(largeFile);
  await editor.diagnose();
  editor.close();
  for (let steps = 0; steps < 20; steps++) await editor.passTime();
  assert.equal(editor.refreshes(), 0);
  editor.dispose();
});

test('a client that cannot be told to ask again gets all of a large file at once', async () => {
  const editor = await startEditor();
  editor.open(largeFile);
  assert.deepEqual(await codes(editor), ['expected-field']);
  editor.dispose();
});

test('a client that never pulls gets a large file twice: its first problems, then all', async () => {
  const editor = await startEditor({ capabilities: pushedClient });
  editor.open(largeFile);
  for (let steps = 0; steps < 100 && editor.published.length < 2; steps++) await editor.passTime();
  await editor.passTime();
  assert.deepEqual(
    editor.published.map(({ diagnostics }) => diagnostics.length),
    [0, 1],
  );
  editor.dispose();
});

const refreshedClient = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

async function codes(editor: Awaited<ReturnType<typeof startEditor>>): Promise<(string | number | undefined)[]> {
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  return report.items.map(({ code }) => code);
}

async function diagnoses(text: string, expected: string): Promise<void> {
  const editor = await startEditor();
  editor.open(text);
  const report = await editor.diagnose();
  assert.ok(report.kind === 'full');
  assert.equal(`\n${drawDiagnostics(text, report.items)}`, expected);
  editor.dispose();
}

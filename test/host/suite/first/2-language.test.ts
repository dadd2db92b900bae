import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, replaceUnsaved, showText } from '../files';
import { until } from '../until';

suite('language', () => {
  for (const extension of ['zoql', 'zql']) {
    test(`a .${extension} file is ZOQL`, async () => {
      const [file] = await vscode.workspace.findFiles(`*.${extension}`);
      assert.ok(file, `the samples have a .${extension} file`);
      const document = await vscode.workspace.openTextDocument(file);
      assert.equal(document.languageId, 'zoql');
    });
  }

  test('FROM offers objects', async () => {
    const offered = await completions('SELECT Id FROM |');
    for (const name of ['Account', 'Invoice', 'Subscription']) assert.ok(offered.includes(name), offered.join());
  });

  test('SELECT offers the fields of the object that FROM names further on', async () => {
    const offered = await completions('SELECT | FROM Invoice');
    for (const name of ['InvoiceNumber', 'DueDate']) assert.ok(offered.includes(name), offered.join());
    assert.ok(!offered.includes('TermStartDate'), 'which is a field of Subscription');
  });

  test('a dot offers the fields of the related object', async () => {
    const offered = await completions('SELECT Account.| FROM Invoice');
    assert.ok(offered.includes('AccountNumber'), offered.join());
  });

  test('an error of syntax is shown with its place and code, and goes when it is repaired', async () => {
    const document = await showText('mistake.zoql', 'SELECT Id, FROM Account');
    const diagnostics = () => vscode.languages.getDiagnostics(document.uri);
    const [diagnostic] = await until(diagnostics, found => 0 < found.length, { what: 'a diagnostic' });
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(diagnostic.range), 'FROM');
    assert.ok(diagnostic.code, 'it has a code');

    await replaceUnsaved(document, 'Id,', 'Id');
    await until(diagnostics, found => found.length === 0, { what: 'no diagnostic' });
  });

  test('the pointer on a field tells its type', async () => {
    const document = await openText('hover.zoql', 'SELECT Balance FROM Account');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 'SELECT Ba'.length),
    );
    const text = hovers
      .flatMap(hover => hover.contents)
      .map(content => (typeof content === 'string' ? content : content.value));
    assert.match(text.join('\n'), /Balance.*(number|decimal)/is);
  });
});

let completionFiles = 0;
/** What is offered at the | of a new file, as VS Code would show it. */
async function completions(marked: string): Promise<string[]> {
  const document = await openText(`completion-${++completionFiles}.zoql`, marked.replace('|', ''));
  const list = await until(
    () =>
      vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(marked.indexOf('|')),
      ),
    // Before the server is up, VS Code only offers words of the text.
    ({ items }) => items.some(item => item.kind !== vscode.CompletionItemKind.Text),
    { what: `completions of ${marked}` },
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

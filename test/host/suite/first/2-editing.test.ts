/** What the language server offers beyond completion, as VS Code hands it to a person. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, showText } from '../files';
import { until } from '../until';

suite('editing', () => {
  test('a quick fix mends a problem, and the problem leads to its explanation', async () => {
    const document = await showText('fix.zoql', "select Id from Account where Name <> 'a'");
    const [diagnostic] = await until(
      () => vscode.languages.getDiagnostics(document.uri),
      found => 0 < found.length,
      { what: 'a diagnostic' },
    );
    assert.ok(diagnostic && typeof diagnostic.code === 'object');
    assert.equal(diagnostic.code.value, 'not-equal-sign');
    assert.equal(diagnostic.code.target.toString(), 'command:zoql.explainProblem');

    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic.range);
    const fix = actions.find(({ title }) => title === 'Change to !=');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), "select Id from Account where Name != 'a'");
  });

  test('the document is formatted', async () => {
    const document = await openText('format.zoql', 'SELECT  Id,Name\n  FROM Account');
    const edits = await answered<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri, {
      insertSpaces: true,
      tabSize: 2,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText().trimEnd(), 'select Id, Name\nfrom Account');
  });

  test('above each query stand its dialect and the commands that submit it', async () => {
    const document = await openText('lenses.zoql', 'select * from Account;\nselect Id from Invoice');
    const lenses = await answered<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
    const drawn = lenses.map(({ range, command }) => `${range.start.line}: ${command?.title} ${command?.command}`);
    assert.deepEqual(
      drawn.filter(line => /submit/i.test(line)),
      [
        '0: Submit This Query zoql.submitQuery',
        '0: Submit File zoql.submitFile',
        '1: Submit This Query zoql.submitQuery',
      ],
    );
    assert.match(drawn.join('\n'), /^0: Export ZOQL: uses \*/m);
  });

  test('a field is found in every open file, an alias is renamed where it is used', async () => {
    const one = await showText('one.zoql', 'select Balance from Account');
    const other = await showText('other.zoql', 'select Account.Balance as "Owed" from Invoice');
    const places = await answered<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      one.uri,
      new vscode.Position(0, 'select Ba'.length),
    );
    assert.deepEqual(
      new Set(places.map(({ uri }) => uri.toString())),
      new Set([one.uri.toString(), other.uri.toString()]),
    );

    const position = new vscode.Position(0, other.getText().indexOf('Owed') + 1);
    const edit = await run<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', other.uri, position, 'Debt');
    await vscode.workspace.applyEdit(edit);
    assert.equal(other.getText(), 'select Account.Balance as "Debt" from Invoice');
  });

  test('queries fold, and a selection grows from the word to the file', async () => {
    const document = await openText('fold.zoql', 'select Id,\n  Name\nfrom Account\nwhere Balance > 0;\n');
    const ranges = await answered<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.ok(
      ranges.some(({ start, end }) => start === 0 && end === 3),
      JSON.stringify(ranges),
    );
    const [first] = await answered<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [
      new vscode.Position(1, 3),
    ]);
    assert.equal(first && document.getText(first.range), 'Name');
    let outer = first;
    while (outer?.parent) outer = outer.parent;
    assert.equal(outer && document.getText(outer.range), document.getText());
  });

  test('the parameters of a function are shown while it is typed', async () => {
    const document = await openText('signature.zoql', 'select count( from Account');
    const help = await answered<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      new vscode.Position(0, 'select count('.length),
      '(',
    );
    assert.match(help.signatures[0]?.label ?? '', /^count\(/);
  });
});

function run<T>(command: string, ...given: unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(command, ...given);
}

/** The answer, as soon as there is one: the server may still be starting. */
function answered<T extends object>(command: string, ...given: unknown[]): Promise<T> {
  const isThere = (answer: T | undefined): boolean =>
    answer !== undefined && (!Array.isArray(answer) || 0 < answer.length);
  return until(() => run<T>(command, ...given), isThere, { what: `an answer of ${command}` });
}

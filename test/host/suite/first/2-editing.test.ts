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
    assert.equal(diagnostic.code.target.toString(), 'zoql-problem:/not-equal-sign.md');

    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic.range);
    const fix = actions.find(({ title }) => title === 'Change to !=');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), "select Id from Account where Name != 'a'");
  });

  test('the code of a problem opens its page, and the command the table of all', async () => {
    const page = vscode.Uri.parse('zoql-problem:/not-equal-sign.md');
    await run('vscode.open', page);
    await until(activeTab, tab => /^custom .*not-equal-sign/.test(tab), { what: 'a page' });
    const { text } = (await vscode.workspace.openTextDocument(page)).lineAt(2);
    assert.equal(text, '<> exists in neither dialect; it is !=.');

    await run('zoql.explainProblem');
    await until(activeTab, tab => /preview readme\.md$/i.test(tab), { what: 'README' });
  });

  test('names that the catalogue knows have colors of their own', async () => {
    const text = 'select Account.Name, Region__c, Amout from Invoice';
    const { uri } = await openText('colors.zoql', text);
    const legend = await run<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', uri);
    const { data } = await answered<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', uri);
    const drawn: string[] = [];
    let start = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [, ahead = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      start += ahead;
      const kinds = [legend.tokenTypes[type], ...legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit))];
      drawn.push(`${text.slice(start, start + length)} ${kinds.join('.')}`);
    }
    assert.deepEqual(drawn, ['Account namespace', 'Name property', 'Region__c property.custom', 'Invoice class']);
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

suite('settings of the language', () => {
  suiteTeardown(async () => {
    for (const name of ['problems.severity', 'codeLens.enabled', 'inlayHints.enabled']) await setting(name, undefined);
  });

  test('settings turn a problem off, the lenses off and the hints on', async () => {
    const document = await showText('settings.zoql', "select Id from FXCustomRate where Id like 'a'");
    const codes = () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));
    const lenses = () => run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const all = new vscode.Range(0, 0, 1, 0);
    const hints = () => run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
    await until(codes, found => found.includes('like-without-wildcard'), { what: 'the hint' });
    await until(lenses, found => 0 < found.length, { what: 'the lenses' });
    assert.deepEqual(await hints(), []);

    await setting('problems.severity', { 'like-without-wildcard': 'off' });
    await until(codes, found => !found.includes('like-without-wildcard'), { what: 'no such hint' });
    await setting('problems.severity', { 'like-without-wildcard': 'error' });
    const gravest = () => vscode.languages.getDiagnostics(document.uri).map(({ severity }) => severity);
    await until(gravest, found => found.includes(vscode.DiagnosticSeverity.Error), { what: 'an error of the hint' });

    await setting('codeLens.enabled', false);
    await until(lenses, found => found.length === 0, { what: 'no lens' });

    await setting('inlayHints.enabled', true);
    const [hint] = await until(hints, found => 0 < found.length, { what: 'a hint' });
    assert.equal(hint?.label, 'Custom Exchange Rate');
    assert.equal(hint.position.character, 'select Id from FXCustomRate'.length);
  }).timeout(120_000);
});

/** Its kind and its label. */
function activeTab(): string {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return `${tab?.input instanceof vscode.TabInputCustom ? 'custom' : 'other'} ${tab?.label}`;
}

/** Changes a setting of the window's folder, or takes it back. */
function setting(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('zoql').update(name, value, vscode.ConfigurationTarget.Workspace);
}

function run<T>(command: string, ...given: unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(command, ...given);
}

/** The answer, as soon as there is one: the server may still be starting. */
function answered<T extends object>(command: string, ...given: unknown[]): Promise<T> {
  const isThere = (answer: T | undefined): boolean =>
    answer !== undefined && (!Array.isArray(answer) || 0 < answer.length);
  return until(() => run<T>(command, ...given), isThere, { what: `an answer of ${command}` });
}

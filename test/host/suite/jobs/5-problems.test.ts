import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from '../extension';
import { closeAll, replaceUnsaved, showText } from '../files';
import { messagesDuring } from '../messages';
import { submitOnce } from '../queries';
import { until } from '../until';

// What Zuora says of a query stands at its word in the file, until that is mended.
suite('problems that Zuora finds', () => {
  setup(closeAll);
  suiteTeardown(closeAll);

  test('A9 a field that Zuora does not know: a problem at the word, with its code’s page; gone with the word', async () => {
    const text = '-- @name refused\nselect Id, -- the key\n  Nope_5\nfrom Account;\n\nselect Id from Product;\n';
    const document = await showText('problems-5.zoql', text);
    const said = await messagesDuring(async () => void (await submitOnce()));
    assert.match(said.join('\n'), /There is no field named Nope_5, in “select Id, Nope_5 from Account”/);
    const [problem] = await problemsOf(document.uri, drawn => drawn.length === 1);
    assert.ok(problem);
    assert.equal(
      drawn(document, problem),
      'Nope_5 90005: There is no field named Nope_5. No job was made. Mend the query and submit again.',
    );
    assert.match(problem.relatedInformation?.[0]?.message ?? '', /^Submitted as refused \+1 to Local sandbox, /);
    const { code } = problem;
    assert.ok(typeof code === 'object');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^# 90005\n\nZuora could not read one of the queries/);

    await replaceUnsaved(document, 'select Id,', 'select Id, Name,');
    await problemsOf(document.uri, ([only]) => /^Nope_5 .*\(changed since submit\)/.test(only ?? ''));
    await replaceUnsaved(document, 'Nope_5', 'Status');
    await problemsOf(document.uri, drawn => drawn.length === 0);
    await replaceUnsaved(document, 'Status', 'Nope_5');
    await problemsOf(document.uri, drawn => drawn.length === 1);
  });

  test('it stands in a file that was closed, and goes when the query is submitted with success', async () => {
    const document = await showText('closed-5.zoql', '-- @name closed\nselect Nope_6 from Account;\n');
    await submitOnce();
    await problemsOf(document.uri, drawn => drawn.length === 1);
    await closeAll();
    const [problem] = await problemsOf(document.uri, drawn => drawn.length === 1);
    assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [1, 7]);

    const opened = await showText('closed-5.zoql', '-- @name closed\nselect Nope_6 from Account;\n');
    await replaceUnsaved(opened, 'Nope_6', 'Id');
    await opened.save();
    await submitOnce();
    await replaceUnsaved(opened, 'Id', 'Nope_6');
    // A later job of the statement was taken: what the earlier one was refused for is over.
    await problemsOf(document.uri, drawn => drawn.length === 0);
  });

  test('a batch that is aborted: a problem in its statement, with the way to its job', async () => {
    const document = await showText(
      'aborted-5.zoql',
      '-- @type zoqlexport\nselect Id from Account limit 1;\n-- @type zoqlexport\nselect * from BillingPreviewRun;\n',
    );
    await submitOnce();
    const [problem] = await problemsOf(document.uri, drawn => drawn.length === 1);
    assert.ok(problem);
    assert.equal(
      drawn(document, problem),
      '* no code: You must specify a select. It gave no result. Mend the query and submit it again.',
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Show Job') && titles.includes('Submit This Query Again'), titles.join());
    const show = actions.find(({ title }) => title === 'Show Job')?.command;
    assert.ok(show);
    await vscode.commands.executeCommand(show.command, ...((show.arguments ?? []) as unknown[]));

    // The problem goes with its job.
    const remove = await jobNode(problem);
    await vscode.commands.executeCommand('zoql.removeJob', remove);
    await problemsOf(document.uri, drawn => drawn.length === 0);
  });
});

/** What Zuora says of a file, once that is drawn as `ok` wants it. The language server's own problems are others. */
async function problemsOf(
  uri: vscode.Uri,
  ok: (drawn: readonly string[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Zuora');
  return until(ours, found => ok(found.map(drawnWith(uri))), { what: `other problems of ${uri.path}` });
}

function drawnWith(uri: vscode.Uri): (problem: vscode.Diagnostic) => string {
  const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
  return problem => (document ? drawn(document, problem) : problem.message);
}

/** The words that it stands at, its code and what it says. */
function drawn(document: vscode.TextDocument, { range, code, message }: vscode.Diagnostic): string {
  const value = typeof code === 'object' ? code.value : (code ?? 'no code');
  return `${document.getText(range)} ${value}: ${message}`;
}

/** The line of the view that shows the job of a problem. */
async function jobNode(problem: vscode.Diagnostic): Promise<unknown> {
  const id = /job ID (\w+)$/.exec(problem.relatedInformation?.[0]?.message ?? '')?.[1];
  assert.ok(id, 'the problem names its job');
  const { jobTree } = (await extension().activate()) as { readonly jobTree: vscode.TreeDataProvider<unknown> };
  const find = async (parent: unknown): Promise<unknown> => {
    for (const node of (await jobTree.getChildren(parent)) ?? []) {
      const { description } = await jobTree.getTreeItem(node);
      if (String(description).includes(id)) return node;
      const below = await find(node);
      if (below !== undefined) return below;
    }
    return undefined;
  };
  return find(undefined);
}

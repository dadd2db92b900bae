import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, replaceUnsaved, showText } from '../files';
import { messagesDuring } from '../messages';
import { submittedQueries } from '../queries';
import { until } from '../until';

// What stands above a query: who clicks there submits that query or that file, and later opens its result.
suite('commands above a query', () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    await closeAll();
    await showText('other.zoql', 'select Id from Payment limit 1');
    document = await showText(
      'lenses.zoql',
      '-- @name Products\nselect Id from Product limit 2;\n\nselect InvoiceNumber from Invoice limit 3;\n',
    );
  });

  test('Submit This Query makes a job of one query', async () => {
    const lens = await lensAt(3, 'Submit This Query');
    assert.deepEqual(await submittedQueries(...lens), ['lenses-2: select InvoiceNumber from Invoice limit 3']);
  });

  test('a click sends nothing when the text has changed since', async () => {
    const [command, ...given] = await lensAt(3, 'Submit This Query');
    await replaceUnsaved(document, 'InvoiceNumber', 'Id, InvoiceNumber');
    const messages = await messagesDuring(async () => void (await vscode.commands.executeCommand(command, ...given)));
    assert.match(messages.join(), /^Nothing was sent: the text has just changed/);
    await replaceUnsaved(document, 'Id, InvoiceNumber', 'InvoiceNumber');
  });

  test('the command does the same for the query at the cursor', async () => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document === document);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    assert.deepEqual(await submittedQueries('zoql.submitQuery'), ['Products: select Id from Product limit 2']);
  });

  test('Submit File takes all queries of the file, and no other file', async () => {
    const lens = await lensAt(1, 'Submit File');
    assert.deepEqual(await submittedQueries(...lens), [
      'Products: select Id from Product limit 2',
      'lenses-2: select InvoiceNumber from Invoice limit 3',
    ]);
  });

  test('the last result of a query stands above it, and opens', async () => {
    const [command, ...given] = await lensAt(3, /^\$\([\w-]+\) 3 records · /);
    await vscode.commands.executeCommand(command, ...given);
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    const result = await until(text, shown => shown.startsWith('Invoice.InvoiceNumber'), { what: 'the result' });
    assert.equal(result.trimEnd().split(/\r?\n/).length, 1 + 3);
  });

  /** The command, with what it is given, of the lens above a line that says so; waits until it is there. */
  async function lensAt(line: number, title: string | RegExp): Promise<[string, ...unknown[]]> {
    const says = ({ range, command }: vscode.CodeLens) =>
      range.start.line === line && command !== undefined && (command.title.match(title)?.[0].length ?? 0) > 0;
    const lenses = await until(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20),
      found => found.some(says),
      { what: `a lens "${String(title)}" above line ${line}` },
    );
    const { command, arguments: given = [] } = lenses.find(says)?.command ?? assert.fail();
    return [command, ...(given as unknown[])];
  }
});

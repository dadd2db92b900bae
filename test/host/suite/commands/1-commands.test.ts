import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { showText } from '../files';
import { requests } from '../standIn';
import { until } from '../until';
import { jobLines, type Line } from '../tree';
import { batchLine, submitToItsEnd } from './lines';

// The commands behind a line of the view that ask nothing. Those that do are in the paths of test/ui: VS Code refuses to
// show a dialog to a test.
suite('commands of a line', () => {
  let job: Line;
  const invoices = 'select InvoiceNumber, Account.Name from Invoice order by InvoiceNumber limit 3';

  suiteSetup(async () => {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await showText('commands.zoql', `select Id from Product;\n\n-- @name Three invoices\n${invoices};\n`);
    job = await submitToItsEnd();
  });

  test('Copy ID puts the ID of a job or a batch on the clipboard', async () => {
    const batch = batchLine(job, 'Three invoices');
    for (const { node, description } of [job, batch]) {
      await vscode.env.clipboard.writeText('');
      await vscode.commands.executeCommand('zoql.copyId', node);
      const id = await vscode.env.clipboard.readText();
      assert.match(id, /^[0-9a-f]{32}$/);
      assert.ok(description.includes(id), `${id} is in ${description}`);
    }
  });

  test('Open Result shows the file that Zuora made, with API names in its first line', async () => {
    await vscode.commands.executeCommand('zoql.openResult', batchLine(job, 'Three invoices').node);
    const text = await until(activeText, shown => shown.startsWith('Invoice.'), { what: 'the result' });
    const [header, ...records] = text.trimEnd().split(/\r?\n/);
    assert.equal(header, 'Invoice.InvoiceNumber,Account.Name');
    assert.equal(records.length, 3);
  });

  test('opened again, it is not downloaded again', async () => {
    const before = await downloads();
    assert.ok(0 < before);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.commands.executeCommand('zoql.openResult', batchLine(job, 'Three invoices').node);
    await until(activeText, shown => shown.startsWith('Invoice.'), { what: 'the result' });
    assert.equal(await downloads(), before);
  });

  test('Open Source File selects the statement', async () => {
    await openSource();
    assert.equal(selectedText(), invoices);
  });

  test('Open Source File finds the statement when text was put above it', async () => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '-- Products come first.\nselect Name from Product;\n\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openSource();
    assert.equal(selectedText(), invoices);
  });

  test('Remove from List takes the job away, and its downloaded results', async () => {
    const result = await resultOnDisk();
    const others = (await jobLines()).slice(1).map(({ description }) => description);
    await vscode.commands.executeCommand('zoql.removeJob', job.node);
    assert.deepEqual(
      (await jobLines()).map(({ description }) => description),
      others,
    );
    assert.equal(await exists(result), false);
  });

  /** The result that Open Result has put on disk. */
  async function resultOnDisk(): Promise<vscode.Uri> {
    await vscode.commands.executeCommand('zoql.openResult', batchLine(job, 'Three invoices').node);
    await until(activeText, shown => shown.startsWith('Invoice.'), { what: 'the result' });
    const file = vscode.window.activeTextEditor?.document.uri;
    assert.ok(file && (await exists(file)));
    return file;
  }

  async function openSource(): Promise<void> {
    await vscode.commands.executeCommand('zoql.openSource', batchLine(job, 'Three invoices').node);
    const name = () => vscode.window.activeTextEditor?.document.uri.path ?? '';
    await until(name, shown => shown.endsWith('/commands.zoql'), { what: 'the editor' });
  }
});

function activeText(): string {
  return vscode.window.activeTextEditor?.document.getText() ?? '';
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return editor.document.getText(editor.selection);
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function downloads(): Promise<number> {
  const all = await requests();
  return all.filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/files/')).length;
}

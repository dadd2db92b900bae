import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, showText, workspaceFolder } from '../files';
import { messagesDuring } from '../messages';
import { requests } from '../standIn';
import { schemaTree } from '../tree';
import { until } from '../until';

const tenant = 'Local sandbox';
const snapshot = 'sandbox.zoql-schema.json';

suite('the schema', () => {
  suiteSetup(async () => {
    await closeAll();
    await vscode.commands.executeCommand('zoql.refreshMetadata');
  });

  suiteTeardown(async () => {
    await setSnapshot(undefined);
    await closeAll();
    await vscode.workspace.fs.delete(file(snapshot));
    await vscode.workspace.fs.delete(file('other.zoql-schema.json'));
  });

  test('is a tree of objects, fields and what objects lead to, drawn from what is known', async () => {
    const before = (await requests()).length;
    const objects = await drawn(undefined);
    assert.ok(100 < objects.length, String(objects.length));
    assert.ok(objects.includes('Account | '), objects.join('\n'));
    const fields = await drawn(object('Account'));
    assert.ok(fields.includes('Region__c | picklist · custom'), fields.join('\n'));
    assert.ok(fields.includes('BillToContact | → Contact'), fields.join('\n'));
    assert.ok((await drawn(object('Account', 'BillToContact', 'Account'))).includes('Region__c | picklist · custom'));
    assert.equal((await requests()).length, before, 'nothing is asked for');
  });

  test('has lines that are heard, and tooltips with what they leave out', async () => {
    const tree = await schemaTree();
    const node = { kind: 'field', object: 'Account', steps: [], field: 'Region__c' };
    const item = await tree.getTreeItem(node);
    assert.equal(item.accessibilityInformation?.label, 'Field Region__c, picklist, custom.');
    const token = new vscode.CancellationTokenSource().token;
    const { tooltip } = (await tree.resolveTreeItem?.(item, node, token)) ?? {};
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /Values: `AMER`/);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
  });

  test('Insert at Cursor writes the selected names with the commas that the list lacks', async () => {
    const document = await showText('insert.zoql', 'select Id from Account\n');
    place('select Id'.length);
    const nodes = [field('Name'), field('Country', 'BillToContact')];
    await vscode.commands.executeCommand('zoql.insertName', nodes[0], nodes);
    assert.equal(document.getText(), 'select Id, Name, BillToContact.Country from Account\n');
  });

  test('New Query from Here opens a query without a problem', async () => {
    await vscode.commands.executeCommand('zoql.newQuery', object('Invoice'));
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.match(document?.getText() ?? '', /^select Id, InvoiceNumber, .*\nfrom Invoice\n$/);
    assert.equal(document?.languageId, 'zoql');
  });

  test('Copy Name copies the path', async () => {
    await vscode.commands.executeCommand('zoql.copyName', field('Country', 'BillToContact'));
    assert.equal(await vscode.env.clipboard.readText(), 'BillToContact.Country');
  });

  test('Open as Table shows the object that a line leads to, and cannot be edited', async () => {
    await vscode.commands.executeCommand('zoql.openTable', object('Account', 'BillToContact'));
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.match(document?.getText() ?? '', /^# Contact\n[\s\S]*^\| Name +\| Label +\|/m);
    assert.equal(document?.uri.scheme, 'zoql-schema');
  });

  test('Search Schema… finds a field by its name and shows it in the view', async () => {
    const searching = vscode.commands.executeCommand('zoql.searchSchema', 'account.region');
    await until(
      () =>
        vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem').then(() => isOver(searching)),
      Boolean,
      { what: 'the list to take the field' },
    );
    await searching;
  });

  test('Export Schema Snapshot… writes names alone, sorted, the same each time', async () => {
    const [said = ''] = await exported(snapshot);
    assert.match(said, new RegExp(`^Exported \\d+ objects of ${tenant} to .*${snapshot}\\.$`));
    const text = await read(snapshot);
    assert.match(text, /^ {2}"tenant": "Local sandbox",\n {2}"date": "\d{4}-\d\d-\d\d",$/m);
    assert.match(text, /^ {8}\{ "name": "Region__c", .*"custom": true, .*"options": \[$/m);
    assert.doesNotMatch(text, /https?:|127\.0\.0\.1/);
    for (const variable of ['ZOQL_CLIENT_ID', 'ZOQL_CLIENT_SECRET']) {
      assert.ok(!text.includes(process.env[variable] ?? assert.fail(variable)), variable);
    }
    await exported(snapshot);
    assert.equal(await read(snapshot), text);
  });

  test('Compare Schemas… shows what a snapshot has and the tenant lacks', async () => {
    const changed = (await read(snapshot))
      .replace('"tenant": "Local sandbox"', '"tenant": "other"')
      .replace('"name": "Region__c"', '"name": "Area__c"');
    await vscode.workspace.fs.writeFile(file('other.zoql-schema.json'), new TextEncoder().encode(changed));
    await picking([tenant, 'other.zoql-schema.json', 'Summary'], 'zoql.compareSchemas');
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.match(
      document?.getText() ?? '',
      /^# Local sandbox and other \(other\.zoql-schema\.json\)\n\n1 object differs\.\n/,
    );
    assert.match(document?.getText() ?? '', /### Fields only in Local sandbox\n\n- `Region__c`/);

    await picking([tenant, 'other.zoql-schema.json', 'Side by Side'], 'zoql.compareSchemas');
    const diff = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await until(diff, input => input instanceof vscode.TabInputTextDiff, { what: 'the editor that compares' });
  });

  test('Check Open Queries against Another Schema… leads to what that one lacks', async () => {
    await closeAll();
    const document = await showText('needs.zoql', 'select Id from Account;\nselect Region__c from Account\n');
    const rows = await picking(
      ['other.zoql-schema.json', /^Account has no field Region__c on other$/],
      'zoql.checkAgainstSchema',
    );
    assert.deepEqual(rows.at(-1), ['Account has no field Region__c on other | needs.zoql:2']);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), document.uri.toString());
    assert.equal(document.getText(editor?.selection), 'Region__c');

    const [said] = await messagesDuring(() => picking([tenant], 'zoql.checkAgainstSchema'));
    assert.equal(said, 'The 2 open queries need nothing that Local sandbox lacks.');
  });

  test('the snapshot of the settings counts for what the tenant has not described', async () => {
    const own = (await read('other.zoql-schema.json')).replace('"name": "Account"', '"name": "Ledger__c"');
    await vscode.workspace.fs.writeFile(file('other.zoql-schema.json'), new TextEncoder().encode(own));
    await setSnapshot('other.zoql-schema.json');
    const tree = () => drawn(undefined);
    await until(tree, lines => lines.some(line => /^Ledger__c \| .*from other$/.test(line)), { what: 'Ledger__c' });
    const document = await showText('ledger.zoql', '-- @type zoqlexport\nselect Area__c from Ledger__c\n');
    await until(
      () => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
      found => found.length === 0,
      { what: 'no problem in a query of Ledger__c' },
    );
    await vscode.workspace.fs.writeFile(file('other.zoql-schema.json'), new TextEncoder().encode('{'));
    await until(tree, lines => !lines.some(line => line.startsWith('Ledger__c')), { what: 'Ledger__c to go' });
    await until(
      () => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
      found => found.some(message => message.includes('There is no object Ledger__c')),
      { what: 'the problem at Ledger__c' },
    );
  });
});

function file(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), name);
}

async function read(name: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file(name)));
}

function exported(name: string): Promise<readonly string[]> {
  return messagesDuring(async () => vscode.commands.executeCommand('zoql.exportSnapshot', file(name)));
}

function setSnapshot(value: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('zoql')
    .update('schemaSnapshot', value, vscode.ConfigurationTarget.Workspace);
}

function object(name: string, ...steps: readonly string[]) {
  return { kind: steps.length === 0 ? 'object' : 'relation', object: name, steps };
}

function field(name: string, ...steps: readonly string[]) {
  return { kind: 'field', object: 'Account', steps, field: name };
}

/** The lines below a node, each with its description. */
async function drawn(node: unknown): Promise<readonly string[]> {
  const tree = await schemaTree();
  const children = (await tree.getChildren(node)) ?? [];
  const lines: string[] = [];
  for (const child of children) {
    const { label, description } = await tree.getTreeItem(child);
    lines.push(`${typeof label === 'string' ? label : label?.label} | ${description}`);
  }
  return lines;
}

function place(offset: number): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
}

/** Runs a command and takes of each of its lists the row of that label; answers the lists' rows. */
async function picking(labels: readonly (string | RegExp)[], command: string): Promise<readonly (readonly string[])[]> {
  const left = [...labels];
  const shown: string[][] = [];
  const { window } = vscode;
  const { showQuickPick } = window;
  const answer = (items: readonly vscode.QuickPickItem[]) => {
    shown.push(items.map(({ label, description }) => `${label} | ${description}`));
    const wanted = left.shift();
    const fits = ({ label }: vscode.QuickPickItem) =>
      typeof wanted === 'string' ? label === wanted : wanted?.test(label);
    const found = items.find(fits);
    assert.ok(found, `${String(wanted)} is none of ${shown.at(-1)?.join(', ')}`);
    return Promise.resolve(found);
  };
  Object.assign(window, { showQuickPick: answer });
  try {
    await vscode.commands.executeCommand(command);
  } finally {
    Object.assign(window, { showQuickPick });
  }
  assert.deepEqual(left, []);
  return shown;
}

function isOver(running: Thenable<unknown>): Promise<boolean> {
  return Promise.race([
    Promise.resolve(running).then(() => true),
    new Promise<boolean>(resolve => setImmediate(() => resolve(false))),
  ]);
}

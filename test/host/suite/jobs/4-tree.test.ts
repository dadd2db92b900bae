import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, dataFolder, showText } from '../files';
import { messagesDuring } from '../messages';
import { submitOnce } from '../queries';
import { jobLines, jobTree, tenantLines, type Line } from '../tree';
import { until } from '../until';

const tenant = 'Local sandbox';

suite('the tree of tenants, jobs and batches', () => {
  let first: Line;
  let second: Line;

  suiteSetup(async () => {
    await closeAll();
    first = await submitted(
      'tree-one',
      'select Id from Product;\n-- @name Tree invoices\nselect Id from Invoice limit 2;\n',
    );
    second = await submitted('tree-two', 'select Id from Account limit 4;\n');
  });

  suiteTeardown(async () => {
    for (const { node } of [first, second]) await vscode.commands.executeCommand('zoql.removeJob', node);
    await closeAll();
  });

  test('has the active tenant first, which says where it is and how its jobs are', async () => {
    const [line] = await tenantLines();
    assert.equal(line?.label, tenant);
    assert.match(line.description, /^active · 127\.0\.0\.1:\d+ · this computer · .*\b\d+ jobs$/);
    const item = await itemOf(line);
    assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
    assert.match(spoken(item), /^Tenant Local sandbox, active, 127\.0\.0\.1:\d+, this computer, .*\.$/);
    assert.ok(line.below.some(({ label }) => label === first.label));
  });

  test('has below a tenant its jobs, and below a job its batches, each known by an id that stays', async () => {
    assert.match(first.description, /^completed · \d+ records · (took \d+ s · )?just now · [0-9a-f]{32}$/);
    assert.deepEqual(
      first.below.map(({ label }) => label),
      ['tree-one', 'Tree invoices'],
    );
    assert.match(first.below[1]?.description ?? '', /^completed · 2 records · [0-9a-f]{32}$/);
    const item = await itemOf(first);
    assert.match(spoken(item), /^Job tree-one \+1, completed, 2 of 2 queries completed, .*, ID [0-9a-f]{32}\.$/);
    assert.equal((await itemOf(await current(first))).id, item.id);
    const tree = await jobTree();
    const [batch] = first.below;
    assert.equal(await tree.getParent?.(batch?.node), first.node);
    assert.equal((await tree.getParent?.(first.node)) === (await tenantLines())[0]?.node, true);
  });

  test('has tooltips with what the line leaves out', async () => {
    const tree = await jobTree();
    const item = await itemOf(first);
    assert.equal(item.tooltip, undefined, 'made when somebody asks for it');
    const token = new vscode.CancellationTokenSource().token;
    const { tooltip } = (await tree.resolveTreeItem?.(item, first.node, token)) ?? {};
    assert.ok(tooltip instanceof vscode.MarkdownString);
    const text = tooltip.value.replaceAll('&nbsp;', ' ');
    assert.match(text, /select Id from Invoice limit 2/);
    assert.match(text, /Result files: Zuora deletes them in 2 days/);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
  });

  test('Pin Job puts it above the others, Unpin Job back', async () => {
    const labels = async () => (await jobLines()).map(({ label }) => label);
    const before = await labels();
    assert.ok(before.indexOf(second.label) < before.indexOf(first.label), 'newest first');
    await vscode.commands.executeCommand('zoql.pinJob', first.node);
    assert.equal((await labels())[0], first.label);
    assert.match((await current(first)).description, /^completed · pinned · /);
    await vscode.commands.executeCommand('zoql.unpinJob', first.node);
    assert.deepEqual(await labels(), before);
  });

  test('Edit Note… puts a person’s words into the line, and takes them away', async () => {
    const note = async (text: string | undefined) => {
      await answering({ showInputBox: () => Promise.resolve(text) }, () =>
        vscode.commands.executeCommand('zoql.editNote', first.node),
      );
      return (await current(first)).description;
    };
    assert.match(await note(' for the auditors '), / · “for the auditors” · [0-9a-f]{32}$/);
    assert.match(await note(undefined), /“for the auditors”/, 'Escape changes nothing');
    assert.doesNotMatch(await note(''), /“/);
  });

  test('Filter Jobs… leaves the jobs that fit, and Clear Filter brings back the others', async () => {
    await vscode.commands.executeCommand('zoql.pinJob', first.node);
    const all = await jobLines();
    const pick = (items: readonly vscode.QuickPickItem[]) =>
      Promise.resolve(items.filter(({ label }) => label === 'pinned' || label === 'completed'));
    await answering({ showQuickPick: pick }, () => vscode.commands.executeCommand('zoql.filterJobs'));
    const [shown] = await tenantLines();
    assert.deepEqual(
      shown?.below.map(({ label }) => label),
      [first.label],
    );
    assert.match(shown.description, new RegExp(`1 of ${all.length} jobs$`));
    await vscode.commands.executeCommand('zoql.clearJobFilter');
    assert.equal((await jobLines()).length, all.length);
    await vscode.commands.executeCommand('zoql.unpinJob', first.node);
  });

  test('Copy Other ID… offers the ids of all batches, one a line', async () => {
    const pick = (items: readonly vscode.QuickPickItem[]) =>
      Promise.resolve(items.find(({ label }) => label === 'All batch IDs'));
    await answering({ showQuickPick: pick }, () => vscode.commands.executeCommand('zoql.copyOtherId', first.node));
    const copied = (await vscode.env.clipboard.readText()).split('\n');
    assert.equal(copied.length, 2);
    for (const [index, id] of copied.entries()) assert.ok(first.below[index]?.description.includes(id), id);
  });

  test('Open in Zuora says that it does not know the user interface of a host that is not Zuora’s', async () => {
    const [line] = await tenantLines();
    const said = await messagesDuring(async () => vscode.commands.executeCommand('zoql.openInZuora', line?.node));
    assert.match(said.join('\n'), /^127\.0\.0\.1:\d+ is none of Zuora's data centers/);
  });

  test('Export History… writes all jobs as JSON, without a secret', async () => {
    const file = path.join(dataFolder(), 'history.json');
    await vscode.commands.executeCommand('zoql.exportHistory', vscode.Uri.file(file));
    const text = readFileSync(file, 'utf8');
    const { format, version, jobs } = JSON.parse(text) as History;
    assert.deepEqual([format, version, jobs.length], ['zoql-job-history', 1, (await jobLines()).length]);
    const exported = jobs.find(({ id }) => first.description.includes(id ?? 'none'));
    assert.deepEqual(
      exported?.queries.map(({ name, query, file: from }) => `${from} ${name}: ${query}`),
      ['tree-one.zoql tree-one: select Id from Product', 'tree-one.zoql Tree invoices: select Id from Invoice limit 2'],
    );
    for (const secret of ['ZOQL_CLIENT_ID', 'ZOQL_CLIENT_SECRET'])
      assert.ok(!text.includes(process.env[secret] ?? '-'));
  });

  test('a job that fails is told of once, with its reason; one that goes well is not', async () => {
    const all = await messagesDuring(async said => {
      const well = await submitted('tree-well', 'select Id from Account limit 1;\n');
      const fails = await submitted('tree-fails', 'select * from BillingPreviewRun;\n', /^aborted/);
      await until(
        () => said.filter(message => message.includes('has failed')).length,
        count => 0 < count,
        { what: 'the notification' },
      );
      for (const { node } of [well, fails]) await vscode.commands.executeCommand('zoql.removeJob', node);
    });
    const told = all.filter(message => !message.includes('was submitted to'));
    assert.deepEqual(told, [
      `tree-fails on ${tenant} has failed: java.lang.RuntimeException: You must specify a select.`,
    ]);
  });

  async function submitted(name: string, text: string, end = /^completed/): Promise<Line> {
    await closeAll();
    await showText(`${name}.zoql`, text);
    await submitOnce();
    const lines = await until(jobLines, ([newest]) => newest !== undefined && end.test(newest.description), {
      what: `the end of ${name}`,
    });
    const line = lines.find(({ label }) => label.startsWith(name));
    assert.ok(line, name);
    return line;
  }

  /** The line as it is now. */
  async function current({ node }: Line): Promise<Line> {
    const line = (await jobLines()).find(each => each.node === node);
    assert.ok(line);
    return line;
  }
});

interface History {
  readonly format: string;
  readonly version: number;
  readonly jobs: readonly {
    readonly id?: string;
    readonly queries: readonly { readonly name: string; readonly query: string; readonly file: string }[];
  }[];
}

async function itemOf({ node }: Line): Promise<vscode.TreeItem> {
  return (await jobTree()).getTreeItem(node);
}

function spoken(item: vscode.TreeItem): string {
  return item.accessibilityInformation?.label ?? '';
}

/** Answers what the extension asks the person while `action` runs. The suites get the same API object as the extension. */
async function answering(answers: object, action: () => Thenable<unknown>): Promise<void> {
  const { window } = vscode;
  const { showInputBox, showQuickPick } = window;
  Object.assign(window, answers);
  try {
    await action();
  } finally {
    Object.assign(window, { showInputBox, showQuickPick });
  }
}

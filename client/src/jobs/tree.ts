import * as vscode from 'vscode';
import { moreDetails, type Described } from './describe';
import { filterMessage, type JobFilter } from './filter';
import {
  createJobLines,
  type JobLines,
  type JobSource,
  type Line,
  type TenantPlace,
  type TenantSource,
  type TreeNode,
} from './lines';

export type { JobNode } from './lines';

/** What the tree reads, and what tells it of changes. */
export interface TreeSource {
  readonly jobs: JobSource & {
    /** Calls back with the keys of jobs that came, changed or went; the returned function ends that. */
    watch(changed: (keys: readonly string[]) => void): () => void;
  };
  readonly tenants: TenantSource & { onDidChange(listener: () => void): vscode.Disposable };
}

const ageRefreshMs = 30_000;

/** Changes that come together are drawn together. */
const drawAfterMs = 50;

interface Loaded {
  readonly lines: JobLines;
  readonly jobs: JobSource;
}

/** Shows the store. Holds no job state of its own and never talks to Zuora. */
export class JobTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  private readonly filtered = new vscode.EventEmitter<void>();
  private loading: Promise<Loaded> | undefined;
  private lines: JobLines | undefined;
  private endWatch: (() => void) | undefined;
  private ageTimer: ReturnType<typeof setInterval> | undefined;
  private drawTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly undrawn = new Set<string>();

  readonly onDidChangeTreeData = this.changed.event;

  /** Another filter, or another number of jobs that fit it. */
  readonly onDidChangeFilter = this.filtered.event;

  /** `load` is called once, when the view is first looked at: until then the jobs need not be in memory. */
  constructor(private readonly load: () => Promise<TreeSource>) {}

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const { lines } = await this.loaded();
    return [...(await lines.children(node))];
  }

  async getParent(node: TreeNode): Promise<TreeNode | undefined> {
    return (await this.loaded()).lines.parent(node);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    const { lines } = await this.loaded(); // A reveal can ask for an item before the view was ever drawn.
    const line = await lines.line(node);
    return line ? treeItem(node, line) : new vscode.TreeItem('This was removed');
  }

  /** A tooltip is made when somebody asks for it: that of a job has its queries, which the list does not hold. */
  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    const { lines, jobs } = await this.loaded();
    const line = await lines.line(node);
    if (!line) return item;
    const job = node.kind === 'job' ? await jobs.open(node.key) : undefined;
    item.tooltip = tooltip(line.label, [...line.details, ...(job ? moreDetails(job) : [])]);
    return item;
  }

  filter(): JobFilter | undefined {
    return this.lines?.filter();
  }

  /** What the view says above its lines while a filter hides some of them. */
  filterMessage(): string | undefined {
    const filter = this.lines?.filter();
    if (!this.lines || !filter) return undefined;
    const { fitting, total } = this.lines.counts();
    return filterMessage(filter, fitting, total);
  }

  /** Shows only the jobs that fit, or all. */
  async setFilter(filter: JobFilter | undefined): Promise<void> {
    (await this.loaded()).lines.setFilter(filter);
    this.changed.fire(undefined);
    this.filtered.fire();
  }

  /** Shows more of a tenant's jobs, and answers the first of them. */
  async showOlder(place: TenantPlace): Promise<TreeNode | undefined> {
    const { lines } = await this.loaded();
    const first = lines.showOlder(place);
    this.changed.fire(undefined);
    return first;
  }

  /** Makes a job one that is shown, whatever the filter and however old. */
  async uncover(key: string): Promise<void> {
    const { lines } = await this.loaded();
    this.drawNow(); // VS Code looks for a line among those that it knows, and the job may have come a moment ago.
    if (!lines.uncover(key)) return;
    this.changed.fire(undefined);
    this.filtered.fire();
  }

  /** Ages are drawn anew while somebody can see them. */
  showAges(visible: boolean): void {
    clearInterval(this.ageTimer);
    this.ageTimer = visible ? setInterval(() => this.fire(this.lines?.aged() ?? []), ageRefreshMs) : undefined;
  }

  dispose(): void {
    clearInterval(this.ageTimer);
    clearTimeout(this.drawTimer);
    this.endWatch?.();
    this.changed.dispose();
    this.filtered.dispose();
  }

  private loaded(): Promise<Loaded> {
    return (this.loading ??= this.load().then(({ jobs, tenants }) => {
      const lines = createJobLines({ source: jobs, tenants, now: Date.now });
      this.lines = lines;
      const endJobs = jobs.watch(keys => this.drawSoon(keys));
      const endTenants = tenants.onDidChange(() => this.drawSoon([]));
      this.endWatch = () => {
        endJobs();
        endTenants.dispose();
      };
      return { lines, jobs };
    }));
  }

  private drawSoon(keys: readonly string[]): void {
    this.lines?.outdate();
    for (const key of keys) this.undrawn.add(key);
    this.drawTimer ??= setTimeout(() => this.drawNow(), drawAfterMs);
  }

  private drawNow(): void {
    if (!this.drawTimer) return;
    clearTimeout(this.drawTimer);
    this.drawTimer = undefined;
    const together = [...this.undrawn];
    this.undrawn.clear();
    this.fire(this.lines?.changed(together) ?? []);
    if (this.filter()) this.filtered.fire();
  }

  private fire(nodes: readonly TreeNode[] | 'all'): void {
    if (nodes === 'all') this.changed.fire(undefined);
    else if (0 < nodes.length) this.changed.fire([...nodes]);
  }
}

const states = {
  expanded: vscode.TreeItemCollapsibleState.Expanded,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
};

function treeItem(node: TreeNode, line: Line): vscode.TreeItem {
  const { id, label, description, icon, spoken, words, first } = line;
  const item = new vscode.TreeItem(label, first ? states[first] : vscode.TreeItemCollapsibleState.None);
  // Stable, so that selection and expansion survive a refresh.
  item.id = id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(
    icon.id,
    icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
  );
  item.accessibilityInformation = { label: spoken };
  item.contextValue = words.join(' ');
  if (node.kind === 'older')
    item.command = { command: 'zoql.showOlderJobs', title: 'Show Older Jobs', arguments: [node] };
  return item;
}

/** Neither trusted nor HTML: names, messages and queries come from files and from the service. */
function tooltip(label: string, details: Described['details']): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**').appendText(label).appendMarkdown('**\n\n');
  for (const [name, value] of details) {
    markdown.appendMarkdown(`${name}: `);
    if (name === 'Query') markdown.appendCodeblock(value, 'zoql');
    else markdown.appendText(value);
    markdown.appendMarkdown('\n\n');
  }
  return markdown;
}

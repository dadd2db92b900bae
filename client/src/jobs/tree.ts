import * as vscode from 'vscode';
import { describeJob, describeRow, rowsOf, type Described } from './describe';
import type { Job, JobSummary } from './model';

/** A line of the view, named rather than held: what it shows is looked up in the store whenever it is drawn. */
export type JobNode =
  | { readonly kind: 'job'; readonly key: string }
  | { readonly kind: 'batch'; readonly key: string; readonly index: number };

/** The part of the store that the tree reads. */
export interface JobSource {
  /** Newest first. */
  all(): readonly JobSummary[];
  find(key: string): JobSummary | undefined;
  open(key: string): Promise<Job | undefined>;
  /** Calls back with the keys of jobs that came, changed or went; the returned function ends that. */
  watch(changed: (keys: readonly string[]) => void): () => void;
}

const ageRefreshMs = 30_000;

/** Shows the store. Holds no job state of its own and never talks to Zuora. */
export class JobTree implements vscode.TreeDataProvider<JobNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<JobNode[] | undefined>();
  /**
   * The nodes that VS Code has. It knows a line by its object, so a line that is drawn again is the same one, and an
   * action that is pressed meanwhile finds its line.
   */
  private readonly nodes = new Map<string, JobNode>();
  private loading: Promise<JobSource> | undefined;
  private endWatch: (() => void) | undefined;
  private ageTimer: ReturnType<typeof setInterval> | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  /** `load` is called once, when the view is first looked at: until then the jobs need not be in memory. */
  constructor(private readonly load: () => Promise<JobSource>) {}

  async getChildren(node?: JobNode): Promise<JobNode[]> {
    const source = await this.loaded();
    if (!node) return source.all().map(job => this.jobNode(job.key));
    const job = node.kind === 'batch' ? undefined : await source.open(node.key);
    if (!job) return [];
    return rowsOf(job).map((_, index) => this.kept(`${job.key}/${index}`, { kind: 'batch', key: job.key, index }));
  }

  getParent(node: JobNode): JobNode | undefined {
    return node.kind === 'batch' ? this.jobNode(node.key) : undefined;
  }

  async getTreeItem(node: JobNode): Promise<vscode.TreeItem> {
    const source = await this.loaded(); // A reveal can ask for an item before the view was ever drawn.
    const summary = source.find(node.key);
    if (summary && node.kind === 'job') return jobItem(summary);
    const job = await source.open(node.key);
    if (!job || node.kind === 'job') return new vscode.TreeItem('This job was removed');
    const row = rowsOf(job)[node.index];
    if (!row) return new vscode.TreeItem('This batch was removed');
    const item = treeItem(describeRow(job, row), vscode.TreeItemCollapsibleState.None);
    // Stable, so that selection and expansion survive a refresh. Neither name nor batch ID is: both may come later.
    item.id = `${job.key}/${node.index}`;
    return item;
  }

  /** Ages are drawn anew while somebody can see them. */
  showAges(visible: boolean): void {
    clearInterval(this.ageTimer);
    const drawJobs = () => this.changed.fire([...this.nodes.values()].filter(node => node.kind === 'job'));
    this.ageTimer = visible ? setInterval(drawJobs, ageRefreshMs) : undefined;
  }

  dispose(): void {
    clearInterval(this.ageTimer);
    this.endWatch?.();
    this.changed.dispose();
  }

  private async loaded(): Promise<JobSource> {
    const source = await (this.loading ??= this.load());
    this.endWatch ??= source.watch(keys => this.draw(keys, source));
    return source;
  }

  /** Draws the jobs that changed, and the whole list only where a job came or went. */
  private draw(keys: readonly string[], source: JobSource): void {
    for (const key of keys) if (!source.find(key)) this.forget(key);
    const drawn = keys.map(key => this.nodes.get(key));
    this.changed.fire(drawn.every(node => node !== undefined) ? drawn : undefined);
  }

  /** Of a job that is gone, nothing is drawn again. */
  private forget(gone: string): void {
    for (const [id, { key }] of this.nodes) if (key === gone) this.nodes.delete(id);
  }

  private jobNode(key: string): JobNode {
    return this.kept(key, { kind: 'job', key });
  }

  private kept(id: string, fresh: JobNode): JobNode {
    const node = this.nodes.get(id) ?? fresh;
    this.nodes.set(id, node);
    return node;
  }
}

function jobItem(job: JobSummary): vscode.TreeItem {
  const item = treeItem(describeJob(job, Date.now()), vscode.TreeItemCollapsibleState.Expanded);
  item.id = job.key;
  return item;
}

function treeItem(described: Described, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const { label, description, icon, spoken, words } = described;
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(
    icon.id,
    icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
  );
  item.tooltip = tooltip(described);
  item.accessibilityInformation = { label: spoken };
  item.contextValue = words.join(' ');
  return item;
}

/** Neither trusted nor HTML: names, messages and queries come from files and from the service. */
function tooltip({ label, details }: Described): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**').appendText(label).appendMarkdown('**\n\n');
  for (const [name, value] of details) {
    markdown.appendMarkdown(`${name}: `);
    if (name === 'Query') markdown.appendCodeblock(value, 'zoql');
    else markdown.appendText(value);
    markdown.appendMarkdown('\n\n');
  }
  return markdown;
}

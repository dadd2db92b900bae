import * as vscode from 'vscode';
import { describeField, describeObject, type CatalogueObject } from '../../../server/src/zoql/index';
import { createSchemaLines, type SchemaLines, type SchemaNode, type SchemaSource } from './lines';

/** What the tree reads, and what tells it of changes. */
export interface SchemaFeed {
  read(): Promise<SchemaSource>;
  watch(changed: () => void): vscode.Disposable;
}

/** Objects of a tenant come one after another while it is asked for all of them; these are drawn together. */
const drawAfterMs = 250;

/** Shows the catalogue. Holds no facts of its own and asks nobody for any. */
export class SchemaTree implements vscode.TreeDataProvider<SchemaNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly read = new vscode.EventEmitter<SchemaLines>();
  private feed: Promise<SchemaFeed> | undefined;
  private reading: Promise<SchemaLines> | undefined;
  private watching: vscode.Disposable | undefined;
  private drawTimer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  /** The catalogue was read, for the first time or anew. */
  readonly onDidRead = this.read.event;

  /** `load` is called once, when the view is first looked at. */
  constructor(private readonly load: () => Promise<SchemaFeed>) {}

  async getChildren(node?: SchemaNode): Promise<SchemaNode[]> {
    return [...(await this.lines()).children(node)];
  }

  async getParent(node: SchemaNode): Promise<SchemaNode | undefined> {
    return (await this.lines()).parent(node);
  }

  async getTreeItem(node: SchemaNode): Promise<vscode.TreeItem> {
    const line = (await this.lines()).line(node);
    if (!line) return new vscode.TreeItem('This is no longer known');
    const { id, label, description, icon, spoken, opens } = line;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, opens ? Collapsed : None);
    // Stable, so that selection and expansion survive a refresh.
    item.id = id;
    item.description = description;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.accessibilityInformation = { label: spoken };
    item.contextValue = node.kind;
    return item;
  }

  /** A tooltip is made when somebody asks for it. */
  async resolveTreeItem(item: vscode.TreeItem, node: SchemaNode): Promise<vscode.TreeItem> {
    const lines = await this.lines();
    const object = lines.target(node);
    const field = node.field === undefined ? undefined : object?.field(node.field);
    const options = { today: lines.today };
    if (object) {
      // Neither trusted nor HTML: names and labels come from the tenant, or from a file.
      item.tooltip = new vscode.MarkdownString(
        field ? describeField(field, object, options) : describeObject(object, options),
      );
    }
    return item;
  }

  /** The object whose fields are below a line, or that has the field of one. */
  async target(node: SchemaNode): Promise<CatalogueObject | undefined> {
    return (await this.lines()).target(node);
  }

  dispose(): void {
    clearTimeout(this.drawTimer);
    this.watching?.dispose();
    this.changed.dispose();
    this.read.dispose();
  }

  private lines(): Promise<SchemaLines> {
    return (this.reading ??= this.readLines());
  }

  private async readLines(): Promise<SchemaLines> {
    const feed = await (this.feed ??= this.load());
    this.watching ??= feed.watch(() => this.drawSoon());
    const lines = createSchemaLines(await feed.read());
    this.read.fire(lines);
    return lines;
  }

  private drawSoon(): void {
    this.reading = undefined;
    this.drawTimer ??= setTimeout(() => {
      this.drawTimer = undefined;
      this.changed.fire(undefined);
    }, drawAfterMs);
  }
}

// What commands work with.
import type * as vscode from 'vscode';
import type { TreeNode } from './jobs/lines';
import type { JobTree } from './jobs/tree';
import type { Parts } from './parts';
import type { SchemaView } from './schema/view';

export interface App {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  /** Everything that knows of jobs, tenants and the network; made when first asked for. */
  parts(): Promise<Parts>;
  /** What the view "AQuA Jobs" shows, and which part of it. */
  readonly tree: JobTree;
  /** What the view "Schema" shows. */
  readonly schema: SchemaView;
  /** Reads the whole history, and says above the view what of it cannot be read. */
  loadHistory(): Promise<void>;
  /** Shows the view "AQuA Jobs" with this line selected, whatever its filter; `focus` lets the keys go there, too. */
  reveal(node: TreeNode, options?: { readonly focus?: boolean }): Promise<void>;
}

/** A command's module: one file each in commands/, loaded when the command first runs. */
export interface CommandModule {
  /** `given` is what VS Code hands over: a line of the tree, files of the explorer, or nothing from the palette. */
  run(app: App, ...given: readonly unknown[]): Promise<unknown>;
}

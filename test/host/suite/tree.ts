import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { extension } from './extension';

/** What activate() gives to tests: the data behind the views "AQuA Jobs" and "Schema". */
interface Exports {
  readonly jobTree: vscode.TreeDataProvider<unknown>;
  readonly schemaTree: vscode.TreeDataProvider<unknown>;
}

/** A line of the view: what it says, and the lines below it. */
export interface Line {
  /** What a command of its menu gets. */
  readonly node: unknown;
  readonly label: string;
  readonly description: string;
  readonly below: readonly Line[];
}

/** The jobs of all tenants as the view "AQuA Jobs" would draw them now, newest first. */
export async function jobLines(): Promise<readonly Line[]> {
  return (await tenantLines()).flatMap(({ below }) => below);
}

/** The view "AQuA Jobs" as it would be drawn now: tenants, below them their jobs, below them the batches. */
export async function tenantLines(): Promise<readonly Line[]> {
  return linesBelow(await jobTree(), undefined);
}

export async function jobTree(): Promise<vscode.TreeDataProvider<unknown>> {
  const exports = (await extension().activate()) as Exports;
  assert.ok(exports.jobTree, 'the extension gives tests its tree');
  return exports.jobTree;
}

export async function schemaTree(): Promise<vscode.TreeDataProvider<unknown>> {
  const exports = (await extension().activate()) as Exports;
  assert.ok(exports.schemaTree, 'the extension gives tests its schema');
  return exports.schemaTree;
}

async function linesBelow(tree: vscode.TreeDataProvider<unknown>, node: unknown): Promise<readonly Line[]> {
  const children = (await tree.getChildren(node)) ?? [];
  return Promise.all(
    children.map(async child => {
      const { label = '', description = '' } = await tree.getTreeItem(child);
      return {
        node: child,
        label: typeof label === 'string' ? label : label.label,
        description: String(description),
        below: await linesBelow(tree, child),
      };
    }),
  );
}

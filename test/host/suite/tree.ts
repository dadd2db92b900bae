import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { extension } from './extension';

/** What activate() gives to tests: the data behind the view "AQuA Jobs". */
interface Exports {
  readonly jobTree: vscode.TreeDataProvider<unknown>;
}

/** A line of the view: what it says, and the lines below it. */
export interface Line {
  readonly label: string;
  readonly description: string;
  readonly below: readonly Line[];
}

/** The view "AQuA Jobs" as it would be drawn now, newest job first. */
export async function jobLines(): Promise<readonly Line[]> {
  const { jobTree } = (await extension().activate()) as Exports;
  assert.ok(jobTree, 'the extension gives tests its tree');
  return linesBelow(jobTree, undefined);
}

async function linesBelow(tree: vscode.TreeDataProvider<unknown>, node: unknown): Promise<readonly Line[]> {
  const children = (await tree.getChildren(node)) ?? [];
  return Promise.all(
    children.map(async child => {
      const { label = '', description = '' } = await tree.getTreeItem(child);
      return {
        label: typeof label === 'string' ? label : label.label,
        description: String(description),
        below: await linesBelow(tree, child),
      };
    }),
  );
}

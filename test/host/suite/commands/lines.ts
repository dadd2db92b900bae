import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { extension } from '../extension';
import { submitOnce } from '../queries';
import { until } from '../until';

/** A line of the view "AQuA Jobs" as a command of its menu gets it, and what it says. */
export interface CommandLine {
  readonly node: unknown;
  readonly label: string;
  readonly description: string;
  readonly below: readonly CommandLine[];
}

/** The job lines of the view, newest first. */
export async function lines(): Promise<readonly CommandLine[]> {
  const { jobTree } = (await extension().activate()) as { readonly jobTree: vscode.TreeDataProvider<unknown> };
  const read = async (parent: unknown): Promise<CommandLine[]> => {
    const nodes = (await jobTree.getChildren(parent)) ?? [];
    return Promise.all(
      nodes.map(async node => {
        const { label = '', description } = await jobTree.getTreeItem(node);
        const text = typeof label === 'string' ? label : label.label;
        return { node, label: text, description: String(description), below: await read(node) };
      }),
    );
  };
  return read(undefined);
}

/** Submits what is open, and answers the line of the job when it is completed. */
export async function submitToItsEnd(): Promise<CommandLine> {
  const known = (await lines()).length;
  await submitOnce();
  const [job] = await until(lines, all => known < all.length && /^completed/.test(all[0]?.description ?? ''), {
    what: 'a completed job',
  });
  assert.ok(job);
  return job;
}

/** The line below a job that has this name. */
export function batchLine(job: CommandLine, name: string): CommandLine {
  const line = job.below.find(({ label }) => label === name);
  assert.ok(line, `a batch "${name}" among ${job.below.map(({ label }) => label).join(', ')}`);
  return line;
}

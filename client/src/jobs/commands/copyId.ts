import * as vscode from 'vscode';
import type { App } from '../../app';
import { rowsOf } from '../describe';
import type { JobNode } from '../tree';
import { isNode, pickJob } from '../pick';

/** ZOQL: Copy ID. The id of a job or of a batch, as Zuora gave it. */
export async function run(app: App, given?: unknown): Promise<void> {
  const id = isNode(given) ? await idOf(app, given) : await pickedId(app);
  if (id === undefined) return;
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(`$(copy) Copied ${id}`, 3_000);
}

async function idOf(app: App, node: JobNode): Promise<string | undefined> {
  const { store } = await app.parts();
  const job = await store.open(node.key);
  if (!job || node.kind === 'job') return job?.id;
  return rowsOf(job)[node.index]?.batch?.batchId;
}

/** From the palette: first the job, then it or one of its batches. */
async function pickedId(app: App): Promise<string | undefined> {
  const job = await pickJob(app, undefined, {
    placeholder: 'The job whose ID, or whose batch’s ID, is copied',
    words: ['withId'],
    none: 'There is no job with an ID yet.',
  });
  if (!job) return undefined;
  const items = [
    { label: 'Job', description: job.id ?? '' },
    ...rowsOf(job).flatMap(({ name, batch }) =>
      batch?.batchId === undefined ? [] : [{ label: `Batch ${name}`, description: batch.batchId }],
    ),
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'The ID to copy', matchOnDescription: true });
  return picked?.description;
}

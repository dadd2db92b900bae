import * as vscode from 'vscode';
import type { App } from '../../app';
import { annotate } from '../annotate';
import { jobLabel } from '../describe';
import { pickJob } from '../pick';

/** ZOQL: Edit Note…. A person's own words on a job; an empty text takes them away. */
export async function run(app: App, given?: unknown): Promise<void> {
  const job = await pickJob(app, given, {
    placeholder: 'The job to write a note on',
    words: ['job'],
    none: 'There is no job in the list.',
  });
  if (!job) return;
  const note = await vscode.window.showInputBox({
    title: `Note on ${jobLabel(job)}`,
    value: job.note,
    placeHolder: 'What this job is for',
    prompt: 'It stays on this computer. Leave it empty to remove it.',
  });
  if (note !== undefined && note.trim() !== job.note) await annotate(app, job, { note: note.trim() });
}

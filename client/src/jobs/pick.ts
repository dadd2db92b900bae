// Which job or batch a command is about: the line of the tree it was called on, else what a person picks from a list.
import * as vscode from 'vscode';
import type { App } from '../app';
import { describeJob, describeRow, rowsOf, type Described, type ItemWord, type Row } from './describe';
import type { Job } from './model';
import type { JobNode, TenantPlace } from './lines';

export interface PickOptions {
  readonly placeholder: string;
  /** Only lines with all these words are offered. */
  readonly words: readonly ItemWord[];
  /** Said where nothing can be offered. */
  readonly none: string;
}

export interface BatchChoice {
  readonly job: Job;
  readonly row: Row;
  /** Its place below the job. */
  readonly index: number;
}

/** Undefined where nothing was picked, or the job is gone meanwhile. */
export async function pickJob(app: App, given: unknown, options: PickOptions): Promise<Job | undefined> {
  const { store } = await app.parts();
  if (isNode(given)) return store.open(given.key);
  await app.loadHistory();
  const choices = store.all().map(job => ({ choice: job, described: describeJob(job, Date.now()) }));
  const picked = await pick(choices, options);
  return picked && store.open(picked.key);
}

/** As `pickJob`, for a line below a job. */
export async function pickBatch(app: App, given: unknown, options: PickOptions): Promise<BatchChoice | undefined> {
  const { store } = await app.parts();
  if (isNode(given) && given.kind === 'batch') {
    const job = await store.open(given.key);
    const row = job && rowsOf(job)[given.index];
    return job && row && { job, row, index: given.index };
  }
  await app.loadHistory();
  // First the job, by what the list has of it: only its entry is opened.
  const jobs = store.all().filter(({ counts }) => !options.words.includes('withResult') || 0 < counts.completed);
  const choices = jobs.map(job => ({ choice: job, described: describeJob(job, Date.now()) }));
  const picked = await pick(choices, { ...options, words: ['job'] });
  const job = picked && (await store.open(picked.key));
  if (!job) return undefined;
  const rows = rowsOf(job).map((row, index) => ({ choice: { job, row, index }, described: describeRow(job, row) }));
  const fitting = rows.filter(({ described }) => fits(described, options));
  return fitting.length === 1 ? fitting[0]?.choice : pick(fitting, options);
}

export function isNode(given: unknown): given is JobNode {
  return typeof given === 'object' && given !== null && 'kind' in given && 'key' in given;
}

/** Whether a command was called on the line of a tenant, or on one that is about a tenant. */
export function isPlace(given: unknown): given is TenantPlace {
  return typeof given === 'object' && given !== null && 'tenant' in given && 'origin' in given;
}

interface Choice<T> {
  readonly choice: T;
  readonly described: Described;
}

function fits({ words }: Described, { words: wanted }: PickOptions): boolean {
  return wanted.every(word => words.includes(word));
}

async function pick<T>(choices: readonly Choice<T>[], options: PickOptions): Promise<T | undefined> {
  const fitting = choices.filter(({ described }) => fits(described, options));
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(options.none);
    return undefined;
  }
  const items = fitting.map(({ choice, described: { label, description, icon } }) => ({
    label,
    description,
    iconPath: new vscode.ThemeIcon(icon.id),
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: options.placeholder,
    matchOnDescription: true,
  });
  return picked?.choice;
}

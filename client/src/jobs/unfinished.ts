/**
 * What activation asks of the journal: is there a job to go on with? Kept apart from the journal so that a window with
 * nothing to do reads one folder and loads nothing else.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** A job's entry: when it was made (UTC), then 64 random bits. */
export const entryName = /^(\d{8}T\d{9}Z-[0-9a-f]{16})\.jsonl$/;

/** The keys of jobs that may still be sent or polled, oldest first; none where the folder cannot be read. */
export async function listUnfinished(folder: string): Promise<readonly string[]> {
  // A folder that is not there yet is the usual case. One that cannot be read is told when the history is shown.
  const names = await readdir(folder).catch((): string[] => []);
  return entryKeys(names);
}

/** Whether any job is remembered, finished ones included. */
export async function hasHistory(folder: string): Promise<boolean> {
  const [unfinished, settled] = await Promise.all([folder, path.join(folder, settledName)].map(listUnfinished));
  return 0 < (unfinished?.length ?? 0) + (settled?.length ?? 0);
}

/** The folder of jobs that nothing is left to do for. */
export const settledName = 'settled';

export function entryKeys(names: readonly string[]): string[] {
  return names.flatMap(name => entryName.exec(name)?.[1] ?? []).sort();
}

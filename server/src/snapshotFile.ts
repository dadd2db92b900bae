import type { TextRead } from './feature';
import { readSnapshot, type TenantFacts } from './zoql/index';

/** What a file is worth that the setting `zoql.schemaSnapshot` names: its facts, or a sentence about why there are none. */
export type SnapshotOfFile =
  { readonly ok: true; readonly facts: TenantFacts } | { readonly ok: false; readonly sentence: string };

/** Reads the text of the file of that name. */
export function snapshotOf(file: string, read: TextRead): SnapshotOfFile {
  if (!read.ok) return unused(file, read.reason);
  const snapshot = readSnapshot(read.text);
  return snapshot.ok ? snapshot : unused(file, snapshot.fault.message);
}

function unused(file: string, reason: string): SnapshotOfFile {
  const sentence = `The schema snapshot ${file} is not used: ${reason}. What is known without it stays. Export it anew, or change the setting zoql.schemaSnapshot.`;
  return { ok: false, sentence };
}

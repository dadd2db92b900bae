// What a batch's result files are called on this computer. Plain data in, plain data out.
import type { Job } from './model';
import type { Row } from './describe';

/** What kind of file a result is, told from its first bytes: the service decides, whatever was asked for. */
export type ResultKind = 'text' | 'gzip' | 'zip' | 'binary';

/** Characters that Windows refuses in a name, path separators, and what nobody can see. */
const unsafe = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Longest name of a file on most systems is 255 bytes; this leaves room for endings. */
const maxBytes = 180;

/**
 * The names for the files of a batch, one per file id: "accounts.csv", and for several segments "accounts-1.csv",
 * "accounts-2.csv". The ending is that of the format which the job asked for.
 */
export function resultFileNames(job: Pick<Job, 'request'>, { name, batch }: Row): string[] {
  const count = batch?.fileIds.length ?? 0;
  const stem = safeName(name);
  return Array.from({ length: count }, (_, index) => `${stem}${count === 1 ? '' : `-${index + 1}`}${endingOf(job)}`);
}

export function kindOf(head: Uint8Array): ResultKind {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x50 && head[1] === 0x4b) return 'zip';
  return head.includes(0) ? 'binary' : 'text';
}

function endingOf({ request }: Pick<Job, 'request'>): string {
  const { format, encrypted } = JSON.parse(request.body) as { readonly format?: unknown; readonly encrypted?: unknown };
  const ending = format === 'zip' ? '.zip' : format === 'gzip' ? '.csv.gz' : '.csv';
  return encrypted === 'pgp' ? `${ending}.pgp` : ending;
}

function safeName(name: string): string {
  let safe = name.replace(unsafe, '_').replace(/[. ]+$/, '');
  while (maxBytes < new TextEncoder().encode(safe).length) safe = safe.slice(0, -1);
  // Windows keeps these names for devices, whatever their ending.
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe.split('.')[0] ?? '') ? `_${safe}` : safe;
}

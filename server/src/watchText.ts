import { readFileSync, statSync, unwatchFile, watchFile, type StatsListener } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runtime, TextRead } from './feature';

/** Bytes; a larger file is not read. */
const largestFile = 100_000_000;

/** How often the disk is asked. Events of the disk miss what is replaced by a rename, and are not there on a network's. */
const lookEveryMs = 1_000;

/** `Runtime.watchText` under Node: tells of the file at once, and when it has changed, come or gone. */
export const watchText: NonNullable<Runtime['watchText']> = (file, folder, tell) => {
  const found = pathOf(file, folder);
  if (!found.ok) {
    tell(found);
    return () => undefined;
  }
  const path = found.text;
  tell(readText(path));
  const look: StatsListener = (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) tell(readText(path));
  };
  watchFile(path, { interval: lookEveryMs, persistent: false }, look);
  return () => unwatchFile(path, look);
};

function pathOf(file: string, folder: string | undefined): TextRead {
  // A workspace may name the file, and Windows signs in to a computer whose share is looked at.
  if (/^[\\/]{2}/.test(file)) return { ok: false, reason: 'it is on another computer' };
  if (isAbsolute(file)) return { ok: true, text: file };
  if (folder === undefined) return { ok: false, reason: 'no folder is open that it could be in' };
  if (!folder.startsWith('file:')) return { ok: false, reason: 'the folder that is open is not on a disk' };
  return { ok: true, text: resolve(fileURLToPath(folder), file) };
}

function readText(path: string): TextRead {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return { ok: false, reason: 'it is no file' };
    if (largestFile < stat.size) return { ok: false, reason: `it is larger than ${largestFile / 1_000_000} MB` };
    return { ok: true, text: readFileSync(path, 'utf8') };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { ok: false, reason: reasons[code] ?? message };
  }
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
};

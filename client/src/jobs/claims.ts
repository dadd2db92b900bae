/** Settles which of several windows does a thing that is to be done once. */
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Claims are only disputed in the seconds after they became possible. */
const claimsLiveMs = 24 * 60 * 60 * 1000;

/**
 * True for the first caller, among all windows, that asks for this name. Also where the disk refuses: that a thing is done
 * twice is better than not at all.
 */
export async function claim(folder: string, name: string, now: number): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
  } catch {
    return true;
  }
  try {
    // Fails where the file is there: the one operation that settles a race between processes.
    await (await open(path.join(folder, name), 'wx')).close();
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
  }
  await sweep(folder, now).catch(() => undefined); // The next claim sweeps what is left.
  return true;
}

async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs < now - claimsLiveMs) await unlink(file);
  }
}

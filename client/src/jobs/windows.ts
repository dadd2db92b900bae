/** Which window is at work on a job. Several share one journal, and any of them can be killed. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Writer } from './model';

/** This process, as it signs its records. */
export function thisWindow(): Writer {
  return { window: randomBytes(8).toString('hex'), host: hostname(), pid: process.pid };
}

/**
 * Whether a writer can still be running. A process id may have been given to another program since, and says nothing
 * on another computer that shares the folder: therefore a "yes" counts only until the time that the writer has named.
 */
export function mayBeAlive(writer: Writer, self: Writer): boolean {
  if (writer.window === self.window) return true;
  if (writer.host !== self.host) return true;
  // Containers hand out the same ids again: a window with our id that is not us has ended.
  if (writer.pid === self.pid) return false;
  try {
    return process.kill(writer.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What the disk says as a value: a fault with the system's code, or that a file is not there. */
import type { DiskFault, Written } from './model';

/** Runs something on the disk; what it throws is a fault. */
export async function guarded<T>(action: () => Promise<T>): Promise<Written<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return { ok: false, fault: diskFault(error) };
  }
}

/** For `catch`: a file that is not there is no fault. */
export function unlessAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

/** An error as the system makes them. */
export function withCode(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function diskFault(error: unknown): DiskFault {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'disk', code: codeOf(error) ?? 'EIO', message };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

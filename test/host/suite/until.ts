import assert from 'node:assert/strict';

/**
 * Asks `get` until `ok` is content with the answer, and returns that answer.
 *
 * Fails with the last answer when the deadline passes: nothing in these suites waits for a fixed time.
 */
export async function until<T>(
  get: () => T | Thenable<T>,
  ok: (value: T) => boolean,
  { what, deadlineMs = 30_000 }: { readonly what: string; readonly deadlineMs?: number },
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const value = await get();
    if (ok(value)) return value;
    assert.ok(Date.now() < deadline, `not in time: ${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

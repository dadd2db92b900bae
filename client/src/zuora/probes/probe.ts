// What the probes of a diagnosis have in common: none changes anything, and each ends.
import type { Clock } from '../clock';
import { failed, type Outcome } from '../outcome';

/** What a probe found, or why it found nothing, and how long that took. */
export interface Probe<T> {
  readonly outcome: Outcome<T>;
  readonly durationMs: number;
}

export interface ProbeOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const limitMs = 10_000;

/**
 * Runs a probe. The signal it gets aborts with the caller's, and after ten seconds: whatever it opens, it closes then.
 * What cannot be ended is left to itself.
 */
export async function probe<T>(
  { clock, signal }: ProbeOptions,
  run: (signal: AbortSignal) => Promise<Outcome<T>>,
): Promise<Probe<T>> {
  if (signal.aborted) return { outcome: failed({ kind: 'canceled', sent: 'no' }), durationMs: 0 };
  const started = clock.monotonic();
  const controller = new AbortController();
  let end: (outcome: Outcome<T>) => void = () => undefined;
  const ended = new Promise<Outcome<T>>(resolve => (end = resolve));
  const cancel = () => end(failed({ kind: 'canceled', sent: 'no' }));
  signal.addEventListener('abort', cancel);
  const takeBack = clock.after(limitMs, () =>
    end(failed({ kind: 'timeout', message: `nothing came for ${limitMs / 1000} seconds`, sent: 'no' })),
  );
  const outcome = await Promise.race([ended, run(controller.signal)]);
  takeBack();
  signal.removeEventListener('abort', cancel);
  controller.abort();
  return { outcome, durationMs: Math.round(clock.monotonic() - started) };
}

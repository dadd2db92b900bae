// Time comes from outside, so that hours of polling and every time-out can be tested in milliseconds.
import { setMaxListeners } from 'node:events';

export interface Clock {
  /** Milliseconds since 1970, for people and files. It may jump when the computer's clock is set. */
  now(): number;
  /** Milliseconds from any start, never going back: what durations and token lives are counted in. */
  monotonic(): number;
  /** Calls `run` once after that many milliseconds; the returned function takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Resolves after that many milliseconds, or at once when `signal` aborts: the caller looks at the signal. */
export function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const finish = () => {
      takeBack();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const takeBack = clock.after(milliseconds, finish);
    setMaxListeners(0, signal); // Many may wait for the same end; that is no leak.
    signal.addEventListener('abort', finish);
  });
}

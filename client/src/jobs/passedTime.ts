import type { Clock } from '../zuora/clock';

/** A jump of the time of day by less than this is a clock that was set right. */
const shortestSleepMs = 30_000;

/**
 * The milliseconds that have passed, those in which the computer was asleep among them.
 *
 * The monotonic clock stands still in sleep (on Linux), while the time of day goes on: where the two have drifted apart
 * since the last call, the computer was asleep, or its clock was put forward, which cannot be told from it. A clock that
 * is set back changes nothing.
 */
export function createPassedTime(clock: Clock): () => number {
  let asleep = 0;
  let wall = clock.now();
  let monotonic = clock.monotonic();
  return () => {
    const ahead = clock.now() - wall - (clock.monotonic() - monotonic);
    wall = clock.now();
    monotonic = clock.monotonic();
    if (shortestSleepMs < ahead) asleep += ahead;
    return monotonic + asleep;
  };
}

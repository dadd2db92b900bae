// Repeating what may be repeated without harm: GETs and the token. A submit never comes through here.
import { ConstantBackoff, handleWhenResult, retry } from 'cockatiel';
import { sleep, type Clock } from './clock';
import { failed, type Failure, type Outcome } from './outcome';

export interface Patience {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

const attempts = 4;
const firstDelayMs = 500;
const longestDelayMs = 20_000;

/**
 * Tries up to four times: after network failures, time-outs, 429 and 5xx. It waits what the service asked for, else about
 * 0.5, 1 and 2 seconds. `signal` ends the waiting at once.
 */
export async function withRetry<T>(
  { clock, random }: Patience,
  signal: AbortSignal,
  attempt: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let last: Outcome<T> | undefined;
  // cockatiel waits with timers of its own, which no signal ends; so it counts and decides, and the waiting is ours.
  const policy = retry(
    handleWhenResult(result => isTransient(result as Outcome<T>)),
    { maxAttempts: attempts - 1, backoff: new ConstantBackoff(0) },
  );
  return policy.execute(async ({ attempt: repeats }) => {
    if (last && !last.ok) await sleep(clock, delayMs(last.failure, repeats, random()), signal);
    if (signal.aborted) return failed({ kind: 'canceled', sent: last ? 'maybe' : 'no' });
    last = await attempt();
    return last;
  }, signal);
}

/** How long to wait before repeat number `repeats` (from 1): the service's wish, else exponential, half of it by chance. */
export function delayMs(failure: Failure, repeats: number, random: number): number {
  if ('retryAfterMs' in failure && failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  return Math.min(firstDelayMs * 2 ** (repeats - 1), longestDelayMs) * (0.5 + random / 2);
}

function isTransient<T>(outcome: Outcome<T>): boolean {
  if (outcome.ok) return false;
  switch (outcome.failure.kind) {
    case 'network':
    case 'timeout':
    case 'throttled':
    case 'unavailable':
      return true;
    case 'canceled':
    case 'unauthorized':
    case 'in-progress':
    case 'rejected':
    case 'redirected':
    case 'malformed':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return false;
  }
}

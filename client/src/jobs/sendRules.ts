/**
 * What comes next after a send that failed: pure rules, so that they can be read and tested without a service.
 *
 * Zuora keeps the first answer to a key for 24 hours and gives it again, whether it was a success or not (Zuora docs,
 * idempotent requests). So a LOST answer is cured by the same key, while a RECEIVED refusal made no job and needs a new
 * key. Once an answer was lost under a key, no other key is used by ourselves: whatever comes back later, a job may
 * exist under the first.
 */
import type { Failure } from '../zuora/outcome';
import type { Job, SendAttempt } from './model';
import type { EndPhase } from './records';

/** How long Zuora keeps the answer to a key (Zuora docs, idempotent requests). */
const keyLifeMs = 24 * 60 * 60 * 1000;

/** A repeat must arrive while the key is alive, and clocks are set by small steps all the time. */
const keyMarginMs = 5 * 60 * 1000;

/**
 * Whether sending the job once more under its key is sure to make no second one. It is not where the key was never sent:
 * then the job that may exist is one under an earlier key.
 */
export function repeatIsSafe({ attempt }: Pick<Job, 'attempt'>, now: number): boolean {
  return attempt.waitsFor === undefined && keyLives(attempt, now);
}

export function keyLives({ keyMadeAt }: SendAttempt, now: number): boolean {
  const age = now - keyMadeAt;
  // A key from the future means that the clock was set back, and its age is anyone's guess.
  return -keyMarginMs <= age && age < keyLifeMs - keyMarginMs;
}

/**
 * The key that follows one under which a refusal was received. Made from it, and not by chance: should two windows meet
 * the same refusal, both go on with the same key, and Zuora makes one job for them.
 */
export function followingKey(key: string): string {
  const [, first = key, count = '1'] = /^(.+)\.(\d+)$/.exec(key) ?? [];
  return `${first}.${Number(count) + 1}`;
}

/** What has come back so far under the present key. */
export interface Tally {
  /** Sends without an answer that tells anything: lost, unreadable, or a 5xx. */
  readonly fruitless: number;
  /** 5xx received. */
  readonly unavailable: number;
  readonly inProgress: number;
  readonly throttled: number;
  /** A 401 has been answered with a new token already. */
  readonly refreshed: boolean;
  /** A job may exist under this key: no other is used, and no refusal by a bystander is believed. */
  readonly mayExist: boolean;
  /** A job may exist under an earlier key, which a person has given up. */
  readonly doubt: boolean;
  /** Nobody waits for it: a window that is gone began it. */
  readonly recovering: boolean;
  /** It comes from the queue and may go back there: what passes by itself is waited for. */
  readonly patient: boolean;
}

export const newTally: Tally = {
  fruitless: 0,
  unavailable: 0,
  inProgress: 0,
  throttled: 0,
  refreshed: false,
  mayExist: false,
  doubt: false,
  recovering: false,
  patient: false,
};

export type NextStep =
  | { readonly kind: 'repeat'; readonly key: KeyChoice; readonly tally: Tally; readonly waitMs: number }
  /** No job was made, and one can be made later. `waitMs` is the service's wish, where it has one. */
  | { readonly kind: 'queue'; readonly key: KeyChoice; readonly waitMs: number | undefined }
  | ({ readonly kind: 'stop' } & Ending);

type KeyChoice = 'same' | 'new';

export interface Ending {
  readonly phase: EndPhase;
  readonly failure: Failure;
}

/** Sends without a telling answer, and 5xx answers among them, after which a person is asked. */
const maxFruitless = 3;
const maxUnavailable = 2;

/** Refusals for being too fast, after which a person is asked. */
const maxThrottled = 5;

/** Longest that a service may make a person wait in front of a progress bar. */
export const maxWaitMs = 5 * 60 * 1000;

/** Waits while Zuora is still working on the first request with our key. */
const inProgressWaitsMs = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000];

/** "Too many concurrent jobs" (AQuA API error codes): the tenant runs as many as it may. */
const tooManyJobs = '90028';

/** What a failure calls for. */
export function afterFailure(failure: Failure, before: Tally, random: () => number): NextStep {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
      return afterFruitless(failure, { ...before, mayExist: before.mayExist || failure.sent === 'maybe' }, random);
    case 'malformed':
      return afterFruitless(failure, { ...before, mayExist: true }, random);
    case 'unavailable': {
      const tally = { ...before, mayExist: true, unavailable: before.unavailable + 1 };
      if (maxUnavailable <= tally.unavailable) return stop(failure, tally, 'unknown');
      return afterFruitless(failure, tally, random, failure.retryAfterMs);
    }
    case 'in-progress': {
      const waitMs = inProgressWaitsMs[before.inProgress];
      const tally = { ...before, mayExist: true, inProgress: before.inProgress + 1 };
      return waitMs === undefined ? stop(failure, tally, 'unknown') : { kind: 'repeat', key: 'same', tally, waitMs };
    }
    case 'throttled': {
      const wishMs = usable(failure.retryAfterMs);
      if (canQueue(before)) return { kind: 'queue', key: 'new', waitMs: wishMs };
      const tally = { ...before, throttled: before.throttled + 1 };
      if (maxThrottled <= tally.throttled) return stop(failure, tally, 'refused');
      return {
        kind: 'repeat',
        key: keyAfterRefusal(tally),
        tally,
        waitMs: wishMs ?? backoffMs(tally.throttled, random),
      };
    }
    case 'unauthorized':
      if (canQueue(before)) return { kind: 'queue', key: 'new', waitMs: undefined };
      if (before.refreshed) return stop(failure, before, 'refused');
      // The client has dropped the token and asks for a new one with the next request.
      return { kind: 'repeat', key: keyAfterRefusal(before), tally: { ...before, refreshed: true }, waitMs: 0 };
    case 'rejected': {
      const told = isZuorasOwn(failure);
      if (told && failure.code === tooManyJobs) return { kind: 'queue', key: 'new', waitMs: undefined };
      return stop(failure, told ? { ...before, mayExist: false } : before, 'refused');
    }
    case 'redirected':
      return stop(failure, before, 'refused');
    case 'canceled':
      return stop(failure, { ...before, mayExist: before.mayExist || failure.sent === 'maybe' }, 'not-sent');
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return canQueue(before) ? { kind: 'queue', key: 'same', waitMs: undefined } : stop(failure, before, 'not-sent');
  }
}

/**
 * Whether Zuora itself says that the body makes no job: with 400 or with a refusal inside a 200, and a code of its own.
 * Anything else may come from something in front of Zuora that knows nothing of an earlier request with the key.
 */
function isZuorasOwn({ status, code, sent }: Extract<Failure, { readonly kind: 'rejected' }>): boolean {
  if (sent === 'no' || code === undefined) return false;
  return status === 400 || (200 <= status && status < 300) || code === tooManyJobs;
}

function afterFruitless(failure: Failure, before: Tally, random: () => number, wishMs?: number): NextStep {
  const tally = { ...before, fruitless: before.fruitless + 1 };
  if (maxFruitless <= tally.fruitless) {
    return canQueue(tally) ? { kind: 'queue', key: 'same', waitMs: undefined } : stop(failure, tally, 'not-sent');
  }
  return { kind: 'repeat', key: 'same', tally, waitMs: usable(wishMs) ?? backoffMs(tally.fruitless, random) };
}

/** A job that may exist is no longer in the queue, whatever came back last. */
function canQueue({ patient, mayExist }: Tally): boolean {
  return patient && !mayExist;
}

/** Zuora gives a stored refusal again for its key, so a new try needs a new one; unless the old may have made a job. */
function keyAfterRefusal({ mayExist }: Tally): KeyChoice {
  return mayExist ? 'same' : 'new';
}

/** Ends in `phase`, unless a job may exist. */
function stop(failure: Failure, tally: Tally, phase: EndPhase): NextStep {
  return { kind: 'stop', phase: hasDoubt(tally) ? 'unknown' : phase, failure };
}

export function hasDoubt({ mayExist, doubt }: Tally): boolean {
  return mayExist || doubt;
}

/** The service's own wish wins over our schedule, within reason. */
function usable(wishMs: number | undefined): number | undefined {
  return wishMs !== undefined && 0 <= wishMs ? Math.min(wishMs, maxWaitMs) : undefined;
}

/** Full jitter (AWS SDK, standard retry mode): windows that failed together do not come back together. */
function backoffMs(tries: number, random: () => number): number {
  return random() * Math.min(20_000, 1_000 * 2 ** tries);
}

/**
 * Sending a job so that it comes into being once.
 *
 * The plan, with its exact body and `Idempotency-Key`, is on disk before the first byte leaves. What then happens is
 * decided by what came back (`afterFailure`): Zuora keeps the first answer to a key for 24 hours and gives it again,
 * whether it was a success or not (Zuora docs, idempotent requests). So a LOST answer is cured by the same key, while
 * a RECEIVED refusal made no job and needs a new key. Once an answer was lost under a key, no other key is used by
 * ourselves: whatever comes back later, a job may exist under the first.
 */
import type { ZuoraClient } from '../zuora/aqua';
import { sleep, type Clock } from '../zuora/clock';
import type { Failure } from '../zuora/outcome';
import {
  isSettled,
  type DiskFault,
  type Job,
  type JobPlan,
  type SendAttempt,
  type Writer,
  type Written,
} from './model';
import type { EndPhase } from './records';
import type { JobStore } from './store';
import { mayBeAlive } from './windows';

export interface SubmitParts {
  readonly store: JobStore;
  readonly client: Pick<ZuoraClient, 'submit'>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A text that no request has carried yet, at most 255 characters. */
  readonly newIdempotencyKey: () => string;
  readonly writer: Writer;
}

export interface SubmitOptions {
  /** A person's cancel. Before anything was sent the job ends as `not-sent`, afterwards as `unknown`. */
  readonly signal: AbortSignal;
  readonly progress: (step: SubmitStep) => void;
}

export type SubmitStep =
  | { readonly kind: 'sending'; /** From 1. */ readonly attempt: number }
  | { readonly kind: 'waiting'; readonly milliseconds: number; readonly failure: Failure };

export interface Submitter {
  /**
   * Writes the job down and sends it. The job's phase tells how it ended: `running` or `finished` with its id,
   * `refused`, `not-sent` or `unknown`. A fault means that it could not be written down, so nothing was sent.
   */
  submit(plan: JobPlan, options: SubmitOptions): Promise<Written<Job>>;
  /**
   * Sends a job again that is unknown, refused or not sent. `same-key` makes no second job and is for unknown ones
   * only, as long as `repeatIsSafe`; `new-key` can make a second job of an unknown one, so a person decides. A job for
   * which neither holds comes back as it is.
   */
  sendAgain(key: string, how: 'same-key' | 'new-key', options: SubmitOptions): Promise<Written<Job | undefined>>;
  /**
   * Finishes what windows that are gone have left unanswered, now and from now on. Without sign-in or network a job
   * waits, which its condition tells; another call, e.g. after a sign-in, tries at once.
   */
  recover(): void;
  /** Ends like a killed window: what is in flight stays written down and is repeated at the next start. */
  dispose(): void;
}

/** How long Zuora keeps the answer to a key (Zuora docs, idempotent requests). */
const keyLifeMs = 24 * 60 * 60 * 1000;

/** A repeat must arrive while the key is alive, and clocks are set by small steps all the time. */
const keyMarginMs = 5 * 60 * 1000;

/** Whether sending the job once more under its key is sure to make no second one. */
export function repeatIsSafe(job: Job, now: number): boolean {
  return keyLives(job.attempt, now);
}

function keyLives({ keyMadeAt }: SendAttempt, now: number): boolean {
  const age = now - keyMadeAt;
  // A key from the future means that the clock was set back, and its age is anyone's guess.
  return -keyMarginMs <= age && age < keyLifeMs - keyMarginMs;
}

/** One try and its answer take less; a window that shows no sign for longer is taken for gone. */
const leaseMs = 3 * 60 * 1000;

export function createSubmitter(parts: SubmitParts): Submitter {
  const { store, client, clock, random, newIdempotencyKey, writer } = parts;
  const lifetime = new AbortController();
  const inFlight = new Set<string>();
  /** Jobs that another window is at work on, and what takes the timer back that looks at them again. */
  const watched = new Map<string, () => void>();
  let stopWatching: (() => void) | undefined;

  return {
    async submit(plan, options) {
      const added = await store.add(plan, freshAttempt());
      if (!added.ok) return added;
      await send(added.value, newTally, options);
      return { ok: true, value: store.get(added.value.key) ?? added.value };
    },
    async sendAgain(key, how, options) {
      const job = store.get(key);
      if (!job || inFlight.has(key) || !canSendAgain(job, how, clock.now())) return { ok: true, value: job };
      const doubt = job.phase === 'unknown';
      const attempt = how === 'same-key' ? { ...job.attempt, ...lease() } : freshAttempt();
      const fault = await resend(job, attempt, { ...newTally, doubt, mayExist: how === 'same-key' }, options);
      return fault ? { ok: false, fault } : { ok: true, value: store.get(key) };
    },
    recover() {
      stopWatching ??= store.watch(keys => keys.forEach(lookAfter));
      for (const { key } of store.all()) {
        const job = store.get(key);
        if (job?.phase === 'sending' && job.condition && !inFlight.has(key)) void takeOver(job);
        else lookAfter(key);
      }
    },
    dispose() {
      lifetime.abort();
      stopWatching?.();
      for (const takeBack of watched.values()) takeBack();
    },
  };

  function freshAttempt(): SendAttempt {
    return { idempotencyKey: newIdempotencyKey(), keyMadeAt: clock.now(), ...lease() };
  }

  function lease() {
    return { mayExist: true, writer, until: clock.now() + leaseMs };
  }

  /** Writes the attempt down, then sends. A fault leaves the job as it was. */
  async function resend(job: Job, attempt: SendAttempt, tally: Tally, options: SubmitOptions) {
    inFlight.add(job.key);
    try {
      const written = await store.record(job.key, { kind: 'attempt', attempt });
      if (!written.ok) {
        const { phase, failure } = job;
        if (isEndPhase(phase) && failure) await store.record(job.key, { kind: 'ended', phase, failure });
        return written.fault;
      }
    } finally {
      inFlight.delete(job.key);
    }
    await send({ ...job, attempt }, tally, options);
    return undefined;
  }

  /** Sends until there is an answer or a reason to stop. The job's present attempt is on disk. */
  async function send(job: Job, start: Tally, { signal, progress }: SubmitOptions): Promise<void> {
    const { key, scope, request } = job;
    const ending = AbortSignal.any([signal, lifetime.signal]);
    let { attempt } = job;
    let tally = start;
    inFlight.add(key);
    try {
      for (let count = 1; ; count++) {
        if (lifetime.signal.aborted) return;
        if (signal.aborted) return await end(key, canceled(tally));
        progress({ kind: 'sending', attempt: count });
        const { idempotencyKey } = attempt;
        const outcome = await client.submit(scope, { ...request, idempotencyKey }, ending);
        if (outcome.ok) {
          await store.applyAnswer(key, outcome.value);
          return;
        }
        // The window closes: the entry stays as it is, and the next window repeats it.
        if (lifetime.signal.aborted) return;

        const next = afterFailure(outcome.failure, tally, random);
        if (next.kind === 'stop') {
          const { failure } = outcome;
          if (start.recovering && isCurable(failure)) return store.note(key, { kind: conditionOf(failure), failure });
          return await end(key, next);
        }
        tally = next.tally;
        // The same key goes out again without another record, so this one must hold for that send as well. Nothing
        // but other windows' help depends on it: the key itself is on disk, so a fault here stops nothing.
        const mayExist = next.key === 'same' || tally.doubt;
        const until = clock.now() + next.waitMs + leaseMs;
        await store.record(key, { kind: 'attempt', attempt: { ...attempt, mayExist, until } });
        progress({ kind: 'waiting', milliseconds: next.waitMs, failure: outcome.failure });
        await sleep(clock, next.waitMs, ending);
        if (lifetime.signal.aborted) return;
        if (signal.aborted) return await end(key, canceled(tally));
        if (!isWanted(store.get(key))) return;
        if (next.key === 'same' && !keyLives(attempt, clock.now())) {
          return await end(key, { phase: hasDoubt(tally) ? 'unknown' : 'not-sent', failure: outcome.failure });
        }
        if (next.key === 'new') {
          attempt = freshAttempt();
          const written = await store.record(key, { kind: 'attempt', attempt });
          if (!written.ok) return await end(key, unwritable(written.fault, tally));
        }
      }
    } finally {
      inFlight.delete(key);
    }
  }

  async function end(key: string, { phase, failure }: Ending): Promise<void> {
    await store.record(key, { kind: 'ended', phase, failure });
  }

  /** Takes a job over whose window is gone; waits where that cannot be known yet. */
  function lookAfter(key: string): void {
    watched.get(key)?.();
    watched.delete(key);
    const job = store.get(key);
    if (job?.phase !== 'sending' || inFlight.has(key) || lifetime.signal.aborted) return;
    const wait = mayBeAlive(job.attempt.writer, writer) ? job.attempt.until - clock.now() : 0;
    // A longer wait than anybody writes down means that the clock was set back.
    const isLeased = 0 < wait && wait <= maxWaitMs + leaseMs;
    if (!isLeased) void takeOver(job);
    else
      watched.set(
        key,
        clock.after(wait, () => lookAfter(key)),
      );
  }

  async function takeOver(job: Job): Promise<void> {
    const { key, attempt } = job;
    if (!attempt.mayExist) return end(key, { phase: 'not-sent', failure: { kind: 'canceled', sent: 'no' } });
    if (!repeatIsSafe(job, clock.now())) return end(key, { phase: 'unknown', failure: lostWindow });
    const options: SubmitOptions = { signal: lifetime.signal, progress: () => undefined };
    const fault = await resend(
      job,
      { ...attempt, ...lease() },
      { ...newTally, mayExist: true, recovering: true },
      options,
    );
    // The key was on disk before, so a repeat without a new record is as safe as one with it; but nobody waits for it.
    if (fault) await end(key, { phase: 'unknown', failure: lostWindow });
    // What could not be sent for now is tried again when its lease ends, as long as its key lives.
    else lookAfter(key);
  }
}

const lostWindow: Failure = {
  kind: 'network',
  message: 'The window was closed before the answer came.',
  sent: 'maybe',
};

/** Nothing was sent, and a sign-in or the network's return changes that. */
function isCurable(failure: Failure): boolean {
  return failure.kind === 'signed-out' || failure.kind === 'untrusted' || isUnreached(failure);
}

function isUnreached(failure: Failure): boolean {
  return failure.kind === 'network' && failure.sent === 'no';
}

function conditionOf(failure: Failure): 'unreachable' | 'paused' {
  return isUnreached(failure) ? 'unreachable' : 'paused';
}

/** False when the job was removed, or when another window has its answer. */
function isWanted(job: Job | undefined): boolean {
  return job !== undefined && !isSettled(job) && job.id === undefined;
}

function canSendAgain(job: Job, how: 'same-key' | 'new-key', now: number): boolean {
  if (how === 'same-key') return job.phase === 'unknown' && repeatIsSafe(job, now);
  return job.phase === 'unknown' || job.phase === 'not-sent' || job.phase === 'refused';
}

function isEndPhase(phase: Job['phase']): phase is EndPhase {
  return phase === 'refused' || phase === 'not-sent' || phase === 'unknown' || phase === 'gone';
}

/** What has come back so far under the present key. */
interface Tally {
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
}

const newTally: Tally = {
  fruitless: 0,
  unavailable: 0,
  inProgress: 0,
  throttled: 0,
  refreshed: false,
  mayExist: false,
  doubt: false,
  recovering: false,
};

type NextStep =
  | { readonly kind: 'repeat'; readonly key: 'same' | 'new'; readonly tally: Tally; readonly waitMs: number }
  | ({ readonly kind: 'stop' } & Ending);

interface Ending {
  readonly phase: EndPhase;
  readonly failure: Failure;
}

/** Sends without a telling answer, and 5xx answers among them, after which a person is asked. */
const maxFruitless = 3;
const maxUnavailable = 2;

/** Refusals for being too fast, after which a person is asked. */
const maxThrottled = 5;

/** Longest that a service may make a person wait in front of a progress bar. */
const maxWaitMs = 5 * 60 * 1000;

/** Waits while Zuora is still working on the first request with our key. */
const inProgressWaitsMs = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000];

/** What a failure calls for. */
function afterFailure(failure: Failure, before: Tally, random: () => number): NextStep {
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
      const tally = { ...before, throttled: before.throttled + 1 };
      if (maxThrottled <= tally.throttled) return stop(failure, tally, 'refused');
      const waitMs = usable(failure.retryAfterMs) ?? backoffMs(tally.throttled, random);
      return { kind: 'repeat', key: keyAfterRefusal(tally), tally, waitMs };
    }
    case 'unauthorized':
      if (before.refreshed) return stop(failure, before, 'refused');
      // The client has dropped the token and asks for a new one with the next request.
      return { kind: 'repeat', key: keyAfterRefusal(before), tally: { ...before, refreshed: true }, waitMs: 0 };
    case 'rejected': {
      // Zuora itself says with 400, or with a refusal inside a 200, that the body makes no job. After a lost answer
      // any other status may come from something in front of Zuora that knows nothing of the first request.
      const told = failure.status === 400 || (200 <= failure.status && failure.status < 300);
      return stop(failure, told ? { ...before, mayExist: false } : before, 'refused');
    }
    case 'redirected':
      return stop(failure, before, 'refused');
    case 'canceled':
      return stop(failure, { ...before, mayExist: before.mayExist || failure.sent === 'maybe' }, 'not-sent');
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return stop(failure, before, 'not-sent');
  }
}

function afterFruitless(failure: Failure, before: Tally, random: () => number, wishMs?: number): NextStep {
  const tally = { ...before, fruitless: before.fruitless + 1 };
  if (maxFruitless <= tally.fruitless) return stop(failure, tally, 'not-sent');
  return { kind: 'repeat', key: 'same', tally, waitMs: usable(wishMs) ?? backoffMs(tally.fruitless, random) };
}

/** Zuora gives a stored refusal again for its key, so a new try needs a new one; unless the old may have made a job. */
function keyAfterRefusal({ mayExist }: Tally): 'same' | 'new' {
  return mayExist ? 'same' : 'new';
}

/** Ends in `phase`, unless a job may exist. */
function stop(failure: Failure, tally: Tally, phase: EndPhase): NextStep {
  return { kind: 'stop', phase: hasDoubt(tally) ? 'unknown' : phase, failure };
}

function hasDoubt({ mayExist, doubt }: Tally): boolean {
  return mayExist || doubt;
}

function canceled(tally: Tally): Ending {
  const maybe = hasDoubt(tally);
  return { phase: maybe ? 'unknown' : 'not-sent', failure: { kind: 'canceled', sent: maybe ? 'maybe' : 'no' } };
}

function unwritable(fault: DiskFault, { doubt }: Tally): Ending {
  return { phase: doubt ? 'unknown' : 'not-sent', failure: { kind: 'storage', message: fault.message, store: 'disk' } };
}

/** The service's own wish wins over our schedule, within reason. */
function usable(wishMs: number | undefined): number | undefined {
  return wishMs !== undefined && 0 <= wishMs ? Math.min(wishMs, maxWaitMs) : undefined;
}

/** Full jitter (AWS SDK, standard retry mode): windows that failed together do not come back together. */
function backoffMs(tries: number, random: () => number): number {
  return random() * Math.min(20_000, 1_000 * 2 ** tries);
}

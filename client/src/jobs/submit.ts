/**
 * Sending a job so that it comes into being once.
 *
 * The plan, with its exact body and `Idempotency-Key`, is on disk before the first byte leaves. What then happens is
 * decided by what came back (`sendRules.ts`).
 *
 * Any window may send a job, and only one at a time does: who wants to, writes an attempt that names it, and reads the
 * entry anew. The first attempt in the file counts (`records.ts`); all others leave the job alone.
 */
import type { ZuoraClient } from '../zuora/aqua';
import { sleep, type Clock } from '../zuora/clock';
import type { Failure } from '../zuora/outcome';
import { concurrencyOf, mustWait } from './concurrency';
import type { DiskFault, Job, JobPlan, SendAttempt, Writer, Written } from './model';
import { createQueue, queueLeaseMs } from './queue';
import type { EndPhase } from './records';
import {
  afterFailure,
  followingKey,
  hasDoubt,
  keyLives,
  maxWaitMs,
  newTally,
  repeatIsSafe,
  type Ending,
  type NextStep,
  type Tally,
} from './sendRules';
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
   * `refused`, `not-sent`, `unknown`, or `queued`: it is sent by itself when its tenant has a place for it. A fault means
   * that it could not be written down, so nothing was sent.
   */
  submit(plan: JobPlan, options: SubmitOptions): Promise<Written<Job>>;
  /**
   * Sends a job again that is unknown, refused or not sent. `same-key` makes no second job and is for unknown ones
   * only, as long as `repeatIsSafe`; `new-key` can make a second job of an unknown one, so a person decides. A job for
   * which neither holds comes back as it is.
   */
  sendAgain(key: string, how: 'same-key' | 'new-key', options: SubmitOptions): Promise<Written<Job | undefined>>;
  /**
   * Finishes what windows that are gone have left unanswered or queued, now and from now on. Without sign-in or network a
   * job waits, which its condition tells; another call, e.g. after a sign-in, tries at once.
   */
  recover(): void;
  /** Takes a job out of the queue, which sends no request. False where it was just being sent, here or elsewhere. */
  withdraw(key: string): Promise<Written<boolean>>;
  /** Ends like a killed window: what is in flight stays written down and is repeated at the next start. */
  dispose(): void;
}

/** One try and its answer take less; a window that shows no sign for longer is taken for gone. */
const leaseMs = 3 * 60 * 1000;

/** How soon the queue looks again at a job that is in somebody's hands. */
const shortRestMs = 1_000;

export function createSubmitter(parts: SubmitParts): Submitter {
  const { store, client, clock, random, newIdempotencyKey, writer } = parts;
  const lifetime = new AbortController();
  const inFlight = new Set<string>();
  /** The Idempotency-Keys of jobs that this window is just writing down to send them. */
  const beginning = new Set<string>();
  /** Jobs that another window is at work on, and what takes the timer back that looks at them again. */
  const watched = new Map<string, () => void>();
  let stopWatching: (() => void) | undefined;
  const queue = createQueue({ store, clock, random, writer, send: sendQueued });

  return {
    async submit(plan, options) {
      const places = concurrencyOf(store.all(), plan.scope, plan.session !== undefined, clock.now());
      const attempt = freshAttempt();
      const waits = mustWait(places);
      beginning.add(attempt.idempotencyKey);
      const added = await store.add(plan, waits ? { ...attempt, ...place('slot') } : attempt);
      const sent = added.ok && !waits ? alone(added.value.key, () => send(added.value, newTally, options)) : undefined;
      beginning.delete(attempt.idempotencyKey);
      await sent;
      queue.start();
      return added.ok ? { ok: true, value: store.get(added.value.key) ?? added.value } : added;
    },
    async sendAgain(key, how, options) {
      const job = await store.open(key);
      if (!job || inFlight.has(key) || !canSendAgain(job, how, clock.now())) return { ok: true, value: job };
      const doubt = job.phase === 'unknown' || job.attempt.doubt === true;
      const attempt = how === 'same-key' ? { ...job.attempt, ...lease() } : { ...freshAttempt(), ...doubted(doubt) };
      const sent = await alone(key, async () => {
        const claimed = await claim(job, attempt);
        if (claimed.ok && claimed.value) {
          await send(claimed.value, { ...newTally, doubt, mayExist: how === 'same-key' }, options);
        }
        return claimed;
      });
      queue.start();
      return sent.ok ? { ok: true, value: store.get(key) } : sent;
    },
    recover() {
      stopWatching ??= store.watch(keys => keys.forEach(lookAfter));
      for (const { key } of store.all()) {
        const job = store.get(key);
        if (job?.phase === 'sending' && job.condition && isIdle(job)) void takeOver(job);
        else lookAfter(key);
      }
      queue.start();
      queue.hurry();
    },
    withdraw: async key => {
      const job = store.get(key);
      if (job?.phase !== 'queued' || inFlight.has(key)) return { ok: true, value: false };
      return alone(key, async () => {
        const claimed = await claim(job, { ...job.attempt, writer, until: clock.now() + queueLeaseMs });
        if (!claimed.ok || !claimed.value) return claimed.ok ? { ok: true, value: false } : claimed;
        const ended = await end(key, canceled({ ...newTally, doubt: job.attempt.doubt === true }));
        return ended.ok ? { ok: true, value: true } : ended;
      });
    },
    dispose() {
      lifetime.abort();
      queue.dispose();
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

  /** What makes an attempt one that waits in the queue: nothing was sent under its key. */
  function place(waitsFor: NonNullable<SendAttempt['waitsFor']>) {
    return { mayExist: false, writer, until: clock.now() + queueLeaseMs, waitsFor };
  }

  /**
   * Reaches for the job, as it was when that was decided, with an attempt: the job as this window now has it, undefined
   * where another window was quicker. A fault leaves the job as it was.
   */
  async function claim(job: Job, attempt: SendAttempt): Promise<Written<Job | undefined>> {
    const { key, phase, failure } = job;
    // What another window has written last may not have been read here when this one decided.
    const isAsBefore = (now: Job) => now.phase === phase && isSameAttempt(now.attempt, job.attempt);
    const written = await store.recordIf(key, isAsBefore, { kind: 'attempt', attempt });
    if (written.ok && !written.value) return { ok: true, value: undefined };
    if (written.ok) return { ok: true, value: await ours(key, attempt) };
    if (phase === 'queued') await store.record(key, { kind: 'attempt', attempt: job.attempt });
    else if (isEndPhase(phase) && failure) await store.record(key, { kind: 'ended', phase, failure });
    return written;
  }

  /** Keeps everything else in this window from a job while it is at work on it; what is left then is looked after. */
  async function alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    inFlight.add(key);
    try {
      return await work();
    } finally {
      inFlight.delete(key);
      lookAfter(key);
    }
  }

  /** The job, where the disk says that it is this window's, under this attempt's key. */
  async function ours(key: string, { idempotencyKey }: SendAttempt): Promise<Job | undefined> {
    const job = await store.reread(key);
    return isOurs(job) && job.attempt.idempotencyKey === idempotencyKey ? job : undefined;
  }

  /** False when it was removed, when another window has it or its answer, and when a person has ended it. */
  function isOurs(job: Job | undefined): job is Job {
    return (job?.phase === 'sending' || job?.phase === 'queued') && job.attempt.writer.window === writer.window;
  }

  /** Sends until there is an answer or a reason to stop. The job's present attempt is on disk. */
  async function send(job: Job, start: Tally, { signal, progress }: SubmitOptions): Promise<void> {
    const { key, scope, request } = job;
    const ending = AbortSignal.any([signal, lifetime.signal]);
    let { attempt } = job;
    let tally = start;
    for (let count = 1; ; count++) {
      if (lifetime.signal.aborted) return;
      if (signal.aborted) return void (await end(key, canceled(tally)));
      progress({ kind: 'sending', attempt: count });
      const { idempotencyKey } = attempt;
      const outcome = await client.submit(scope, { ...request, idempotencyKey }, ending);
      if (outcome.ok) {
        await store.applyAnswer(key, outcome.value);
        return;
      }
      // The window closes: the entry stays as it is, and the next window repeats it.
      if (lifetime.signal.aborted) return;
      if (!isOurs(store.get(key))) return;

      const { failure } = outcome;
      const next = afterFailure(failure, tally, random);
      if (next.kind === 'queue') return enqueue(job, attempt, next, failure);
      if (next.kind === 'stop') {
        if (start.recovering && isCurable(failure)) return store.note(key, { kind: conditionOf(failure), failure });
        return void (await end(key, next));
      }
      tally = next.tally;
      // The same key goes out again without another record, so this one must hold for that send as well. Nothing
      // but other windows' help depends on it: the key itself is on disk, so a fault here stops nothing.
      const mayExist = next.key === 'same' || tally.doubt;
      const until = clock.now() + next.waitMs + leaseMs;
      const going = await store.recordIf(key, isOurs, {
        kind: 'attempt',
        attempt: { ...attempt, mayExist, until },
      });
      // Another window has taken the job meanwhile, and may have ended it: that is not to be undone.
      if (going.ok && !going.value) return;
      progress({ kind: 'waiting', milliseconds: next.waitMs, failure });
      await sleep(clock, next.waitMs, ending);
      if (lifetime.signal.aborted) return;
      if (signal.aborted) return void (await end(key, canceled(tally)));
      if (!isOurs(store.get(key))) return;
      if (next.key === 'same' && !keyLives(attempt, clock.now())) {
        return void (await end(key, { phase: hasDoubt(tally) ? 'unknown' : 'not-sent', failure }));
      }
      if (next.key === 'new') {
        attempt = { ...attempt, ...afterRefusal(attempt), ...lease() };
        const written = await store.recordIf(key, isOurs, { kind: 'attempt', attempt });
        if (written.ok && !written.value) return;
        if (!written.ok) return void (await end(key, unwritable(written.fault, tally)));
      }
      // While this window slept, computer and all, another one may have taken the job for left behind.
      if (!(await ours(key, attempt))) return;
    }
  }

  function afterRefusal({ idempotencyKey }: SendAttempt) {
    return { idempotencyKey: followingKey(idempotencyKey), keyMadeAt: clock.now() };
  }

  /** Puts a job into the queue for which Zuora made none. */
  async function enqueue(
    job: Job,
    attempt: SendAttempt,
    { key, waitMs }: NextStep & { readonly kind: 'queue' },
    failure: Failure,
  ): Promise<void> {
    const waiting = { ...attempt, ...(key === 'new' && afterRefusal(attempt)), ...place('tenant') };
    queue.rest(job, waitMs);
    // A fault stops nothing: the key of the next try is written down once more before it is sent.
    await store.record(job.key, { kind: 'attempt', attempt: waiting });
    if (isCurable(failure) || failure.kind === 'unauthorized') {
      store.note(job.key, { kind: conditionOf(failure), failure });
    }
  }

  async function sendQueued(key: string): Promise<void> {
    const job = store.get(key);
    if (job?.phase !== 'queued') return;
    // A person is taking it out of the queue.
    if (inFlight.has(key)) return queue.rest(job, shortRestMs);
    await alone(key, async () => {
      const { idempotencyKey, doubt = false } = job.attempt;
      // Its key was never sent, however old it is: its life begins now.
      const attempt = { idempotencyKey, keyMadeAt: clock.now(), ...doubted(doubt), ...lease() };
      const claimed = await claim(job, attempt);
      if (!claimed.ok) return queue.rest(job, undefined);
      if (!claimed.value) return;
      await send(claimed.value, { ...newTally, doubt, patient: true }, quietly());
    });
  }

  function quietly(): SubmitOptions {
    return { signal: lifetime.signal, progress: () => undefined };
  }

  /** How the sending by this window has ended. */
  function end(key: string, { phase, failure }: Ending): Promise<Written<void>> {
    return store.record(key, { kind: 'ended', phase, failure, by: writer.window });
  }

  /** Whether this window is not at work on the job. */
  function isIdle({ key, attempt }: Job): boolean {
    return !inFlight.has(key) && !beginning.has(attempt.idempotencyKey);
  }

  /**
   * Takes a job over whose window is gone; waits where that cannot be known yet. A job of this window that could not be
   * sent for now is tried again when its lease ends, as long as its key lives.
   */
  function lookAfter(key: string): void {
    watched.get(key)?.();
    watched.delete(key);
    const job = store.get(key);
    if (job?.phase !== 'sending' || !isIdle(job) || lifetime.signal.aborted) return;
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
    const { mayExist, doubt = false } = attempt;
    await alone(key, async () => {
      const claimed = await claim(job, { ...attempt, ...lease(), mayExist });
      if (claimed.ok && !claimed.value) return;
      const phase = doubt ? 'unknown' : 'not-sent';
      if (!mayExist) return void (await end(key, { phase, failure: { kind: 'canceled', sent: 'no' } }));
      // The key was on disk before, so a repeat without a new record is as safe as one with it; but nobody waits for it.
      const canRepeat = claimed.ok && repeatIsSafe(job, clock.now());
      if (!canRepeat) return void (await end(key, { phase: 'unknown', failure: lostWindow }));
      if (claimed.value) await send(claimed.value, { ...newTally, doubt, mayExist, recovering: true }, quietly());
    });
  }
}

function isSameAttempt(one: SendAttempt, other: SendAttempt): boolean {
  return (
    one.idempotencyKey === other.idempotencyKey &&
    one.writer.window === other.writer.window &&
    one.until === other.until
  );
}

function doubted(doubt: boolean): Pick<SendAttempt, 'doubt'> {
  return doubt ? { doubt } : {};
}

const lostWindow: Failure = {
  kind: 'network',
  message: 'The window was closed before the answer came.',
  sent: 'maybe',
};

/** Nothing was sent, and a sign-in or the network's return changes that. */
function isCurable(failure: Failure): boolean {
  switch (failure.kind) {
    case 'signed-out':
    case 'untrusted':
      return true;
    case 'network':
    case 'timeout':
      return failure.sent === 'no';
    default:
      return false;
  }
}

function conditionOf({ kind }: Failure): 'unreachable' | 'paused' {
  return kind === 'network' || kind === 'timeout' ? 'unreachable' : 'paused';
}

function canSendAgain(job: Job, how: 'same-key' | 'new-key', now: number): boolean {
  if (how === 'same-key') return job.phase === 'unknown' && repeatIsSafe(job, now);
  return job.phase === 'unknown' || job.phase === 'not-sent' || job.phase === 'refused';
}

function isEndPhase(phase: Job['phase']): phase is EndPhase {
  return phase === 'refused' || phase === 'not-sent' || phase === 'unknown' || phase === 'gone';
}

function canceled(tally: Tally): Ending {
  const maybe = hasDoubt(tally);
  return { phase: maybe ? 'unknown' : 'not-sent', failure: { kind: 'canceled', sent: maybe ? 'maybe' : 'no' } };
}

function unwritable(fault: DiskFault, { doubt }: Tally): Ending {
  return { phase: doubt ? 'unknown' : 'not-sent', failure: { kind: 'storage', message: fault.message, store: 'disk' } };
}

/**
 * Sends the queued jobs as places get free: of each tenant and kind the oldest first, and the next one behind it.
 *
 * A queued job belongs to the window that queued it, which renews the time it has named (`until`) as long as it lives.
 * Another window takes over what that window leaves; which one does is settled by the journal (`records.ts`).
 */
import type { Clock } from '../zuora/clock';
import { concurrencyOf, laneOf } from './concurrency';
import type { Job, Writer } from './model';
import type { JobStore } from './store';
import { mayBeAlive } from './windows';

export interface QueueParts {
  readonly store: JobStore;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly writer: Writer;
  /** Takes a queued job and sends it; resolves when it is sent, or queued again. */
  readonly send: (key: string) => Promise<void>;
}

export interface Queue {
  /** Takes up what is queued, now and from now on. */
  start(): void;
  /** Tries at once what rests: a person has signed in, say. */
  hurry(): void;
  /** Leaves the jobs of this one's tenant and kind alone: for as long as the service asks, else for a growing time. */
  rest(job: Job, wishMs: number | undefined): void;
  dispose(): void;
}

/** A window that has not renewed its time for so long is taken for gone. */
export const queueLeaseMs = 10 * 60 * 1000;

/** How often other windows look whether the one that has the oldest job still runs. */
const lookAfterMs = 30_000;

/** 90028 has no time to wait in it: 30 s, doubling to 5 min, unless one of our own jobs ends before. */
const firstRestMs = 30_000;
const longestRestMs = 5 * 60 * 1000;

/** A rest is up to this much shorter, so that windows do not come back together. */
const jitter = 0.25;

/** The jobs that share a tenant's places of one kind. */
interface Lane {
  /** Rests in a row. */
  rests: number;
  /** On the monotonic clock. */
  restsUntil: number;
  sending: boolean;
}

export function createQueue({ store, clock, random, writer, send }: QueueParts): Queue {
  const queued = new Set<string>();
  /** What ends when a job does that runs now. */
  const running = new Map<string, Lane>();
  const lanes = new Map<string, Lane>();
  let stopWatching: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let disposed = false;

  return {
    start() {
      if (stopWatching || disposed) return;
      stopWatching = store.watch(keys => {
        keys.forEach(track);
        advance();
      });
      for (const { key } of store.all()) track(key);
      advance();
    },
    hurry() {
      for (const lane of lanes.values()) lane.restsUntil = 0;
      advance();
    },
    rest(job, wishMs) {
      const lane = laneFor(job);
      const grownMs = Math.min(longestRestMs, firstRestMs * 2 ** lane.rests) * (1 - jitter * random());
      lane.rests++;
      lane.restsUntil = clock.monotonic() + (wishMs ?? grownMs);
    },
    dispose() {
      disposed = true;
      stopWatching?.();
      cancelTimer?.();
    },
  };

  function laneFor(job: Pick<Job, 'scope' | 'session'>): Lane {
    const name = laneOf(job);
    const lane = lanes.get(name) ?? { rests: 0, restsUntil: 0, sending: false };
    lanes.set(name, lane);
    return lane;
  }

  function track(key: string): void {
    const job = store.find(key);
    if (job?.phase === 'queued') queued.add(key);
    else queued.delete(key);
    if (job?.phase === 'running') {
      running.set(key, laneFor(job));
      return;
    }
    const lane = running.get(key);
    if (!lane) return;
    running.delete(key);
    // A place is free, as far as we know.
    lane.restsUntil = 0;
  }

  /** Sends what can be sent, and sets the one timer for what is due next. */
  function advance(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (disposed) return;
    // What is told of later, when it is on disk, has changed already.
    const jobs = [...queued]
      .sort()
      .flatMap(key => store.get(key) ?? [])
      .filter(({ phase }) => phase === 'queued');
    const seen = new Set<Lane>();
    const waits: number[] = [];
    for (const job of jobs) {
      const lane = laneFor(job);
      if (isOurs(job)) waits.push(renewed(job));
      if (seen.has(lane)) continue;
      seen.add(lane);
      const wait = waitOf(job, lane);
      if (0 < wait) waits.push(wait);
      else take(job.key, lane);
    }
    const next = Math.min(...waits);
    if (next < Infinity) cancelTimer = clock.after(next, advance);
  }

  /** How long the oldest job of a lane waits, in ms; Infinity where the end of what is under way is told by itself. */
  function waitOf(job: Job, lane: Lane): number {
    if (lane.sending) return Infinity;
    const { writer: owner, until } = job.attempt;
    const leftMs = until - clock.now();
    // A longer lease than anybody writes down means that the clock was set back.
    const isLeased = 0 < leftMs && leftMs <= queueLeaseMs;
    if (!isOurs(job) && isLeased && mayBeAlive(owner, writer)) return Math.min(leftMs, lookAfterMs);
    const { state } = concurrencyOf(store.all(), job.scope, job.session !== undefined, clock.now());
    return state === 'full' ? longestRestMs : lane.restsUntil - clock.monotonic();
  }

  function take(key: string, lane: Lane): void {
    lane.sending = true;
    void send(key).finally(() => {
      lane.sending = false;
      if (store.find(key)?.phase !== 'queued') lane.rests = 0;
      advance();
    });
  }

  function isOurs({ attempt }: Job): boolean {
    return attempt.writer.window === writer.window;
  }

  /** Writes down that this window still has the job, where that is due; when to look again, in ms. */
  function renewed(job: Job): number {
    const leftMs = job.attempt.until - clock.now() - queueLeaseMs / 2;
    if (0 < leftMs) return Math.min(leftMs, queueLeaseMs);
    if (!laneFor(job).sending) void renew(job);
    return queueLeaseMs / 2;
  }

  async function renew({ key, attempt, condition }: Job): Promise<void> {
    await store.record(key, { kind: 'attempt', attempt: { ...attempt, until: clock.now() + queueLeaseMs } });
    // That the window lives is no news of why the job waits.
    if (condition && store.find(key)?.phase === 'queued') store.note(key, condition);
  }
}

/**
 * Asks Zuora how the running jobs are: one schedule for all of them, until each has reached its end.
 *
 * A job's next poll is set when its last one has ended, so polls of one job never overlap. Nothing runs while no job
 * runs, and nothing after `dispose`.
 */
import type { ZuoraClient } from '../zuora/aqua';
import type { Clock } from '../zuora/clock';
import type { Failure, Outcome } from '../zuora/outcome';
import type { JobScope } from '../zuora/scope';
import { targetOf, type Job } from './model';
import type { JobStore } from './store';

export interface PollerParts {
  readonly store: JobStore;
  readonly client: Pick<ZuoraClient, 'job' | 'forgive'>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface Poller {
  /** Polls every running job of the store, those that come later too. */
  start(): void;
  /**
   * Asks for one job, in whatever state it is: as soon as one of the places is free, and before what is due by itself.
   * While its tenant wants to be left alone nothing is sent; a sign-in that was refused is tried once more. The failure
   * is for the person who asked.
   */
  refresh(key: string): Promise<Outcome<void>>;
  /** Goes on with a tenant's jobs that pause until a person acts. */
  resume(tenant: string): void;
  dispose(): void;
}

/** 2 s, growing by half each time to 60 s: 17 polls in the first ten minutes, 195 in three hours at most. */
const firstDelayMs = 2_000;
const growth = 1.5;
const slowestDelayMs = 60_000;

/** A delay is up to this much shorter, so that jobs submitted together drift apart. */
const jitter = 0.05;

/** Zuora's rate limits are counted by the minute, the hour and the day; a longer wish is taken for nonsense. */
const longestHoldMs = 60 * 60 * 1000;

/** Requests under way at a time, for all jobs together. */
const pollsAtOnce = 6;

/** Refusals in a row after which a job is left alone: what Zuora refuses five times it refuses on. */
const maxRefusals = 5;

/** Zuora's statuses of jobs that are on their way (AQuA API, Get Job Results). Others may never end: they poll slowly. */
const movingStatuses: ReadonlySet<string> = new Set(['submitted', 'pending', 'executing']);

interface Task {
  readonly key: string;
  /** On the monotonic clock; undefined while it pauses, is stopped or under way. */
  dueAt: number | undefined;
  polls: number;
  refusals: number;
  paused: boolean;
}

/** What a service says that names a time to wait. */
type Waitable = Extract<Failure, { readonly kind: 'throttled' | 'unavailable' }>;

/** A job that a person waits for. */
interface Asked {
  readonly task: Task;
  readonly outcome: Promise<Outcome<void>>;
  readonly settle: (outcome: Outcome<void>) => void;
}

export function createPoller({ store, client, clock, random }: PollerParts): Poller {
  const tasks = new Map<string, Task>();
  /** Until when a tenant wants to be left alone, on the monotonic clock, and what it said. */
  const holds = new Map<string, { readonly until: number; readonly failure: Waitable }>();
  /** Tenants without a valid sign-in, and how we learned it. */
  const paused = new Map<string, Failure>();
  const lifetime = new AbortController();
  let cancelTimer: (() => void) | undefined;
  let stopWatching: (() => void) | undefined;
  const underWay = new Map<string, Promise<Outcome<void>>>();
  /** In the order of asking. */
  const asked = new Map<string, Asked>();

  return {
    start() {
      stopWatching ??= store.watch(keys => {
        for (const key of keys) track(key);
        schedule();
      });
      for (const { key } of store.all()) track(key);
      schedule();
    },
    async refresh(key) {
      const job = store.get(key);
      if (job?.id === undefined) return { ok: true, value: undefined };
      forgive(job.scope);
      const outcome = await (underWay.get(key) ?? ask(key));
      if (outcome.ok) resume(job.scope.tenant);
      return outcome;
    },
    resume,
    dispose() {
      lifetime.abort();
      stopWatching?.();
      cancelTimer?.();
      tasks.clear();
      for (const { settle } of asked.values()) settle(nothing);
      asked.clear();
    },
  };

  /** Only once for all jobs of a tenant that are asked for together: what is refused again stays refused. */
  function forgive(scope: JobScope): void {
    if (paused.get(scopeKey(scope))?.kind !== 'unauthorized') return;
    paused.delete(scopeKey(scope));
    client.forgive(scope);
  }

  function ask(key: string): Promise<Outcome<void>> {
    const known = asked.get(key);
    if (known) return known.outcome;
    const task = tasks.get(key) ?? newTask(key);
    task.refusals = 0;
    let settle: Asked['settle'] = () => undefined;
    const outcome = new Promise<Outcome<void>>(resolve => (settle = resolve));
    asked.set(key, { task, outcome, settle });
    schedule();
    return outcome;
  }

  function resume(tenant: string): void {
    for (const key of paused.keys()) if (key.startsWith(`${tenant}\n`)) paused.delete(key);
    for (const task of tasks.values()) {
      if (!task.paused || store.get(task.key)?.scope.tenant !== tenant) continue;
      task.paused = false;
      task.dueAt = clock.monotonic() + random() * firstDelayMs;
      store.note(task.key, undefined);
    }
    schedule();
  }

  /** Takes a running job up, and lets go of one that no longer runs. */
  function track(key: string): void {
    const job = store.get(key);
    if (job?.phase !== 'running') {
      tasks.delete(key);
      return;
    }
    if (tasks.has(key)) return;
    const task = newTask(key);
    tasks.set(key, task);
    const failure = paused.get(scopeKey(job.scope));
    if (failure) pause(task, failure);
    else task.dueAt = clock.monotonic() + delayMs(task, job);
  }

  /** Polls what persons wait for, and sets the one timer for the job that is due next. */
  function schedule(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (lifetime.signal.aborted) return;
    pollAsked();
    // With every place taken, the next one that gets free schedules anew.
    if (pollsAtOnce <= underWay.size) return;
    const next = nextTask();
    if (!next) return;
    cancelTimer = clock.after(Math.max(0, next.at - clock.monotonic()), () => {
      void poll(next.task).then(schedule);
      schedule();
    });
  }

  function pollAsked(): void {
    for (const [key, { task, settle }] of asked) {
      if (pollsAtOnce <= underWay.size) return;
      asked.delete(key);
      // A poll of its own can have begun since, and an answer to an earlier one can have asked for a pause.
      const held = holdOf(task);
      if (held) settle({ ok: false, failure: held });
      else void (underWay.get(key) ?? poll(task)).then(outcome => (settle(outcome), schedule()));
    }
  }

  function nextTask(): { task: Task; at: number } | undefined {
    let next: { task: Task; at: number } | undefined;
    for (const task of tasks.values()) {
      const job = store.get(task.key);
      if (!job || task.dueAt === undefined) continue;
      const at = Math.max(task.dueAt, holds.get(scopeKey(job.scope))?.until ?? 0);
      if (!next || at < next.at) next = { task, at };
    }
    return next;
  }

  function poll(task: Task): Promise<Outcome<void>> {
    task.dueAt = undefined;
    const answer = request(task).finally(() => underWay.delete(task.key));
    underWay.set(task.key, answer);
    return answer;
  }

  async function request(task: Task): Promise<Outcome<void>> {
    const job = store.get(task.key);
    if (job?.id === undefined) return nothing;
    const outcome = await client.job(targetOf(job), job.id, lifetime.signal);
    if (lifetime.signal.aborted) return nothing;
    task.polls++;
    if (outcome.ok) {
      task.refusals = 0;
      store.note(task.key, undefined);
      await store.applyAnswer(task.key, outcome.value);
    }
    // A settled job that somebody refreshed has no schedule and keeps its state.
    if (store.get(task.key)?.phase !== 'running') return outcome.ok ? nothing : outcome;
    if (outcome.ok) {
      setDue(task);
      return nothing;
    }
    await afterFailure(task, job, outcome.failure);
    return outcome;
  }

  /** The job's own state stays as it is: only Zuora's word ends a job. */
  async function afterFailure(task: Task, job: Job, failure: Failure): Promise<void> {
    switch (failure.kind) {
      case 'rejected':
        if (isGone(failure)) {
          await store.record(task.key, { kind: 'ended', phase: 'gone', failure });
          return;
        }
        return refused(task, failure);
      case 'redirected':
        return refused(task, failure);
      case 'unauthorized':
      case 'signed-out':
      case 'untrusted':
        return pauseTenant(job.scope, failure);
      case 'throttled':
      case 'unavailable':
        if (failure.retryAfterMs !== undefined) hold(job.scope, failure, failure.retryAfterMs);
        return unreachable(task, failure);
      case 'network':
      case 'timeout':
      case 'malformed':
      case 'in-progress':
      case 'storage':
        return unreachable(task, failure);
      case 'canceled':
        return setDue(task);
    }
  }

  function unreachable(task: Task, failure: Failure): void {
    store.note(task.key, { kind: 'unreachable', failure });
    setDue(task);
  }

  function refused(task: Task, failure: Failure): void {
    task.refusals++;
    if (task.refusals < maxRefusals) return unreachable(task, failure);
    task.dueAt = undefined;
    store.note(task.key, { kind: 'stopped', failure });
  }

  /** One job's missing sign-in is that of all jobs of its tenant. */
  function pauseTenant(scope: JobScope, failure: Failure): void {
    paused.set(scopeKey(scope), failure);
    for (const task of tasks.values()) {
      const job = store.get(task.key);
      if (job && scopeKey(job.scope) === scopeKey(scope)) pause(task, failure);
    }
  }

  function pause(task: Task, failure: Failure): void {
    task.paused = true;
    task.dueAt = undefined;
    store.note(task.key, { kind: 'paused', failure });
  }

  function hold(scope: JobScope, failure: Waitable, milliseconds: number): void {
    const wish = Math.min(Math.max(0, milliseconds), longestHoldMs);
    holds.set(scopeKey(scope), { until: clock.monotonic() + wish, failure });
  }

  /** What a tenant said that wants to be left alone, with the time that is left of it. */
  function holdOf({ key }: Task): Failure | undefined {
    const job = store.get(key);
    const held = job && holds.get(scopeKey(job.scope));
    if (!held || held.until <= clock.monotonic()) return undefined;
    return { ...held.failure, retryAfterMs: held.until - clock.monotonic() };
  }

  function setDue(task: Task): void {
    const job = store.get(task.key);
    if (job && tasks.get(task.key) === task) task.dueAt = clock.monotonic() + delayMs(task, job);
  }

  function delayMs(task: Task, job: Job): number {
    const moving = task.polls === 0 || movingStatuses.has(job.status ?? '');
    const delay = moving ? Math.min(slowestDelayMs, firstDelayMs * growth ** task.polls) : slowestDelayMs;
    return delay * (1 - jitter * random());
  }
}

const nothing: Outcome<void> = { ok: true, value: undefined };

function newTask(key: string): Task {
  return { key, dueAt: undefined, polls: 0, refusals: 0, paused: false };
}

/** 404, or AQuA's 90002 "Invalid Job Id": expired after 180 days, or another entity's. */
function isGone(failure: Extract<Failure, { kind: 'rejected' }>): boolean {
  return failure.status === 404 || failure.code === '90002';
}

function scopeKey({ tenant, origin }: JobScope): string {
  return `${tenant}\n${origin}`;
}

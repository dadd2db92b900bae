/**
 * Asks Zuora how the running jobs are: one schedule for all of them (schedule.ts), until each has reached its end.
 *
 * Of several windows one polls a tenant, as a rule (leases.ts); the others read in the journal what it learns. A job's
 * next poll is set when its last one has ended, so polls of one job never overlap. Nothing runs while no job runs, and
 * nothing after `dispose`.
 */
import type { ZuoraClient } from '../zuora/aqua';
import type { Clock } from '../zuora/clock';
import type { ConcurrencyLimit, Limits, RateLimit } from '../zuora/limits';
import type { Failure, Outcome } from '../zuora/outcome';
import { createDueTimes, type DueTimes } from './dueTimes';
import type { Lease, LeaseScope, Leases, LeaseState } from './leases';
import { targetOf, type Job, type JobCondition, type JobSummary, type SwitchedOff } from './model';
import { createPassedTime } from './passedTime';
import { ageOf, delayMs, isMoving, shortestDelayMs, slowestDelayMs, soonestDelayMs, type Pace } from './schedule';
import type { JobStore } from './store';

export interface PollerParts {
  readonly store: JobStore;
  readonly client: Pick<ZuoraClient, 'job' | 'jobOnce' | 'forgive'>;
  readonly leases: Pick<Leases, 'follow'>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** What of the person's wishes decides about polling; `resume` says that it changed. */
  readonly permission: {
    /** The setting zoql.polling.enabled. */
    isEnabled(): boolean;
    /** A failure where nothing can be asked of the tenant: nobody is signed in, or the workspace is not trusted. */
    mayAsk(scope: LeaseScope): Promise<Outcome<unknown>>;
  };
  readonly focus: Focus;
}

/** Whether somebody may be looking at this window. */
export interface Focus {
  isFocused(): boolean;
  /** The returned function ends it. */
  watch(listener: () => void): () => void;
}

export interface Poller {
  /** Polls every running job of the store, those that come later too. */
  start(): void;
  /**
   * Asks for one job, in whatever state it is and whoever polls it: as soon as one of the places is free, and before
   * what is due by itself. While its tenant wants to be left alone nothing is sent; a sign-in that was refused is tried
   * once more. The failure is for the person who asked.
   */
  refresh(key: string): Promise<Outcome<void>>;
  /** Looks again whether a tenant's jobs may be polled: somebody has signed in or out, or changed a setting. */
  resume(tenant: string): void;
  /** The same for all tenants. */
  resumeAll(): void;
  /** Heeds what an answer said of its tenant's limits, whoever asked. */
  heed(scope: LeaseScope, limits: Limits): void;
  dispose(): void;
}

/** Zuora's rate limits are counted by the minute, the hour and the day; a longer wish is taken for nonsense. */
const longestHoldMs = 60 * 60 * 1000;

/** Requests under way at a time, for all jobs together. */
const pollsAtOnce = 6;

/** Refusals in a row after which a job is left alone: what Zuora refuses five times it refuses on. */
const maxRefusals = 5;

/** What is left of a window of requests, as a share of its limit, is left to others until the next one begins. */
const spareShare = 0.02;

/** After a word that next to nothing is left of the concurrent requests: one at a time, a pause apart, for a while. */
const narrowForMs = 60_000;
const narrowPauseMs = 5_000;

/** The computer can fall asleep under a timer, which then ends late. A short one notices. */
const longestTimerMs = 20_000;

/** Times are those of `createPassedTime`. */
interface Task {
  readonly key: string;
  readonly site: Site;
  /** When its job began to run. */
  readonly bornAt: number;
  /** When it was last asked for, as far as this window knows. */
  askedAt: number;
  /** Undefined while this window does not poll it, and while it is under way. */
  dueAt: number | undefined;
  underWay: boolean;
  refusals: number;
  /** Zuora has refused it so often that only a person asks again. */
  stopped: boolean;
}

/** A tenant at one address: its jobs share the sign-in, the lease, the limits and the way there. */
interface Site {
  readonly scope: LeaseScope;
  /** Its running jobs. */
  readonly tasks: Map<string, Task>;
  /** Holds more than it should: what counts is a task's own `dueAt`. */
  readonly dueTimes: DueTimes<Task>;
  underWay: number;
  lease: Lease | undefined;
  /** What the lease said last. */
  state: LeaseState | undefined;
  /** Counts the looks at `permission`, of which only the newest is heard. */
  looks: number;
  /** Why this window may not poll. */
  barrier: Failure | SwitchedOff | undefined;
  /** The service has refused its sign-in, and nobody has asked to try it once more. */
  refused: boolean;
  /** Until when it wants to be left alone, and what it said. */
  hold: { readonly until: number; readonly failure: Waitable } | undefined;
  /** Nothing reaches it since `since`; one job at a time tries, after longer and longer delays. */
  outage: { readonly since: number; readonly delayMs: number; readonly until: number } | undefined;
  narrow: { readonly until: number; readonly nextAt: number } | undefined;
}

/** What a service says that names a time to wait. */
type Waitable = Extract<Failure, { readonly kind: 'throttled' | 'unavailable' }>;

/** A job that a person waits for. */
interface Asked {
  readonly task: Task;
  readonly outcome: Promise<Outcome<void>>;
  readonly settle: (outcome: Outcome<void>) => void;
}

export function createPoller(parts: PollerParts): Poller {
  const { store, client, leases, clock, random, permission, focus } = parts;
  const passed = createPassedTime(clock);
  const sites = new Map<string, Site>();
  const tasks = new Map<string, Task>();
  const lifetime = new AbortController();
  let cancelTimer: (() => void) | undefined;
  let stopWatching: (() => void) | undefined;
  const underWay = new Map<string, Promise<Outcome<void>>>();
  /** In the order of asking. */
  const asked = new Map<string, Asked>();

  return {
    start() {
      if (stopWatching) return;
      const endStore = store.watch(keys => {
        for (const key of keys) track(key);
        schedule();
      });
      const endFocus = focus.watch(hasten);
      stopWatching = () => (endStore(), endFocus());
      for (const { key } of store.all()) track(key);
      schedule();
    },
    async refresh(key) {
      const job = store.get(key) ?? (await store.open(key));
      if (job?.id === undefined || lifetime.signal.aborted) return nothing;
      const site = siteOf(job.scope);
      forgive(site);
      const outcome = await (underWay.get(key) ?? ask(job));
      if (outcome.ok && site.barrier) void look(site);
      return outcome;
    },
    resume,
    resumeAll: () => sites.forEach(site => void look(site)),
    heed,
    dispose() {
      lifetime.abort();
      stopWatching?.();
      cancelTimer?.();
      tasks.clear();
      for (const { settle } of asked.values()) settle(nothing);
      asked.clear();
    },
  };

  function siteOf({ tenant, origin }: LeaseScope): Site {
    const key = `${tenant}\n${origin}`;
    const site = sites.get(key) ?? newSite({ tenant, origin });
    sites.set(key, site);
    return site;
  }

  /** Only once for all jobs of a tenant that are asked for together: what is refused again stays refused. */
  function forgive(site: Site): void {
    if (!site.refused) return;
    site.refused = false;
    client.forgive(site.scope);
  }

  function ask(job: Job): Promise<Outcome<void>> {
    const { key } = job;
    const known = asked.get(key);
    if (known) return known.outcome;
    const task = tasks.get(key) ?? newTask(job);
    task.refusals = 0;
    task.stopped = false;
    let settle: Asked['settle'] = () => undefined;
    const outcome = new Promise<Outcome<void>>(resolve => (settle = resolve));
    asked.set(key, { task, outcome, settle });
    schedule();
    return outcome;
  }

  function resume(tenant: string): void {
    for (const site of sites.values()) if (site.scope.tenant === tenant) void look(site);
  }

  /** Finds out whether this window may poll the site, and has the lease follow. */
  async function look(site: Site): Promise<void> {
    if (!site.lease) return;
    const turn = ++site.looks;
    const barrier = await barrierOf(site.scope);
    if (turn === site.looks && site.lease && !lifetime.signal.aborted) bar(site, barrier);
  }

  async function barrierOf(scope: LeaseScope): Promise<Site['barrier']> {
    if (!permission.isEnabled()) return switchedOff;
    const outcome = await permission.mayAsk(scope);
    return outcome.ok ? undefined : outcome.failure;
  }

  function bar(site: Site, barrier: Site['barrier']): void {
    const wasBarred = site.barrier !== undefined;
    site.looks++;
    site.barrier = barrier;
    site.lease?.want(barrier === undefined);
    if (barrier || wasBarred) update(site);
  }

  /** Hears of the lease: from now on this window polls the site, or no longer. */
  function heard(site: Site, state: LeaseState): void {
    site.state = state;
    if (state.kind === 'mine' && state.idleSince !== undefined) {
      const askedAt = passed() - Math.max(0, clock.now() - state.idleSince);
      for (const task of site.tasks.values()) task.askedAt = Math.max(task.askedAt, askedAt);
    }
    update(site);
  }

  /** Sets the next polls of a site's jobs, or none, and tells of each job what keeps this window from polling it. */
  function update(site: Site): void {
    for (const task of site.tasks.values()) {
      setDue(task);
      // That Zuora can be reached again is told by a poll.
      const isKept = task.stopped || (isPolled(site) && store.find(task.key)?.condition?.kind === 'unreachable');
      if (!isKept) store.note(task.key, pauseOf(site));
    }
    schedule();
  }

  /** Takes a running job up, and lets go of one that no longer runs. */
  function track(key: string): void {
    const job = store.find(key);
    if (job?.phase !== 'running') return drop(key);
    if (tasks.has(key)) return;
    const task = newTask(job);
    const { site } = task;
    tasks.set(key, task);
    site.tasks.set(key, task);
    if (!site.lease) {
      site.lease = leases.follow(site.scope, state => heard(site, state));
      void look(site);
    }
    setDue(task);
    if (site.barrier) store.note(key, pauseOf(site));
  }

  function drop(key: string): void {
    const task = tasks.get(key);
    if (!task) return;
    const { site } = task;
    task.dueAt = undefined;
    tasks.delete(key);
    site.tasks.delete(key);
    if (0 < site.tasks.size) return;
    site.lease?.end();
    Object.assign(site, { lease: undefined, state: undefined, barrier: undefined, outage: undefined });
  }

  function newTask(job: JobSummary): Task {
    const bornAt = passed() - ageOf(job, clock.now());
    const site = siteOf(job.scope);
    return {
      key: job.key,
      site,
      bornAt,
      askedAt: bornAt,
      dueAt: undefined,
      underWay: false,
      refusals: 0,
      stopped: false,
    };
  }

  /** Begins what may begin now, and sets the one timer for what may begin next. */
  function schedule(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (lifetime.signal.aborted) return;
    const personsTurn = pollAsked();
    for (;;) {
      // With every place taken, the next one that gets free schedules anew.
      if (pollsAtOnce <= underWay.size) return;
      const next = nextTask();
      if (!next || passed() < next.at) return wakeAt(Math.min(personsTurn, next?.at ?? Infinity));
      void poll(next.task, 'once').then(schedule);
    }
  }

  function wakeAt(moment: number): void {
    if (moment === Infinity) return;
    const wait = Math.max(0, moment - passed());
    cancelTimer = clock.after(Math.min(wait, longestTimerMs), schedule);
  }

  /** Polls what persons wait for, and answers when the first of the rest may be polled. */
  function pollAsked(): number {
    let next = Infinity;
    for (const [key, { task, settle }] of asked) {
      if (pollsAtOnce <= underWay.size) return next;
      const turn = turnOf(task.site);
      // A poll of its own can have begun since, and an answer to an earlier one can have asked for a pause.
      const running = underWay.get(key);
      const held = holdOf(task.site);
      if (passed() < turn && !running && !held) {
        next = Math.min(next, turn);
        continue;
      }
      asked.delete(key);
      if (held && !running) settle({ ok: false, failure: held });
      else void (running ?? poll(task, 'patiently')).then(outcome => (settle(outcome), schedule()));
    }
    return next;
  }

  function nextTask(): { task: Task; at: number } | undefined {
    let next: { task: Task; at: number } | undefined;
    for (const site of sites.values()) {
      const task = firstDue(site);
      if (task?.dueAt === undefined) continue;
      const at = Math.max(task.dueAt, opensAt(site));
      if (at < (next?.at ?? Infinity)) next = { task, at };
    }
    return next;
  }

  /** When the site takes another poll; infinite where one that is under way has to end first. */
  function opensAt(site: Site): number {
    if (site.outage && 0 < site.underWay) return Infinity;
    return Math.max(site.hold?.until ?? 0, site.outage?.until ?? 0, turnOf(site));
  }

  /** The same as far as concurrent requests go. */
  function turnOf({ narrow, underWay: sent }: Site): number {
    if (!narrow || narrow.until <= passed()) return 0;
    return 0 < sent ? Infinity : narrow.nextAt;
  }

  function poll(task: Task, how: 'once' | 'patiently'): Promise<Outcome<void>> {
    const { key, site } = task;
    task.dueAt = undefined;
    task.underWay = true;
    site.underWay++;
    const answer = request(task, how).finally(() => {
      task.underWay = false;
      site.underWay--;
      underWay.delete(key);
      setDue(task);
    });
    underWay.set(key, answer);
    return answer;
  }

  async function request(task: Task, how: 'once' | 'patiently'): Promise<Outcome<void>> {
    const { key, site } = task;
    const job = store.get(key) ?? (await store.open(key));
    if (job?.id === undefined) return nothing;
    const askedBefore = task.askedAt;
    task.askedAt = passed();
    const target = targetOf(job);
    const outcome = await (how === 'once'
      ? client.jobOnce(target, job.id, lifetime.signal)
      : client.job(target, job.id, lifetime.signal));
    if (lifetime.signal.aborted) return nothing;
    if (outcome.ok) {
      task.refusals = 0;
      site.refused = false;
      reached(site);
      await store.applyAnswer(key, outcome.value);
      if (isRunning(key)) store.note(key, pauseOf(site));
      return nothing;
    }
    if (outcome.failure.kind === 'unauthorized') site.refused = true;
    // A settled job that somebody refreshed has no schedule and keeps its state.
    if (isRunning(key)) await afterFailure(task, outcome.failure, askedBefore);
    return outcome;
  }

  function isRunning(key: string): boolean {
    return store.find(key)?.phase === 'running';
  }

  /** The job's own state stays as it is: only Zuora's word ends a job. */
  async function afterFailure(task: Task, failure: Failure, askedBefore: number): Promise<void> {
    const { site } = task;
    if (failure.kind === 'rejected' && isGone(failure)) {
      await store.record(task.key, { kind: 'ended', phase: 'gone', failure });
      return;
    }
    if ('retryAfterMs' in failure && failure.retryAfterMs !== undefined) hold(site, failure, failure.retryAfterMs);
    // A person's refresh where another window polls, or none: nothing that keeps this window from polling.
    if (!isPolled(site)) return;
    switch (failure.kind) {
      case 'rejected':
      case 'redirected':
        reached(site);
        return refused(task, failure);
      case 'unauthorized':
        return bar(site, failure);
      case 'signed-out':
      case 'untrusted':
        // Or signed in anew, which ends the requests with the token before.
        return look(site);
      case 'network':
        if (failure.sent === 'no') return unreached(task, failure, askedBefore);
        return unreachable(task, failure);
      case 'throttled':
      case 'unavailable':
      case 'malformed':
      case 'in-progress':
        reached(site);
        return unreachable(task, failure);
      case 'timeout':
      case 'storage':
        return unreachable(task, failure);
      case 'canceled':
        return;
    }
  }

  function unreachable({ key }: Task, failure: Failure): void {
    store.note(key, { kind: 'unreachable', failure });
  }

  /** One job's missing network is that of all jobs of its site. Zuora has seen nothing of this poll, so it stays due. */
  function unreached(task: Task, failure: Failure, askedBefore: number): void {
    const { site, askedAt } = task;
    task.askedAt = askedBefore;
    // Polls that were under way when the outage began tell nothing new of it.
    if (!site.outage || site.outage.since <= askedAt) {
      const delay = site.outage ? Math.min(slowestDelayMs, 2 * site.outage.delayMs) : shortestDelayMs;
      const since = passed();
      site.outage = { since, delayMs: delay, until: since + delay * (1 - random() / 10) };
    }
    for (const each of site.tasks.values()) if (!each.stopped) unreachable(each, failure);
  }

  /** An answer came, whatever it says: all jobs of the site go on. */
  function reached(site: Site): void {
    if (!site.outage) return;
    site.outage = undefined;
    for (const { key, stopped } of site.tasks.values()) if (!stopped) store.note(key, pauseOf(site));
  }

  function refused(task: Task, failure: Failure): void {
    task.refusals++;
    task.stopped = maxRefusals <= task.refusals;
    store.note(task.key, { kind: task.stopped ? 'stopped' : 'unreachable', failure });
  }

  function heed(scope: LeaseScope, { rate, concurrency }: Limits): void {
    const site = siteOf(scope);
    const now = passed();
    if (rate && isSpent(rate)) hold(site, spent(rate), rate.resetMs);
    if (concurrency && isFull(concurrency)) site.narrow = { until: now + narrowForMs, nextAt: now + narrowPauseMs };
  }

  function hold(site: Site, failure: Waitable, milliseconds: number): void {
    const until = passed() + Math.min(Math.max(0, milliseconds), longestHoldMs);
    if ((site.hold?.until ?? 0) < until) site.hold = { until, failure };
  }

  /** What a site said that wants to be left alone, with the time that is left of it. */
  function holdOf({ hold: held }: Site): Failure | undefined {
    if (!held || held.until <= passed()) return undefined;
    return { ...held.failure, retryAfterMs: held.until - passed() };
  }

  function paceOf(task: Task): Pace {
    const moving = isMoving(store.find(task.key)?.status);
    return { ageMs: task.askedAt - task.bornAt, moving, focused: focus.isFocused() };
  }

  /** Sets a task's next poll, where this window is the one to poll it. */
  function setDue(task: Task): void {
    task.dueAt = undefined;
    const { key, site, stopped } = task;
    if (tasks.get(key) !== task || task.underWay || stopped || !isPolled(site)) return;
    const due = task.askedAt + delayMs(paceOf(task), random());
    const now = passed();
    // What is long due, as after a start or a sign-in, does not come all at once.
    setDueAt(task, due <= now ? now + random() * shortestDelayMs : due);
  }

  function setDueAt(task: Task, at: number): void {
    task.dueAt = at;
    task.site.dueTimes.add(at, task);
  }

  /** Somebody has turned to this window: what is due soon is polled at once, as far as the schedule allows. */
  function hasten(): void {
    if (!focus.isFocused()) return;
    const now = passed();
    for (const task of tasks.values()) {
      if (task.dueAt === undefined) continue;
      const soonest = Math.max(now, task.askedAt + soonestDelayMs(paceOf(task)));
      if (soonest < task.dueAt) setDueAt(task, soonest);
    }
    schedule();
  }
}

const nothing: Outcome<void> = { ok: true, value: undefined };

const switchedOff: SwitchedOff = { kind: 'switched-off' };

function newSite(scope: LeaseScope): Site {
  return {
    scope,
    tasks: new Map(),
    dueTimes: createDueTimes(),
    underWay: 0,
    lease: undefined,
    state: undefined,
    looks: 0,
    barrier: undefined,
    refused: false,
    hold: undefined,
    outage: undefined,
    narrow: undefined,
  };
}

function isPolled({ barrier, state }: Site): boolean {
  return !barrier && state?.kind === 'mine';
}

/** What keeps this window from polling the site, where nobody else polls it either. */
function pauseOf({ barrier, state }: Site): JobCondition | undefined {
  return barrier && state?.kind === 'free' ? { kind: 'paused', failure: barrier } : undefined;
}

/** The task that is due first. What the heap holds of others, or of earlier times, is dropped on the way. */
function firstDue({ dueTimes }: Site): Task | undefined {
  for (let due = dueTimes.first(); due; due = dueTimes.first()) {
    if (due.item.dueAt === due.at) return due.item;
    dueTimes.removeFirst();
  }
  return undefined;
}

/** 404, or AQuA's 90002 "Invalid Job Id": expired after 180 days, or another entity's. */
function isGone(failure: Extract<Failure, { kind: 'rejected' }>): boolean {
  return failure.status === 404 || failure.code === '90002';
}

function isSpent({ limit, remaining }: RateLimit): boolean {
  return remaining <= limit * spareShare;
}

function spent({ remaining }: RateLimit): Waitable {
  return { kind: 'throttled', message: remaining === 1 ? 'one request is left' : `${remaining} requests are left` };
}

/** All places are taken, or all but one. */
function isFull({ remaining }: ConcurrencyLimit): boolean {
  return remaining <= 1;
}

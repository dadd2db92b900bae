/**
 * When a running job is asked for again, as a function of its age. So the schedule goes on where it was when another
 * window takes over, or when this one begins anew.
 *
 * Followed from a job's first second it makes at most 16 requests in ten minutes, 21 where somebody comes back to the
 * window all the time, and from then on at most one a minute.
 */

/** Zuora's statuses of jobs that are on their way (AQuA API, Get Job Results). Others may never end: they poll slowly. */
const movingStatuses: ReadonlySet<string> = new Set(['submitted', 'pending', 'executing']);

export function isMoving(status: string | undefined): boolean {
  return status === undefined || movingStatuses.has(status);
}

/** What a schedule depends on. */
export interface Pace {
  /** How long the job has been running when it is asked for. */
  readonly ageMs: number;
  readonly moving: boolean;
  /** Whether somebody may be looking at this window. */
  readonly focused: boolean;
}

export const shortestDelayMs = 2_000;
export const slowestDelayMs = 60_000;

/** From this age on no two polls of a job are closer than a minute. */
const oldAgeMs = 10 * 60 * 1000;

/** A delay is up to this much longer, never shorter, so that jobs submitted together drift apart. */
const jitter = 0.1;

/** From one poll to the next. `chance` is from 0 to 1. */
export function delayMs(pace: Pace, chance: number): number {
  return plainDelayMs(pace) * (1 + jitter * chance);
}

/** When the next poll may come at the earliest: someone has just turned to the window. */
export function soonestDelayMs(pace: Pace): number {
  return pace.ageMs < oldAgeMs ? plainDelayMs(pace) * 0.75 : slowestDelayMs;
}

function plainDelayMs({ ageMs, moving, focused }: Pace): number {
  const delay = moving ? shortestDelayMs + ageMs / 2 : slowestDelayMs;
  return Math.min(slowestDelayMs, focused ? delay : 2 * delay);
}

/** A start that lies further ahead than clocks are set in passing says nothing of the job's age. */
const plausibleLeadMs = 5 * 60 * 1000;

/** How long a job has been running, by the time of day; old where the clock cannot be right. */
export function ageOf({ startedAt, createdAt }: { startedAt: number | undefined; createdAt: number }, now: number) {
  const age = now - (startedAt ?? createdAt);
  return age < -plausibleLeadMs ? oldAgeMs : Math.max(0, age);
}

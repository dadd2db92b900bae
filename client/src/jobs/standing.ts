// How a job stands, as people sort their jobs: what is counted, what filters offer. Plain data in, plain data out.
import type { JobSummary } from './model';

/**
 * - `waiting`: queued here, or being sent.
 * - `failed`: refused, not sent, or ended with a query that gave no result.
 * - `canceled`: by a person, here or at Zuora, before or after it was sent.
 * - `unknown`: the answer is lost, whether or not a person has left it at that.
 */
export type Standing = 'waiting' | 'running' | 'completed' | 'failed' | 'canceled' | 'unknown' | 'gone';

export function standingOf({ phase, status, counts, failure }: JobSummary): Standing {
  switch (phase) {
    case 'queued':
    case 'sending':
      return 'waiting';
    case 'running':
      return 'running';
    case 'finished':
      if (status === 'cancelled') return 'canceled';
      return status === 'completed' && counts.failed === 0 ? 'completed' : 'failed';
    case 'refused':
      return 'failed';
    case 'not-sent':
      return failure?.kind === 'canceled' ? 'canceled' : 'failed';
    case 'unknown':
    case 'given-up':
      return 'unknown';
    case 'gone':
      return 'gone';
  }
}

/** How many jobs stand in each way. */
export type StandingCounts = Readonly<Record<Standing, number>>;

export function countStandings(jobs: readonly JobSummary[]): StandingCounts {
  const counts = { waiting: 0, running: 0, completed: 0, failed: 0, canceled: 0, unknown: 0, gone: 0 };
  for (const job of jobs) counts[standingOf(job)]++;
  return counts;
}

// Which jobs a tidy-up takes away. Plain data in, plain data out.
import type { JobSummary } from './model';
import { standingOf } from './standing';

const dayMs = 24 * 60 * 60 * 1000;

/** Ages that are offered, in days: files live for 3, jobs at Zuora for 180 (Zuora docs, Get Job Results). */
export const removableAfterDays = [3, 7, 30, 90, 180] as const;

/**
 * Jobs that have ended and were submitted more than so many days ago. What a person has pinned stays, and so does an
 * unknown one: it waits for a decision, and its key would be lost.
 */
export function oldJobs(jobs: readonly JobSummary[], days: number, now: number): readonly JobSummary[] {
  return jobs.filter(job => {
    const standing = standingOf(job);
    const mayGo = standing !== 'running' && standing !== 'waiting' && job.phase !== 'unknown' && !job.pinned;
    return mayGo && job.createdAt < now - days * dayMs;
  });
}

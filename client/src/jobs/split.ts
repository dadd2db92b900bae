// One submit as several jobs, since a job takes at most 50 queries. Plain data in, plain data out.
import type { Finding } from './findings';

/** Most queries that one job takes (AQuA API limits, error 90004). */
export const mostQueries = 50;

/** Most characters of a job's name (Zuora, "Submit an aggregate query job"). */
const longestName = 32;

export function jobsNeeded(queries: number): number {
  return Math.ceil(queries / mostQueries);
}

/** As few parts as may be, in the given order; of two parts none has more than one more than the other. */
export function splitEvenly<T>(all: readonly T[]): T[][] {
  const count = jobsNeeded(all.length);
  const at = (part: number) => Math.round((part * all.length) / count);
  return Array.from({ length: count }, (_, part) => all.slice(at(part), at(part + 1)));
}

/** "Nightly 1/3": the name is cut where it would be longer than Zuora takes. `index` counts from 1. */
export function partName(name: string, index: number, count: number): string {
  const suffix = ` ${index}/${count}`;
  // Cutting may halve a character of two code units.
  const cut = name.slice(0, longestName - suffix.length).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}${suffix}`;
}

/** Why the queries of one session cannot be several jobs. */
export const sessionNotSplit: Finding = {
  code: 'session-not-split',
  weight: 'blocks',
  message:
    'A stateful session cannot be split safely: Zuora compares each job with the one before of the same partner and ' +
    'project, and may take the queries that were in the other part for new ones and export everything again. ' +
    'Give some of the queries a project of their own, or untick them.',
  query: undefined,
  setting: 'zoql.job.project',
  fixes: [{ kind: 'open-setting', title: 'Open Setting', setting: 'zoql.job.project' }],
};

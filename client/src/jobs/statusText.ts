// What the status bar says of the active tenant and its jobs. Plain data in, plain data out; statusBar.ts shows it.
import { hostOf, kindInWords, markedName, placeInWords, type TenantProfile } from '../tenants/profiles';
import { amount, inJobs, joined } from './describe';
import type { JobSummary } from './model';
import { countStandings, standingOf, type StandingCounts } from './standing';

export interface StatusText {
  /** With VS Code's `$(icon)`. */
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says instead: it cannot see the icons. */
  readonly spoken: string;
}

export interface StatusOptions {
  /** The active tenant; undefined while there is a choice to make. */
  readonly profile: TenantProfile | undefined;
  readonly jobs: readonly JobSummary[];
  /** When a person last looked at the view, ms since 1970: a failure from before is no news. */
  readonly lookedAt: number;
}

/**
 * The tenant that new jobs go to, how many of its jobs are under way, and how many have failed since a person last looked
 * at the view. Production is told in words, not by a color.
 */
export function statusText({ profile, jobs, lookedAt }: StatusOptions): StatusText {
  if (!profile) {
    const tooltip = 'ZOQL: choose the Zuora tenant that jobs of this workspace go to.';
    return { text: '$(server-environment) Select Tenant', tooltip, spoken: tooltip };
  }
  const { name, origin, kind } = profile;
  const isNews = (job: JobSummary) => isFailure(job) && lookedAt < (job.finishedAt ?? job.updatedAt);
  const isOwn = ({ scope }: JobSummary) => scope.tenant === name && scope.origin === origin;
  const own = jobs.filter(isOwn);
  const others = jobs.filter(job => !isOwn(job) && (isUnderWay(job) || isNews(job)));
  const counts = countStandings(own);
  const failures = own.filter(isNews).length;
  const underWay = counts.running + counts.waiting;
  return {
    text: joined('  ', [
      `$(server-environment) ${markedName({ name: shortened(name), kind })}`,
      0 < underWay && `$(sync~spin) ${amount(underWay)}`,
      0 < failures && `$(error) ${amount(failures)}`,
    ]),
    tooltip: joined('\n', [
      `ZOQL: new jobs go to ${name}`,
      `${placeInWords(profile)}, ${kindInWords[kind]} (${hostOf(origin)})`,
      inWords(counts),
      0 < failures && `${inJobs(failures)} failed since you last looked`,
      ...elsewhere(others),
      'Click to show the jobs.',
    ]),
    spoken: `${joined(', ', [
      `ZOQL: active tenant ${name}`,
      kindInWords[kind],
      inWords(counts),
      0 < failures && `${inJobs(failures)} failed since you last looked`,
      ...elsewhere(others),
    ])}.`,
  };
}

/** What needs a person's look: an unknown job, too, waits for a decision. */
function isFailure(job: JobSummary): boolean {
  return standingOf(job) === 'failed' || job.phase === 'unknown';
}

function isUnderWay(job: JobSummary): boolean {
  const standing = standingOf(job);
  return standing === 'running' || standing === 'waiting';
}

function inWords({ running, waiting }: StandingCounts): string {
  if (running + waiting === 0) return 'no job is running';
  return joined(', ', [
    0 < running && `${inJobs(running)} running`,
    0 < waiting && `${inJobs(waiting)} queued or being sent`,
  ]);
}

/** A line for each other tenant with something under way or failed. */
function elsewhere(jobs: readonly JobSummary[]): string[] {
  return [...new Set(jobs.map(({ scope }) => scope.tenant))].map(tenant => {
    const own = jobs.filter(({ scope }) => scope.tenant === tenant);
    const underWay = own.filter(isUnderWay).length;
    const failed = own.length - underWay;
    const words = [0 < underWay && `${amount(underWay)} under way`, 0 < failed && `${amount(failed)} failed`];
    return `${tenant}: ${joined(', ', words)}`;
  });
}

/** A name can be long, and the status bar is shared. */
function shortened(name: string): string {
  return name.length <= 30 ? name : `${name.slice(0, 29)}…`;
}

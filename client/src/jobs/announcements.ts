/**
 * Telling a person that jobs have ended: once each, in one window, and together where they end together. Without VS Code,
 * which notify.ts brings.
 */
import type { Clock } from '../zuora/clock';
import { amount, inJobs, inRecordsOf, jobLabel, joined, problemOf } from './describe';
import { hasFailed, isSettled, type Job, type JobSummary } from './model';
import { standingOf, type Standing } from './standing';
import type { JobStore } from './store';

/** The setting `zoql.notifications`. */
export type NotificationLevel = 'all' | 'failures' | 'none';

/** What a notification offers. */
export type AnnouncementAction = 'openResult' | 'showJob' | 'resubmitFailed' | 'showLog';

export interface Announcement {
  readonly kind: 'information' | 'warning';
  /** One line of plain text. */
  readonly message: string;
  /** The most useful first. */
  readonly actions: readonly AnnouncementAction[];
  /** The job that the actions are about: of several, one that failed, else the newest. */
  readonly key: string;
}

/** What went wrong, or may have. */
const failures: ReadonlySet<Standing> = new Set(['failed', 'unknown', 'gone']);

/** Undefined where nothing of this is worth a notification at that level. Of a whole job, its reason is told as well. */
export function announcementOf(
  jobs: readonly (JobSummary | Job)[],
  level: NotificationLevel,
): Announcement | undefined {
  const worth = level === 'none' ? [] : jobs.filter(job => level === 'all' || failures.has(standingOf(job)));
  const [first] = [...worth].sort((a, b) => rank(a) - rank(b));
  if (!first) return undefined;
  const kind = failures.has(standingOf(first)) ? 'warning' : 'information';
  return worth.length === 1
    ? { kind, message: sentenceOf(first), actions: actionsFor(first), key: first.key }
    : { kind, message: sentenceOfSeveral(worth), actions: ['showJob'], key: first.key };
}

function rank(job: JobSummary): number {
  return failures.has(standingOf(job)) ? 0 : 1;
}

function actionsFor(job: JobSummary): AnnouncementAction[] {
  const standing = standingOf(job);
  if (standing === 'completed') return [job.counts.batches === 1 ? 'openResult' : 'showJob'];
  if (standing === 'canceled') return ['showJob'];
  const canResubmit = standing === 'failed' && job.phase === 'finished';
  return ['showJob', ...(canResubmit ? (['resubmitFailed'] as const) : []), 'showLog'];
}

function sentenceOf(job: JobSummary | Job): string {
  const { counts, scope, message } = job;
  const name = `${jobLabel(job)} on ${scope.tenant}`;
  switch (standingOf(job)) {
    case 'completed':
      return `${name} is completed: ${inRecordsOf(counts)}.`;
    case 'canceled':
      return `${name} was canceled.`;
    case 'failed': {
      const { failed, batches } = counts;
      const which = 0 < failed && 1 < batches ? `${amount(failed)} of ${amount(batches)} queries` : undefined;
      const why = job.phase === 'finished' ? (reasonOf(job) ?? message) : problemOf(job);
      return `${joined(': ', [`${name} has failed`, which, why?.replace(/[.\s]+$/, '')])}.`;
    }
    case 'unknown':
      return `${name} is unknown. ${problemOf(job) ?? ''}`.trimEnd();
    case 'gone':
      return `${name} is gone: Zuora no longer knows its ID.`;
    case 'waiting':
    case 'running':
      return `${name} is under way.`;
  }
}

/** What Zuora says of the first query that failed, where the whole job is at hand. */
function reasonOf(job: JobSummary | Job): string | undefined {
  return 'batches' in job ? job.batches.find(hasFailed)?.message : undefined;
}

const endsInWords: Readonly<Partial<Record<Standing, string>>> = {
  completed: 'completed',
  failed: 'failed',
  unknown: 'unknown',
  gone: 'gone',
  canceled: 'canceled',
};

function sentenceOfSeveral(jobs: readonly JobSummary[]): string {
  const numbers = Object.entries(endsInWords).map(([standing, word]) => {
    const count = jobs.filter(job => standingOf(job) === standing).length;
    return 0 < count && `${amount(count)} ${word}`;
  });
  const names = jobs.slice(0, 3).map(jobLabel);
  const more = jobs.length - names.length;
  return `${inJobs(jobs.length)} have ended: ${joined(', ', numbers)} (${joined(', ', [...names, 0 < more && `and ${amount(more)} more`])}).`;
}

export interface AnnouncerParts {
  readonly store: Pick<JobStore, 'find' | 'watch'>;
  readonly clock: Clock;
  readonly isFocused: () => boolean;
  /** True for one caller among all windows. */
  readonly claim: (name: string) => Promise<boolean>;
  /** Called with jobs that have ended and that this window is to tell of. */
  readonly announce: (jobs: readonly JobSummary[]) => void;
}

/** What ends within this time is told together. */
const gatherMs = 1_000;

/** How much longer a window waits that has not the focus, so that the one that has it tells first. */
const leaveToFocusedMs = 2_000;

/**
 * Watches for ends, from now on: a job that had ended when it was first seen is no news. The returned function ends it.
 *
 * Which window tells is settled by a claim, since windows know nothing of each other: the one with the focus claims first,
 * else the one that learned of the end first.
 */
export function watchEnds({ store, clock, isFocused, claim, announce }: AnnouncerParts): () => void {
  const startedAt = clock.now();
  /** Jobs under way, and whether a person waits for the answer of Zuora in front of a progress bar, who is told there. */
  const underWay = new Map<string, { readonly isAwaited: boolean }>();
  const ended = new Set<string>();
  let cancelTimer: (() => void) | undefined;

  const endWatch = store.watch(keys => {
    for (const key of keys) see(key);
    if (0 < ended.size) cancelTimer ??= clock.after(gatherMs, tellOrWait);
  });
  return () => {
    endWatch();
    cancelTimer?.();
  };

  function see(key: string): void {
    const job = store.find(key);
    const before = underWay.get(key);
    if (job && !isSettled(job)) {
      // What this window finds being sent at its start, and what was queued, is sent without anybody waiting.
      const isAwaited = before?.isAwaited ?? (job.phase !== 'queued' && startedAt <= job.updatedAt);
      underWay.set(key, { isAwaited: isAwaited && job.phase !== 'queued' });
      return;
    }
    underWay.delete(key);
    if (job && before && (job.phase === 'finished' || job.phase === 'gone' || isNews(job, before.isAwaited)))
      ended.add(key);
  }

  function tellOrWait(): void {
    if (isFocused()) return void tell();
    cancelTimer = clock.after(leaveToFocusedMs, () => void tell());
  }

  async function tell(): Promise<void> {
    cancelTimer = undefined;
    const jobs = [...ended].flatMap(key => store.find(key) ?? []);
    ended.clear();
    const claimed = await Promise.all(jobs.map(job => claim(`${job.key}-${job.finishedAt ?? job.updatedAt}`)));
    const own = jobs.filter((_, index) => claimed[index]);
    if (0 < own.length) announce(own);
  }
}

/** Whether the end of sending is news to a person: not where one waited for it, and not what a person has decided. */
function isNews(job: JobSummary, isAwaited: boolean): boolean {
  if (isAwaited || job.phase === 'given-up') return false;
  return job.phase !== 'not-sent' || job.failure?.kind !== 'canceled';
}

// How a job and its batches are put into words: labels, icons, tooltips. Plain data in, plain data out; the tree draws it.
import { hostOf } from '../tenants/profiles';
import { sentence, type Action } from '../words';
import { waitsForId } from './adopt';
import type { Job, JobBatch, JobCondition, JobSummary, PlannedQuery, Written } from './model';

/** What a line of the tree shows. */
export interface Described {
  readonly label: string;
  readonly description: string;
  readonly icon: StatusIcon;
  /** Name and value by line; values are data of the service or of a file, never markup. */
  readonly details: readonly (readonly [name: string, value: string])[];
  /** What a screen reader says instead of label and description: it cannot see the icon. */
  readonly spoken: string;
  /** Words that the menus in package.json look for with `viewItem`. */
  readonly words: readonly ItemWord[];
}

/** An icon of VS Code's own set, and the theme's color for it. */
export interface StatusIcon {
  readonly id: string;
  readonly color?: string;
}

export type ItemWord =
  | 'job'
  | 'batch'
  | 'withId'
  | 'withResult'
  | 'refreshable'
  | 'cancelable'
  | 'resendable'
  | 'unknown'
  | 'adoptable'
  | 'removable';

/** A line below a job: a batch that Zuora reported, or, before and without an answer, a query that was to be sent. */
export interface Row {
  readonly name: string;
  readonly batch: JobBatch | undefined;
  readonly query: PlannedQuery | undefined;
}

/** The lines below a job, in Zuora's order where there are batches, else in ours. */
export function rowsOf(job: Job): readonly Row[] {
  if (job.batches.length === 0) return job.queries.map(query => ({ name: query.name, batch: undefined, query }));
  return job.batches.map((batch, index) => {
    const query = batch.query === undefined ? undefined : job.queries[batch.query];
    return { name: batch.name ?? query?.name ?? `Query ${index + 1}`, batch, query };
  });
}

/** `now` in ms since 1970: ages are told relative to it. */
export function describeJob(job: JobSummary, now: number): Described {
  const label = jobLabel(job);
  const state = jobState(job);
  const age = ageInWords(now - job.createdAt);
  const { tenant, origin, entityIds, orgIds } = job.scope;
  const problem = problemOf(job);
  return {
    label,
    description: [state.short, job.id, age, job.id === undefined ? problem : undefined].filter(Boolean).join(' · '),
    icon: state.icon,
    details: rows([
      ['Status', state.long],
      ['Job ID', job.id],
      ['Zuora says', job.message],
      ['What happened', problem],
      ['Tenant', `${tenant} (${hostOf(origin)})`],
      ['Entity', entityIds],
      ['Organizations', orgIds],
      ['Queries', String(job.counts.queries)],
      ['Submitted', new Date(job.createdAt).toLocaleString()],
      ['Last change', new Date(job.updatedAt).toLocaleString()],
    ]),
    spoken: [`Job ${label}`, state.long, problem, `submitted ${age}`, job.id && `ID ${job.id}`]
      .filter(Boolean)
      .join(', '),
    words: [
      'job',
      ...(job.id === undefined ? [] : (['withId'] as const)),
      ...(job.id !== undefined && job.phase !== 'gone' ? (['refreshable'] as const) : []),
      ...(job.phase === 'running' || job.phase === 'queued' ? (['cancelable'] as const) : []),
      // While it is being sent the job may come into being, and its id would be lost.
      ...(job.phase === 'sending' ? [] : (['removable'] as const)),
      ...(canBeSentAgain(job) ? (['resendable'] as const) : []),
      ...(job.phase === 'unknown' ? (['unknown'] as const) : []),
      ...(waitsForId(job) ? (['adoptable'] as const) : []),
    ],
  };
}

export function describeRow(job: Job, { name, batch, query }: Row): Described {
  const status = batch ? batch.status || 'no status' : job.phase === 'sending' ? 'sending' : 'no batch';
  const records = batch && recordsOf(batch);
  const source = query?.source.uri && `${query.source.relativePath}, line ${query.source.line}`;
  const failed = batch && failedStatuses.has(batch.status) ? batch.message : undefined;
  return {
    label: name,
    description: [status, records, batch?.batchId, failed].filter(Boolean).join(' · '),
    icon: batch ? iconOf(batch.status) : { id: 'circle-outline' },
    details: rows([
      ['Status', status],
      ['Records', records && String(batch.recordCount)],
      ['Batch ID', batch?.batchId],
      ['Zuora says', batch?.message],
      ['Type', query && (query.type === 'zoqlexport' ? 'Export ZOQL' : 'ZOQL')],
      ['Source', source],
      ['Query', query?.query],
    ]),
    spoken: [`Query ${name}`, status, records, failed, batch?.batchId && `ID ${batch.batchId}`]
      .filter(Boolean)
      .join(', '),
    words: [
      'batch',
      ...(batch?.batchId === undefined ? [] : (['withId'] as const)),
      ...(batch && 0 < batch.fileIds.length ? (['withResult'] as const) : []),
    ],
  };
}

/** The job's own name, else its first query and how many more there are. */
export function jobLabel({ name, firstQuery, counts }: Pick<JobSummary, 'name' | 'firstQuery' | 'counts'>): string {
  if (name) return name;
  if (firstQuery === undefined) return 'AQuA job';
  return counts.queries <= 1 ? firstQuery : `${firstQuery} +${counts.queries - 1}`;
}

/** "just now", "5 min ago", "3 h ago", "2 days ago": exact enough for telling jobs apart. */
function ageInWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** Zuora reports 0 for a batch that has not begun, which says nothing. */
export function recordsOf({ recordCount, status }: JobBatch): string | undefined {
  if (recordCount === undefined || (recordCount === 0 && status !== 'completed')) return undefined;
  return recordCount === 1 ? '1 record' : `${recordCount} records`;
}

/** Why a job ended without success, or is no longer watched, as one sentence. */
export function problemOf({ phase, failure, condition, scope }: JobSummary): string | undefined {
  const { tenant, origin } = scope;
  if (failure && phase !== 'running' && phase !== 'finished') {
    return sentence(failure, { action: actionOf(phase), tenant, origin });
  }
  if (!condition) return undefined;
  if (condition.failure.kind === 'disk') return condition.failure.message;
  return sentence(condition.failure, { action: 'refresh', tenant, origin });
}

function actionOf(phase: JobSummary['phase']): Action {
  if (phase === 'gone') return 'refresh';
  return phase === 'given-up' ? 'give-up' : 'submit';
}

/** Why a job is queued, and what becomes of it. */
export function queuedInWords(job: Job): string {
  const { attempt, scope, session } = job;
  const kind = session ? 'stateful' : 'stateless';
  const why =
    attempt.waitsFor === 'tenant'
      ? `Zuora runs as many ${kind} jobs of ${scope.tenant} as it takes`
      : `${scope.tenant} has no free place for one more ${kind} job`;
  return `${jobLabel(job)} is queued: ${why}. It is sent by itself as soon as one ends, after a restart too. Cancel Job takes it out of the queue.`;
}

/** What the view says above its lines of a history that cannot be read, or not whole; undefined where it can. */
export function historyProblem(loaded: Written<void>, unreadable: number): string | undefined {
  if (!loaded.ok) return `The list of jobs cannot be read: ${loaded.fault.message}.`;
  if (unreadable === 0) return undefined;
  return unreadable === 1
    ? 'One entry of the list cannot be read. Show Log tells which.'
    : `${unreadable} entries of the list cannot be read. Show Log tells which.`;
}

interface State {
  readonly short: string;
  readonly long: string;
  readonly icon: StatusIcon;
}

function jobState(job: JobSummary): State {
  const status = job.status || 'no status';
  switch (job.phase) {
    case 'queued':
      return underWay('queued', { id: 'clock' }, job.condition);
    case 'sending':
      return underWay('sending', { id: 'cloud-upload' }, job.condition);
    case 'running':
      return underWay(status, iconOf(status), job.condition);
    case 'finished':
      return { short: status, long: status, icon: iconOf(status) };
    case 'refused':
      return { short: 'refused', long: 'refused by Zuora, there is no job', icon: iconOf('error') };
    case 'not-sent':
      return { short: 'not sent', long: 'not sent, there is no job', icon: { id: 'circle-slash' } };
    case 'unknown':
      return {
        short: 'unknown',
        long: 'unknown: the answer was lost, and Zuora may have made the job',
        icon: { id: 'question', color: 'list.warningForeground' },
      };
    case 'given-up':
      return {
        short: 'given up',
        long: 'given up: the answer was lost, and whether Zuora made the job was left open',
        icon: { id: 'question' },
      };
    case 'gone':
      return {
        short: `${status}, gone`,
        long: `${status}; Zuora no longer knows this ID`,
        icon: { id: 'archive' },
      };
  }
}

function underWay(status: string, icon: StatusIcon, condition: JobCondition | undefined): State {
  if (!condition) return { short: status, long: status, icon };
  const words = conditionInWords(condition);
  return { short: `${status}, ${words.short}`, long: `${status}, ${words.long}`, icon: words.icon };
}

function canBeSentAgain({ phase }: JobSummary): boolean {
  return phase === 'unknown' || phase === 'not-sent' || phase === 'refused';
}

function conditionInWords({ kind, failure }: JobCondition): State {
  switch (kind) {
    case 'unreachable':
      return {
        short: 'unreachable',
        long: 'but Zuora cannot be reached; trying again',
        icon: { id: 'debug-disconnect', color: 'list.warningForeground' },
      };
    case 'paused':
      return { ...pauseInWords(failure), icon: { id: 'debug-pause' } };
    case 'stopped':
      return {
        short: 'not watched',
        long: 'but Zuora refuses to show the job; Refresh asks again',
        icon: { id: 'eye-closed', color: 'list.warningForeground' },
      };
    case 'unsaved':
      return {
        short: 'not saved',
        long: 'but this cannot be written to disk; it will be lost when the window closes',
        icon: { id: 'warning', color: 'list.warningForeground' },
      };
  }
}

function pauseInWords({ kind }: JobCondition['failure']): Pick<State, 'short' | 'long'> {
  if (kind === 'unauthorized') {
    return { short: 'sign-in refused', long: 'but Zuora refuses the sign-in to its tenant; sign in again to go on' };
  }
  if (kind === 'untrusted') {
    return { short: 'not trusted', long: 'but this workspace is not trusted; trust it to go on' };
  }
  return { short: 'signed out', long: 'but nobody is signed in to its tenant; sign in to go on' };
}

const failedStatuses: ReadonlySet<string> = new Set(['error', 'aborted', 'deleted_notallowed']);

const icons: Partial<Record<string, StatusIcon>> = {
  submitted: { id: 'clock' },
  pending: { id: 'clock' },
  executing: { id: 'sync~spin' },
  completed: { id: 'pass', color: 'testing.iconPassed' },
  error: { id: 'error', color: 'list.errorForeground' },
  aborted: { id: 'error', color: 'list.errorForeground' },
  deleted_notallowed: { id: 'error', color: 'list.errorForeground' },
  cancelled: { id: 'circle-slash' },
};

/** Zuora may know states that we do not: they are drawn as a question. */
export function iconOf(status: string): StatusIcon {
  return (Object.hasOwn(icons, status) ? icons[status] : undefined) ?? { id: 'question' };
}

function rows(all: readonly (readonly [string, string | undefined])[]): (readonly [string, string])[] {
  return all.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

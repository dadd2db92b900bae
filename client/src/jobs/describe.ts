// How a job and its batches are put into words: labels, icons, tooltips. Plain data in, plain data out; the tree draws it.
import { hostOf, kindInWords, markedName, type TenantProfile } from '../tenants/profiles';
import { endSentence, explained, faultSentence, jobSentence } from '../words';
import { userInterfaceOf } from '../zuora/environments';
import { ignoredQueries } from './ignored';
import { waitsForId } from './adopt';
import type { Job, JobBatch, JobCondition, JobSummary, PlannedQuery, Written } from './model';
import { standingOf, type StandingCounts } from './standing';

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
  | 'tenant'
  | 'job'
  | 'batch'
  | 'withUi'
  | 'withId'
  | 'withKey'
  | 'withResult'
  | 'pinned'
  | 'unpinned'
  | 'refreshable'
  | 'cancelable'
  | 'resendable'
  | 'resubmittable'
  | 'hasFailed'
  | 'unknown'
  | 'adoptable'
  | 'removable';

/** A line below a job: a batch that Zuora reported, or, before and without an answer, a query that was to be sent. */
export interface Row {
  readonly name: string;
  readonly batch: JobBatch | undefined;
  readonly query: PlannedQuery | undefined;
}

/** The lines below a job: Zuora's batches in its order, then the queries that have no batch in ours. */
export function rowsOf(job: Job): readonly Row[] {
  const batches = job.batches.map((batch, index) => {
    const query = batch.query === undefined ? undefined : job.queries[batch.query];
    return { name: batch.name ?? query?.name ?? `Query ${index + 1}`, batch, query };
  });
  if (job.queries.length <= batches.length) return batches;
  const withBatch = new Set(job.batches.map(({ query }) => query));
  const others = job.queries.filter((_, index) => !withBatch.has(index));
  return [...batches, ...others.map(query => ({ name: query.name, batch: undefined, query }))];
}

/** Finds the job that another one repeats; it may have been removed since. */
export type FindJob = (key: string) => JobSummary | undefined;

/** `now` in ms since 1970: ages are told relative to it. */
export function describeJob(job: JobSummary, now: number, find?: FindJob): Described {
  const label = jobLabel(job);
  const state = jobState(job);
  const age = ageInWords(now - job.createdAt);
  const { tenant, origin, entityIds, orgIds } = job.scope;
  const problem = problemOf(job);
  const progress = progressOf(job);
  const records = 0 < job.counts.completed ? inRecords(job.counts.records) : undefined;
  const time = timeOf(job, now);
  const expiry = expiryOf(job, now);
  const kind = kindOf(job);
  const part = job.group && `part ${job.group.index} of ${job.group.count}`;
  const lineage = lineageOf(job, find);
  return {
    label,
    description: joined(' · ', [
      state.short,
      job.pinned && 'pinned',
      progress?.short,
      records,
      time?.short,
      // A running job's time tells its age as well.
      job.phase === 'running' ? undefined : age,
      expiry?.short,
      kind,
      part,
      job.lineage && 'again',
      job.adopted && 'adopted',
      job.note && `“${shortened(job.note)}”`,
      job.id,
      job.id === undefined && problem,
    ]),
    icon: state.icon,
    details: rows([
      ['Status', state.long],
      ['Note', job.note],
      ['Job ID', job.id],
      ['Zuora says', job.message],
      ['What happened', problem ?? endSentence(job)],
      ['Tenant', `${tenant} (${hostOf(origin)})`],
      ['Entity', entityIds],
      ['Organizations', orgIds],
      ['Queries', progress?.long ?? String(job.counts.queries)],
      ['Records', records && amount(job.counts.records)],
      ['Stateful', job.session && `partner ${job.session.partner}, project ${job.session.project}`],
      ['Export', kind && exportInWords[kind]],
      ['Split', part && `${part} of one submit`],
      ['Again', lineage],
      ['Adopted', job.adopted && 'Found by its ID; it was not submitted from here.'],
      ['Submitted', new Date(job.createdAt).toLocaleString()],
      ['Time', time?.long],
      ['Result files', expiry?.long],
      ['Last change', new Date(job.updatedAt).toLocaleString()],
    ]),
    spoken: `${joined(', ', [
      `Job ${label}`,
      state.long,
      job.pinned && 'pinned',
      progress?.long,
      records,
      time?.long,
      problem && withoutStop(problem),
      `submitted ${age}`,
      expiry?.spoken,
      kind && exportInWords[kind],
      part && `${part} of a split`,
      lineage,
      job.adopted && 'adopted by its ID',
      job.note && `note: ${withoutStop(job.note)}`,
      job.id && `ID ${job.id}`,
    ])}.`,
    words: [
      'job',
      job.pinned ? 'pinned' : 'unpinned',
      ...(job.id === undefined ? [] : (['withId'] as const)),
      // Its Idempotency-Key is all there is to ask with for a job whose id nobody knows.
      ...(standingOf(job) === 'unknown' ? (['withKey'] as const) : []),
      ...(userInterfaceOf(origin) === undefined ? [] : (['withUi'] as const)),
      ...(job.id !== undefined && job.phase !== 'gone' ? (['refreshable'] as const) : []),
      ...(job.phase === 'running' || job.phase === 'queued' ? (['cancelable'] as const) : []),
      // While it is being sent the job may come into being, and its id would be lost.
      ...(job.phase === 'sending' ? [] : (['removable'] as const)),
      ...(canBeSentAgain(job) ? (['resendable'] as const) : []),
      ...(canBeRepeated(job) ? (['resubmittable'] as const) : []),
      ...(job.phase === 'finished' && job.counts.completed < job.counts.queries ? (['hasFailed'] as const) : []),
      ...(job.phase === 'unknown' ? (['unknown'] as const) : []),
      ...(waitsForId(job) ? (['adoptable'] as const) : []),
    ],
  };
}

export function describeRow(job: Job, row: Row): Described {
  const { name, batch, query } = row;
  const ignored = ignoredState(job, row);
  const status = ignored ? ignored.short : batch ? batch.status || 'no status' : withoutBatch(job);
  const records = batch && recordsOf(batch);
  const source = query?.source.uri && `${query.source.relativePath}, line ${query.source.line}`;
  const failed = batch && failedStatuses.has(batch.status) ? batch.message : undefined;
  const full = batch?.full;
  const kind = full === undefined || !isStateful(job) ? undefined : full ? 'full' : 'incremental';
  const words = explained(batch?.message ?? '');
  return {
    label: name,
    description: joined(' · ', [status, records, kind, batch?.batchId, failed]),
    icon: ignored ? ignored.icon : batch ? iconOf(batch.status) : { id: 'circle-outline' },
    details: rows([
      ['Status', ignored?.long ?? status],
      ['Records', records && amount(batch?.recordCount ?? 0)],
      ['Export', kind && exportInWords[kind]],
      ['Batch ID', batch?.batchId],
      ['Zuora says', batch?.message],
      ['What it means', words?.cause],
      ['What to do', words?.remedy],
      ['Type', query && (query.type === 'zoqlexport' ? 'Export ZOQL' : 'ZOQL')],
      ['Source', source],
      ['Query', query?.query],
    ]),
    spoken: `${joined(', ', [
      `Query ${name}`,
      ignored ? withoutStop(ignored.long) : status,
      records,
      kind && exportInWords[kind],
      failed && withoutStop(failed),
      batch?.batchId && `ID ${batch.batchId}`,
    ])}.`,
    words: [
      'batch',
      ...(batch?.batchId === undefined ? [] : (['withId'] as const)),
      ...(batch && 0 < batch.fileIds.length ? (['withResult'] as const) : []),
    ],
  };
}

/** What the tooltip of a job says beyond its line: what only the whole job knows. */
export function moreDetails(job: Job): Described['details'] {
  return rows([
    ['Idempotency-Key', standingOf(job) === 'unknown' && job.attempt.idempotencyKey],
    ...job.queries.map(({ query }) => ['Query', query] as const),
  ]);
}

/** A tenant's line, above its jobs. */
export interface TenantLine {
  readonly name: string;
  readonly origin: string;
  /** Undefined where the settings have no tenant of this name at this address any more. */
  readonly profile: TenantProfile | undefined;
  readonly active: boolean;
  /** Of all its jobs, whatever is shown. */
  readonly counts: StandingCounts;
  readonly total: number;
  /** How many of its jobs fit the filter; undefined where there is none. */
  readonly fitting: number | undefined;
}

export function describeTenant({ name, origin, profile, active, counts, total, fitting }: TenantLine): Described {
  const host = hostOf(origin);
  const place =
    profile?.dataCenter ?? joined(' · ', [host, profile ? kindInWords[profile.kind] : 'not in the settings']);
  const jobs = inJobs(total);
  const shown = fitting === undefined ? jobs : `${amount(fitting)} of ${jobs}`;
  const under = [
    0 < counts.waiting && `${amount(counts.waiting)} waiting`,
    0 < counts.running && `${amount(counts.running)} running`,
    0 < counts.failed && `${amount(counts.failed)} failed`,
    0 < counts.unknown && `${amount(counts.unknown)} unknown`,
  ];
  const notKnown = 'The settings have no tenant of this name at this address any more. Its jobs are kept.';
  return {
    label: profile ? markedName(profile) : name,
    description: joined(' · ', [active && 'active', profile?.readOnly && 'read-only', place, ...under, shown]),
    icon: { id: profile ? 'server-environment' : 'archive' },
    details: rows([
      ['Host', host],
      ['Data center', profile?.dataCenter],
      ['Kind', profile && kindInWords[profile.kind]],
      ['Read-only', profile?.readOnly && 'No job is submitted to it.'],
      ['Jobs', joined(', ', [shown, ...under])],
      ['Active', active && 'New jobs of this workspace go to it.'],
      ['Settings', profile ? undefined : notKnown],
    ]),
    spoken: `${joined(', ', [
      `Tenant ${name}`,
      active && 'active',
      profile?.dataCenter ?? host,
      profile ? kindInWords[profile.kind] : 'not in the settings any more',
      profile?.readOnly && 'read-only',
      ...under,
      shown,
    ])}.`,
    words: ['tenant', ...(userInterfaceOf(origin) === undefined ? [] : (['withUi'] as const))],
  };
}

/** The last line of a tenant of which not all jobs are shown. */
export function describeOlder({ step, left }: { readonly step: number; readonly left: number }): Described {
  const label = left <= step ? `Show the last ${amount(left)}` : `Show ${amount(step)} older of ${amount(left)}`;
  return { label, description: '', icon: { id: 'history' }, details: [], spoken: `${label} jobs.`, words: [] };
}

/** The job's own name, else its first query and how many more there are. */
export function jobLabel({ name, firstQuery, counts }: Pick<JobSummary, 'name' | 'firstQuery' | 'counts'>): string {
  if (name) return name;
  if (firstQuery === undefined) return 'AQuA job';
  return counts.queries <= 1 ? firstQuery : `${firstQuery} +${counts.queries - 1}`;
}

/** "just now", "5 min ago", "3 h ago", "2 days ago": exact enough for telling jobs apart. */
function ageInWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / minuteMs);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${amount(days)} days ago`;
}

/** "12 s", "4 min", "2 h 5 min", "3 days". */
function durationInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${amount(days)} days`;
}

interface ShortAndLong {
  readonly short: string;
  readonly long: string;
}

/** How many of a job's queries are done; undefined where Zuora has told of none. */
function progressOf({ counts, phase, status }: JobSummary): ShortAndLong | undefined {
  const { queries, batches, completed, failed } = counts;
  if (batches === 0) return undefined;
  // Queries that Zuora ignored have no batch; a job that repeats a session's last queries has batches only.
  const all = Math.max(queries, batches);
  const long = `${amount(completed)} of ${all === 1 ? '1 query' : `${amount(all)} queries`} completed`;
  // Of a canceled job, the batches without a result were canceled with it.
  const failures = 0 < failed && status !== 'cancelled' ? `${amount(failed)} failed` : undefined;
  // The usual end needs no number.
  const usual = phase === 'finished' && completed === all;
  return {
    short: joined(', ', [usual ? undefined : `${amount(completed)}/${amount(all)}`, failures]),
    long: joined(', ', [long, failures]),
  };
}

/** How long a job took, or is running. */
function timeOf({ phase, startedAt, finishedAt }: JobSummary, now: number): ShortAndLong | undefined {
  if (startedAt === undefined) return undefined;
  if (phase === 'running') {
    const time = now - startedAt < minuteMs ? 'for less than a minute' : `for ${durationInWords(now - startedAt)}`;
    return { short: time, long: `running ${time}` };
  }
  // Zuora names no end: a job that was finished when it was first asked for has no time that could be told.
  if (finishedAt === undefined || finishedAt <= startedAt) return undefined;
  const time = `took ${durationInWords(finishedAt - startedAt)}`;
  return { short: time, long: time };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Zuora purges result files after three days (Zuora docs, Get Results Files). */
const filesLiveMs = 3 * dayMs;

interface Expiry {
  /** Undefined while the end is more than a day away: the line stays short, the tooltip tells. */
  readonly short: string | undefined;
  readonly long: string;
  readonly spoken: string;
}

/** When a job's files are gone, counted from when its end was seen, so that the true moment can be a little earlier. */
function expiryOf({ phase, finishedAt, counts }: JobSummary, now: number): Expiry | undefined {
  if (phase !== 'finished' || finishedAt === undefined || counts.completed === 0) return undefined;
  const left = finishedAt + filesLiveMs - now;
  if (left <= 0)
    return { short: 'files gone', long: 'Deleted by Zuora after three days.', spoken: 'result files gone' };
  const until = new Date(finishedAt + filesLiveMs).toLocaleString();
  const words = left < minuteMs ? 'within a minute' : `in ${roughly(left)}`;
  return {
    short: left < dayMs ? `files gone ${words}` : undefined,
    long: `Zuora deletes them ${words}, about ${until}.`,
    spoken: `result files gone ${words}`,
  };
}

/** "25 min", "9 h", "2 days": never more than there is. */
function roughly(milliseconds: number): string {
  if (milliseconds < hourMs) return `${Math.floor(milliseconds / minuteMs)} min`;
  if (milliseconds < dayMs) return `${Math.floor(milliseconds / hourMs)} h`;
  const days = Math.floor(milliseconds / dayMs);
  return days === 1 ? '1 day' : `${days} days`;
}

/** A stateless job exports everything, which needs no word. */
function isStateful({ session, counts }: JobSummary): boolean {
  return session !== undefined || 0 < counts.incremental;
}

type ExportKind = 'full' | 'incremental' | 'full + incremental' | 'stateful';

const exportInWords: Readonly<Record<ExportKind, string>> = {
  full: 'full export',
  incremental: 'incremental export, only what has changed',
  'full + incremental': 'full export of some queries, incremental export of the others',
  stateful: 'stateful',
};

function kindOf(job: JobSummary): ExportKind | undefined {
  if (!isStateful(job)) return undefined;
  const { full, incremental } = job.counts;
  if (0 < full && 0 < incremental) return 'full + incremental';
  if (0 < full) return 'full';
  return 0 < incremental ? 'incremental' : 'stateful';
}

/** What a job repeats, e.g. "again: failed batches of accounts +2". */
function lineageOf({ lineage }: JobSummary, find: FindJob | undefined): string | undefined {
  if (!lineage) return undefined;
  const from = find?.(lineage.from);
  const earlier = from ? jobLabel(from) : 'a job that was removed';
  switch (lineage.how) {
    case 'failed':
      return `again: failed batches of ${earlier}`;
    case 'edited':
      return `again, as edited since: ${earlier}`;
    case 'as-sent':
      return `again, as it was: ${earlier}`;
  }
}

/** What a query that Zuora left out without an error looks like; undefined for all others. */
function ignoredState(job: Job, { query }: Row): State | undefined {
  const ignored = ignoredQueries(job).find(({ query: index }) => job.queries[index] === query);
  if (!ignored || !query) return undefined;
  const object = ignored.object ?? 'its object';
  return {
    short: `ignored: no permission to read ${object}?`,
    long: `Zuora ignored this query and gave no result. Check that the client's user may read ${object}.`,
    icon: { id: 'warning', color: 'list.warningForeground' },
  };
}

function withoutBatch({ phase }: Job): string {
  return phase === 'sending' || phase === 'queued' ? phase : 'no batch';
}

/** Zuora reports 0 for a batch that has not begun, which says nothing. */
export function recordsOf({ recordCount, status }: JobBatch): string | undefined {
  if (recordCount === undefined || (recordCount === 0 && status !== 'completed')) return undefined;
  return inRecords(recordCount);
}

/** "1,234 records", of several results "1,234 records in 3 results". */
export function inRecordsOf({ completed, records }: JobSummary['counts']): string {
  return completed <= 1 ? inRecords(records) : `${inRecords(records)} in ${amount(completed)} results`;
}

function inRecords(count: number): string {
  return count === 1 ? '1 record' : `${amount(count)} records`;
}

/** "1 job", "9,900 jobs". */
export function inJobs(count: number): string {
  return count === 1 ? '1 job' : `${amount(count)} jobs`;
}

/** 1,234: as numbers are written in the language of these words. */
export function amount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Joins what is there. */
export function joined(separator: string, parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}

/** "Account, Contact and Invoice". */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** What is quoted inside a sentence of ours must not end it. */
function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

const longestNote = 40;

function shortened(note: string): string {
  const line = note.replace(/\s+/g, ' ').trim();
  return line.length <= longestNote ? line : `${line.slice(0, longestNote - 1).trimEnd()}…`;
}

/** Why a job ended without success, or is no longer watched, as one sentence. */
export function problemOf(job: JobSummary): string | undefined {
  return jobSentence(job);
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
  if (!loaded.ok) return faultSentence(loaded.fault, 'read');
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

/** Not while its fate is open: Send Again is what makes no second job then. An adopted one may have no query of its own. */
function canBeRepeated({ phase, counts }: JobSummary): boolean {
  return phase !== 'queued' && phase !== 'sending' && phase !== 'unknown' && 0 < counts.queries;
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
  if (kind === 'switched-off') {
    return { short: 'not polled', long: 'but polling is switched off; Refresh asks Zuora once' };
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

function rows(all: readonly (readonly [string, string | false | undefined])[]): (readonly [string, string])[] {
  return all.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

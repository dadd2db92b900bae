// Which jobs the list shows, and how a job is found by a text. Plain data in, plain data out.
import { amount, inJobs, jobLabel, joined } from './describe';
import type { Job, JobSummary } from './model';
import { standingOf, type Standing } from './standing';

/** All that is set must hold; of several standings or tenants, one. */
export interface JobFilter {
  readonly standings?: readonly Standing[];
  /** Names of tenants. */
  readonly tenants?: readonly string[];
  readonly pinned?: boolean;
  readonly withNote?: boolean;
  readonly stateful?: boolean;
  /** Submitted within this time, in ms. */
  readonly within?: number;
  /** See `textMatches`. */
  readonly text?: string;
}

const hourMs = 60 * 60 * 1000;

/** What the list of filters offers as ages, newest first. */
export const filterAges: readonly { readonly within: number; readonly label: string }[] = [
  { within: 24 * hourMs, label: 'last 24 hours' },
  { within: 7 * 24 * hourMs, label: 'last 7 days' },
  { within: 30 * 24 * hourMs, label: 'last 30 days' },
];

export const standingsInWords: Readonly<Record<Standing, string>> = {
  running: 'running',
  waiting: 'queued or being sent',
  failed: 'failed',
  unknown: 'unknown',
  completed: 'completed',
  canceled: 'canceled',
  gone: 'no longer known to Zuora',
};

/** `now` in ms since 1970. */
export function matches(job: JobSummary, filter: JobFilter, now: number): boolean {
  const { standings, tenants, pinned, withNote, stateful, within, text } = filter;
  if (standings && !standings.includes(standingOf(job))) return false;
  if (tenants && !tenants.includes(job.scope.tenant)) return false;
  if (pinned && !job.pinned) return false;
  if (withNote && job.note === '') return false;
  if (stateful && !job.session) return false;
  if (within !== undefined && job.createdAt < now - within) return false;
  return text === undefined || textMatches(job, text);
}

/**
 * Whether each word of a text is somewhere in what the list knows of a job: its name, its first query's name, its note,
 * its id, its tenant, its stateful session, the files that its queries came from. Case does not count.
 */
export function textMatches(job: JobSummary, text: string): boolean {
  const { id = '', note, session, files, scope, firstQuery = '' } = job;
  const known = [
    jobLabel(job),
    firstQuery,
    note,
    id,
    scope.tenant,
    session?.partner,
    session?.project,
    ...files.map(inPath),
  ];
  return holdsWords(joined('\n', known), text);
}

/** As `textMatches`, in all that only the whole job has: names and texts of its queries, ids of its batches and files. */
export function queryMatches(job: Job, text: string): boolean {
  const queries = job.queries.flatMap(({ name, query }) => [name, query]);
  const batches = job.batches.flatMap(({ batchId, name, fileIds }) => [batchId, name, ...fileIds]);
  return holdsWords(joined('\n', [jobLabel(job), ...queries, ...batches]), text);
}

function holdsWords(known: string, text: string): boolean {
  const haystack = known.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => haystack.includes(word));
}

/** A file as people write it; the scheme and the folders far above would match nearly everything. */
function inPath(uri: string): string {
  const parts = uri.split('/').slice(-3).join('/');
  try {
    return decodeURIComponent(parts);
  } catch {
    return parts;
  }
}

/** Undefined where nothing is set. */
export function filterInWords(filter: JobFilter): string | undefined {
  const { standings, tenants, pinned, withNote, stateful, within, text } = filter;
  const words = joined(', ', [
    standings && either(standings.map(standing => standingsInWords[standing])),
    tenants && `on ${either(tenants)}`,
    pinned && 'pinned',
    withNote && 'with a note',
    stateful && 'stateful',
    within !== undefined && `of the ${filterAges.find(age => age.within === within)?.label ?? 'newest'}`,
    text !== undefined && `with “${text}”`,
  ]);
  return words === '' ? undefined : words;
}

/** What the view says above its lines: the filter, and how much of the whole is left. */
export function filterMessage(filter: JobFilter, shown: number, total: number): string | undefined {
  const words = filterInWords(filter);
  return words && `Showing ${amount(shown)} of ${inJobs(total)}: ${words}.`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

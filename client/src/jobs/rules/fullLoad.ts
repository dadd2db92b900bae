/**
 * What makes a query of a stateful job export everything again instead of what has changed.
 *
 * Source: Zuora docs, "Stateless and stateful modes" and "Automatic switch between full load and incremental load",
 * 2026-11.
 */
import type { Finding } from '../findings';
import type { DeletedColumn, Job, JobSummary, PlannedQuery, StatefulSession } from '../model';
import type { JobScope } from '../../zuora/scope';
import { sessionOf, textValue } from '../settingValues';
import { setDirective, type PreflightInput } from './rule';

/** How long Zuora remembers a session that is not used. */
const idleMs = 180 * 24 * 60 * 60 * 1000;

/** The newest completed job of a session, which Zuora continues from; undefined where this history has none. */
export function lastOfSession(
  jobs: readonly JobSummary[],
  { partner, project }: StatefulSession,
  { tenant, origin }: Pick<JobScope, 'tenant' | 'origin'>,
): JobSummary | undefined {
  return jobs
    .filter(({ session, scope, phase, status }) => {
      const isSession = session?.partner === partner && session.project === project;
      const isPlace = scope.tenant === tenant && scope.origin === origin;
      return isSession && isPlace && phase === 'finished' && status === 'completed';
    })
    .reduce<JobSummary | undefined>(
      (last, job) => ((last?.createdAt ?? -Infinity) < job.createdAt ? job : last),
      undefined,
    );
}

/** full-load: notes of what exports everything, by the last job of the session. */
export function fullLoad({ settings, queries, lastJob, variables }: PreflightInput): readonly Finding[] {
  // A time of one's own takes the place of the session's: nothing is a full load then.
  const hasOwnTime = textValue(settings, 'zoql.job.incrementalTime') !== undefined;
  if (!sessionOf(settings) || hasOwnTime) return [];
  return fullLoadNotes(queries, lastJob, variables.now.getTime());
}

/** What will be a full load, `now` in ms since 1970; `lastJob` is that of the session, by `lastOfSession`. */
function fullLoadNotes(queries: readonly PlannedQuery[], lastJob: Job | undefined, now: number): Finding[] {
  const whole = lastJob ? idleNote(lastJob, now) : firstNote;
  const deleted = queries.filter(query => query.deleted !== undefined).map(({ name }) => name);
  const withoutDeleted = deleted.length === 0 ? '' : ` A full load holds no deleted rows (${deleted.join(', ')}).`;
  if (whole !== undefined) return [note(`Everything is exported: ${whole}${withoutDeleted}`, undefined)];
  return lastJob ? queries.flatMap(query => noteOn(query, queries, lastJob)) : [];
}

const firstNote = 'this history has no completed job of the session, so this may be its first.';

function idleNote({ finishedAt, updatedAt }: Job, now: number): string | undefined {
  const days = Math.floor((now - (finishedAt ?? updatedAt)) / (24 * 60 * 60 * 1000));
  if (now - (finishedAt ?? updatedAt) <= idleMs) return undefined;
  return `the last job of the session ended ${days} days ago, and Zuora forgets a session after 180.`;
}

function noteOn(query: PlannedQuery, queries: readonly PlannedQuery[], { queries: before }: Job): Finding[] {
  const old = before.find(({ name }) => name === query.name);
  const reason = old ? changeOf(query, old) : undefined;
  if (old) return reason === undefined ? [] : [note(`${query.name} is exported whole: ${reason}`, query)];
  const renamed = before.find(({ name, query: text }) => {
    return text === query.query && !queries.some(other => other.name === name);
  });
  if (!renamed) return [note(`${query.name} is exported whole: the last job of the session did not have it.`, query)];
  const finding = note(
    `${query.name} is exported whole: the last job of the session called it ${renamed.name}.`,
    query,
  );
  return [{ ...finding, fixes: [setDirective(query, 'name', renamed.name)] }];
}

function changeOf(query: PlannedQuery, old: PlannedQuery): string | undefined {
  if (query.query !== old.query) return 'its text has changed since the last job of the session.';
  const [now, then] = [columnOf(query.deleted), columnOf(old.deleted)];
  if (now === then) return undefined;
  if (then === undefined) return 'its column for deleted rows is new.';
  if (now === undefined) return `its column for deleted rows is gone (${then}).`;
  return `its column for deleted rows has changed (${then} before, ${now} now).`;
}

/** What of the column is the query's own: `forceExport` is not. */
function columnOf(deleted: DeletedColumn | undefined): string | undefined {
  return deleted && `${deleted.column} ${deleted.format}`;
}

function note(message: string, query: PlannedQuery | undefined): Finding {
  return { code: 'full-load', weight: 'notes', message, query: query?.name, fixes: [] };
}

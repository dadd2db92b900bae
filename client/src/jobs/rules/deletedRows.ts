/** Columns that tell deleted rows (Zuora docs, "Export deleted data" and "Extract deleted data in each query"). */
import { instantOf } from '../dataCenterTime';
import type { Finding } from '../findings';
import type { DeletedColumn, PlannedQuery } from '../model';
import type { RequestInput } from '../request';
import { sessionOf, textValue } from '../settingValues';
import { setDirective, type PreflightInput } from './rule';

/**
 * deleted-forced: a stateless job exports deleted rows only with `forceExport` (error 90012). A person who asks for them
 * wants them, so it is sent in any case; the note says so, and can write it into the file.
 */
export function deletedForced({ settings, queries }: RequestInput): readonly Finding[] {
  if (sessionOf(settings)) return [];
  return queries.flatMap(query => {
    const { name, deleted } = query;
    if (!deleted || deleted.forceExport) return [];
    return [
      {
        code: 'deleted-forced',
        weight: 'notes',
        message: `${name} goes out with forceExport true: without it a stateless job cannot export deleted rows.`,
        query: name,
        fixes: [setDirective(query, 'deleted', directiveValue({ ...deleted, forceExport: true }))],
      },
    ];
  });
}

/** As `-- @deleted` has it. */
function directiveValue({ column, format, forceExport }: DeletedColumn): string {
  return `column=${column} format=${format}${forceExport ? ' forceExport=true' : ''}`;
}

/** How long deleted rows are kept. */
const deletedKeptMs = 30 * 24 * 60 * 60 * 1000;

/** deleted-rows-purged: changes are asked for since a day of which Zuora no longer has the deleted rows. */
export function deletedRowsPurged({ settings, queries, origin, variables }: PreflightInput): readonly Finding[] {
  const since = sessionOf(settings) && instantOf(textValue(settings, 'zoql.job.incrementalTime') ?? '', origin);
  const kept = variables.now.getTime() - deletedKeptMs;
  if (since === undefined || kept <= since) return [];
  const day = new Date(kept).toISOString().slice(0, 10);
  return queries.filter(hasDeleted).map(({ name }) => ({
    code: 'deleted-rows-purged',
    weight: 'notes',
    message: `Zuora keeps deleted rows for 30 days: ${name} tells of none that was deleted before ${day}.`,
    query: name,
    fixes: [],
  }));
}

function hasDeleted({ deleted }: PlannedQuery): boolean {
  return deleted !== undefined;
}

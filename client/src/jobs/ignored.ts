// Submitted N, returned M: the queries that Zuora left out without an error. Plain data in, plain data out.
import { openDocument } from '../../../server/src/zoql/index';
import type { Job, JobBatch } from './model';

export interface IgnoredQuery {
  /** Which of the job's queries it is. */
  readonly query: number;
  /** What it asks for, as it is written there; undefined where the query names nothing. */
  readonly object: string | undefined;
  /** What Zuora says of its batch, if it has one and says anything. */
  readonly message: string | undefined;
}

/**
 * The queries of a completed job that gave no result although nothing failed: those that have no batch, and those whose
 * batch ended without a file. Zuora does so with objects that the client's user may not read (Zuora docs, AQuA API error
 * codes, 90018).
 */
export function ignoredQueries({ phase, status, queries, batches }: Job): IgnoredQuery[] {
  if (phase !== 'finished' || status !== 'completed') return [];
  // With batches that cannot be tied to queries nobody can say which query has none.
  const tied = batches.every(({ query }) => query !== undefined);
  return queries.flatMap(({ query: text }, query) => {
    const batch = batches.find(each => each.query === query);
    const isIgnored = batch ? isWithoutResult(batch) : tied && batches.length < queries.length;
    return isIgnored ? [{ query, object: objectIn(text), message: batch?.message }] : [];
  });
}

/** An incremental export of nothing may have no file, so there only Zuora's own words count. */
function isWithoutResult({ status, fileIds, recordCount = 0, message, full }: JobBatch): boolean {
  if (status !== 'completed' || 0 < fileIds.length || 0 < recordCount) return false;
  return message !== undefined || full !== false;
}

function objectIn(query: string): string | undefined {
  return openDocument(query).statements[0]?.parsed.query.from?.text;
}

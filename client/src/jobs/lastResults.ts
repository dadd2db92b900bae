// What the statements of a file gave when they were last submitted. Plain data in, plain data out.
import { openDocument, queryName } from '../../../server/src/zoql/index';
import { iconOf, recordsOf, rowsOf } from './describe';
import type { Job, JobBatch } from './model';

export interface LastResult {
  /** Where the statement's query begins in the file. */
  readonly offset: number;
  readonly job: Job;
  readonly batch: JobBatch;
  /** Its place below the job. */
  readonly index: number;
  /** The statement has been edited since. */
  readonly edited: boolean;
}

/**
 * For each statement that was submitted from this file, its newest batch: the statement has the text that was sent, or
 * at least the same `@name`. `jobs` come newest first.
 */
export function lastResults(uri: string, text: string, jobs: readonly Job[]): LastResult[] {
  const sent = jobs.flatMap(job =>
    rowsOf(job).flatMap(({ batch, query }, index) =>
      batch && query?.source.uri === uri ? [{ job, batch, query, index }] : [],
    ),
  );
  if (sent.length === 0) return [];
  const { statements, starts } = openDocument(text);
  return statements.flatMap((statement, place) => {
    const same = sent.find(({ query }) => query.source.text === statement.text);
    const found = same ?? sent.find(({ query }) => query.name === queryName(statement)?.value);
    if (!found) return [];
    const { job, batch, index } = found;
    const offset = (starts[place] ?? 0) + statement.parsed.query.start;
    return [{ offset, job, batch, index, edited: same === undefined }];
  });
}

/** As a code lens says it: "1234 records · Nov 23, 2026, 8:31 PM". */
export function describeResult({ job, batch, edited }: LastResult): string {
  const what = (batch.status === 'completed' ? recordsOf(batch) : undefined) ?? (batch.status || 'no status');
  const when = new Date(job.createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return [`$(${iconOf(batch.status).id}) ${what}`, when, ...(edited ? ['edited since'] : [])].join(' · ');
}

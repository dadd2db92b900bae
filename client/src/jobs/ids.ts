// The ids of a job that can be copied. Plain data in, plain data out.
import { rowsOf } from './describe';
import type { Job } from './model';
import { standingOf } from './standing';

/** Something to copy: a text, and what it is. Several ids stand one a line. */
export interface CopyChoice {
  readonly label: string;
  readonly text: string;
}

/**
 * What a job has to copy, the id of the whole first. The Idempotency-Key is offered where Zuora may have made the job and
 * nobody knows its id: Zuora's support can find the request by it.
 */
export function idsOf(job: Job): readonly CopyChoice[] {
  const rows = rowsOf(job);
  const batches = rows.flatMap(({ name, batch }) =>
    batch?.batchId === undefined ? [] : [{ label: `Batch ID of ${name}`, text: batch.batchId }],
  );
  const files = rows.flatMap(({ name, batch }) => {
    const ids = batch?.fileIds ?? [];
    const label = ids.length === 1 ? `File ID of ${name}` : `File IDs of ${name}, ${ids.length} parts`;
    return ids.length === 0 ? [] : [{ label, text: ids.join('\n') }];
  });
  const key = keyToCopy(job);
  return [
    ...(job.id === undefined ? [] : [{ label: 'Job ID', text: job.id }]),
    ...(key === undefined ? [] : [{ label: 'Idempotency-Key', text: key }]),
    ...allOf('batch IDs', batches),
    ...batches,
    ...allOf('file IDs', files),
    ...files,
  ];
}

/** What names the whole job: its id, else the key of a request whose answer is lost. */
export function idOrKey(job: Job): string | undefined {
  return job.id ?? keyToCopy(job);
}

function keyToCopy(job: Job): string | undefined {
  return standingOf(job) === 'unknown' ? job.attempt.idempotencyKey : undefined;
}

function allOf(what: string, choices: readonly CopyChoice[]): CopyChoice[] {
  const text = choices.map(choice => choice.text).join('\n');
  return choices.length < 2 ? [] : [{ label: `All ${what}`, text }];
}

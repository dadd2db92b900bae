import assert from 'node:assert/strict';
import { submitOnce } from '../queries';
import { jobLines, type Line } from '../tree';
import { until } from '../until';

/** Submits what is open, and answers the line of the job when it is completed. */
export async function submitToItsEnd(): Promise<Line> {
  const known = (await jobLines()).length;
  await submitOnce();
  const [job] = await until(jobLines, all => known < all.length && /^completed/.test(all[0]?.description ?? ''), {
    what: 'a completed job',
  });
  assert.ok(job);
  return job;
}

/** The line below a job that has this name. */
export function batchLine(job: Line, name: string): Line {
  const line = job.below.find(({ label }) => label === name);
  assert.ok(line, `a batch "${name}" among ${job.below.map(({ label }) => label).join(', ')}`);
  return line;
}

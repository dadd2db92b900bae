/**
 * Draws what Zuora says of a file: each problem under its line, marked with tildes, its code and words behind them. And
 * makes jobs as they are after Zuora's answer.
 */
import { jobProblems, type JobProblem } from '../../client/src/jobs/jobProblems';
import type { Job, JobBatch, PlannedQuery } from '../../client/src/jobs/model';
import { countsOf } from '../../client/src/jobs/model';
import { createPlan } from '../../client/src/jobs/plan';
import { plannedJob } from '../../client/src/jobs/records';
import { querySentence } from '../../client/src/words';
import type { Rejection } from '../../client/src/zuora/outcome';
import { openDocument, type Catalogue } from '../../server/src/zoql/index';
import { fixture } from '../zoql/catalogues';

const uri = 'file:///billing/accounts.zoql';

/** The queries of a file, as a submit plans them. */
function planned(text: string): readonly PlannedQuery[] {
  const document = { uri, baseName: 'accounts.zoql', relativePath: 'accounts.zoql', text };
  return createPlan([document], { catalogue: fixture, queryType: 'zoqlexport' }).queries;
}

/** A job of all queries of the text, which nothing has happened to. */
export function jobOf(text: string, rest: Partial<Job> = {}): Job {
  const queries = rest.queries ?? planned(text);
  const { job } = plannedJob('k1', {
    kind: 'planned',
    version: 1,
    sequence: 0,
    at: 0,
    scope: { tenant: 'Sandbox', origin: 'https://rest.test.zuora.com' },
    request: { body: '{}', headers: {}, gzip: false },
    queries,
    attempt: {
      idempotencyKey: 'i1',
      keyMadeAt: 0,
      mayExist: true,
      writer: { window: 'w', host: 'h', pid: 1 },
      until: 0,
    },
  });
  const { batches = [] } = rest;
  return { ...job, counts: countsOf(queries, batches), ...rest };
}

/** A job that Zuora refused for query `index`, as 90005 says it. */
export function refusedJob(text: string, error: string, index = 0): Job {
  const query = planned(text)[index]?.query ?? '';
  return jobOf(text, { phase: 'refused', failure: refusal({ culprit: { error, query } }) });
}

export function refusal(rest: Partial<Rejection>): Rejection {
  return { kind: 'rejected', message: 'There is a syntax error', status: 200, code: '90005', ...rest };
}

/** A job that has ended; of each query its batch's status and message, or nothing where it has no batch. */
export function endedJob(text: string, ...ends: readonly (readonly [string, string?] | undefined)[]): Job {
  const batches = ends.flatMap((end, query): JobBatch[] => {
    if (!end) return [];
    const [status, message] = end;
    const fileIds = status === 'completed' && message === undefined ? ['f'] : [];
    const names = { batchId: `b${query}`, name: undefined };
    return [{ ...names, status, recordCount: 0, message, fileIds, full: true, query }];
  });
  const status = batches.some(batch => batch.status === 'aborted') ? 'aborted' : 'completed';
  return jobOf(text, { phase: 'finished', id: 'j1', status, batches });
}

/** The file as it is now with its problems, drawn; empty where there is none. `jobs` come newest first. */
export function drawnProblems(text: string, ...jobs: readonly Job[]): string {
  return draw(text, problemsIn(text, jobs));
}

export function problemsIn(
  text: string,
  jobs: readonly Job[],
  catalogue: Catalogue | undefined = fixture,
): readonly JobProblem[] {
  return jobProblems(uri, openDocument(text), jobs, catalogue);
}

function draw(text: string, problems: readonly JobProblem[]): string {
  let lineStart = 0;
  const drawn: string[] = [];
  for (const line of text.split('\n')) {
    const lineEnd = lineStart + line.length;
    const here = problems.filter(problem => lineStart <= problem.start && problem.start <= lineEnd);
    if (here.length > 0) drawn.push(line);
    for (const problem of here) {
      const { start, end, code = 'no code', kind, changed } = problem;
      const tildes = '~'.repeat(Math.max(1, Math.min(end, lineEnd) - start));
      const mark = kind === 'ignored' ? `warning ${code}` : code;
      drawn.push(`${' '.repeat(start - lineStart)}${tildes} ${mark}: ${querySentence(problem, { changed })}`);
    }
    lineStart = lineEnd + 1;
  }
  return drawn.join('\n');
}

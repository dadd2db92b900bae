// What Zuora says of the statements of a file, at the words it is about. Plain data in, plain data out.
import {
  openDocument,
  type Catalogue,
  type Span,
  type Statement,
  type ZoqlDocument,
} from '../../../server/src/zoql/index';
import { jobLabel } from './describe';
import { isSentAlike, locateAll } from './locate';
import type { Job } from './model';
import { findSubject, type Found } from './subjects';
import { hasVerdict, verdictOf, type QueryError } from './zuoraErrors';

/** An error of Zuora, with offsets in the file as it is now. */
export interface JobProblem extends Span, QueryError {
  readonly job: Job;
  /** Whether the statement is no longer what was sent. */
  readonly changed: boolean;
}

/**
 * The problems of a file. Of the jobs, which come newest first, the newest one that tells anything of a statement counts:
 * a later submit that Zuora took ends what an earlier one was refused for.
 *
 * A problem stands at the word that Zuora names, as long as the statement has it, else on the statement's first line, as
 * long as the statement is what was sent.
 */
export function jobProblems(
  uri: string,
  document: ZoqlDocument,
  jobs: readonly Job[],
  catalogue: Catalogue | undefined,
): JobProblem[] {
  const judged = new Set<number>();
  const problems: JobProblem[] = [];
  for (const job of jobs) {
    const verdict = hasVerdict(job) ? verdictOf(job, catalogue) : undefined;
    const here = job.queries.flatMap(({ source }, query) => (source.uri === uri ? [{ source, query }] : []));
    if (!verdict || here.length === 0) continue;
    const places = locateAll(
      document,
      here.map(({ source }) => source),
    );
    for (const [index, { source, query }] of here.entries()) {
      const place = places[index];
      if (place === undefined || judged.has(place) || !verdict.judged.has(query)) continue;
      judged.add(place);
      for (const error of verdict.errors.filter(each => each.query === query)) {
        const { statements, starts } = document;
        const found = placed(error, source.text, statements[place] as Statement, catalogue);
        const by = starts[place] ?? 0;
        if (found) problems.push({ ...error, ...found, start: by + found.start, end: by + found.end, job });
      }
    }
  }
  return problems.sort((one, other) => one.start - other.start);
}

/** Which job a problem is of, for a person who wants to see more: "accounts +2 on Sandbox, Nov 23, 2026, 8:31 PM". */
export function describeOrigin({ job }: JobProblem): string {
  const when = new Date(job.createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const id = job.id === undefined ? '' : `, job ID ${job.id}`;
  return `Submitted as ${jobLabel(job)} to ${job.scope.tenant}, ${when}${id}`;
}

function placed(
  { subject }: QueryError,
  sent: string,
  statement: Statement,
  catalogue: Catalogue | undefined,
): (Span & { readonly changed: boolean }) | undefined {
  const [snapshot] = openDocument(sent).statements;
  if (!snapshot) return undefined;
  const changed = !isSentAlike(statement, snapshot);
  const wanted = findSubject(snapshot, subject, catalogue);
  if (!wanted) return changed ? undefined : { ...firstLine(statement), changed };
  const found = findSubject(statement, subject, catalogue);
  return isSame(found, wanted) ? { start: found.start, end: found.end, changed } : undefined;
}

function isSame(found: Found | undefined, wanted: Found): found is Found {
  return found?.key === wanted.key;
}

/** From the query's first word to the end of its line. */
function firstLine({ text, parsed }: Statement): Span {
  const { start, end } = parsed.query;
  const line = /[\r\n]/.exec(text.slice(start, end));
  return { start, end: line ? start + line.index : end };
}

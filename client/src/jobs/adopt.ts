/**
 * What is known of a job that Zuora has and that was not sent from here, or whose answer was lost: what is written down of
 * it, and whether it is the one that an entry waits for. Plain data in, plain data out.
 */
import type { Dialect } from '../../../server/src/zoql/index';
import type { AquaJob } from '../zuora/schemas';
import type { JobSummary, PlannedQuery, StatefulSession } from './model';

type AquaBatch = AquaJob['batches'][number];

/** The queries of Zuora's job, as if they had been planned; no file of ours holds them, so their URI is empty. */
export function queriesOf({ batches }: AquaJob): PlannedQuery[] {
  return batches.map((batch, index) => {
    const query = batch.query ?? '';
    return {
      name: batch.name ?? `Query ${index + 1}`,
      type: dialectOf(batch),
      query,
      source: { uri: '', relativePath: '', statement: 0, range: { start: 0, end: query.length }, line: 1, text: query },
    };
  });
}

/** A job is stateful with version 1.1, a partner and a project (Zuora docs, stateless and stateful modes). */
export function sessionOf({ version, partner, project }: AquaJob): StatefulSession | undefined {
  if (Number(version) !== 1.1 || !partner || !project) return undefined;
  return { partner, project };
}

/** Zuora's own default is Export ZOQL (AQuA API, Submit an aggregate query job). */
function dialectOf({ batchType }: AquaBatch): Dialect {
  return batchType?.toLowerCase() === 'zoql' ? 'zoql' : 'zoqlexport';
}

/** Queries of more than this many are counted and no longer named. */
const mostNamed = 5;

/** What a person sees before the job is taken over: name, status and queries, a line each. */
export function inLines(job: AquaJob): readonly string[] {
  const { id, name, status, batches } = job;
  const session = sessionOf(job);
  return [
    `Job ID: ${id}`,
    ...(name ? [`Name: ${name}`] : []),
    `Status: ${status || 'none'}`,
    ...(session ? [`Stateful: partner ${session.partner}, project ${session.project}`] : []),
    `${batches.length === 1 ? '1 query' : `${batches.length} queries`}:`,
    ...named(batches.map(({ name: batch, query }, index) => `${batch ?? index + 1}: ${shortened(query ?? '')}`)),
  ];
}

/** In what the job differs from the queries that were sent, a line each; nothing where it can be the one. */
export function differences(job: AquaJob, sent: readonly PlannedQuery[]): readonly string[] {
  const found = job.batches.map(({ name, query }) => ({ name, query: normal(query ?? '') }));
  const isThere = (wanted: PlannedQuery) =>
    found.some(({ name, query }) => (name === undefined || name === wanted.name) && query === normal(wanted.query));
  const isSent = ({ name, query }: (typeof found)[number]) =>
    sent.some(wanted => (name === undefined || name === wanted.name) && query === normal(wanted.query));
  return named([
    ...sent
      .filter(query => !isThere(query))
      .map(({ name }) => `"${name}" was sent and is not in it, or has another text.`),
    ...found
      .filter(batch => !isSent(batch))
      .map(({ name, query }) => `"${name ?? shortened(query)}" is in it and was not sent.`),
  ]);
}

/** Whether an entry waits for its id: its answer was lost, or a person has left that open. */
export function waitsForId({ phase }: Pick<JobSummary, 'phase'>): boolean {
  return phase === 'unknown' || phase === 'given-up';
}

function named(lines: readonly string[]): readonly string[] {
  const more = lines.length - mostNamed;
  return more <= 0 ? lines : [...lines.slice(0, mostNamed), `and ${more} more`];
}

/** Services give texts back with other spaces and line ends than they got. */
function normal(query: string): string {
  return query.trim().replace(/\s+/g, ' ');
}

function shortened(query: string): string {
  const line = normal(query);
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

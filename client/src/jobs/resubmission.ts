// What a job is made of that repeats an earlier one. Plain data in, plain data out.
import { openDocument, queryName } from '../../../server/src/zoql/index';
import type { Finding } from './findings';
import { locate } from './locate';
import type { Job, JobLineage, PlannedQuery } from './model';
import type { OpenDocument, Plan, PlanEntry } from './plan';

/** The queries that gave no result: their batch failed, or Zuora silently ignored them (90018). */
export function failedQueries({ queries, batches }: Pick<Job, 'queries' | 'batches'>): PlannedQuery[] {
  const completed = new Set(batches.filter(({ status }) => status === 'completed').map(({ query }) => query));
  return queries.filter((_, index) => !completed.has(index));
}

/** A query that was sent before, for the preflight: what was found in it then was decided then. */
export function entryOf(query: PlannedQuery): PlanEntry {
  return { ...query, problems: [], warnings: [] };
}

/**
 * The statements that the queries of an earlier job have become, under the names that they were sent with unless they
 * carry their own: Zuora's stateful mode knows a query by its name. `gone` says which are in no file any more.
 */
export function editedQueries(
  sent: readonly PlannedQuery[],
  plan: Plan,
  documents: readonly OpenDocument[],
): { readonly queries: PlanEntry[]; readonly gone: string[] } {
  const texts = new Map(documents.map(({ uri, text }) => [uri, text]));
  const found = new Map<PlannedQuery, PlanEntry>();
  let free = plan.queries;
  // The surest way first for all of them: the place of a statement that was deleted is another one's now.
  for (const find of [sameQuery, sameName, located]) {
    for (const query of sent) {
      if (found.has(query)) continue;
      const here = free.filter(({ source }) => source.uri === query.source.uri);
      const entry = find(query, here, texts.get(query.source.uri) ?? '');
      if (!entry) continue;
      found.set(query, entry);
      free = free.filter(other => other !== entry);
    }
  }
  return {
    queries: sent.flatMap(query => {
      const entry = found.get(query);
      return entry ? [{ ...entry, name: ownName(entry) ?? query.name }] : [];
    }),
    gone: sent.filter(query => !found.has(query)).map(({ name, source }) => `${name} (${source.relativePath})`),
  };
}

/** Finds what a query has become among the statements of its file. */
type Finder = (query: PlannedQuery, here: readonly PlanEntry[], text: string) => PlanEntry | undefined;

const sameQuery: Finder = ({ query, source }, here) => {
  const distance = (entry: PlanEntry) => Math.abs(entry.source.range.start - source.range.start);
  return here.filter(entry => entry.query === query).sort((one, other) => distance(one) - distance(other))[0];
};

const sameName: Finder = ({ name }, here) => here.find(entry => ownName(entry) === name);

const located: Finder = ({ source }, here, text) => {
  const span = locate(text, source);
  return span && here.find(({ source: { range } }) => range.start < span.end && span.start < range.end);
};

/** What its `@name` says. */
function ownName({ source }: PlanEntry): string | undefined {
  const [statement] = openDocument(source.text).statements;
  return statement && queryName(statement)?.value;
}

/** What a person is to know before a job is repeated. */
export function lineageFindings(job: Job, how: JobLineage['how']): Finding[] {
  const about = { query: undefined, fixes: [] } as const;
  const findings: Finding[] = [];
  if (job.phase === 'given-up') {
    const message =
      'The answer to the earlier job was lost, and whether Zuora made it was left open: if it did, this makes a second one.';
    findings.push({ ...about, code: 'may-be-second', weight: 'warns', message });
  }
  if (job.phase === 'running') {
    const message = 'The earlier job is still running, so this makes a second one beside it.';
    findings.push({ ...about, code: 'still-running', weight: 'warns', message });
  }
  if (job.adopted && how !== 'edited') {
    const message =
      'The earlier job was sent from elsewhere: its queries go out as Zuora has them, with the options of your settings.';
    findings.push({ ...about, code: 'options-of-now', weight: 'notes', message });
  }
  if (job.session && how === 'failed') {
    const message =
      'The job is stateful. Zuora compares it with the one before of its session: the queries that are left out now may export everything again next time.';
    findings.push({ ...about, code: 'part-of-session', weight: 'warns', message });
  }
  return findings;
}

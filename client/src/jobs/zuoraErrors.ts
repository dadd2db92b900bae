// Which queries of a job Zuora's errors are about, and which word in them. Plain data in, plain data out.
import { openDocument, type Catalogue } from '../../../server/src/zoql/index';
import { codeIn, withoutCode } from '../zuora/aquaErrors';
import { culpritOf } from '../zuora/refusals';
import { ignoredQueries } from './ignored';
import { hasFailed, type Job, type PlannedQuery } from './model';
import { findSubject, type Subject } from './subjects';

export interface QueryError {
  /** Which of the job's queries it is about. */
  readonly query: number;
  /** `ignored`: nothing failed, and the query gave no result. */
  readonly kind: 'refused' | 'failed' | 'ignored';
  /** Zuora's words about this query alone; empty where it says nothing. */
  readonly message: string;
  readonly code: string | undefined;
  readonly subject: Subject;
  /** Of an ignored query, what it asks for. */
  readonly object?: string | undefined;
}

/** What a job tells of its queries. */
export interface Verdict {
  /** The queries that Zuora has taken or refused by this job; of the others it has said nothing. */
  readonly judged: ReadonlySet<number>;
  readonly errors: readonly QueryError[];
}

export function verdictOf(job: Job, catalogue: Catalogue | undefined): Verdict {
  const errors = job.phase === 'refused' ? refusedQueries(job, catalogue) : errorsOfBatches(job);
  // A job with Zuora's status `error` failed before anything ran: only what it names is known.
  const isTaken = job.id !== undefined && job.status !== 'error';
  const judged = isTaken ? job.queries.map((_, index) => index) : errors.map(({ query }) => query);
  return { judged: new Set(judged), errors };
}

/** True for a job that `verdictOf` can have something to say about. */
export function hasVerdict({ phase, id }: Pick<Job, 'phase' | 'id'>): boolean {
  return phase === 'refused' || id !== undefined;
}

/** Codes about one of the queries, as opposed to the request, the user or the service. */
const queryCodes: ReadonlySet<string> = new Set([
  '90005',
  '90012',
  '90017',
  '90020',
  '90021',
  'INVALID_FIELD',
  'INVALID_TYPE',
  'INVALID_VALUE',
  'MALFORMED_QUERY',
]);

function refusedQueries({ failure, queries }: Job, catalogue: Catalogue | undefined): QueryError[] {
  if (failure?.kind !== 'rejected') return [];
  const { message, code, culprit } = failure;
  if (culprit) return errorsIn(culprit, queries, code);
  if (code === undefined || !queryCodes.has(code)) return [];
  const subject = subjectOf(message, code);
  const about = queries.flatMap((query, index) => (holds(query, subject, catalogue) ? [index] : []));
  // Before 2023 Zuora did not say which query it means. A wrong place would be worse than none.
  const only = queries.length === 1 ? [0] : about;
  return only.map(query => ({ query, kind: 'refused', message: withoutClass(message), code, subject }));
}

/** The queries that were sent with this text; identical ones have the error in common. */
function errorsIn(
  { error, query: text }: { readonly error: string; readonly query: string },
  queries: readonly PlannedQuery[],
  code: string | undefined,
): QueryError[] {
  const wanted = oneLine(text);
  const indexesOf = (fits: (sent: string) => boolean) =>
    queries.flatMap(({ query }, index) => (fits(oneLine(query)) ? [index] : []));
  const same = indexesOf(sent => sent === wanted);
  // Messages have a greatest length, and a query may be cut where that ends.
  const found = 0 < same.length ? same : indexesOf(sent => shortestCut <= wanted.length && sent.startsWith(wanted));
  const subject = subjectOf(error, code);
  return found.map(query => ({ query, kind: 'refused', message: withoutClass(error), code, subject }));
}

/** A shorter beginning could be that of any query. */
const shortestCut = 100;

function errorsOfBatches(job: Job): QueryError[] {
  const { batches, queries, message = '' } = job;
  const culprit = culpritOf(message);
  const failed = batches.flatMap(({ query, status, message: words = '' }): QueryError[] => {
    if (query === undefined || !hasFailed({ status }) || status === 'cancelled') return [];
    const code = codeIn(words) ?? codeIn(message);
    return [
      { query, kind: 'failed', message: withoutClass(withoutCode(words)), code, subject: subjectOf(words, code) },
    ];
  });
  const ignored = ignoredQueries(job).map(({ query, object, message: words = '' }): QueryError => {
    const subject: Subject = { kind: 'object' };
    return { query, kind: 'ignored', message: withoutCode(words), code: notPermitted, subject, object };
  });
  return [...(culprit ? errorsIn(culprit, queries, codeIn(message) ?? '90005') : []), ...failed, ...ignored];
}

/** No permission to one or more objects (Zuora docs, AQuA API error codes). */
const notPermitted = '90018';

/** Java's name of the error's class in front of its words says nothing to a person. */
function withoutClass(message: string): string {
  return message.replace(/^(?:[a-z]\w*\.)+\w+(?:Exception|Error|Fault):\s*/, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function holds({ source }: PlannedQuery, subject: Subject, catalogue: Catalogue | undefined): boolean {
  const [statement] = openDocument(source.text).statements;
  return (
    subject.kind !== 'statement' && statement !== undefined && findSubject(statement, subject, catalogue) !== undefined
  );
}

/**
 * What an error is about. The texts are those that clients of real tenants have seen; of a text that nobody has, the
 * words count that look like names of the API.
 */
function subjectOf(error: string, code?: string): Subject {
  switch (code) {
    case '90012':
    case '90017':
      return { kind: 'directive', name: 'deleted' };
    case '90020':
      return { kind: 'distinct' };
    case '90021':
      return { kind: 'directive', name: 'converttocurrencies' };
    case notPermitted:
      return { kind: 'object' };
    default:
      return subjectInWords(withoutClass(withoutCode(error)));
  }
}

function subjectInWords(error: string): Subject {
  const match = (pattern: RegExp) => pattern.exec(error) ?? undefined;
  const field = match(/\bno (?:such )?field named ['"]?([\w.]+)/i) ?? match(/\binvalid field for query: ?([\w.]+)/i);
  if (field) return { kind: 'name', candidates: [nameIn(field)] };
  const alias = match(/column aliases ['"]?(.+?)['"]? were defined/i);
  if (alias) return { kind: 'alias', name: alias[1] ?? '' };
  const value = match(/invalid value for field ([\w.]+): ?(.*)/i);
  if (value) return { kind: 'value', field: nameIn(value), value: value[2] ?? '' };
  if (match(/data source could not be found/i)) return { kind: 'source' };
  if (match(/not appear in the GROUP BY/i)) return { kind: 'ungrouped' };
  if (match(/must specify a select/i)) return { kind: 'selected' };
  const candidates = [...error.matchAll(/[A-Za-z]\w*(?:\.\w+)*/g)].map(([word]) => word).filter(looksLikeName);
  return 0 < candidates.length ? { kind: 'name', candidates } : { kind: 'statement' };
}

/** A name at the end of a sentence has its full stop behind it. */
function nameIn([, name = '']: RegExpExecArray): string {
  return name.replace(/\.+$/, '');
}

/** `BillRunId`, `Region__c`, `Account.Name`: no word of English looks so. */
function looksLikeName(word: string): boolean {
  return /[a-z][A-Z]|_|\w\.\w/.test(word);
}

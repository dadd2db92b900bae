// What is known to be wrong with a request and its queries, as findings. Plain data in, plain data out.
import type { Finding, FindingFix } from './findings';
import type { QuerySource } from './model';
import type { PlanEntry } from './plan';
import { createRequest, type RequestInput } from './request';
import { jobsNeeded, mostQueries } from './split';

export interface FindingsInput extends RequestInput {
  /** The ticked ones, in the order in which they are sent. */
  readonly queries: readonly PlanEntry[];
  /** The tenant's address, which tells the data center. */
  readonly origin: string;
}

export function findingsOf({ settings, queries, variables }: FindingsInput): readonly Finding[] {
  return [
    ...problemsOf({ settings, queries: queries.slice(0, 1), variables }).flatMap(({ message, setting }): Finding[] => {
      if (setting === undefined) return [];
      const fixes: FindingFix[] = [{ kind: 'open-setting', title: 'Open Setting', setting }];
      return [{ code: 'wrong-setting', weight: 'blocks', message, query: undefined, setting, fixes }];
    }),
    ...queryCount(queries),
    ...sameNames(queries),
    ...queries.flatMap(query => ofQuery(query, variables)),
  ];
}

function queryCount(queries: readonly PlanEntry[]): Finding[] {
  const about = { weight: 'blocks', query: undefined } as const;
  if (queries.length === 0) {
    const message = 'No query is chosen, so there is nothing to submit. Tick at least one.';
    return [{ ...about, code: 'no-query', message, fixes: [] }];
  }
  if (queries.length <= mostQueries) return [];
  const message = `${queries.length} queries are chosen; Zuora takes at most ${mostQueries} in one job.`;
  const tooMany = queries.slice(mostQueries).map(({ name }) => name);
  const split: FindingFix = { kind: 'split', title: `Split into ${jobsNeeded(queries.length)} Jobs` };
  const untick: FindingFix = { kind: 'untick', title: `Untick the Last ${tooMany.length}`, queries: tooMany };
  return [{ ...about, code: 'too-many-queries', message, fixes: [split, untick] }];
}

function sameNames(queries: readonly PlanEntry[]): Finding[] {
  return [...new Set(queries.map(({ name }) => name))].flatMap((name): Finding[] => {
    const same = queries.filter(query => query.name === name);
    if (same.length < 2) return [];
    const where = same.map(({ source }) => `${source.relativePath} line ${source.line}`).join(' and ');
    const message = `The name "${name}" is used by ${where}. Every query of a job needs its own.`;
    const fixes = same.map(({ source }) => openPlace(source, source.range.start));
    return [{ code: 'duplicate-name', weight: 'blocks', message, query: name, fixes }];
  });
}

function ofQuery(query: PlanEntry, variables: RequestInput['variables']): Finding[] {
  const { name, source, problems } = query;
  const untick: FindingFix = { kind: 'untick', title: 'Untick the Query', queries: [name] };
  const open = openPlace(source, source.range.start);
  return [
    ...problemsOf({ settings: {}, queries: [query], variables }).map(({ message }): Finding => {
      return { code: 'query-too-long', weight: 'blocks', message, query: name, fixes: [open, untick] };
    }),
    ...problems.map(({ code, message, start }): Finding => {
      return { code, weight: 'unticks', message: `${message}.`, query: name, fixes: [openPlace(source, start)] };
    }),
  ];
}

function openPlace({ uri, relativePath, line }: QuerySource, offset: number): FindingFix {
  return { kind: 'open', title: `Open ${relativePath}:${line}`, uri, offset };
}

function problemsOf(input: RequestInput) {
  const result = createRequest(input);
  return result.ok ? [] : result.problems;
}

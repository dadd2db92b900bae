/** How many queries one job takes (AQuA API limits, error 90004; 90016 for none). */
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { jobsNeeded, mostQueries } from '../split';
import { untick } from './rule';

/** too-many-queries, no-query. */
export function queryCount({ queries }: RequestInput): readonly Finding[] {
  const about = { weight: 'blocks', query: undefined } as const;
  if (queries.length === 0) {
    const message = 'No query is chosen, so there is nothing to submit. Tick at least one.';
    return [{ ...about, code: 'no-query', message, fixes: [] }];
  }
  const tooMany = queries.slice(mostQueries);
  const [first] = tooMany;
  if (!first) return [];
  return [
    {
      ...about,
      code: 'too-many-queries',
      message:
        `${queries.length} queries are chosen; Zuora takes at most ${mostQueries} in one job. ` +
        `The first one too many is in ${first.source.relativePath} line ${first.source.line}.`,
      fixes: [
        { kind: 'split', title: `Split into ${jobsNeeded(queries.length)} Jobs` },
        untick(tooMany.map(({ name }) => name)),
      ],
    },
  ];
}

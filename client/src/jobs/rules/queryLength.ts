import { dialects } from '../../../../server/src/zoql/index';
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { openSource, setDirective, untick } from './rule';

/** query-too-long: more characters than the dialect takes, counted as they are sent (Zuora docs, "Limits", "Faults"). */
export function queryLength({ queries }: RequestInput): readonly Finding[] {
  return queries.flatMap(entry => {
    const { name, query, type, source } = entry;
    const { maxLength, name: dialect } = dialects[type];
    if (query.length <= maxLength) return [];
    const fitsExport = query.length <= dialects.zoqlexport.maxLength;
    return [
      {
        code: 'query-too-long',
        weight: 'blocks',
        message:
          `${source.relativePath} line ${source.line}: the query has ${query.length} characters; ` +
          `${dialect} takes at most ${maxLength}.`,
        query: name,
        fixes: [...(fitsExport ? [setDirective(entry, 'type', 'zoqlexport')] : []), openSource(source), untick([name])],
      },
    ];
  });
}

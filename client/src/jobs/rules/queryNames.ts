/** What queries are called: by its name Zuora knows a query of a stateful session again. */
import type { Finding } from '../findings';
import { sameNames } from '../plan';
import type { RequestInput } from '../request';
import { sessionOf } from '../settingValues';
import { hasOwnName, setDirective, untick } from './rule';

/** duplicate-name: two queries of the job have one name, so that nobody could tell their results apart. */
export function duplicateName({ queries }: RequestInput): readonly Finding[] {
  const taken = new Set(queries.map(({ name }) => name));
  return sameNames(queries).map(({ name, message }) => {
    const [, ...others] = queries.filter(query => query.name === name);
    const fixes = others.map(query => {
      const free = freeName(name, taken);
      const { relativePath, line } = query.source;
      return { ...setDirective(query, 'name', free), title: `Rename ${relativePath}:${line} to ${free}` };
    });
    // Both have this name, so the list can only take both out.
    return { code: 'duplicate-name', weight: 'blocks', message, query: name, fixes: [...fixes, untick([name])] };
  });
}

/** The name with the first number that no other query has. */
function freeName(name: string, taken: Set<string>): string {
  for (let number = 2; ; number++) {
    const free = `${name}-${number}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}

/** name-of-file: a query of a stateful job that is called by its file, so that renaming the file makes it a new one. */
export function nameOfFile({ settings, queries }: RequestInput): readonly Finding[] {
  if (!sessionOf(settings)) return [];
  return queries
    .filter(query => !hasOwnName(query))
    .map(query => ({
      code: 'name-of-file',
      weight: 'notes',
      message: `${query.name} is called by its file. Zuora knows a query of a stateful job by its name: if the file is renamed, it exports everything again.`,
      query: query.name,
      fixes: [setDirective(query, 'name', query.name)],
    }));
}

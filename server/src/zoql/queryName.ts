import type { Statement } from './document';
import type { Directive } from './syntax/tree';

/** The `-- @name` that names a statement's query. Of several the first counts, also where it is empty and names nothing. */
export function queryName({ parsed }: Statement): Directive | undefined {
  const naming = parsed.directives.find(({ name }) => name === 'name');
  return naming?.value ? naming : undefined;
}

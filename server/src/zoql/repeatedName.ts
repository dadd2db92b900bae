import type { Context } from './analysis';
import type { Statement } from './document';
import { problemCodes } from './problemCodes';
import { queryName } from './queryName';
import type { Name, Problem } from './syntax/tree';

/**
 * duplicate-name: a query with the `@name` of another one above it in the file, which cannot be in one job with it. No
 * check, since checks see one statement. `names` holds the names above and takes in this one; offsets count from the start
 * of the statement's text.
 */
export function repeatedName(statement: Statement, names: Set<string>, { severities }: Context): readonly Problem[] {
  const code = 'duplicate-name';
  const severity = severities?.get(code) ?? problemCodes[code].severity;
  const name = nameOf(statement);
  if (!name) return nothing;
  if (!names.has(name.text)) {
    names.add(name.text);
    return nothing;
  }
  const message = `Another query above is named ${name.text}; every query of a job needs its own name`;
  return severity === 'off' ? nothing : [{ start: name.start, end: name.end, code, message, severity }];
}

const nothing: readonly Problem[] = [];

/** Kept, since a long file has no room for all of its trees, and each edit asks for all names. */
function nameOf(statement: Statement): Name | undefined {
  if (!known.has(statement)) {
    const naming = queryName(statement);
    known.set(statement, naming && { ...naming.valueSpan, text: naming.value });
  }
  return known.get(statement);
}

const known = new WeakMap<Statement, Name | undefined>();

import { analyse, type Context } from './analysis';
import type { Statement } from './document';
import { resolvePath } from './resolve';
import { usesOf } from './uses';

/**
 * The objects that a statement is about: the one after FROM, as it is written where no catalogue knows it, and those that
 * its paths lead to.
 */
export function objectsOf(statement: Statement, context: Context): readonly string[] {
  const { query } = statement.parsed;
  const { object } = analyse(statement, context);
  if (!object) return query.from ? [query.from.text] : [];
  const { catalogue } = context;
  const joined = usesOf(query, object, catalogue).paths.flatMap(({ node: { parts, dangling } }) => {
    // `BillToContact.` has no last name yet, and what could stand there is what is wanted.
    const steps = dangling ? [...parts, parts.at(-1)].filter(part => part !== undefined) : parts;
    const target = resolvePath(steps, object, catalogue).object;
    return target ? [target.name] : [];
  });
  return [...new Set([object.name, ...joined])];
}

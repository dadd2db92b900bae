import { lackingIn } from '../constructs';
import { dialects, type Dialect } from '../dialect';
import type { Fix, TextEdit } from '../edits';
import { declaration } from '../repairs';
import type { PathUse } from '../uses';
import type { CheckContext } from './check';
import { exportSpelling, isInZoql, otherDialect } from './names';

/**
 * A fix that declares the other dialect and writes foreign keys as it does; none where the statement would not be right
 * there.
 */
export function declareOther(context: CheckContext): Fix[] {
  const { object, dialect, query, uses, statement } = context;
  const other = otherDialect(dialect);
  if (!object || !(other === 'zoql' ? object.zoql : object.exported)) return [];
  if (lackingIn(other, query, uses).some(({ what }) => what !== 'path')) return [];
  // The dialects escape quotes differently, and only Export ZOQL has relative dates.
  if (uses.literals.some(({ node }) => /['"\\]|^(?:now|today)\b/i.test(node.text))) return [];

  const edits: TextEdit[] = [];
  for (const use of uses.paths) {
    const text = spellingIn(other, use, context);
    if (text === undefined) return [];
    const { start, end } = use.node;
    if (text !== statement.text.slice(start, end)) edits.push({ start, end, newText: text });
  }
  const declared = declaration(statement, other);
  return [{ ...declared, edits: [...declared.edits, ...edits] }];
}

/** How a dialect writes what a path means; undefined where no source shows that it can. */
function spellingIn(
  dialect: Dialect,
  { node, place, resolved }: PathUse,
  { object, statement }: CheckContext,
): string | undefined {
  const field = resolved?.field;
  if (!field || !object) return undefined;
  const written = statement.text.slice(node.start, node.end);
  if (dialect === 'zoqlexport') {
    const last = node.parts.at(-1)?.text;
    const spelling = exportSpelling(field);
    return spelling === field.name
      ? written
      : spelling && written.slice(0, written.length - (last?.length ?? 0)) + spelling;
  }
  if (!dialects.zoql.constructs.has('path') && resolved.relations.length > 0) {
    const path = [...resolved.relations.map(({ name }) => name), field.name].join('.').toLowerCase();
    return object.fields.find(({ exportPath }) => exportPath?.toLowerCase() === path)?.name;
  }
  return isInZoql(field, place) ? node.parts.at(-1)?.text : undefined;
}

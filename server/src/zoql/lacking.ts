import { analyse, type Context } from './analysis';
import type { ZoqlDocument } from './document';
import { objectsOf } from './objectsOf';
import type { ProblemCode } from './problemCodes';
import type { Span } from './syntax/tree';

/** Something that a query needs and that the schema it is read against lacks. Offsets count in the file. */
export interface Lacking extends Span {
  /** The statement's place in the file, from 0. */
  readonly statement: number;
  /**
   * The code of the problem that it is there; `not-described` where the schema says nothing of an object, so that only the
   * bundled facts were asked.
   */
  readonly code: ProblemCode | 'not-described';
  /** A sentence without its full stop. */
  readonly message: string;
}

/** The problems that are about what a schema has, and not about how the query is written. */
const aboutSchema: ReadonlySet<ProblemCode> = new Set([
  'field-not-in-dialect',
  'object-not-in-dialect',
  'unchecked-field',
  'unknown-field',
  'unknown-object',
  'unknown-relation',
  'unknown-value',
]);

/**
 * What the statements of a file need and the schema of `context` lacks: objects, fields, relations and values, in the
 * order of the text. `schema` is what people call it; undefined for the bundled facts, which describe no tenant's objects.
 */
export function lackingIn(document: ZoqlDocument, context: Context, schema: string | undefined): readonly Lacking[] {
  return document.statements.flatMap((statement, index) => {
    const shift = document.starts[index] ?? 0;
    const { problems } = analyse(statement, context);
    const missing = problems.filter(({ code }) => aboutSchema.has(code));
    const { from } = statement.parsed.query;
    const unknown = schema === undefined ? [] : objectsOf(statement, context).filter(name => isBundled(name, context));
    const undescribed = unknown.map(name => ({
      start: from?.start ?? 0,
      end: from?.end ?? 0,
      code: 'not-described' as const,
      message: `${schema} does not describe ${name}; only the bundled facts of it were checked`,
    }));
    return [...missing, ...undescribed]
      .map(({ start, end, code, message }) => ({
        statement: index,
        start: shift + start,
        end: shift + end,
        code,
        message,
      }))
      .sort((one, other) => one.start - other.start);
  });
}

/** An object that nobody knows is a problem of its own. */
function isBundled(name: string, { catalogue }: Context): boolean {
  const object = catalogue.object(name);
  return object !== undefined && object.bundled !== false;
}

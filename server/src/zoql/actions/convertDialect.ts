import type { CatalogueField, CatalogueObject } from '../catalogue';
import { valuesOf } from '../comparedValues';
import { lackingIn } from '../constructs';
import { dialects, type Dialect } from '../dialect';
import type { TextEdit } from '../edits';
import type { Atom } from '../normalForm';
import type { Parsed } from '../syntax/parser';
import type { Clause, Comparison, ComparisonOperator, Literal, NullTest, Operand, Path, Span } from '../syntax/tree';
import type { Condition, PathUse } from '../uses';
import type { ActionScope, Rewrite } from './action';
import { all, expand, hasComment } from './conditions';
import { directiveEdit } from './directiveEdit';
import { literalText } from './literalText';

/**
 * Writes the whole statement in the other dialect: foreign keys and paths, quotes and escapes, tests of null, and
 * parentheses, which ZOQL lacks. A statement that is declared to be ZOQL and is not can become it as well. Not offered
 * where the dialect lacks what the statement says, except for the order and number of the rows and the columns' names:
 * those are left out, and the title says so.
 */
export function convertDialect(scope: ActionScope): readonly Rewrite[] {
  const { analysis, parsed, isSound } = scope;
  const { object, dialect } = analysis;
  if (!object || parsed.problems.length > 0 || hasImplicitFilter(object)) return [];
  const targets: readonly Dialect[] =
    dialect === 'zoqlexport' ? ['zoql'] : isPlainZoql(scope) ? ['zoqlexport'] : ['zoqlexport', 'zoql'];

  return targets.flatMap((to): Rewrite[] => {
    if (!(to === 'zoql' ? object.zoql : object.exported)) return [];
    const conversion = createConversion(scope, object, to);
    const body = to === 'zoql' ? toZoql(conversion) : toExport(conversion);
    if (!body || body.edits.some(edit => edit.start < edit.end && hasComment(parsed, edit))) return [];
    const edits = [directiveEdit(parsed, 'type', to), ...body.edits];
    const without = body.lost.length === 0 ? '' : ` without ${list(body.lost)}`;
    const title = `Convert to ${dialects[to].name}${without}`;
    return isSound(edits) ? [{ title, edits }] : [];
  });
}

function isPlainZoql({ parsed, uses }: ActionScope): boolean {
  const hasList = uses.conditions.some(({ node }) => node.kind === 'in' || node.kind === 'between');
  return !hasList && uses.nots.length === 0 && lackingIn('zoql', parsed.query, uses).length === 0;
}

interface Conversion {
  readonly scope: ActionScope;
  readonly to: Dialect;
  readonly fieldOf: (operand: Operand) => CatalogueField | undefined;
  /** What stands for a path in the target; undefined where nothing does. */
  readonly path: (path: Path) => string | undefined;
}

interface Converted {
  readonly edits: readonly TextEdit[];
  /** What the target has no words for, as a title names it. */
  readonly lost: readonly string[];
}

function createConversion(scope: ActionScope, object: CatalogueObject, to: Dialect): Conversion {
  const uses = new Map<Operand, PathUse>(scope.uses.paths.map(use => [use.node, use]));
  const convert = to === 'zoql' ? zoqlField : exportPath;
  return {
    scope,
    to,
    fieldOf: operand => uses.get(operand)?.resolved?.field,
    path: path => {
      const use = uses.get(path);
      return use && convert(use, object);
    },
  };
}

/** A plain field of the object, or the foreign key that a path to an Id stands for. */
function zoqlField({ node, place, resolved }: PathUse, object: CatalogueObject): string | undefined {
  if (!resolved) return undefined;
  const names = node.parts.slice(resolved.prefix).map(part => part.text);
  const path = names.join('.').toLowerCase();
  const field =
    names.length === 1 ? resolved.field : object.fields.find(({ exportPath }) => exportPath?.toLowerCase() === path);
  if (field?.zoql === false || (place === 'where' && field?.filterable === false)) return undefined;
  return names.length === 1 ? names[0] : field?.name;
}

/** Foreign keys become paths; what is a path already stays as it is. */
function exportPath({ node, resolved }: PathUse): string | undefined {
  const written = node.parts.map(part => part.text).join('.');
  const field = resolved?.field;
  if (!resolved || resolved.prefix < node.parts.length - 1) return resolved && written;
  if (!field || field.exported === true) return written;
  if (field.exportPath !== undefined) return field.exportPath;
  return field.exported === false ? undefined : written;
}

function toExport(conversion: Conversion): Converted | undefined {
  const { paths, conditions } = conversion.scope.uses;
  // A word that is no field would become one: ZOQL has no comparison of two fields.
  const hasBareText = conditions.some(
    ({ node }) => node.kind === 'comparison' && node.right?.kind === 'path' && !conversion.fieldOf(node.right),
  );
  if (hasBareText) return undefined;
  const edits = all([
    ...paths.map(({ node }) => pathEdits(conversion, node)),
    ...conditions.map(({ node }) => all(literalsOf(node).map(literal => literalEdits(conversion, literal, node.left)))),
  ]);
  return edits && { edits, lost: [] };
}

function toZoql(conversion: Conversion): Converted | undefined {
  const { parsed } = conversion.scope;
  const { items, where, clauses } = parsed.query;
  if (clauses.some(({ name }) => name === 'group by' || name === 'having')) return undefined;

  const named = items.filter(({ alias }) => alias);
  const left = clauses.filter(({ name }) => !dialects.zoql.clauses.has(name));
  const write = (atom: Atom) => atomText(conversion, atom);
  const edits = all([
    ...items.map(({ value }) => (value.kind === 'path' ? pathEdits(conversion, value) : undefined)),
    named.map(({ value, end }) => ({ start: value.end, end, newText: '' })),
    where ? expand(parsed, where, { write, edit: condition => conditionEdits(conversion, condition) }) : [],
    left.map(clause => removal(parsed, clause)),
  ]);
  const lost = [...(named.length > 0 ? ['column names'] : []), ...left.map(({ name }) => name.toUpperCase())];
  return edits && { edits, lost };
}

/** Takes a clause away with the white space before it, unless a comment stands there. */
function removal(parsed: Parsed, { start, end }: Clause): TextEdit {
  const before = { start: parsed.query.clauses.findLast(clause => clause.end <= start)?.end ?? start, end: start };
  return { start: hasComment(parsed, before) ? start : before.start, end, newText: '' };
}

/** What makes ZOQL of one condition that stays where it is. */
function conditionEdits(conversion: Conversion, condition: Comparison | NullTest): TextEdit[] | undefined {
  const { parsed } = conversion.scope;
  const { left, end } = condition;
  if (left.kind !== 'path') return undefined;
  const edits = pathEdits(conversion, left);
  if (condition.kind === 'null-test') {
    const newText = condition.negated ? ' != null' : ' = null';
    return edits && [...edits, { start: left.end, end, newText }];
  }
  const { operator, operatorSpan, right } = condition;
  if (right?.kind !== 'literal' || !zoqlOperator(operator)) return undefined;
  const sign = operator === '<>' ? difference(parsed.text, operatorSpan, '!=') : [];
  return all([edits, sign, literalEdits(conversion, right, left)]);
}

/** A condition in ZOQL; undefined where ZOQL has none like it. */
function atomText(conversion: Conversion, { left, operator, right }: Atom): string | undefined {
  const field = left.kind === 'path' ? conversion.path(left) : undefined;
  if (operator === 'is null') return field && `${field} = null`;
  if (operator === 'is not null') return field && `${field} != null`;
  const sign = zoqlOperator(operator);
  const value = right?.kind === 'literal' ? literalIn(conversion, right, left) : undefined;
  return field && sign && value && `${field} ${sign} ${value}`;
}

function zoqlOperator(operator: ComparisonOperator): string | undefined {
  if (operator === '<>') return '!=';
  return dialects.zoql.operators.has(operator) ? operator : undefined;
}

function literalsOf(condition: Condition): Literal[] {
  return valuesOf(condition).filter(operand => operand?.kind === 'literal');
}

function pathEdits(conversion: Conversion, path: Path): TextEdit[] | undefined {
  const newText = conversion.path(path);
  return newText === undefined ? undefined : difference(conversion.scope.parsed.text, path, newText);
}

function literalEdits(conversion: Conversion, literal: Literal, left: Operand): TextEdit[] | undefined {
  const newText = literalIn(conversion, literal, left);
  return newText === undefined ? undefined : difference(conversion.scope.parsed.text, literal, newText);
}

function literalIn({ scope, to, fieldOf }: Conversion, literal: Literal, left: Operand): string | undefined {
  const field = fieldOf(left);
  const type = field && !field.typeGuessed ? field.type : undefined;
  return literalText(scope.parsed.text, literal, { from: scope.analysis.dialect, to, type });
}

function difference(text: string, { start, end }: Span, newText: string): TextEdit[] {
  return text.slice(start, end) === newText ? [] : [{ start, end, newText }];
}

/** RatePlan: ZOQL leaves rows out on its own (Zuora docs, SOAP object RatePlan), which Export ZOQL does not. */
function hasImplicitFilter({ restrictions }: CatalogueObject): boolean {
  return restrictions.some(({ kind }) => kind === 'implicit filter');
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

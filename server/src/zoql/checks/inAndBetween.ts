import { expand, hasComment, keyword } from '../actions/conditions';
import { dialects, type Dialect } from '../dialect';
import type { Fix } from '../edits';
import type { Atom } from '../normalForm';
import type { Between, Expression, InList, Literal, Operand, Span } from '../syntax/tree';
import type { CheckContext } from './check';

/**
 * in-and-between: ZOQL has neither operator. Export ZOQL's documentation shows neither and no public client sends one,
 * but nothing says that it refuses them, so there it is a warning.
 */
export function inAndBetween(context: CheckContext): void {
  const { uses, dialect, report } = context;
  for (const { node } of uses.conditions) {
    if (node.kind !== 'in' && node.kind !== 'between') continue;
    const word = node.kind === 'in' ? 'IN' : 'BETWEEN';
    const instead = node.kind === 'in' ? 'compare with = and join by OR' : 'use >= and <=';
    const { name } = dialects[dialect];
    report({
      ...node.operatorSpan,
      code: 'in-and-between',
      message: dialect === 'zoql' ? `${name} has no ${word}: ${instead}` : `${name} documents no ${word}: ${instead}`,
      severity: dialect === 'zoql' ? 'error' : 'warning',
      fixes: () => comparisons(context, node),
    });
  }
}

function comparisons({ statement, query, dialect }: CheckContext, node: InList | Between): Fix[] {
  const { parsed, text } = statement;
  const atoms = hasComment(parsed, node) ? [] : atomsOf(node, text);
  if (atoms.length === 0) return [];
  const isAnyOf = node.kind === 'in' ? !node.negated : node.negated;
  const numbers = node.kind === 'in' && numbersWithCommas(node, text) ? ', numbers without commas' : '';
  const operators = node.kind === 'in' ? (node.negated ? '!=' : '=') : node.negated ? '< and >' : '>= and <=';
  const title = `Change to ${operators}${numbers}`;
  const newText = atoms.join(` ${keyword(parsed, isAnyOf ? 'or' : 'and')} `);
  const root = query.where && contains(query.where, node) ? query.where : query.having;
  const around = root && kindAround(root, node);
  const isLoose = atoms.length === 1 || (around !== 'not' && !(around === 'and' && isAnyOf));
  if (isLoose) return [{ title, edits: [{ start: node.start, end: node.end, newText }], preferred: true }];
  if (dialects[dialect].constructs.has('parentheses')) {
    return [{ title, edits: [{ start: node.start, end: node.end, newText: `(${newText})` }], preferred: true }];
  }
  if (numbers) return [];
  const write = (atom: Atom) => atomText(atom, text, dialect);
  const edits = root && expand(parsed, root, { write, edit: () => [] });
  return edits ? [{ title: 'Write the conditions out without IN and BETWEEN', edits, preferred: true }] : [];
}

/** The comparisons that an IN or BETWEEN stands for; none while a person types it. */
function atomsOf(node: InList | Between, text: string): string[] {
  const left = textOf(text, node.left);
  if (node.kind === 'in') {
    const values = numbersWithCommas(node, text) ?? node.values.map(value => textOf(text, value));
    return values.map(value => `${left} ${node.negated ? '!=' : '='} ${value}`);
  }
  const { low, high, negated } = node;
  if (!low || !high) return [];
  return [
    `${left} ${negated ? '<' : '>='} ${textOf(text, low)}`,
    `${left} ${negated ? '>' : '<='} ${textOf(text, high)}`,
  ];
}

/** The numbers of `in (1,000)`, where 000 gives away that a comma groups digits; undefined for any other list. */
function numbersWithCommas({ operatorSpan, values, end }: InList, text: string): readonly string[] | undefined {
  const isNumber = (value: Operand): value is Literal => value.kind === 'literal' && value.type === 'number';
  if (!values.every(isNumber) || !values.some(value => /^0\d/.test(value.text))) return undefined;
  const list = text.slice(operatorSpan.end, end).replace(/\b\d{1,3}(,\d{3})+\b/g, number => number.replaceAll(',', ''));
  return list.match(/-?[\d.]+/g) ?? undefined;
}

/** The kind of the expression directly around one; undefined where there is none. */
function kindAround(root: Expression, inner: Span): Expression['kind'] | undefined {
  let around: Expression['kind'] | undefined;
  let at: Expression | undefined = root;
  while (at) {
    const { kind }: Expression = at;
    let next: Expression | undefined;
    if (at.kind === 'and' || at.kind === 'or') next = at.operands.find(operand => contains(operand, inner));
    else if (at.kind === 'not') next = at.operand;
    else if (at.kind === 'group') next = at.expression;
    else return around;
    around = kind;
    at = next;
  }
  return around;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function atomText({ left, operator, right, written }: Atom, text: string, dialect: Dialect): string | undefined {
  if (written) return textOf(text, written);
  return right && dialects[dialect].operators.has(operator)
    ? `${textOf(text, left)} ${operator} ${textOf(text, right)}`
    : undefined;
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

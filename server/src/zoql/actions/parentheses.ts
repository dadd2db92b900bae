import type { TextEdit } from '../edits';
import type { Atom } from '../normalForm';
import type { Parsed } from '../syntax/parser';
import type { Expression } from '../syntax/tree';
import { walk } from '../walk';
import type { ActionScope, Rewrite } from './action';
import { expand, needlessGroups, withoutParentheses } from './conditions';

/** Takes away the parentheses that change nothing, or all of them, with the conditions multiplied out. */
export function parentheses({ parsed, selection, isSound }: ActionScope): readonly Rewrite[] {
  // Parentheses bound what a mistake reaches: without them the parser may read the rest in another way.
  if (0 < parsed.problems.length) return [];
  const expressions = parsed.query.clauses.flatMap(({ name, start, end }) => {
    const isTouched = start <= selection.end && selection.start <= end;
    const expression = name === 'where' ? parsed.query.where : name === 'having' ? parsed.query.having : undefined;
    return isTouched && expression ? [expression] : [];
  });
  return expressions.flatMap(expression => {
    const needless = needlessGroups(expression).flatMap(group => withoutParentheses(parsed.text, group));
    const expanded = expandInPlace(parsed, expression) ?? [];
    const rewrites: readonly Rewrite[] = [
      { title: 'Remove needless parentheses', edits: needless },
      { title: expansionTitle(parsed, expression), edits: expanded },
    ];
    return rewrites.filter(({ edits }) => edits.length > 0 && isSound(edits));
  });
}

/** Names what goes when a condition is written out. */
function expansionTitle({ query }: Parsed, { start, end }: Expression): string {
  const kinds = new Set<Expression['kind']>();
  walk(query, { expression: node => void (start <= node.start && node.end <= end && kinds.add(node.kind)) });
  if (kinds.has('group')) return 'Multiply out the parentheses';
  const words = (['in', 'between'] as const).filter(word => kinds.has(word)).map(word => word.toUpperCase());
  return words.length > 0 ? `Write ${words.join(' and ')} as comparisons` : 'Write the conditions without NOT';
}

/** The edits that leave a condition without parentheses, in the dialect that it is written in. */
export function expandInPlace(parsed: Parsed, expression: Expression): TextEdit[] | undefined {
  const { text } = parsed;
  const write = ({ left, operator, right, written }: Atom): string => {
    if (written) return text.slice(written.start, written.end);
    const value = right ? ` ${text.slice(right.start, right.end)}` : '';
    return `${text.slice(left.start, left.end)} ${operator}${value}`;
  };
  return expand(parsed, expression, { write, edit: () => [] });
}

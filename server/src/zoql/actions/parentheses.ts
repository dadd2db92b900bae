import type { TextEdit } from '../edits';
import type { Atom } from '../normalForm';
import type { Parsed } from '../syntax/parser';
import type { Expression } from '../syntax/tree';
import type { ActionScope, Rewrite } from './action';
import { expand, needlessGroups, withoutParentheses } from './conditions';

/** Takes away the parentheses that change nothing, or all of them, with the conditions multiplied out. */
export function parentheses({ parsed, selection, isSound }: ActionScope): readonly Rewrite[] {
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
      { title: 'Multiply out the parentheses', edits: expanded },
    ];
    return rewrites.filter(({ edits }) => edits.length > 0 && isSound(edits));
  });
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

/** How conditions change their shape and keep their meaning: edits for parentheses, NOT, IN and BETWEEN. */
import type { TextEdit } from '../edits';
import { disjunctionOf, type Atom } from '../normalForm';
import type { Parsed } from '../syntax/parser';
import type { Comparison, Expression, Group, NullTest, Span } from '../syntax/tree';
import { indentOf } from './indent';

/** Longer conditions stand one a line. */
const longestLine = 100;

/** What writes one condition anew, e.g. in the other dialect. */
interface Writer {
  /** The text of a condition; undefined where the dialect has no such condition. */
  readonly write: (atom: Atom) => string | undefined;
  /** The edits of a condition that stays where it is; undefined as above. */
  readonly edit: (condition: Comparison | NullTest) => readonly TextEdit[] | undefined;
}

/**
 * The edits that leave an expression without parentheses, NOT, IN and BETWEEN: alternatives of conditions that are
 * joined by AND. Undefined where the result would be too long, or where a comment would be lost.
 */
export function expand(parsed: Parsed, expression: Expression, writer: Writer): TextEdit[] | undefined {
  const replace = (node: Expression): TextEdit[] | undefined => {
    const newText = hasComment(parsed, node) ? undefined : write(parsed, node, writer);
    return newText === undefined ? undefined : [{ start: node.start, end: node.end, newText }];
  };
  const visit = (node: Expression | undefined): TextEdit[] | undefined => {
    switch (node?.kind) {
      case undefined:
      case 'bare':
        return undefined;
      case 'or':
        return all(node.operands.map(visit));
      case 'and':
        return node.operands.every(operand => disjunctionOf(operand)?.length === 1)
          ? all(node.operands.map(visit))
          : replace(node);
      case 'group':
        return all([withoutParentheses(parsed.text, node), visit(node.expression)]);
      case 'not':
      case 'in':
      case 'between':
        return replace(node);
      case 'comparison':
      case 'null-test': {
        const edits = writer.edit(node);
        return edits && [...edits];
      }
    }
  };
  return visit(expression);
}

/** The parentheses that change nothing. Those behind NOT stay, since not everybody knows how far it reaches. */
export function needlessGroups(expression: Expression | undefined): Group[] {
  const found: Group[] = [];
  const visit = (node: Expression | undefined, isInAnd: boolean): void => {
    switch (node?.kind) {
      case 'and':
      case 'or':
        for (const operand of node.operands) visit(operand, node.kind === 'and');
        return;
      case 'not':
        if (node.operand?.kind === 'group') visit(node.operand.expression, false);
        return;
      case 'group': {
        const { expression: inner } = node;
        // Of several pairs around an OR that AND needs them for, the innermost stays.
        const isNeeded = isInAnd && inner?.kind === 'or';
        if (inner && !isNeeded) found.push(node);
        visit(inner, isInAnd && !isNeeded);
        return;
      }
      default:
    }
  };
  visit(expression, false);
  return found;
}

/** Takes the two signs away, with the white space inside of them. */
export function withoutParentheses(text: string, { start, end }: Span): TextEdit[] {
  let bodyStart = start + 1;
  let bodyEnd = end - 1;
  while (isBlank(text[bodyStart])) bodyStart++;
  while (bodyStart < bodyEnd && isBlank(text[bodyEnd - 1])) bodyEnd--;
  return [
    { start, end: bodyStart, newText: /[\s(]/.test(text[start - 1] ?? ' ') ? '' : ' ' },
    { start: bodyEnd, end, newText: /[\s)]/.test(text[end] ?? ' ') ? '' : ' ' },
  ];
}

export function hasComment({ comments }: Parsed, { start, end }: Span): boolean {
  return comments.some(comment => start < comment.end && comment.start < end);
}

/** In upper case where the query's first keyword is. */
export function keyword({ text, query }: Parsed, word: string): string {
  const [first] = query.keywords;
  const written = first ? text.slice(first.start, first.end) : '';
  return written !== '' && written === written.toUpperCase() ? word.toUpperCase() : word;
}

function write(parsed: Parsed, node: Expression, { write: writeAtom }: Writer): string | undefined {
  const alternatives = disjunctionOf(node)?.map(atoms => joined(atoms.map(writeAtom), ` ${keyword(parsed, 'and')} `));
  if (!alternatives) return undefined;
  const line = joined(alternatives, ` ${keyword(parsed, 'or')} `);
  const isLong = (line ?? '').length > longestLine || /[\r\n]/.test(parsed.text.slice(node.start, node.end));
  return isLong ? joined(alternatives, `\n${indentOf(parsed.text, node.start)}${keyword(parsed, 'or')} `) : line;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function joined(parts: readonly (string | undefined)[], glue: string): string | undefined {
  return parts.every(part => part !== undefined) ? parts.join(glue) : undefined;
}

/** All edits together; undefined where one part is. */
export function all(parts: readonly (readonly TextEdit[] | undefined)[]): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    edits.push(...part);
  }
  return edits;
}

import { backslashEscapes, isClosed } from '../literals';
import type { TextEdit } from '../edits';
import { lineEnd } from '../syntax/lexer';
import type { Literal } from '../syntax/tree';
import type { CheckContext } from './check';

/**
 * string-escape: a quote in a string that is written as in the other dialect, or a backslash that is no escape. ZOQL
 * writes \' and Export ZOQL '' (Zuora docs, filter statements of both). No source says that ZOQL refuses ''.
 */
export function stringEscape(context: CheckContext): void {
  const strings = context.uses.literals
    .map(({ node }) => node)
    .filter(node => node.type === 'string' && isClosed(node));
  for (const literal of strings) {
    if (context.dialect === 'zoql') checkBackslashes(literal, context);
    else checkDoubling(literal, context);
  }
}

function checkBackslashes(literal: Literal, { statement, report }: CheckContext): void {
  const quote = statement.text.charAt(literal.start);
  for (const { index, 0: written, 1: escaped } of literal.text.matchAll(/\\([^]?)|''|""/g)) {
    if (escaped === undefined ? !written.startsWith(quote) : escaped in backslashEscapes) continue;
    const start = literal.start + 1 + index;
    const end = start + written.length;
    const newText = escaped === undefined ? `\\${quote}` : `\\${written}`;
    report({
      start,
      end,
      code: 'string-escape',
      message:
        escaped === undefined
          ? `ZOQL writes a quote in a text as ${newText}`
          : `${written} is no escape of ZOQL; a backslash itself is written \\\\`,
      severity: 'warning',
      fixes: () => [{ title: `Change to ${newText}`, edits: [{ start, end, newText }], preferred: true }],
    });
  }
}

function checkDoubling(literal: Literal, { statement, report }: CheckContext): void {
  const { text } = statement;
  const quote = text.charAt(literal.start);
  const edits = escapedQuotesFrom(text, literal);
  const [first] = edits;
  if (!first) return;
  report({
    start: first.start,
    end: first.end,
    code: 'string-escape',
    message: `Export ZOQL writes a quote in a text twice: ${quote}${quote}`,
    severity: 'error',
    fixes: () => [{ title: `Change to ${quote}${quote}`, edits, preferred: true }],
  });
}

/**
 * Each \' of a string. Where the dialect is declared, the first of them closes the string for the parser: the others are
 * then in the rest of the line.
 */
function escapedQuotesFrom(text: string, { start, end, text: inside }: Literal): TextEdit[] {
  const quote = text.charAt(start);
  const isCut = inside.endsWith('\\') && /[\p{L}\p{N}]/u.test(text.charAt(end));
  const stop = isCut ? lineEnd(text, end) : end - 1;
  const edits: TextEdit[] = [];
  for (let at = start + 1; at < stop; at++) {
    if (text.charAt(at) !== quote) continue;
    if (text.charAt(at + 1) === quote) at++;
    else if (text.charAt(at - 1) === '\\') edits.push({ start: at - 1, end: at + 1, newText: quote + quote });
    else break;
  }
  return edits;
}

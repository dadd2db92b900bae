import { statementAt, type Statement, type ZoqlDocument } from './document';
import { indentationOf } from './format/lineBreaks';
import { isSpace, isWord, startsLineComment, tokenize, TokenKind, type Comment, type Tokens } from './syntax/lexer';
import type { ClauseName, Expression, Operand, Query, Span } from './syntax/tree';

/**
 * For each offset, what a person may mean by "this", from the smallest stretch around it to the file: the word in a
 * text or comment; the name, path or value; the operand; the item or condition; the list, chain or parentheses; the
 * clause; the query; the query with its `;` and comments; the file. Each stretch holds the one before it and more, and
 * holds the offset or touches it. All in offsets of the file.
 */
export function selectionRanges(document: ZoqlDocument, offsets: readonly number[]): readonly (readonly Span[])[] {
  const file = { start: 0, end: document.text.length };
  return offsets.map(offset => growing([...spansAt(document, offset), file]));
}

function growing(spans: readonly Span[]): Span[] {
  const chain: Span[] = [];
  for (const span of spans) {
    const inner = chain.at(-1);
    if (!inner || (holds(span, inner) && !holds(inner, span))) chain.push(span);
  }
  return chain;
}

/** From the innermost on; one can be as large as the one before it. */
function spansAt(document: ZoqlDocument, offset: number): Span[] {
  const found = statementAt(document, offset);
  if (found) {
    const { statement, start } = found;
    const here = { start: offset - start, end: offset - start };
    const leaf = leafAt(statement, here.start);
    const spans = [...leaf, ...nodesAround(statement, leaf.at(-1) ?? here).reverse()].map(span => moved(span, start));
    const all = whole(document.text, statement, start);
    return all.start <= offset && offset <= all.end ? [...spans, all] : spans;
  }
  const end = (document.starts.at(-1) ?? 0) + (document.statements.at(-1)?.text.length ?? 0);
  const comment = commentAt(tokenize(document.text.slice(end)).comments, offset - end);
  return comment ? inComment(document.text, moved(comment, end), offset) : [];
}

/** The token or comment at the offset with what is inside it, smallest first; nothing in white space. */
function leafAt({ text, parsed }: Statement, offset: number): Span[] {
  const comment = commentAt(parsed.comments, offset);
  if (comment) return inComment(text, comment, offset);
  const { tokens } = parsed;
  const behind = lastFrom(tokens, offset);
  const before = tokens.starts[behind] === offset ? behind - 1 : behind;
  const token = [behind, before].filter(index => touches(tokens, index, offset)).sort(byMeaning(tokens))[0];
  if (token === undefined) return [];
  const span = { start: tokens.starts[token] ?? 0, end: tokens.ends[token] ?? 0 };
  switch (tokens.kinds[token]) {
    case TokenKind.string:
      return inQuotes(text, span, { start: span.start + 1, end: span.end - 1 }, offset);
    case TokenKind.unclosedString:
      return inQuotes(text, span, { start: span.start + 1, end: span.end }, offset);
    default:
      return [span];
  }
}

/** The last token that begins at or before an offset; -1 where none does. */
function lastFrom({ starts, count }: Tokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function touches({ starts, ends }: Tokens, token: number, offset: number): boolean {
  return token >= 0 && (starts[token] ?? 0) <= offset && offset <= (ends[token] ?? 0);
}

/** Between `Id` and `,` a person means the name. */
function byMeaning({ kinds }: Tokens): (one: number, other: number) => number {
  const weight = (token: number): number => {
    const kind = kinds[token] ?? 0;
    return isWord(kind) || kind <= TokenKind.date ? 0 : 1;
  };
  return (one, other) => weight(one) - weight(other);
}

/** The comment that the offset is inside; a line comment's end is inside it. */
function commentAt(comments: readonly Comment[], offset: number): Span | undefined {
  return comments.find(({ start, end, closed }) => start < offset && (offset < end || !closed || offset === end));
}

function inComment(text: string, comment: Span, offset: number): Span[] {
  const isLine = startsLineComment(text, comment.start);
  const closing = !isLine && text.startsWith('*/', comment.end - 2) ? 2 : 0;
  return inQuotes(
    text,
    comment,
    { start: comment.start + 2, end: Math.max(comment.start + 2, comment.end - closing) },
    offset,
  );
}

/** The word at the offset, all words between the quotes, and these with their quotes. */
function inQuotes(text: string, outer: Span, inner: Span, offset: number): Span[] {
  let { start, end } = inner;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
  const isInside = start <= offset && offset <= end;
  let wordStart = offset;
  let wordEnd = offset;
  while (start < wordStart && isWordPart(text, wordStart - 1)) wordStart--;
  while (wordEnd < end && isWordPart(text, wordEnd)) wordEnd++;
  const word = isInside && wordStart < wordEnd ? [{ start: wordStart, end: wordEnd }] : [];
  return [...word, ...(isInside && start < end ? [{ start, end }] : []), outer];
}

function isWordPart(text: string, at: number): boolean {
  return /[\p{L}\p{N}_]/u.test(text.charAt(at));
}

interface Search {
  readonly leaf: Span;
  /** The nodes that hold the leaf, the largest first. */
  readonly around: Span[];
}

function nodesAround({ parsed }: Statement, leaf: Span): Span[] {
  const { tokens, query } = parsed;
  const search: Search = { leaf, around: [] };
  enterNode(search, { start: tokens.starts[0] ?? 0, end: tokens.ends[tokens.count - 1] ?? 0 });
  const clause = childAround(query.clauses, leaf);
  if (clause) {
    enterNode(search, clause);
    enterClause(search, query, clause.name);
  }
  return search.around;
}

function enterClause(search: Search, query: Query, name: ClauseName): void {
  switch (name) {
    case 'select': {
      const item = enterList(search, query.items);
      enterOperand(search, item?.value);
      return;
    }
    case 'where':
      enterExpression(search, query.where);
      return;
    case 'group by':
      enterOperand(search, enterList(search, query.groupBy));
      return;
    case 'having':
      enterExpression(search, query.having);
      return;
    case 'order by': {
      const item = enterList(search, query.orderBy);
      enterOperand(search, item?.value);
      return;
    }
    case 'limit':
      enterNode(search, query.limit);
      return;
    case 'from':
  }
}

function enterExpression(search: Search, expression: Expression | undefined): void {
  if (!expression || !enterNode(search, expression)) return;
  switch (expression.kind) {
    case 'and':
    case 'or':
      enterExpression(search, childAround(expression.operands, search.leaf));
      return;
    case 'not':
      enterExpression(search, expression.operand);
      return;
    case 'group':
      enterExpression(search, expression.expression);
      return;
    case 'comparison':
      enterOperand(search, expression.left);
      enterOperand(search, expression.right);
      return;
    case 'in':
      enterOperand(search, expression.left);
      enterOperand(search, enterList(search, expression.values));
      return;
    case 'between':
      enterOperand(search, expression.left);
      enterOperand(search, expression.low);
      enterOperand(search, expression.high);
      return;
    case 'null-test':
      enterOperand(search, expression.left);
      return;
    case 'bare':
      enterOperand(search, expression.value);
  }
}

function enterOperand(search: Search, operand: Operand | undefined): void {
  if (enterNode(search, operand) && operand?.kind === 'call') enterOperand(search, enterList(search, operand.args));
}

/** Goes into the list and into the element of it that holds the leaf. */
function enterList<Node extends Span>(search: Search, nodes: readonly Node[]): Node | undefined {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first && last) enterNode(search, { start: first.start, end: last.end });
  const node = childAround(nodes, search.leaf);
  if (node) search.around.push(node);
  return node;
}

function enterNode({ leaf, around }: Search, node: Span | undefined): boolean {
  if (!node || !holds(node, leaf)) return false;
  around.push(node);
  return true;
}

/** The one among siblings, in the order of the text, that holds a stretch. */
function childAround<Node extends Span>(siblings: readonly Node[], leaf: Span): Node | undefined {
  let low = 0;
  let high = siblings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((siblings[middle] as Node).start <= leaf.start) low = middle + 1;
    else high = middle;
  }
  const candidate = siblings[low - 1];
  return candidate && holds(candidate, leaf) ? candidate : undefined;
}

/** The query with its `;` and its comments, but for one that stands behind the query before it. */
function whole(file: string, { text, ending, parsed }: Statement, start: number): Span {
  const { tokens, comments } = parsed;
  const firstToken = tokens.starts[0] ?? 0;
  const above = comments.find(
    comment => comment.start < firstToken && indentationOf(file, start + comment.start) !== undefined,
  );
  const end =
    ending === 'semicolon' ? text.length + 1 : Math.max(tokens.ends[tokens.count - 1] ?? 0, comments.at(-1)?.end ?? 0);
  return { start: start + (above?.start ?? firstToken), end: start + end };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

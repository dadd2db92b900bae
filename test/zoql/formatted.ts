/** What tests of the formatter share: its result, and what must hold for every text. */
import assert from 'node:assert/strict';
import {
  analyse,
  applyEdits,
  defaultFormatOptions,
  format,
  openDocument,
  type FormatOptions,
  type Span,
  type TextEdit,
  type ZoqlDocument,
} from '../../server/src/zoql/index';
import { isKeyword, tokenize, type Lexed } from '../../server/src/zoql/syntax/lexer';
import { fixture } from './catalogues';

export function formatted(text: string, options: Partial<FormatOptions> = {}): string {
  return applyEdits(text, format(openDocument(text), { ...defaultFormatOptions, ...options }));
}

/** Asserts all that formatting promises, whatever the text. */
export function assertKept(text: string, options: Partial<FormatOptions> = {}): void {
  const before = openDocument(text);
  const edits = format(before, { ...defaultFormatOptions, ...options });
  assertSmall(text, edits);
  const result = applyEdits(text, edits);
  const after = openDocument(result);

  assert.deepEqual(statementsOf(after), statementsOf(before), 'each statement keeps its tokens and problems');
  assert.deepEqual(piecesOf(after), piecesOf(before), 'tokens and comments keep their order');
  const ownLinesAfter = ownLines(after);
  ownLines(before).forEach((isOwn, index) => {
    if (isOwn) assert.ok(ownLinesAfter[index], 'a comment keeps its own line');
  });
  before.statements.forEach((statement, index) => {
    if (statement.parsed.problems.some(({ code }) => !harmless.has(code))) {
      assert.equal(after.statements[index]?.text, statement.text, 'a statement with a mistake is left alone');
    }
  });
  assert.equal(result.startsWith('\ufeff'), text.startsWith('\ufeff'), 'the byte order mark stays');
  const lineBreaks = new Set(text.match(/\r\n|\r|\n/g));
  if (lineBreaks.size === 1)
    assert.deepEqual(new Set([...lineBreaks, ...(result.match(/\r\n|\r|\n/g) ?? [])]), lineBreaks);
  assert.equal(formatted(result, options), result, 'formatting twice is formatting once');
}

/** What the parser reports and formatting goes on with. */
const harmless: ReadonlySet<string> = new Set(['clause-order', 'distinct-outside-count', 'typed-literal']);

/** Edits are in order, apart, within the text, and cover white space, commas and keywords only. */
export function assertSmall(text: string, edits: readonly TextEdit[]): void {
  let at = 0;
  for (const { start, end, newText } of edits) {
    assert.ok(at <= start && start <= end && end <= text.length, 'edits are in order and apart');
    const old = text.slice(start, end);
    assert.notEqual(newText, old, 'an edit changes something');
    assert.match(old, /^[\s\u0085,]*$|^[a-z]+$/i);
    assert.match(newText, /^[\s,]*$|^[a-z]+$/i);
    assert.ok(!(text.charAt(start - 1) === '\r' && text.charAt(start) === '\n'), 'no edit begins inside CR LF');
    assert.ok(!(text.charAt(end - 1) === '\r' && text.charAt(end) === '\n'), 'no edit ends inside CR LF');
    at = end;
  }
}

function statementsOf(document: ZoqlDocument): unknown[] {
  const context = { catalogue: fixture, queryType: 'auto' } as const;
  return document.statements.map(statement => {
    const { parsed, ending, text } = statement;
    const { tokens, directives } = parsed;
    return {
      ending,
      directives: directives.map(({ name, value }) => [name, value]),
      kinds: [...tokens.kinds],
      tokens: Array.from(tokens.starts, (start, index) => {
        const token = text.slice(start, tokens.ends[index]);
        return isKeyword(tokens.kinds[index] ?? 0) ? token.toLowerCase() : token;
      }),
      problems: analyse(statement, context).problems.map(problem => problem.code),
    };
  });
}

/** All tokens but commas, and all comments, in the order of the text. */
function piecesOf(document: ZoqlDocument): string[] {
  return spansOf(document)
    .map(({ start, end }) => document.text.slice(start, end).trimEnd().toLowerCase())
    .filter(piece => piece !== ',');
}

/** For each comment, whether it begins a line. */
function ownLines(document: ZoqlDocument): boolean[] {
  const { text } = document;
  return spansOf(document)
    .filter(({ start }) => text.startsWith('--', start) || text.startsWith('/*', start))
    .map(({ start }) => /(?:^\ufeff?|[\r\n])[^\S\r\n]*$/.test(text.slice(0, start)));
}

function spansOf({ text, starts, statements }: ZoqlDocument): Span[] {
  const spans: Span[] = [];
  let end = 0;
  const add = ({ tokens, comments }: Lexed, offset: number): void => {
    for (const comment of comments) spans.push({ start: comment.start + offset, end: comment.end + offset });
    for (let token = 0; token < tokens.count; token++) {
      spans.push({ start: (tokens.starts[token] ?? 0) + offset, end: (tokens.ends[token] ?? 0) + offset });
    }
  };
  statements.forEach((statement, index) => {
    const start = starts[index] ?? 0;
    add(tokenize(text.slice(end, start)), end);
    add(statement.parsed, start);
    end = start + statement.text.length;
  });
  add(tokenize(text.slice(end)), end);
  return spans.sort((one, other) => one.start - other.start);
}

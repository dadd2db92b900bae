/**
 * What holds for every text, each under its name: a function that throws where it does not. Random texts are tried in
 * invariants.test.ts and, without end, by test/fuzz; the texts that were worth keeping in test/fuzz/corpus.json.
 */
import assert from 'node:assert/strict';
import {
  analyse,
  applyEdits,
  codeActions,
  codeLenses,
  completions,
  defaultFormatOptions,
  definition,
  documentSymbols,
  findingsOf,
  foldingRanges,
  format,
  formatRange,
  highlights,
  hover,
  inlayHints,
  openDocument,
  prepareRename,
  queryText,
  references,
  rename,
  selectionRanges,
  semanticTokens,
  signatureHelp,
  type Context,
  type OpenText,
  type OutlineSymbol,
  type Span,
} from '../../server/src/zoql/index';
import { fixture } from './catalogues';

const contexts: readonly Context[] = (['auto', 'zoql', 'zoqlexport'] as const).map(queryType => ({
  catalogue: fixture,
  queryType,
}));
const [context] = contexts as [Context];

export const invariants: Readonly<Record<string, (text: string) => void>> = {
  'tokens and gaps make up the text': text => {
    for (const { text: body, parsed } of openDocument(text).statements) {
      const { tokens, comments } = parsed;
      const pieces: Span[] = [...comments];
      for (let index = 0; index < tokens.count; index++) {
        pieces.push({ start: tokens.starts[index] ?? -1, end: tokens.ends[index] ?? -1 });
      }
      pieces.sort((a, b) => a.start - b.start);
      let at = 0;
      for (const { start, end } of pieces) {
        assert.ok(at <= start && start < end);
        assert.match(body.slice(at, start), onlySpace);
        at = end;
      }
      assert.match(body.slice(at), onlySpace);
    }
  },

  'what stands between statements is white space, comments and ;': text => {
    const { starts, statements } = openDocument(text);
    let at = 0;
    statements.forEach((statement, index) => {
      const start = starts[index] ?? -1;
      assert.ok(at <= start);
      assert.equal(text.slice(start, start + statement.text.length), statement.text);
      assert.ok(statement.parsed.tokens.count > 0);
      at = start + statement.text.length;
    });
    assert.equal(openDocument(text.slice(at)).statements.length, 0);
  },

  "each node's span lies within its parent's": text => {
    for (const { text: body, parsed } of openDocument(text).statements) {
      assertNested(parsed.query, { start: 0, end: body.length });
    }
  },

  'each problem lies in its statement, and no place is reported twice by the parser': text => {
    for (const statement of openDocument(text).statements) {
      for (const each of contexts) {
        for (const problem of analyse(statement, each).problems) {
          assert.ok(problem.start < problem.end || statement.text === '', problem.code);
          assertWithin(problem, statement.text.length);
        }
      }
      const places = statement.parsed.problems.map(problem => problem.start);
      assert.equal(new Set(places).size, places.length);
    }
  },

  'what is sent has no comment, and reads as the statement does': text => {
    for (const statement of openDocument(text).statements) {
      const sent = queryText(statement);
      if (statement.parsed.comments.some(comment => !comment.closed)) continue;
      // Without its comments a statement may lose the directive that tells how its strings are written.
      if (statement.parsed.directives.some(directive => directive.name === 'type')) continue;
      const again = openDocument(sent).statements;
      assert.equal(again.length, 1);
      assert.deepEqual(again[0]?.parsed.comments, []);
      assert.equal(again[0] && queryText(again[0]), sent);
      assert.equal(again[0]?.parsed.tokens.count, statement.parsed.tokens.count);
    }
  },

  'every feature answers at every place, within the text': text => {
    const document = openDocument(text);
    const file: OpenText = { uri: 'file:///a.zoql', document };
    const whole = { start: 0, end: text.length };
    for (const offset of places(text)) {
      const within = (span: Span | undefined) => span && assertWithin(span, text.length);
      const { replace } = completions(document, offset, context);
      within(replace);
      assert.ok(replace.start <= offset && offset <= replace.end);
      within(hover(document, offset, context)?.span);
      signatureHelp(document, offset, context);
      highlights(file, offset, context).forEach(within);
      definition(file, offset, [file], context).forEach(within);
      references(file, offset, [file], context).forEach(within);
      prepareRename(file, offset, [file], context);
      const renamed = rename(file, offset, 'x', [file], context);
      if (!('refusal' in renamed)) renamed.forEach(within);
    }
    semanticTokens(document, context).forEach(token => assertWithin(token, text.length));
    inlayHints(document, whole, context);
    codeLenses(document, context);
    foldingRanges(document).forEach(range => assertWithin(range, text.length));
    for (const symbol of documentSymbols(document)) assertSymbol(symbol, whole);
  },

  'each selection grows, and holds the cursor': text => {
    const offsets = places(text);
    selectionRanges(openDocument(text), offsets).forEach((chain, index) => {
      const offset = offsets[index] ?? -1;
      chain.forEach((span, level) => {
        const inner = chain[level - 1];
        assert.ok(span.start <= offset && offset <= span.end);
        assert.ok(!inner || (span.start <= inner.start && inner.end <= span.end));
        assert.ok(!inner || inner.end - inner.start < span.end - span.start);
      });
    });
  },

  'formatting keeps what is said and every comment, and is done once': text => {
    const formatted = applyEdits(text, sound(format(openDocument(text), defaultFormatOptions), text));
    assert.deepEqual(said(formatted), said(text));
    assert.deepEqual(problems(formatted), problems(text));
    assert.equal(applyEdits(formatted, format(openDocument(formatted), defaultFormatOptions)), formatted);
    sound(formatRange(openDocument(text), { start: text.length >> 1, end: text.length }, defaultFormatOptions), text);
  },

  'a quick fix takes its problem away, and brings no error and no warning': text => {
    const { starts, statements } = openDocument(text);
    for (const each of contexts) {
      const before = codesIn(text, each);
      for (const [index, statement] of statements.slice(0, 3).entries()) {
        const start = starts[index] ?? 0;
        for (const { code, fixes, hidesOthers } of findingsOf(statement, each).slice(0, 8)) {
          for (const { title, edits } of fixes?.() ?? []) {
            const inFile = edits.map(edit => ({ ...edit, start: start + edit.start, end: start + edit.end }));
            const mended = applyEdits(text, sound(inFile, text));
            const after = codesIn(mended, each);
            assert.ok(count(after.all, code) < count(before.all, code), `${code} stays after "${title}": ${mended}`);
            if (hidesOthers) continue;
            for (const found of after.grave) {
              const isNew = count(before.all, found) < count(after.all, found);
              assert.ok(!isNew, `${found} is new after "${title}": ${mended}`);
            }
          }
        }
      }
    }
  },

  'every code action is a sound change': text => {
    const document = openDocument(text);
    for (const start of places(text)) {
      for (const { edits } of codeActions(document, { start, end: text.length }, context)) sound(edits, text);
    }
    codeActions(document, { start: 0, end: text.length }, context, ['source']).forEach(({ edits }) =>
      sound(edits, text),
    );
  },
};

const onlySpace = /^[\s\u0085\ufeff]*$/;

/** A dozen places of a text, its two ends among them. */
function places(text: string): number[] {
  const step = Math.max(1, Math.floor(text.length / 12));
  const found = [text.length];
  for (let at = 0; at < text.length; at += step) found.push(at);
  return found;
}

/** The tokens and comments of each statement, but for the case of keywords. */
function said(text: string): string[][] {
  return openDocument(text).statements.map(({ text: body, parsed }) => {
    const { tokens, comments, query } = parsed;
    const keywords = new Set(query.keywords.map(({ start }) => start));
    const words = Array.from({ length: tokens.count }, (_, index) => {
      const word = body.slice(tokens.starts[index], tokens.ends[index]);
      return keywords.has(tokens.starts[index] ?? -1) ? word.toLowerCase() : word;
    });
    return [...words, ...comments.map(({ start, end }) => body.slice(start, end).trimEnd())];
  });
}

function problems(text: string): string[] {
  return codesIn(text, context).all;
}

/** The codes of a text's problems, and those of them that are errors or warnings. */
function codesIn(text: string, each: Context): { readonly all: string[]; readonly grave: string[] } {
  const found = openDocument(text).statements.flatMap(statement => analyse(statement, each).problems);
  const grave = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
  return { all: found.map(({ code }) => code), grave: grave.map(({ code }) => code) };
}

function count(codes: readonly string[], wanted: string): number {
  return codes.filter(code => code === wanted).length;
}

/** Asserts that edits lie in the text, in any order, and that no two touch the same characters. */
function sound<T extends Span>(edits: readonly T[], text: string): readonly T[] {
  let at = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start || one.end - other.end)) {
    assertWithin(edit, text.length);
    assert.ok(at <= edit.start, 'edits do not overlap');
    at = edit.end;
  }
  return edits;
}

function assertWithin({ start, end }: Span, length: number): void {
  assert.ok(0 <= start && start <= end && end <= length, `${start} to ${end} of ${length}`);
}

function assertSymbol({ span, selection, children }: OutlineSymbol, parent: Span): void {
  assert.ok(parent.start <= span.start && span.end <= parent.end);
  assert.ok(span.start <= selection.start && selection.end <= span.end);
  for (const child of children) assertSymbol(child, span);
}

/** Walks whatever has a start and an end, in objects and arrays. */
function assertNested(node: object, parent: Span): void {
  let span = parent;
  if ('start' in node && 'end' in node) {
    span = { start: Number(node.start), end: Number(node.end) };
    assert.ok(
      parent.start <= span.start && span.start <= span.end && span.end <= parent.end,
      JSON.stringify([node, parent]),
    );
  }
  for (const child of Object.values(node) as unknown[]) {
    if (typeof child === 'object' && child !== null) assertNested(child, span);
  }
}

/** What holds for every text: the library never throws, and what it says lies within the text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse, openDocument, queryText, type Span } from '../../server/src/zoql/index';
import { createStringReader } from '../../server/src/zoql/syntax/lexer';
import { fixture } from './catalogues';

const context = { catalogue: fixture, queryType: 'auto' } as const;
const runs = Number(process.env['ZOQL_RUNS'] ?? 2_000);

const words = [
  ...['select', 'from', 'where', 'group', 'by', 'having', 'order', 'limit', 'and', 'or', 'not', 'like', 'in', 'is'],
  ...['null', 'between', 'as', 'distinct', 'true', 'Account', 'Id', 'Name', 'Region__c', 'count(', 'BillToContact.'],
  ...[
    '*',
    ',',
    '(',
    ')',
    '=',
    '!=',
    '<>',
    '<=',
    ';',
    "'a'",
    "'",
    '"',
    '\\',
    "''",
    '-1',
    '2024-01-01',
    '--',
    '/*',
    '*/',
  ],
  ...[
    '-- @type zoql\n',
    '-- @type zoqlexport\n',
    '-- @name x\n',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u0000',
    '\ud800',
    '😀',
    '\ufeff',
  ],
];

/** Texts that look like queries for a while, and texts that do not. */
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map(parts => parts.join(' ')),
  fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 })
    .map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function holds(name: string, property: fc.IProperty<[string]>): void {
  test(name, () => {
    const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
    console.log(`seed ${seed}`);
    fc.assert(property, { numRuns: runs, seed });
  });
}

holds(
  'tokens and gaps make up the text',
  fc.property(anyText, text => {
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
        assert.match(body.slice(at, start), /^[\s\u0085\ufeff]*$/);
        at = end;
      }
      assert.match(body.slice(at), /^[\s\u0085\ufeff]*$/);
    }
  }),
);

holds(
  'a string ends where it ends when nothing before it was read',
  fc.property(fc.string({ unit: fc.constantFrom("'", "'", '"', '\\', 'a', '\n'), maxLength: 30 }), text => {
    const inOrder = createStringReader(text);
    for (let at = 0; at < text.length; at++) {
      if (!`'"`.includes(text.charAt(at))) continue;
      assert.deepEqual(inOrder(at, 'either'), createStringReader(text)(at, 'either'));
    }
  }),
);

holds(
  'what stands between statements is white space, comments and ;',
  fc.property(anyText, text => {
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
  }),
);

holds(
  "each node's span lies within its parent's",
  fc.property(anyText, text => {
    for (const { text: body, parsed } of openDocument(text).statements) {
      assertNested(parsed.query, { start: 0, end: body.length });
    }
  }),
);

holds(
  'each problem lies in its statement, and no place is reported twice by the parser',
  fc.property(anyText, text => {
    for (const statement of openDocument(text).statements) {
      for (const { start, end } of analyse(statement, context).problems) {
        assert.ok(0 <= start && start < end && end <= statement.text.length);
      }
      const places = statement.parsed.problems.map(problem => problem.start);
      assert.equal(new Set(places).size, places.length);
    }
  }),
);

holds(
  'what is sent has no comment, and reads as the statement does',
  fc.property(anyText, text => {
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
  }),
);

test('a document after a chain of edits is the document of its text', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(20), insert: anyText });
  fc.assert(
    fc.property(anyText, fc.array(edit, { maxLength: 8 }), (text, edits) => {
      let document = openDocument(text);
      for (const { at, remove, insert } of edits) {
        const start = Math.floor(at * document.text.length);
        const next = document.text.slice(0, start) + insert + document.text.slice(start + remove);
        document = openDocument(next, document);
      }
      const fresh = openDocument(document.text);
      assert.deepEqual(document.starts, fresh.starts);
      assert.deepEqual(
        document.statements.map(statement => [statement.text, statement.ending]),
        fresh.statements.map(statement => [statement.text, statement.ending]),
      );
    }),
    { numRuns: runs / 4, seed },
  );
});

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

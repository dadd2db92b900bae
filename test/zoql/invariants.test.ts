import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse, openDocument, type Context } from '../../server/src/zoql/index';
import { createStringReader } from '../../server/src/zoql/syntax/lexer';
import { anyText } from './anyText';
import { fixture } from './catalogues';
import { invariants } from './invariants';

const runs = Number(process.env['ZOQL_RUNS'] ?? 1_000);

for (const [name, holds] of Object.entries(invariants)) holdsFor(name, anyText, holds);

holdsFor(
  'a string ends where it ends when nothing before it was read',
  fc.string({ unit: fc.constantFrom("'", "'", '"', '\\', 'a', '\n'), maxLength: 30 }),
  text => {
    const inOrder = createStringReader(text);
    for (let at = 0; at < text.length; at++) {
      if (!`'"`.includes(text.charAt(at))) continue;
      assert.deepEqual(inOrder(at, 'either'), createStringReader(text)(at, 'either'));
    }
  },
);

const context: Context = { catalogue: fixture, queryType: 'auto' };
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(20), insert: anyText });

holdsFor(
  'a document after a chain of edits is the document of its text',
  fc.tuple(anyText, fc.array(edit, { maxLength: 8 })),
  ([text, edits]) => {
    let document = openDocument(text);
    for (const { at, remove, insert } of edits) {
      const start = Math.floor(at * document.text.length);
      const next = document.text.slice(0, start) + insert + document.text.slice(start + remove);
      document = openDocument(next, document);
    }
    const fresh = openDocument(document.text);
    assert.deepEqual(document.starts, fresh.starts);
    assert.deepEqual(
      document.statements.map(statement => [statement.text, statement.ending, analyse(statement, context).problems]),
      fresh.statements.map(statement => [statement.text, statement.ending, analyse(statement, context).problems]),
    );
  },
);

function holdsFor<T>(name: string, values: fc.Arbitrary<T>, holds: (value: T) => void): void {
  test(name, () => {
    const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
    console.log(`seed ${seed}`);
    fc.assert(fc.property(values, holds), { numRuns: runs, seed });
  });
}

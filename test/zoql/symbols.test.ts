import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentSymbols, openDocument, type OutlineSymbol } from '../../server/src/zoql/index';

test('a query goes by its object and lists what it selects', () =>
  outlines(
    `select Id, Account.Name from Invoice where Balance > 0;`,
    `
query Invoice ‹Invoice›
  field Id ‹Id›
  field Account.Name ‹Account.Name›
`,
  ));

test('a name from a comment wins, and the object stands beside it', () =>
  outlines(
    `-- @name Open Invoices\nselect Id from Invoice`,
    `
query Open Invoices (Invoice) ‹Open Invoices›
  field Id ‹Id›
`,
  ));

test('a field with an alias goes by it', () =>
  outlines(
    `select count(distinct Account.Id) as "How Many", max( Amount ) as Largest from Invoice`,
    `
query Invoice ‹Invoice›
  field How Many (count(distinct Account.Id)) ‹"How Many"›
  field Largest (max( Amount )) ‹Largest›
`,
  ));

test('each statement of a file has its place', () =>
  outlines(
    `select Id from Account;\n\n-- @name Second\nselect Id from Contact;\n-- the end`,
    `
query Account ‹Account›
  field Id ‹Id›
query Second (Contact) ‹Second›
  field Id ‹Id›
`,
  ));

test('a query without an object goes by its words', () =>
  outlines(
    `select\n  Id,\n  Name`,
    `
query select Id, Name ‹select›
  field Id ‹Id›
  field Name ‹Name›
`,
  ));

test('what is no query still has a line', () => outlines(`delete everything;`, `\nquery delete everything ‹delete›\n`));

test('an empty name is no name', () =>
  outlines(`-- @name\nselect Id from Account`, `\nquery Account ‹Account›\n  field Id ‹Id›\n`));

test('a long query is cut to a line', () => {
  const [symbol] = documentSymbols(openDocument(`select ${'Abcdefghij, '.repeat(20)}`));
  assert.equal(symbol?.name.length, 60);
  assert.ok(symbol?.name.endsWith('…'));
});

test('a file of more queries than a person reads lists no fields', () => {
  const few = documentSymbols(openDocument('select Id from Account;\n'.repeat(1_000)));
  const many = documentSymbols(openDocument('select Id from Account;\n'.repeat(1_001)));
  assert.equal(few.at(-1)?.children.length, 1);
  assert.equal(many.at(-1)?.children.length, 0);
  assert.equal(many.length, 1_001);
});

/** Checks the outline of a text, and that every symbol lies within the one above it. */
function outlines(text: string, expected: string): void {
  const symbols = documentSymbols(openDocument(text));
  assert.equal(`\n${draw(text, symbols, '')}`, expected);
  assertNested({ start: 0, end: text.length }, symbols);
}

function draw(text: string, symbols: readonly OutlineSymbol[], indent: string): string {
  return symbols
    .map(({ kind, name, detail, selection, children }) => {
      const selected = text.slice(selection.start, selection.end);
      const line = `${indent}${kind} ${name}${detail && ` (${detail})`} ‹${selected}›\n`;
      return line + draw(text, children, `${indent}  `);
    })
    .join('');
}

function assertNested(parent: { start: number; end: number }, symbols: readonly OutlineSymbol[]): void {
  for (const { name, span, selection, children } of symbols) {
    assert.ok(parent.start <= span.start && span.end <= parent.end, `${name} lies within its parent`);
    assert.ok(span.start <= selection.start && selection.end <= span.end, `${name} holds its selection`);
    assertNested(span, children);
  }
}

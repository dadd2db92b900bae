import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touchedStatements } from '../../client/src/jobs/touched';

const text = `-- @name one
select Id from Account; -- the first
select Id
from Invoice;

select Id from Product
`;

/** Asserts which statements a selection means that reaches from one mark to the other; one mark is a cursor. */
function touches(marked: string, expected: readonly number[]): void {
  const [start, end] = [marked.indexOf('|'), marked.lastIndexOf('|')];
  const selection = { start, end: start === end ? end : end - 1 };
  assert.deepEqual([...touchedStatements(marked.replaceAll('|', ''), [selection])], expected);
}

test('a cursor means the query that it stands in, its comments and its ;', () => {
  touches(text.replace('name one', 'na|me one'), [0]);
  touches(text.replace('Id from Account', 'Id fr|om Account'), [0]);
  touches(text.replace('from Invoice;', 'from Invoice;|'), [1]);
  touches(text.replace('Product', 'Product|'), [2]);
});

test('behind the ; on its line it still means that query', () => touches(text.replace('first', 'fir|st'), [0]));

test('on an empty line it means none', () => {
  touches(text.replace('Invoice;\n\n', 'Invoice;\n|\n'), []);
  touches('|', []);
});

test('a selection means all that it touches', () => {
  touches(text.replace('Account;', '|Account;').replace('Invoice', 'Inv|oice'), [0, 1]);
  touches(`|${text}|`, [0, 1, 2]);
});

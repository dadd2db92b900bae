import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { locate } from '../../client/src/jobs/locate';
import { openDocument } from '../../server/src/zoql/index';

/** Plans statement `index` of `before` and shows what is selected when it is looked for in `after`. */
function selected(before: string, index: number, after: string): string {
  const { statements, starts } = openDocument(before);
  const statement = statements[index];
  assert.ok(statement, 'the fixture has that statement');
  const start = (starts[index] ?? 0) + (statement.parsed.tokens.starts[0] ?? 0);
  const range = { start, end: start };
  const found = locate(after, { uri: 'u', relativePath: 'p', statement: index, range, line: 1, text: statement.text });
  return found ? after.slice(found.start, found.end) : 'gone';
}

suite('a statement that was sent is found again', () => {
  const before = 'select Id from A;\n-- @name two\nselect Id from B;\nselect Id from A;';

  test('where it was, and where it has moved to', () => {
    assert.equal(selected(before, 0, before), 'select Id from A');
    assert.equal(
      selected('-- @name two\nselect Id from B;', 0, 'select Id from C;-- @name two\nselect Id from B;'),
      'select Id from B',
    );
  });

  test('of two that read alike the nearer one', () => {
    const text = 'select Id from A;select Id from A';
    const found = locate(text, {
      uri: 'u',
      relativePath: 'p',
      statement: 1,
      range: { start: 17, end: 33 },
      line: 1,
      text: 'select Id from A',
    });
    assert.deepEqual(found, { start: 17, end: 33 });
  });

  test('by its name when its text has changed', () => {
    assert.equal(
      selected(before, 1, 'select Id from Z;\n\n\n-- @name two\nselect Id, Name from B'),
      'select Id, Name from B',
    );
  });

  test('by its place when nothing else is left', () => {
    assert.equal(selected(before, 0, 'select Name from Q;\nselect Id from B'), 'select Name from Q');
  });

  test('or not at all', () => {
    assert.equal(selected(before, 2, 'select Id from Z'), 'gone');
    assert.equal(selected(before, 0, '-- nothing left'), 'gone');
  });
});

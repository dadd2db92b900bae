import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeLenses, openDocument } from '../../server/src/zoql/index';
import { context } from './navigation';

test('each query has its lenses where it begins, and the first those of the file', () =>
  shows(
    '-- @name one\nselect Id from Account;\n\n  select Account.Name from Order',
    `
-- @name one
[submit query] [submit file] [ZOQL: nothing needs Export ZOQL] select Id from Account;

  [submit query] [Export ZOQL: uses a path (Account.Name)] select Account.Name from Order
`,
  ));

test('what is no query has none', () =>
  shows(
    'delete everything;\nselect Id from Account;',
    `
delete everything;
[submit query] [submit file] [ZOQL: nothing needs Export ZOQL] select Id from Account;
`,
  ));

test('a file without a query has none', () =>
  assert.deepEqual(codeLenses(openDocument('-- nothing yet'), context), []));

test('a file of more queries than a person reads has only those of the file', () => {
  assert.equal(codeLenses(openDocument('select Id from Account;\n'.repeat(1_000)), context).length, 2_001);
  assert.deepEqual(codeLenses(openDocument(' select Id from Account;\n'.repeat(1_001)), context), [
    { offset: 1, kind: 'submit file' },
  ]);
});

function shows(text: string, expected: string): void {
  const document = openDocument(text);
  let drawn = '';
  let at = 0;
  for (const lens of codeLenses(document, context)) {
    drawn += text.slice(at, lens.offset);
    drawn += `[${lens.kind === 'dialect' ? lens.title : lens.kind}] `;
    at = lens.offset;
  }
  assert.equal(`\n${drawn}${text.slice(at)}\n`, expected);
}

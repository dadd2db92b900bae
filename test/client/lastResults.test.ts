import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeResult, lastResults } from '../../client/src/jobs/lastResults';
import type { Job } from '../../client/src/jobs/model';
import { openDocument } from '../../server/src/zoql/index';

const uri = 'file:///billing/accounts.zoql';
const text = '-- @name accounts\nselect Id from Account;\nselect Id from Invoice';

test('each statement has its newest batch, whether its job is finished or not', () =>
  draws(
    text,
    [job('second', text, ['executing', undefined]), job('first', text, ['completed', 12], ['completed', 1])],
    ['$(sync~spin) executing: select Id from Account, second/0', '$(pass) 1 record: select Id from Invoice, first/1'],
  ));

test('an edited statement is found by its @name, and says that it is edited', () =>
  draws(
    text.replace('Id from A', 'Name from A'),
    [job('first', text, ['completed', 12])],
    ['$(pass) 12 records, edited since: select Name from Account, first/0'],
  ));

test('a statement without a name that was edited has none', () =>
  draws(
    text.replace('Invoice', 'Payment'),
    [job('first', text, ['completed', 12], ['aborted', 0])],
    ['$(pass) 12 records: select Id from Account, first/0'],
  ));

test('a file that nothing was submitted from has none', () => {
  assert.deepEqual(lastResults('file:///other.zoql', text, [job('first', text, ['completed', 12])]), []);
});

/** Asserts the results: what the lens says without its date, the query it stands above, the line of the view it opens. */
function draws(now: string, jobs: readonly Job[], expected: readonly string[]): void {
  const drawn = lastResults(uri, now, jobs).map(result => {
    const [what, , edited] = describeResult(result).split(' · ');
    const query = /[^;]*/.exec(now.slice(result.offset))?.[0];
    return `${[what, edited].filter(Boolean).join(', ')}: ${query}, ${result.job.key}/${result.index}`;
  });
  assert.deepEqual(drawn, expected);
}

/** A job of all statements of a text, with a status and a number of records for each batch that Zuora has reported. */
function job(key: string, sent: string, ...batches: readonly (readonly [string, number | undefined])[]): Job {
  const { statements } = openDocument(sent);
  const queries = statements.map((statement, index) => ({
    name: index === 0 ? 'accounts' : `accounts-${index}`,
    type: 'zoql',
    query: statement.text,
    source: {
      uri,
      relativePath: 'accounts.zoql',
      statement: index,
      range: { start: 0, end: 0 },
      line: 1,
      text: statement.text,
    },
  }));
  return {
    key,
    createdAt: 0,
    queries,
    batches: batches.map(([status, recordCount], query) => ({
      batchId: undefined,
      name: undefined,
      message: undefined,
      fileIds: ['f'],
      status,
      recordCount,
      query,
    })),
  } as unknown as Job;
}

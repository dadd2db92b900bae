import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DialectSetting } from '../../../server/src/zoql/index';
import { mends } from '../mends';
import { problemsOf } from '../problems';

/** What is said of a query of that length, which comments and white space around it do not count for. */
function saysOf(length: number, queryType: DialectSetting): string[] {
  const query = "select Id from Account where Name = ''";
  const text = `-- a comment\n${query.slice(0, -1)}${'x'.repeat(length - query.length)}'\n;`;
  return says(text, queryType);
}

function says(text: string, queryType: DialectSetting): string[] {
  return problemsOf(text, queryType)
    .filter(({ code }) => code === 'query-too-long' || code === 'too-many-conditions')
    .map(({ start, end, code, message }) => `${code} [${text.slice(start, end)}] ${message}`);
}

function conditions(count: number): string {
  return Array.from({ length: count }, (_, index) => `Balance = ${index}`).join(' or ');
}

test('ZOQL takes 10,000 characters', () => {
  assert.deepEqual(saysOf(10_000, 'zoql'), []);
  assert.deepEqual(saysOf(10_001, 'zoql'), [
    'query-too-long [select] ZOQL takes 10,000 characters, this query has 10,001',
  ]);
});

test('a comment inside of a query is not sent, and not counted', () => {
  const rest = "from Account where Name = ''";
  const sent = (length: number) => `${rest.slice(0, -1)}${'x'.repeat(length - `select Id  ${rest}`.length)}'`;
  assert.deepEqual(says(`select Id /* the key */${sent(10_000)}`, 'zoql'), []);
  assert.equal(says(`select Id /* the key */${sent(10_001)}`, 'zoql').length, 1);
});

test('Export ZOQL takes 20,000 characters', () => {
  assert.deepEqual(saysOf(20_000, 'zoqlexport'), []);
  assert.deepEqual(saysOf(20_001, 'zoqlexport'), [
    'query-too-long [select] Export ZOQL takes 20,000 characters, this query has 20,001',
  ]);
});

test('ZOQL takes 200 conditions', () => {
  assert.deepEqual(says(`select Id from Account where ${conditions(200)}`, 'zoql'), []);
  assert.deepEqual(says(`select Id from Account where ${conditions(202)}`, 'zoql'), [
    'too-many-conditions [Balance = 200] ZOQL takes 200 conditions, this query has 202',
  ]);
  assert.deepEqual(says(`select Id from Account where ${conditions(300)}`, 'zoqlexport'), []);
});

test('what is too much for ZOQL is declared as Export ZOQL', () => {
  const long = `elect Id from Account where Name = '${'x'.repeat(12_000)}'`;
  mends(`s|${long}`, 'Declare as Export ZOQL', `-- @type zoqlexport\ns${long}`, { queryType: 'zoql' });
  const before = `select Id from Account where ${conditions(200)} or `;
  mends(`${before}Bal|ance = 200`, 'Declare as Export ZOQL', `-- @type zoqlexport\n${before}Balance = 200`, {
    queryType: 'zoql',
  });
});

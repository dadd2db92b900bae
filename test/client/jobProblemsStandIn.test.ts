// What Zuora says of queries, from real HTTP answers of the stand-in to the words in the file.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ignoredQueries } from '../../client/src/jobs/ignored';
import type { Job } from '../../client/src/jobs/model';
import { answerOf, foldRecord, type ChangeRecord } from '../../client/src/jobs/records';
import { endSentence, jobSentence } from '../../client/src/words';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import { startZuora, type Zuora } from '../zuora/server';
import { drawnProblems, jobOf } from './jobProblems';

let zuora: Zuora;
before(async () => {
  zuora = await startZuora({ unreadableObjects: ['Refund'] });
});
after(() => zuora.stop());

const polls = { method: 'GET', path: '/v1/batch-query/jobs/' } as const;

suite('what the stand-in says of a query', () => {
  test('A9 90005 stands at the field, after one request', async () => {
    const text = '-- the accounts\nselect Id, /* no such */ Nope from Account; select Id from Product';
    const job = await sentToEnd(text);
    assert.equal(job.phase, 'refused');
    assert.match(drawnProblems(text, job), /\n {25}~~~~ 90005: There is no field named Nope\. No job was made\. /);
    assert.match(
      jobSentence(job) ?? '',
      /There is no field named Nope, in “select Id,\s+Nope from Account” \(code 90005\)/,
    );
    assert.equal(zuora.requests.filter(({ path }) => path === '/v1/batch-query/').length, 1);
  });

  for (const [text, word] of [
    ['select Id from Acount', 'Acount'],
    ['select Id, BillToContract.City from Account', 'BillToContract'],
    ['select Id as "Key", Name as "Key" from Account', '"Key"'],
    ['select Status, count(Id), Name from Account group by Status', 'Name'],
    ["select Id from Account where Balance = 'many'", "'many'"],
    ['select Id, sum(distinct Balance) from Account', 'sum(distinct Balance)'],
    ['select Id from Account where Id in (1)', 'select Id from Account where Id in (1)'],
  ] as const) {
    test(`A9 a refusal stands at ${word}`, async () => {
      const [, marks = ''] = drawnProblems(text, await sentToEnd(text)).split('\n');
      const tildes = /~+/.exec(marks) ?? assert.fail(`nothing is marked in ${marks}`);
      const at = word === '"Key"' ? text.lastIndexOf(word) : text.indexOf(word);
      assert.equal(text.slice(tildes.index, tildes.index + tildes[0].length), word);
      assert.equal(tildes.index, at);
    });
  }

  test('a batch that is aborted stands in its statement; the job says so, and that results are left', async () => {
    const text = 'select Id from Account;\nselect * from BillingPreviewRun';
    const job = await sentToEnd(text);
    assert.equal(job.status, 'aborted');
    assert.match(
      drawnProblems(text, job),
      /^select \* from BillingPreviewRun\n {7}~ no code: You must specify a select\./,
    );
    assert.equal(
      endSentence(job),
      'Zuora aborted the job. The result of one query can be had for three days. Read what the failed batches say, mend their queries and submit them again.',
    );
  });

  test('submitted N, returned M: the query that was ignored is named, with its object', async () => {
    const text = 'select Id from Account;\nselect Id, Amount\nfrom Refund;\nselect Id from Product';
    const job = await sentToEnd(text);
    assert.equal(job.status, 'completed');
    assert.deepEqual(ignoredQueries(job), [
      { query: 1, object: 'Refund', message: '90018: no permission to one or more objects' },
    ]);
    assert.match(drawnProblems(text, job), /^from Refund;\n {5}~~~~~~ warning 90018: Zuora ignored this query: /);
  });

  for (const [name, batches, ignored] of [
    ['a query that has no batch at all', [{ name: 'accounts', status: 'completed', fileId: 'f1' }], ['1 Product']],
    ['each query of a job without batches', null, ['0 Account', '1 Product']],
  ] as const) {
    test(`C5 ${name} is named too`, async () => {
      zuora.reset();
      zuora.fault({ do: 'patch', fields: { batches }, match: polls, times: 100 });
      const job = await sentToEnd('select Id from Account;\nselect Id from Product', 1);
      assert.deepEqual(
        ignoredQueries(job).map(({ query, object }) => `${query} ${object}`),
        ignored,
      );
      assert.match(endSentence(job) ?? '', /^Zuora ignored \d of 2 queries: /);
    });
  }

  for (const [name, fields] of [
    ['an unknown status', { status: 'hibernating' }],
    ['batches of which nothing is known', { batches: [{}, {}] }],
    [
      'batches with segments in place of a file',
      { batches: [{ name: 'accounts', status: 'completed', segments: ['s1'] }] },
    ],
    ['more batches than queries', { batches: [{ status: 'completed' }, { status: 'aborted' }, { status: 'aborted' }] }],
  ] as const) {
    test(`C5 an answer with ${name} is no problem of a query`, async () => {
      const text = '-- @name accounts\nselect Id from Account';
      zuora.reset();
      zuora.fault({ do: 'patch', fields, match: polls, times: 100 });
      assert.equal(drawnProblems(text, await sentToEnd(text, 1)), '');
    });
  }

  for (const fault of [{ do: 'malformed-json' }, { do: 'html' }, { do: 'truncated-gzip' }] as const) {
    test(`C4 a poll that brings ${fault.do} leaves the job as it was and is told`, async () => {
      zuora.reset();
      const { client, scope, target } = connected();
      const sent = await client.submit(scope, submission('select Id from Account'), forever);
      assert.ok(sent.ok);
      zuora.fault({ ...fault, match: polls, times: 1 });
      const answer = await client.job(target, sent.value.id, forever);
      assert.ok(!answer.ok && answer.failure.kind === 'malformed');
      const job = { ...jobOf('select Id from Account', { phase: 'running', id: sent.value.id, scope }) };
      const words = jobSentence({ ...job, condition: { kind: 'unreachable', failure: answer.failure } }) ?? '';
      assert.match(
        words,
        /is not an answer of Zuora: .*\. The job is kept as it was last seen\. The job is asked for again by itself\./,
      );
    });
  }

  test('C7 a job that Zuora no longer knows is told as gone', async () => {
    zuora.reset();
    const { client, scope, target } = connected();
    const answer = await client.job(target, 'f'.repeat(32), forever);
    assert.ok(!answer.ok);
    const job = jobOf('select Id from Account', { phase: 'gone', id: 'j1', scope, failure: answer.failure });
    assert.match(
      jobSentence(job) ?? '',
      /does not know this job: Invalid Job Id \(code 90002\)\. The job is in another entity, or older than the 180 days .* The job is kept as it was last seen\. Check the ID/,
    );
  });
});

const forever = new AbortController().signal;

function connected() {
  const transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };
  const credentials = { clientId: zuora.clientId, clientSecret: zuora.clientSecret };
  const random = () => 0;
  const tokens = createTokenSource({ transport, random, credentialsFor: () => Promise.resolve(success(credentials)) });
  const scope = { tenant: 'Sandbox', origin: zuora.url };
  return { client: createZuoraClient({ transport, tokens, random }), scope, target: { ...scope, headers: {} } };
}

function submission(text: string) {
  const queries = jobOf(text).queries.map(({ name, query }) => ({ name, query, type: 'zoqlexport' }));
  return {
    body: JSON.stringify({ useQueryLabels: true, queries }),
    headers: {},
    idempotencyKey: `key-${zuora.requests.length}`,
    gzip: false,
  };
}

/** The job of all queries of a text after `answers` answers, or after its end. */
async function sentToEnd(text: string, answers = Infinity): Promise<Job> {
  if (answers === Infinity) zuora.reset();
  const { client, scope, target } = connected();
  let folded = { job: jobOf(text, { scope }), sequence: 0 };
  const fold = (change: Omit<ChangeRecord, 'sequence' | 'at'>) => {
    folded = foldRecord(folded, { ...change, sequence: folded.sequence + 1, at: 0 } as ChangeRecord);
  };
  const sent = await client.submit(scope, submission(text), forever);
  if (!sent.ok) {
    fold({ kind: 'ended', phase: 'refused', failure: sent.failure } as ChangeRecord);
    return folded.job;
  }
  for (let count = 0; count < answers && folded.job.phase !== 'finished'; count++) {
    zuora.advance(1_000);
    const answer = await client.job(target, sent.value.id, forever);
    assert.ok(answer.ok, JSON.stringify(answer));
    fold({ kind: 'answer', answer: answerOf(answer.value, folded.job.queries) } as ChangeRecord);
  }
  return folded.job;
}

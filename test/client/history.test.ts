import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { historyPieces } from '../../client/src/jobs/history';
import { idOrKey, idsOf } from '../../client/src/jobs/ids';
import type { Job } from '../../client/src/jobs/model';
import { batch, ended, job, minute, now } from './sampleJobs';

const lost = { kind: 'network', message: 'connection reset', sent: 'maybe' } as const;

suite('the exported history', () => {
  /** The file's text, from pieces that come one a job. */
  async function exported(jobs: readonly Job[], removed: readonly string[] = []): Promise<string> {
    const open = (key: string) =>
      Promise.resolve(removed.includes(key) ? undefined : jobs.find(each => each.key === key));
    let text = '';
    for await (const piece of historyPieces(jobs, open, now)) text += piece;
    return text;
  }

  test('holds what was asked and what came of it', async () => {
    const whole = ended('aborted', ['completed', 'aborted'], {
      key: 'k1',
      name: 'Nightly',
      note: 'Audit',
      message: 'One query failed.',
      session: { partner: 'P', project: 'nightly' },
      group: { id: 'g1', index: 1, count: 2 },
      lineage: { from: 'k0', how: 'failed' },
    });
    assert.deepEqual(JSON.parse(await exported([whole])), {
      format: 'zoql-job-history',
      version: 1,
      exportedAt: '2026-11-23T12:00:00.000Z',
      jobs: [
        {
          key: 'k1',
          tenant: 'Sandbox',
          origin: 'https://rest.test.zuora.com',
          phase: 'finished',
          id: 'j1',
          name: 'Nightly',
          status: 'aborted',
          message: 'One query failed.',
          submittedAt: '2026-11-23T11:55:00.000Z',
          startedAt: '2026-11-23T11:55:00.000Z',
          finishedAt: '2026-11-23T11:59:00.000Z',
          changedAt: '2026-11-23T12:00:00.000Z',
          stateful: { partner: 'P', project: 'nightly' },
          split: { id: 'g1', index: 1, count: 2 },
          repeats: { key: 'k0', how: 'failed' },
          adopted: false,
          pinned: false,
          note: 'Audit',
          counts: { queries: 2, batches: 2, completed: 1, failed: 1, records: 617, full: 0, incremental: 0 },
          queries: [
            { name: 'accounts', type: 'zoql', query: 'select Id from Account', file: 'accounts.zoql', line: 1 },
            { name: 'invoices', type: 'zoql', query: 'select Id from Account', file: 'invoices.zoql', line: 1 },
          ],
          batches: [
            { name: 'accounts', id: 'b1', status: 'completed', records: 617, fileIds: ['f1'] },
            { name: 'invoices', id: 'b2', status: 'aborted', fileIds: [] },
          ],
        },
      ],
    });
  });

  test('holds neither bodies nor headers, and a key only where a job may be lost', async () => {
    const request = { body: '{"name":"in the body"}', headers: { 'X-Gateway': 'in a header' }, gzip: false };
    const unknown = job({ key: 'k2', phase: 'unknown', failure: lost, request });
    const text = await exported([unknown, { ...ended('completed', ['completed'], { key: 'k1' }), request }]);
    assert.doesNotMatch(text, /in the body|in a header/);
    assert.equal([...text.matchAll(/"idempotencyKey":"i1"/g)].length, 1);
    assert.match(text, /"problem":"The answer of rest\.test\.zuora\.com did not come: connection reset\./);
  });

  test('is whole JSON without a job, and with one that was removed meanwhile; a job is a line', async () => {
    const jobs = ['k3', 'k2', 'k1'].map(key => ended('completed', ['completed'], { key }));
    const keysOf = (text: string) => (JSON.parse(text) as { jobs: { key: string }[] }).jobs.map(({ key }) => key);
    assert.deepEqual(keysOf(await exported([])), []);
    assert.deepEqual(keysOf(await exported(jobs, ['k3'])), ['k2', 'k1']);
    assert.deepEqual(keysOf(await exported(jobs, ['k2', 'k1'])), ['k3']);
    assert.equal((await exported(jobs)).trimEnd().split('\n').length, 5);
  });
});

suite('what can be copied of a job', () => {
  const drawn = (of: Job) => idsOf(of).map(({ label, text }) => `${label}: ${text.replaceAll('\n', ' ')}`);

  test('are its ID, and those of its batches and files, also all together', () => {
    const segments = batch({ batchId: 'b2', name: 'invoices', status: 'completed', fileIds: ['f2', 'f3'], query: 1 });
    const whole = ended('completed', ['completed', 'completed']);
    assert.deepEqual(drawn({ ...whole, batches: [...whole.batches.slice(0, 1), segments] }), [
      'Job ID: j1',
      'All batch IDs: b1 b2',
      'Batch ID of accounts: b1',
      'Batch ID of invoices: b2',
      'All file IDs: f1 f2 f3',
      'File ID of accounts: f1',
      'File IDs of invoices, 2 parts: f2 f3',
    ]);
    assert.deepEqual(drawn(ended('completed', ['completed'])), [
      'Job ID: j1',
      'Batch ID of accounts: b1',
      'File ID of accounts: f1',
    ]);
  });

  test('is the key of a request whose answer is lost, and nothing of a job that was not sent', () => {
    assert.deepEqual(drawn(job({ phase: 'unknown', failure: lost })), ['Idempotency-Key: i1']);
    assert.equal(idOrKey(job({ phase: 'unknown', failure: lost })), 'i1');
    assert.equal(idOrKey(ended('completed', ['completed'])), 'j1');
    assert.deepEqual(drawn(job({ phase: 'not-sent', createdAt: now - minute })), []);
  });
});

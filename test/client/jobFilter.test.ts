import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  filterInWords,
  filterMessage,
  matches,
  queryMatches,
  textMatches,
  type JobFilter,
} from '../../client/src/jobs/filter';
import type { Job } from '../../client/src/jobs/model';
import { oldJobs } from '../../client/src/jobs/old';
import { day, ended, hour, job, now } from './sampleJobs';

const lost = { kind: 'network', message: 'reset', sent: 'maybe' } as const;
const canceled = { kind: 'canceled', sent: 'no' } as const;
const refusal = { kind: 'rejected', message: 'no', status: 200 } as const;

/** One job of each kind, by what makes it different. */
const jobs: Readonly<Record<string, Job>> = {
  queued: job({ phase: 'queued' }),
  sending: job({ phase: 'sending' }),
  running: ended('executing', ['executing'], { phase: 'running' }),
  completed: ended('completed', ['completed']),
  aborted: ended('aborted', ['completed', 'aborted']),
  cancelled: ended('cancelled', ['completed', 'cancelled']),
  refused: job({ phase: 'refused', failure: refusal }),
  'not sent': job({ phase: 'not-sent', failure: { kind: 'signed-out', message: 'no' } }),
  'taken back': job({ phase: 'not-sent', failure: canceled }),
  unknown: job({ phase: 'unknown', failure: lost }),
  'given up': job({ phase: 'given-up', failure: lost }),
  gone: job({ phase: 'gone', id: 'j9', status: 'executing', failure: refusal }),
  pinned: ended('completed', ['completed'], { pinned: true, createdAt: now - 25 * hour }),
  noted: ended('completed', ['completed'], { note: 'Audit', createdAt: now - 8 * day }),
  stateful: ended('completed', ['completed'], { session: { partner: 'P', project: 'nightly' } }),
  elsewhere: ended('completed', ['completed'], { scope: { tenant: 'acme-eu', origin: 'https://rest.eu.zuora.com' } }),
};

suite('a filter', () => {
  const fits = (filter: JobFilter, expected: string) => {
    const fitting = Object.entries(jobs).filter(([, each]) => matches(each, filter, now));
    assert.equal(fitting.map(([name]) => name).join(', '), expected);
  };

  test('takes jobs by how they stand: of several standings, any', () => {
    fits({ standings: ['waiting'] }, 'queued, sending');
    fits({ standings: ['running'] }, 'running');
    fits({ standings: ['failed'] }, 'aborted, refused, not sent');
    fits({ standings: ['canceled'] }, 'cancelled, taken back');
    fits({ standings: ['unknown', 'gone'] }, 'unknown, given up, gone');
    fits({ standings: ['completed'] }, 'completed, pinned, noted, stateful, elsewhere');
  });

  test('takes jobs by tenant, mark, kind and age, and all of these must hold', () => {
    fits({ tenants: ['acme-eu', 'other'] }, 'elsewhere');
    fits({ pinned: true }, 'pinned');
    fits({ withNote: true }, 'noted');
    fits({ stateful: true }, 'stateful');
    fits({ standings: ['completed'], within: day }, 'completed, stateful, elsewhere');
    fits({ standings: ['completed'], within: 7 * day, tenants: ['Sandbox'] }, 'completed, pinned, stateful');
    fits({ text: 'audit' }, 'noted');
    fits({}, Object.keys(jobs).join(', '));
  });

  test('is told in words, with how much it leaves', () => {
    assert.equal(filterInWords({}), undefined);
    assert.equal(
      filterInWords({
        standings: ['running', 'waiting', 'failed'],
        tenants: ['Sandbox'],
        pinned: true,
        stateful: true,
      }),
      'running, queued or being sent or failed, on Sandbox, pinned, stateful',
    );
    assert.equal(
      filterMessage({ within: day, withNote: true }, 3, 1200),
      'Showing 3 of 1,200 jobs: with a note, of the last 24 hours.',
    );
    assert.equal(filterMessage({ text: 'a b' }, 0, 1), 'Showing 0 of 1 job: with “a b”.');
    assert.equal(filterMessage({}, 1, 1), undefined);
  });
});

suite('a search', () => {
  const sought = ended('completed', ['completed', 'completed'], {
    id: 'AB12',
    name: 'Nightly',
    note: 'For the auditors',
    files: ['file:///home/me/projects/billing/quarter%20end/all%20invoices.zoql'],
    session: { partner: 'P', project: 'delta' },
  });

  test('finds a job by name, first query, note, id, tenant, session and file, each word anywhere, in any case', () => {
    for (const text of [
      'nightly',
      'accounts',
      'AUDIT',
      'ab12',
      'sandbox',
      'delta',
      'all invoices',
      'quarter night',
      '',
    ]) {
      assert.ok(textMatches(sought, text), text);
    }
    for (const text of ['weekly', 'nightly weekly', 'invoices.csv', 'projects', 'file://']) {
      assert.ok(!textMatches(sought, text), text);
    }
  });

  test('finds in whole jobs also further queries, and the ids of batches and files', () => {
    for (const text of ['invoices', 'from account', 'b2', 'f2 nightly']) {
      assert.ok(queryMatches(sought, text), text);
    }
    assert.ok(!queryMatches(sought, 'refunds'));
  });
});

test('old jobs go that have ended and that no person has pinned; an unknown one waits for a decision', () => {
  const aged = Object.entries(jobs).map(([key, each]) => ({ ...each, key, createdAt: now - 10 * day }));
  assert.deepEqual(
    oldJobs(aged, 7, now).map(({ key }) => key),
    Object.keys(jobs).filter(name => !['queued', 'sending', 'running', 'unknown', 'pinned'].includes(name)),
  );
  assert.deepEqual(oldJobs(aged, 10, now), []);
});

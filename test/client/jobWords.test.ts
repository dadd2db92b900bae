import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  describeJob,
  describeRow,
  historyProblem,
  moreDetails,
  queuedInWords,
  rowsOf,
  type Described,
} from '../../client/src/jobs/describe';
import { kindOf, resultFileNames } from '../../client/src/jobs/resultFiles';
import type { Job } from '../../client/src/jobs/model';
import { batch, day, ended, hour, job, minute, now, query } from './sampleJobs';

/** The job and its batches as the view shows them: icon, label, description, and the words its menus look for. */
function drawn(job: Job): string {
  const line = ({ icon, label, description, words }: Described) =>
    `(${icon.id}) ${label} | ${description} | ${words.join(' ')}`;
  return [line(describeJob(job, now)), ...rowsOf(job).map(row => `  ${line(describeRow(job, row))}`)].join('\n');
}

suite('a job in the view', () => {
  test('with batches that are done, running and failed', () => {
    const batches = [
      batch({ batchId: 'b1', name: 'accounts', status: 'completed', recordCount: 1, fileIds: ['f1'] }),
      batch({ batchId: 'b2', name: 'invoices', status: 'executing', recordCount: 0 }),
      batch({ batchId: 'b3', name: 'refunds', status: 'aborted', message: 'You must specify a select.' }),
    ];
    assert.equal(
      drawn(job({ phase: 'running', id: 'j1', status: 'executing', batches })),
      `(sync~spin) accounts +2 | executing · 1/3, 1 failed · 1 record · j1 | job unpinned withId withUi refreshable cancelable removable resubmittable
  (pass) accounts | completed · 1 record · b1 | batch withId withResult
  (sync~spin) invoices | executing · b2 | batch withId
  (error) refunds | aborted · b3 · You must specify a select. | batch withId`,
    );
  });

  test('in states that Zuora has invented since', () => {
    const batches = [batch({ name: undefined, status: 'hibernating' })];
    assert.equal(
      drawn(job({ phase: 'running', id: 'j1', status: '__proto__', name: 'Nightly', batches })),
      `(question) Nightly | __proto__ · 0/3 · j1 | job unpinned withId withUi refreshable cancelable removable resubmittable
  (question) Query 1 | hibernating | batch
  (circle-outline) accounts | no batch | batch
  (circle-outline) invoices | no batch | batch
  (circle-outline) refunds | no batch | batch`,
    );
  });

  test('without an answer shows the queries that were to be sent', () => {
    const failure = { kind: 'network', message: 'connection reset', sent: 'maybe' } as const;
    const text = drawn(job({ phase: 'unknown', failure }));
    assert.match(
      text,
      /^\(question\) accounts \+2 \| unknown · 5 min ago · .*connection reset.* \| job unpinned withKey withUi removable resendable unknown adoptable\n/,
    );
    assert.match(text, /\n {2}\(circle-outline\) accounts \| no batch \| batch\n/);
  });

  test('that was refused can be sent again and says why', () => {
    const failure = { kind: 'rejected', message: 'There is no field named X', status: 200, code: '90005' } as const;
    assert.match(drawn(job({ phase: 'refused', failure })), /^\(error\) accounts \+2 \| refused · .*no field named X/);
  });

  test('that cannot be watched says so and keeps its status', () => {
    const failure = { kind: 'network', message: 'offline', sent: 'no' } as const;
    const text = drawn(
      job({ phase: 'running', id: 'j1', status: 'executing', condition: { kind: 'unreachable', failure } }),
    );
    assert.match(text, /^\(debug-disconnect\) accounts \+2 \| executing, unreachable · j1 \|/);
  });

  for (const [kind, expected] of [
    ['signed-out', 'executing, but nobody is signed in to its tenant; sign in to go on'],
    ['unauthorized', 'executing, but Zuora refuses the sign-in to its tenant; sign in again to go on'],
    ['untrusted', 'executing, but this workspace is not trusted; trust it to go on'],
  ] as const) {
    test(`that pauses says why: ${kind}`, () => {
      const failure = { kind, message: 'no', status: 401 };
      const paused = job({ phase: 'running', id: 'j1', status: 'executing', condition: { kind: 'paused', failure } });
      assert.equal(new Map(describeJob(paused, now).details).get('Status'), expected);
    });
  }

  test('that is not polled because a person wants it so says so, and what to do', () => {
    const failure = { kind: 'switched-off' } as const;
    const off = job({ phase: 'running', id: 'j1', status: 'executing', condition: { kind: 'paused', failure } });
    assert.match(drawn(off), /^\(debug-pause\) accounts \+2 \| executing, not polled · j1 \|/);
    const details = new Map(describeJob(off, now).details);
    assert.equal(details.get('Status'), 'executing, but polling is switched off; Refresh asks Zuora once');
    assert.match(
      details.get('What happened') ?? '',
      /^Polling is switched off .* kept as it was .* Refresh asks Zuora once\.$/,
    );
  });

  test('that is queued can be canceled, and is not refreshed', () => {
    assert.match(
      drawn(job({ phase: 'queued' })),
      /^\(clock\) accounts \+2 \| queued · 5 min ago · Sandbox has no place .* sent by itself .* \| job unpinned withUi cancelable removable\n/,
    );
  });

  test('that is queued says why, and what becomes of it', () => {
    const { attempt } = job({});
    assert.equal(
      queuedInWords(job({ phase: 'queued', attempt: { ...attempt, waitsFor: 'slot' } })),
      'accounts +2 is queued: Sandbox has no free place for one more stateless job. It is sent by itself as soon as one ends, after a restart too. Cancel Job takes it out of the queue.',
    );
    assert.match(
      queuedInWords(job({ attempt: { ...attempt, waitsFor: 'tenant' }, session: { partner: 'p', project: 'q' } })),
      /^accounts \+2 is queued: Zuora runs as many stateful jobs of Sandbox as it takes\./,
    );
  });

  test('that was given up can still be adopted, and is not sent again', () => {
    const failure = { kind: 'network', message: 'connection reset', sent: 'maybe' } as const;
    assert.match(
      drawn(job({ phase: 'given-up', failure })),
      /^\(question\) accounts \+2 \| given up · .* was left open; the request is kept\. .* Adopt by ID… takes it up\. \| job unpinned withKey withUi removable resubmittable adoptable\n/,
    );
  });

  test('whose queries came from no file names none', () => {
    const adopted = query('accounts', 0);
    const queries = [{ ...adopted, source: { ...adopted.source, uri: '', relativePath: '' } }];
    const shown = job({ queries });
    const [row] = rowsOf(shown);
    assert.ok(row);
    assert.deepEqual(
      describeRow(shown, row).details.map(([name]) => name),
      ['Status', 'Type', 'Query'],
    );
  });

  test('that waits for a sign-in before it is sent again cannot be removed', () => {
    const failure = { kind: 'signed-out', message: 'not signed in' } as const;
    const text = drawn(job({ phase: 'sending', condition: { kind: 'paused', failure } }));
    assert.match(
      text,
      /^\(debug-pause\) accounts \+2 \| sending, signed out · 5 min ago · [^|]* \| job unpinned withUi\n/,
    );
  });

  test('is told to those who cannot see it, as one sentence', () => {
    const { spoken } = describeJob(ended('completed', ['completed', 'completed', 'completed']), now);
    assert.equal(
      spoken,
      'Job accounts +2, completed, 3 of 3 queries completed, 1,851 records, took 4 min, submitted 5 min ago, result files gone in 2 days, ID j1.',
    );
  });

  test('says how far it is, how long it takes, and how it ended', () => {
    const running = (startedAt: number) =>
      ({ phase: 'running', status: 'executing', startedAt, finishedAt: undefined }) as const;
    const some = ['completed', 'executing', 'pending'];
    description(ended('', some, running(now - 20_000)), 'executing · 1/3 · 617 records · for less than a minute · j1');
    description(ended('', some, running(now - 65 * minute)), 'executing · 1/3 · 617 records · for 1 h 5 min · j1');
    description(ended('completed', ['completed']), 'completed · 617 records · took 4 min · 5 min ago · j1');
    description(
      ended('aborted', ['completed', 'aborted', 'aborted'], { finishedAt: now - 5 * minute + 12_000 }),
      'aborted · 1/3, 2 failed · 617 records · took 12 s · 5 min ago · j1',
    );
    // It had ended when Zuora was first asked for it: how long it took is not known.
    description(
      ended('completed', ['completed'], { finishedAt: now - 5 * minute }),
      'completed · 617 records · 5 min ago · j1',
    );
    description(
      ended('cancelled', ['completed', 'cancelled']),
      'cancelled · 1/2 · 617 records · took 4 min · 5 min ago · j1',
    );
  });

  test('says when its result files are gone: in the line on the last day, in the tooltip always', () => {
    const at = (finishedAt: number, expected: string | undefined, spoken: string) => {
      const described = describeJob(
        ended('completed', ['completed'], { startedAt: finishedAt, finishedAt, createdAt: finishedAt }),
        now,
      );
      assert.equal(/files gone.*(?= ·)/.exec(described.description)?.[0], expected);
      assert.match(described.spoken, new RegExp(`, ${spoken}, `));
    };
    at(now, undefined, 'result files gone in 3 days');
    at(now - 2 * day + minute, undefined, 'result files gone in 1 day');
    at(now - 2 * day - 1, 'files gone in 23 h', 'result files gone in 23 h');
    at(now - 3 * day + 9 * hour, 'files gone in 9 h', 'result files gone in 9 h');
    at(now - 3 * day + 25 * minute, 'files gone in 25 min', 'result files gone in 25 min');
    at(now - 3 * day + 1_000, 'files gone within a minute', 'result files gone within a minute');
    at(now - 3 * day, 'files gone', 'result files gone');
    const tooltip = new Map(describeJob(ended('completed', ['completed'], { finishedAt: now - minute }), now).details);
    assert.match(tooltip.get('Result files') ?? '', /^Zuora deletes them in 2 days, about .*2026.*\.$/);
    description(
      ended('aborted', ['aborted'], { finishedAt: now - 4 * day }),
      'aborted · 0/1, 1 failed · 5 min ago · j1',
    );
  });

  test('says whether a stateful job exports all or what has changed; a stateless one exports all', () => {
    const session = { partner: 'P', project: 'nightly' };
    const kinds = (...full: (boolean | undefined)[]) => {
      const batches = full.map(each => batch({ status: 'pending', full: each }));
      return describeJob(job({ phase: 'running', id: 'j1', status: 'executing', session, batches }), now).description;
    };
    assert.match(kinds(true, true), / · full · j1$/);
    assert.match(kinds(false), / · incremental · j1$/);
    assert.match(kinds(true, false), / · full \+ incremental · j1$/);
    assert.match(kinds(undefined), / · stateful · j1$/);
    const stateless = job({ phase: 'running', id: 'j1', status: 'executing', batches: [batch({ full: true })] });
    assert.doesNotMatch(drawn(stateless), /full/);
    assert.match(drawn({ ...stateless, session }), /\n {2}\(clock\) accounts \| pending · full \| batch/);
  });

  test('says what of it is a person’s: pinned, with a note, adopted, part of a split, a repeat', () => {
    const earlier = job({ key: 'k0' });
    const find = (key: string) => (key === 'k0' ? earlier : undefined);
    const marked = ended('completed', ['completed'], {
      pinned: true,
      note: 'for the auditors,\nplease keep until the end of March.',
      adopted: true,
      group: { id: 'g1', index: 1, count: 3 },
      lineage: { from: 'k0', how: 'failed' },
    });
    const { description: line, spoken, details } = describeJob(marked, now, find);
    assert.equal(
      line,
      'completed · pinned · 617 records · took 4 min · 5 min ago · part 1 of 3 · again · adopted · “for the auditors, please keep until the…” · j1',
    );
    assert.match(
      spoken,
      /part 1 of 3 of a split, again: failed batches of accounts \+2, adopted by its ID, note: for the/,
    );
    assert.equal(new Map(details).get('Again'), 'again: failed batches of accounts +2');
    const repeats = (from: string, how: 'as-sent' | 'edited') =>
      new Map(describeJob(job({ lineage: { from, how } }), now, find).details).get('Again');
    assert.equal(repeats('k0', 'edited'), 'again, as edited since: accounts +2');
    assert.equal(repeats('gone', 'as-sent'), 'again, as it was: a job that was removed');
  });

  test('names the queries that Zuora ignored', () => {
    const batches = [
      batch({ batchId: 'b1', name: 'accounts', status: 'completed', recordCount: 3, fileIds: ['f1'], query: 0 }),
      batch({ batchId: 'b2', name: 'invoices', status: 'completed', query: 1 }),
    ];
    assert.equal(
      drawn(job({ id: 'j1', status: 'completed', batches })),
      `(pass) accounts +2 | completed · 2/3 · 3 records · 5 min ago · j1 | job unpinned withId withUi refreshable removable resubmittable hasFailed
  (pass) accounts | completed · 3 records · b1 | batch withId withResult
  (warning) invoices | ignored: no permission to read Account? · b2 | batch withId
  (warning) refunds | ignored: no permission to read Account? | batch`,
    );
  });

  test('of which the answer is lost tells its key in the tooltip, others do not', () => {
    const names = (of: Job) => moreDetails(of).map(([name]) => name);
    const failure = { kind: 'canceled', sent: 'maybe' } as const;
    assert.deepEqual(names(job({ phase: 'unknown', failure })), ['Idempotency-Key', 'Query', 'Query', 'Query']);
    assert.deepEqual(names(job({ id: 'j1', status: 'completed' })), ['Query', 'Query', 'Query']);
  });

  function description(of: Job, expected: string): void {
    assert.equal(describeJob(of, now).description, expected);
  }
});

test('a history that cannot be read is told above the view, until it can', () => {
  const read = { ok: true, value: undefined } as const;
  const fault = { kind: 'disk', code: 'EACCES', message: 'permission denied' } as const;
  assert.match(
    historyProblem({ ok: false, fault }, 0) ?? '',
    /^The list of jobs cannot be read: permission denied\. Nothing of it was changed\. /,
  );
  assert.equal(historyProblem(read, 1), 'One entry of the list cannot be read. Show Log tells which.');
  assert.equal(historyProblem(read, 2), '2 entries of the list cannot be read. Show Log tells which.');
  assert.equal(historyProblem(read, 0), undefined);
});

suite('result files', () => {
  const names = (name: string, body: object, fileIds = ['f1']) =>
    resultFileNames(job({ body }), { name, batch: batch({ name, fileIds }), query: undefined });

  test('are called after the query and end like the format', () => {
    assert.deepEqual(names('accounts', {}), ['accounts.csv']);
    assert.deepEqual(names('accounts', { format: 'gzip' }), ['accounts.csv.gz']);
    assert.deepEqual(names('accounts', { format: 'zip', encrypted: 'pgp' }), ['accounts.zip.pgp']);
    assert.deepEqual(names('accounts', {}, ['f1', 'f2']), ['accounts-1.csv', 'accounts-2.csv']);
  });

  test('have names that stay in their folder on every system', () => {
    assert.deepEqual(names('../../etc/passwd', {}), ['.._.._etc_passwd.csv']);
    assert.deepEqual(names('C:\\a*b?\u202e', {}), ['C__a_b__.csv']);
    assert.deepEqual(names('con', {}), ['_con.csv']);
    assert.deepEqual(names('..', {}), ['_.csv']);
    assert.ok(Buffer.byteLength(names('ä'.repeat(300), {})[0] ?? '') < 200);
  });

  test('are told apart by their first bytes', () => {
    assert.equal(kindOf(Uint8Array.of(0x1f, 0x8b, 8)), 'gzip');
    assert.equal(kindOf(Buffer.from('PK\x03\x04')), 'zip');
    assert.equal(kindOf(Buffer.from('a\0b')), 'binary');
    assert.equal(kindOf(Buffer.from('Account.Id\n')), 'text');
    assert.equal(kindOf(new Uint8Array()), 'text');
  });
});

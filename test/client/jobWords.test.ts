import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  describeJob,
  describeRow,
  historyProblem,
  queuedInWords,
  rowsOf,
  type Described,
} from '../../client/src/jobs/describe';
import { kindOf, resultFileNames } from '../../client/src/jobs/resultFiles';
import { countsOf, type Job, type JobBatch, type PlannedQuery } from '../../client/src/jobs/model';
import { plannedJob } from '../../client/src/jobs/records';

const now = Date.UTC(2026, 10, 23, 12);

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
      `(sync~spin) accounts +2 | executing · j1 · 5 min ago | job withId refreshable cancelable removable
  (pass) accounts | completed · 1 record · b1 | batch withId withResult
  (sync~spin) invoices | executing · b2 | batch withId
  (error) refunds | aborted · b3 · You must specify a select. | batch withId`,
    );
  });

  test('in states that Zuora has invented since', () => {
    const batches = [batch({ name: undefined, status: 'hibernating' })];
    assert.equal(
      drawn(job({ phase: 'running', id: 'j1', status: '__proto__', name: 'Nightly', batches })),
      `(question) Nightly | __proto__ · j1 · 5 min ago | job withId refreshable cancelable removable
  (question) Query 1 | hibernating | batch`,
    );
  });

  test('without an answer shows the queries that were to be sent', () => {
    const failure = { kind: 'network', message: 'connection reset', sent: 'maybe' } as const;
    const text = drawn(job({ phase: 'unknown', failure }));
    assert.match(
      text,
      /^\(question\) accounts \+2 \| unknown · 5 min ago · .*connection reset.* \| job removable resendable unknown adoptable\n/,
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
    assert.match(text, /^\(debug-disconnect\) accounts \+2 \| executing, unreachable · j1 · 5 min ago \|/);
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

  test('that is queued can be canceled, and is not refreshed', () => {
    assert.match(
      drawn(job({ phase: 'queued' })),
      /^\(clock\) accounts \+2 \| queued · 5 min ago \| job cancelable removable\n/,
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
      /^\(question\) accounts \+2 \| given up · .* was left open; the request is kept\. Adopt by ID… ties it to Zuora’s job, where there is one\. \| job removable adoptable\n/,
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
    assert.match(text, /^\(debug-pause\) accounts \+2 \| sending, signed out · 5 min ago · [^|]* \| job\n/);
  });

  test('is told to those who cannot see it', () => {
    const { spoken } = describeJob(job({ phase: 'finished', id: 'j1', status: 'completed' }), now);
    assert.equal(spoken, 'Job accounts +2, completed, submitted 5 min ago, ID j1');
  });
});

test('a history that cannot be read is told above the view, until it can', () => {
  const read = { ok: true, value: undefined } as const;
  const fault = { kind: 'disk', code: 'EACCES', message: 'permission denied' } as const;
  assert.equal(historyProblem({ ok: false, fault }, 0), 'The list of jobs cannot be read: permission denied.');
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

function job({ body = {}, ...rest }: Partial<Job> & { readonly body?: object }): Job {
  const writer = { window: 'w1', host: 'h1', pid: 1 };
  const { job: planned } = plannedJob('k1', {
    kind: 'planned',
    version: 1,
    sequence: 0,
    at: now - 5 * 60_000,
    scope: { tenant: 'Sandbox', origin: 'https://rest.test.zuora.com' },
    request: { body: JSON.stringify(body), headers: {}, gzip: false },
    queries: rest.queries ?? ['accounts', 'invoices', 'refunds'].map(query),
    attempt: { idempotencyKey: 'i1', keyMadeAt: now, mayExist: true, writer, until: now },
  });
  const { batches = [] } = rest;
  return { ...planned, updatedAt: now, phase: 'finished', counts: countsOf(planned.queries, batches), ...rest };
}

function query(name: string, statement: number): PlannedQuery {
  const source = {
    uri: `file:///w/${name}.zoql`,
    relativePath: `${name}.zoql`,
    statement,
    range: { start: 0, end: 22 },
    line: 1,
    text: 'select Id from Account',
  };
  return { name, type: 'zoql', query: 'select Id from Account', source };
}

function batch(rest: Partial<JobBatch>): JobBatch {
  return {
    batchId: undefined,
    name: 'accounts',
    status: 'pending',
    recordCount: undefined,
    message: undefined,
    fileIds: [],
    full: undefined,
    query: undefined,
    ...rest,
  };
}

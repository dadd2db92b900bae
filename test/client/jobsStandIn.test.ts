// The job's life end to end: journal on a real disk, real HTTP, and a service that counts the jobs of each key.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test, type TestContext } from 'node:test';
import type { Job, JobPlan } from '../../client/src/jobs/model';
import { createPoller } from '../../client/src/jobs/poller';
import { createSubmitter, type SubmitOptions, type Submitter } from '../../client/src/jobs/submit';
import { thisWindow } from '../../client/src/jobs/windows';
import { createZuoraClient, type ZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock, type Clock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import { startZuora, type Zuora } from '../zuora/server';
import type { Fault } from '../zuora/faults';
import { until } from './fakeClock';
import { startChild } from './jobChildren';
import { attempt, drawJob, plan, Surroundings, temporaryFolder, testStore } from './jobParts';
import { pick, seeded } from '../seeded';
import { openJournal } from '../../client/src/jobs/journal';
import { openStore, type JobStore } from '../../client/src/jobs/store';
import { listUnfinished } from '../../client/src/jobs/unfinished';
import { randomBytes, randomUUID } from 'node:crypto';

let zuora: Zuora;
before(async () => {
  zuora = await startZuora();
});
after(() => zuora.stop());

const submits = { method: 'POST', path: '/v1/batch-query/' } as const;

/** Pauses end as soon as they begin; real time-outs stay what they are. */
const hasty: Clock = {
  ...systemClock,
  after: (milliseconds, run) => systemClock.after(Math.min(milliseconds, 2), run),
};

suite('a submit over real HTTP', () => {
  const oneJob: Record<string, readonly Fault[]> = {
    'no fault': [],
    'A1 reset after the job was made': [{ do: 'drop', at: 'after' }],
    'A1 reset after the headers': [{ do: 'drop', at: 'headers' }],
    'A1 reset in the middle of the body': [{ do: 'drop', at: 'body' }],
    'A1 ended in the middle of the body': [{ do: 'drop', at: 'body', how: 'end' }],
    'A1 half a body without a length': [{ do: 'cut', framing: 'none' }],
    'A2 reset before the request was read': [{ do: 'drop', at: 'before' }],
    'A3 no answer within our limit': [{ do: 'silence' }],
    'A5 one 503 that nobody keeps': [{ do: 'status', status: 503, stored: false }],
    'A8 one 429': [{ do: 'too-many-requests', retryAfter: '1' }],
    'a proxy page in place of the answer': [{ do: 'html', when: 'after' }],
    'an answer that is no JSON': [{ do: 'malformed-json' }],
    'a cut gzip answer': [{ do: 'truncated-gzip' }],
    'an expired token, whose 401 is kept': [{ do: 'expired-token' }],
    'lost, then 429, then 503, which nobody keeps': [
      { do: 'drop', at: 'after' },
      { do: 'too-many-requests', stored: false },
      { do: 'status', status: 503, stored: false },
    ],
  };
  for (const [name, faults] of Object.entries(oneJob)) {
    test(`${name}: one job`, async t => {
      const { job, sent } = await submitThrough(t, faults);
      assert.equal(job.phase, 'running', drawJob(job));
      assert.deepEqual(
        zuora.jobs.map(({ id }) => id),
        [job.id],
      );
      assert.deepEqual([...zuora.jobsByKey.values()], [1]);
      assert.ok(sent.every(request => request.body === plan.request.body));
      assert.deepEqual(zuora.violations, []);
    });
  }

  test('A4 a 500 that Zuora gives again for its key: two requests, then unknown', async t => {
    const { job, sent } = await submitThrough(t, [{ do: 'status', status: 500, stored: true }]);
    assert.equal(drawJob(job), 'unknown (unavailable)');
    assert.deepEqual([sent.length, new Set(keysOf(sent)).size, zuora.jobs.length], [2, 1, 0]);
  });

  test('A6 while the first request is under way it waits, then takes its answer', async t => {
    zuora.reset();
    const window = openWindow(t, { stallLimitMs: 200 });
    const held = zuora.fault({ do: 'hold', match: submits });
    const waits: string[] = [];
    const submission = window.submit({
      progress(step) {
        if (step.kind !== 'waiting') return;
        waits.push(step.failure.kind);
        if (step.failure.kind === 'in-progress') held.release();
      },
    });
    const job = await submission;
    assert.equal(job.phase, 'running', drawJob(job));
    assert.deepEqual(new Set(waits), new Set(['timeout', 'in-progress']));
    assert.deepEqual([...zuora.jobsByKey.values()], [1]);
  });

  test('A7 a key that Zuora knows from another request is not repeated', async t => {
    const { job, sent } = await submitThrough(t, [{ do: 'status', status: 422, body: { message: 'key mismatch' } }]);
    assert.deepEqual([drawJob(job), sent.length], ['refused (rejected)', 1]);
  });

  test('A9 the words of a refusal reach the job, with the query they are about', async t => {
    zuora.reset();
    const text = 'select Nope from Account';
    const body = JSON.stringify({ queries: [{ name: 'bad', type: 'zoqlexport', query: text }] });
    const job = await openWindow(t).submit({}, { ...plan, request: { ...plan.request, body } });
    assert.equal(job.phase, 'refused');
    assert.ok(job.failure?.kind === 'rejected');
    assert.deepEqual(job.failure.culprit, { error: 'There is no field named Nope', query: text });
    assert.equal(
      zuora.requests.filter(request => request.method === 'POST' && request.path === submits.path).length,
      1,
    );
  });

  for (const id of [null, '../../etc/passwd', 'a"b', 'a\nb', 'x'.repeat(10_000)]) {
    test(`A10 an answer with the id ${JSON.stringify(id).slice(0, 20)}: unknown, and no such path`, async t => {
      const { job, folder } = await submitThrough(t, [{ do: 'job-id', id, times: 3 }]);
      assert.equal(drawJob(job), 'unknown (malformed)');
      assert.equal(job.id, undefined);
      assert.deepEqual(await listUnfinished(path.join(folder, 'settled')), [job.key]);
    });
  }

  test('no credentials: nothing is sent', async t => {
    zuora.reset();
    const job = await openWindow(t, { signedIn: false }).submit();
    assert.deepEqual([drawJob(job), zuora.requests.length], ['not-sent (signed-out)', 0]);
  });

  test('a wrong secret is tried once', async t => {
    zuora.reset();
    const job = await openWindow(t, { secret: 'wrong' }).submit();
    assert.equal(drawJob(job), 'refused (unauthorized)');
    assert.deepEqual(
      zuora.requests.map(request => request.path),
      ['/oauth/token'],
    );
  });

  test('no secret is in the journal', async t => {
    const { folder } = await submitThrough(t, [{ do: 'expired-token' }]);
    const text = readdirSync(folder)
      .filter(name => name.endsWith('.jsonl'))
      .map(name => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    assert.ok(text.includes('"planned"'));
    for (const secret of [zuora.clientSecret, zuora.clientId, 'Bearer']) assert.ok(!text.includes(secret));
  });

  test('any mix of faults makes no second job', async t => {
    const seed = Date.now() & 0xffff;
    console.log(`seed ${seed}`);
    const random = seeded(seed);
    const kinds: readonly Fault[] = [
      { do: 'drop', at: 'before' },
      { do: 'drop', at: 'after' },
      { do: 'drop', at: 'headers' },
      { do: 'drop', at: 'body' },
      { do: 'status', status: 500 },
      { do: 'status', status: 503, stored: false },
      { do: 'status', status: 504, when: 'after' },
      { do: 'too-many-requests' },
      { do: 'too-many-requests', stored: false },
      { do: 'expired-token' },
      { do: 'expired-token', stored: false },
      { do: 'html', when: 'after' },
      { do: 'truncated-gzip' },
      { do: 'status', status: 403, stored: false },
    ];
    for (let count = 0; count < 60; count++) {
      const faults = Array.from({ length: Math.floor(random() * 5) }, () => pick(kinds, random));
      const { job } = await submitThrough(t, faults);
      const described = `seed ${seed}, submit ${count}: ${JSON.stringify(faults)} → ${drawJob(job)}`;
      if (job.id !== undefined)
        assert.deepEqual(
          zuora.jobs.map(({ id }) => id),
          [job.id],
          described,
        );
      else if (job.phase === 'unknown') assert.ok(zuora.jobs.length <= 1, described);
      else assert.equal(zuora.jobs.length, 0, described);
      assert.deepEqual(zuora.violations, [], described);
    }
  });
});

suite('A11 a window killed while it sends', () => {
  for (const when of ['before', 'after'] as const) {
    test(`${when} the job was made: the next window gets the one job`, async t => {
      zuora.reset();
      const folder = temporaryFolder(t);
      const held = zuora.fault({ do: 'hold', when, match: submits });
      const { url: origin, clientId, clientSecret } = zuora;
      const child = await startChild(t, { task: 'submit', folder, origin, clientId, clientSecret });
      await until(
        () => held.hits === 1 && zuora.jobs.length === (when === 'after' ? 1 : 0),
        () => `${held.hits} requests arrived`,
      );
      child.kill('SIGKILL');
      await once(child, 'exit');
      held.release();

      const [key = ''] = await listUnfinished(folder);
      const window = openWindow(t, { folder });
      await window.store.loadUnfinished();
      assert.equal(drawJob(window.store.get(key)), 'sending');
      window.submitter.recover();
      await until(
        () => window.store.get(key)?.phase !== 'sending',
        () => 'the job is still being sent',
      );
      assert.deepEqual(
        zuora.jobs.map(({ id }) => id),
        [window.store.get(key)?.id],
      );
      assert.deepEqual(zuora.violations, []);
    });
  }

  test('two windows that repeat it at once get the same job', async t => {
    zuora.reset();
    const folder = temporaryFolder(t);
    const gone = { ...thisWindow(), window: 'gone' };
    const before = testStore(t, { folder });
    const scope = { tenant: 'Test', origin: zuora.url };
    const written = await before.store.add(
      { ...plan, scope },
      attempt(randomUUID(), { keyMadeAt: Date.now(), writer: gone }),
    );
    assert.ok(written.ok);
    const windows = [openWindow(t, { folder }), openWindow(t, { folder })];
    await Promise.all(windows.map(window => window.store.loadUnfinished()));
    for (const window of windows) window.submitter.recover();
    for (const window of windows) {
      await until(
        () => window.store.get(written.value.key)?.phase === 'running',
        () => drawJob(window.store.get(written.value.key)),
      );
    }
    assert.deepEqual(
      windows.map(window => window.store.get(written.value.key)?.id),
      [zuora.jobs[0]?.id, zuora.jobs[0]?.id],
    );
    assert.equal(zuora.jobs.length, 1);
  });
});

suite('a job to its end over real HTTP', () => {
  test('submitted, polled, completed, with its batches and files', async t => {
    zuora.reset();
    const window = openWindow(t);
    const { key } = await window.submit();
    const { store, client } = window;
    const poller = createPoller({ store, client, clock: hasty, random: Math.random, ...new Surroundings() });
    t.after(() => poller.dispose());
    poller.start();
    await until(
      () => window.store.get(key)?.phase === 'finished',
      () => drawJob(window.store.get(key)),
    );
    const job = window.store.get(key);
    // The stand-in's data has 120 accounts.
    assert.match(drawJob(job), /completed accounts completed 120, invoices completed \d+$/);
    assert.deepEqual(
      job?.batches.map(({ query, fileIds }) => [query, fileIds.length]),
      [
        [0, 1],
        [1, 1],
      ],
    );
    await until(
      () => readdirSync(window.folder).join() === 'settled',
      () => `still there: ${readdirSync(window.folder).join()}`,
    );
    assert.deepEqual(zuora.violations, []);
  });

  test('a job that Zuora has forgotten after 180 days is gone', async t => {
    zuora.reset();
    const window = openWindow(t);
    const { key } = await window.submit();
    zuora.advance(181 * 86_400_000);
    const { store, client } = window;
    const poller = createPoller({ store, client, clock: hasty, random: Math.random, ...new Surroundings() });
    t.after(() => poller.dispose());
    poller.start();
    await until(
      () => window.store.get(key)?.phase === 'gone',
      () => drawJob(window.store.get(key)),
    );
  });
});

interface Window {
  readonly folder: string;
  readonly store: JobStore;
  readonly client: ZuoraClient;
  readonly submitter: Submitter;
  submit(options?: Partial<SubmitOptions>, given?: JobPlan): Promise<Job>;
}

/** A window with everything real, signed in to the stand-in. */
function openWindow(
  t: TestContext,
  { folder = temporaryFolder(t), stallLimitMs = 60_000, signedIn = true, secret = zuora.clientSecret } = {},
): Window {
  const credentials = success({ clientId: zuora.clientId, clientSecret: secret });
  const signedOut = { ok: false, failure: { kind: 'signed-out', message: 'nobody is signed in' } } as const;
  const transport = { clock: systemClock, log: () => undefined, mayConnect: () => true, stallLimitMs };
  const credentialsFor = () => Promise.resolve(signedIn ? credentials : signedOut);
  const tokens = createTokenSource({ transport, random: Math.random, credentialsFor });
  const client = createZuoraClient({ transport, tokens, random: Math.random });
  const store = openStore({ journal: openJournal(folder), clock: systemClock, randomBytes });
  const submitter = createSubmitter({
    store,
    client,
    clock: hasty,
    random: Math.random,
    newIdempotencyKey: randomUUID,
    writer: thisWindow(),
  });
  t.after(() => {
    submitter.dispose();
    store.dispose();
  });
  return {
    folder,
    store,
    client,
    submitter,
    async submit(options = {}, given = plan) {
      const result = await submitter.submit(
        { ...given, scope: { tenant: 'Test', origin: zuora.url } },
        { signal: new AbortController().signal, progress: () => undefined, ...options },
      );
      assert.ok(result.ok);
      return result.value;
    },
  };
}

/** Submits while the faults meet the first requests, one after the other. */
async function submitThrough(t: TestContext, faults: readonly Fault[]) {
  zuora.reset();
  for (const fault of faults) zuora.fault({ ...fault, match: submits });
  const needsLimit = faults.some(fault => fault.do === 'silence');
  const window = openWindow(t, needsLimit ? { stallLimitMs: 300 } : {});
  const job = await window.submit();
  const sent = zuora.requests.filter(request => request.method === 'POST' && request.path === submits.path);
  return { job, sent, folder: window.folder };
}

function keysOf(requests: Zuora['requests']): unknown[] {
  return requests.map(request => request.headers['idempotency-key']);
}

import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { concurrencyFindings, concurrencyOf } from '../../client/src/jobs/concurrency';
import type { JobPhase, JobPlan, JobSummary, SendAttempt, Writer } from '../../client/src/jobs/model';
import { plannedJob } from '../../client/src/jobs/records';
import { repeatIsSafe } from '../../client/src/jobs/sendRules';
import { createSubmitter, type SubmitOptions, type Submitter } from '../../client/src/jobs/submit';
import { failed, success, type Failure, type Outcome } from '../../client/src/zuora/outcome';
import type { AquaJob } from '../../client/src/zuora/schemas';
import { until } from './fakeClock';
import {
  answer,
  attempt,
  drawAll,
  drawJob,
  FaultyFiles,
  fromDisk,
  plan,
  self,
  testStore,
  type TestStore,
} from './jobParts';

const full: Failure = {
  kind: 'rejected',
  message: 'There are too many concurrent AQuA jobs',
  status: 200,
  code: '90028',
};
const lost: Failure = { kind: 'network', message: 'reset', sent: 'maybe' };
const unreached: Failure = { kind: 'network', message: 'connection refused', sent: 'no' };
const throttled: Failure = { kind: 'throttled', message: 'too many requests', retryAfterMs: 7_000 };
const unauthorized: Failure = { kind: 'unauthorized', message: 'invalid token', status: 401 };
const signedOut: Failure = { kind: 'signed-out', message: 'nobody is signed in' };

suite('a tenant that has no place: 90028', () => {
  test('the job is queued, and goes out by itself under a new key', async t => {
    const { window, lines, submit } = service(t, [full, 'J1']);
    const key = await submit();
    assert.equal(drawJob(window.store.get(key)), 'queued');
    assert.equal(await fromDisk(t, window.folder, key), 'queued');
    await window.clock.pass(30_000);
    await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['key-1 → rejected', 'key-1.2 → J1']);
  });

  test('a refusal with status 400 is the same', async t => {
    const { window, submit } = service(t, [{ ...full, status: 400 }]);
    assert.equal(drawJob(window.store.get(await submit())), 'queued');
  });

  test('after a lost answer it is Zuora’s word too: there is no job under the key', async t => {
    const { window, lines, submit } = service(t, [lost, full, 'J1']);
    const submitted = submit();
    await window.clock.pass(0);
    const key = await submitted;
    await window.clock.pass(30_000);
    await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['key-1 → network', 'key-1 → rejected', 'key-1.2 → J1']);
  });

  test('it waits longer each time, up to five minutes, and never gives up', async t => {
    const waits = [30, 60, 120, 240, 300, 300, 300];
    const { window, lines, submit } = service(t, [...waits.map(() => full), 'J1']);
    const key = await submit();
    for (const [index, seconds] of waits.entries()) {
      await until(
        () => lines.length === index + 1 && window.store.get(key)?.phase === 'queued',
        () => lines.join(', '),
      );
      window.clock.advance(seconds * 1000 - 1);
      assert.equal(lines.length, index + 1);
      window.clock.advance(1);
    }
    await phaseIs(window, key, 'running');
    assert.equal(lines.at(-1), 'key-1.8 → J1');
  });

  test('it is tried at once when a job of ours ends', async t => {
    const { window, lines, submit } = service(t, ['J1', full, 'J2']);
    const first = await submit();
    const second = await submit();
    await window.store.applyAnswer(first, answer('J1', 'completed'));
    await phaseIs(window, second, 'running');
    assert.deepEqual([lines, window.clock.monotonic()], [['key-1 → J1', 'key-2 → rejected', 'key-2.2 → J2'], 0]);
  });

  test('the jobs behind it wait, in the order of their submits', async t => {
    const { window, lines, submit } = service(t, [full, 'J1', 'J2', 'J3']);
    const keys = [await submit()];
    window.clock.advance(1);
    keys.push(await submit());
    window.clock.advance(1);
    keys.push(await submit());
    assert.deepEqual(await drawAll(window.store), ['queued', 'queued', 'queued']);
    assert.deepEqual(lines, ['key-1 → rejected']);
    window.clock.advance(30_000);
    for (const [index, key] of keys.entries()) {
      await phaseIs(window, key, 'running');
      assert.equal(window.store.get(key)?.id, `J${index + 1}`);
    }
    assert.deepEqual(lines, ['key-1 → rejected', 'key-1.2 → J1', 'key-2 → J2', 'key-3 → J3']);
  });

  test('a stateful job has places of its own, and so has another tenant', async t => {
    const { window, submit } = service(t, [full, 'J2', 'J3']);
    await submit();
    await submit({ ...plan, session: { partner: 'p', project: 'q' } });
    await submit({ ...plan, scope: { tenant: 'Production', origin: plan.scope.origin } });
    assert.deepEqual((await drawAll(window.store)).map(line => line.split(' ')[0]).sort(), [
      'queued',
      'running',
      'running',
    ]);
  });
});

suite('fifty jobs of our own', () => {
  test('the next one is written down and not sent until a place is free', async t => {
    const { window, lines, submit } = service(t, ['J51']);
    const keys = await running(window, 50);
    const key = await submit();
    assert.equal(await fromDisk(t, window.folder, key), 'queued');
    window.clock.advance(3_600_000);
    assert.deepEqual(lines, []);
    await window.store.applyAnswer(keys[0] ?? '', answer('R0', 'completed'));
    await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['key-1 → J51']);
  });

  test('a key that was never sent has no age: its 24 hours begin when it goes out', async t => {
    const { window, submit } = service(t, [lost, lost, lost]);
    const keys = await running(window, 50);
    const key = await submit();
    window.clock.advance(23 * 3_600_000);
    await window.store.applyAnswer(keys[0] ?? '', answer('R0', 'completed'));
    await until(
      () => window.store.get(key)?.phase === 'sending',
      () => drawJob(window.store.get(key)),
    );
    assert.equal(window.store.get(key)?.attempt.keyMadeAt, window.clock.now());
  });

  test('jobs without news for a day no longer count: nobody asks for them', async t => {
    const { window, submit } = service(t, ['J51']);
    await running(window, 50);
    window.clock.advance(24 * 3_600_000);
    assert.match(drawJob(window.store.get(await submit())), /^running J51/);
  });
});

suite('a queued job', () => {
  test('that is canceled ends as not sent, without a request', async t => {
    const { window, lines, submit, submitter } = service(t, [full]);
    const key = await submit();
    assert.deepEqual(await submitter.withdraw(key), { ok: true, value: true });
    assert.equal(drawJob(window.store.get(key)), 'not-sent (canceled)');
    assert.equal(await fromDisk(t, window.folder, key), 'not-sent (canceled)');
    window.clock.advance(3_600_000);
    assert.deepEqual(lines, ['key-1 → rejected']);
  });

  test('that was unknown before stays so when it is canceled, and no repeat of its key is safe', async t => {
    const { window, submit, submitter } = service(t, [lost, lost, lost, full, 'J1']);
    const submitted = submit();
    for (const wait of [0, 0]) await window.clock.pass(wait);
    const key = await submitted;
    await submitter.sendAgain(key, 'new-key', quiet);
    assert.equal(drawJob(window.store.get(key)), 'queued');
    assert.ok((await submitter.withdraw(key)).ok);
    const job = window.store.get(key);
    assert.ok(job && job.phase === 'unknown' && !repeatIsSafe(job, window.clock.now()), drawJob(job));
  });

  for (const [failure, condition] of [
    [signedOut, ' [paused: signed-out]'],
    [unauthorized, ' [paused: unauthorized]'],
    [throttled, ''],
  ] as const) {
    test(`goes back to the queue when it meets "${failure.kind}"`, async t => {
      const { window, lines, submit, submitter } = service(t, [full, failure, 'J1']);
      const key = await submit();
      await window.clock.pass(30_000);
      await until(
        () => lines.length === 2,
        () => lines.join(', '),
      );
      await endsAs(window, key, `queued${condition}`);
      submitter.recover();
      await phaseIs(window, key, 'running');
    });
  }

  test('goes back to the queue when the service cannot be reached', async t => {
    const { window, submit, submitter } = service(t, [full, unreached, unreached, unreached, 'J1']);
    const key = await submit();
    for (const wait of [30_000, 0, 0]) await window.clock.pass(wait);
    await endsAs(window, key, 'queued [unreachable: network]');
    submitter.recover();
    await phaseIs(window, key, 'running');
  });

  test('whose answer is lost is no longer queued: the job may exist', async t => {
    const { window, submit } = service(t, [full, lost, lost, lost]);
    const key = await submit();
    for (const wait of [30_000, 0, 0]) await window.clock.pass(wait);
    await endsAs(window, key, 'unknown (network)');
  });

  test('that cannot be written down before it is sent is not sent, and tried again', async t => {
    const faulty = new FaultyFiles();
    const { window, lines, submit } = service(t, [full, 'J1'], testStore(t, { files: faulty.files }));
    const key = await submit();
    faulty.broken = true;
    await window.clock.pass(30_000);
    await endsAs(window, key, 'queued [unsaved: disk]');
    assert.deepEqual(lines, ['key-1 → rejected']);
    faulty.broken = false;
    await window.clock.pass(60_000);
    await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['key-1 → rejected', 'key-1.2 → J1']);
  });
});

suite('the queue of several windows', () => {
  /** No process has this id: Linux counts to 4,194,304 at most. */
  const dead: Writer = { window: 'killed', host: self.host, pid: 2 ** 30 };
  const living: Writer = { window: 'another', host: self.host, pid: process.ppid };

  test('what a killed window leaves is taken over by the next', async t => {
    const { window, lines, submitter } = service(t, ['J1']);
    const key = await queued(window, { writer: dead });
    submitter.recover();
    await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['left → J1']);
  });

  test('a living window keeps its job as long as it renews its time', async t => {
    const { window, lines, submitter } = service(t, ['J1']);
    const key = await queued(window, { writer: living, until: 600_000 });
    submitter.recover();
    for (let passed = 0; passed < 600_000; passed += 30_000) {
      assert.deepEqual(lines, []);
      await window.clock.pass(30_000);
    }
    await phaseIs(window, key, 'running');
  });

  test('a job behind another window’s waits for that one', async t => {
    const { window, lines, submit, submitter } = service(t, ['J2']);
    const first = await queued(window, { writer: living, until: 600_000 });
    submitter.recover();
    window.clock.advance(1);
    const second = await submit();
    assert.equal(drawJob(window.store.get(second)), 'queued');
    await window.store.record(first, { kind: 'ended', phase: 'not-sent', failure: { kind: 'canceled', sent: 'no' } });
    await phaseIs(window, second, 'running');
    assert.deepEqual(lines, ['key-1 → J2']);
  });

  test('the time is renewed while it waits, and why it waits is still told', async t => {
    const { window, submit } = service(t, [full, signedOut, ...Array<Failure>(9).fill(signedOut)]);
    const key = await submit();
    await window.clock.pass(30_000);
    await endsAs(window, key, 'queued [paused: signed-out]');
    for (let minutes = 0; minutes < 30; minutes++) {
      window.clock.advance(60_000);
      await until(
        () => window.clock.now() < (window.store.get(key)?.attempt.until ?? 0) - 60_000,
        () => `until ${window.store.get(key)?.attempt.until}, now ${window.clock.now()}`,
      );
    }
    await endsAs(window, key, 'queued [paused: signed-out]');
  });

  test('two windows that reach for one job at once send it once', async t => {
    const one = testStore(t);
    const two = testStore(t, { folder: one.folder, clock: one.clock });
    const key = await queued(one, { writer: dead });
    await two.store.load('all');
    const lines: string[] = [];
    const windows = [one, two].map((window, index) =>
      submitterOf(t, window, scripted(['J1', 'J1'], lines), { ...self, window: `window ${index}` }),
    );
    for (const window of windows) window.recover();
    for (const window of [one, two]) await phaseIs(window, key, 'running');
    assert.deepEqual(lines, ['left → J1']);
  });

  test('a job that is canceled in one window while another reaches for it is either sent or canceled', async t => {
    const ends = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const one = testStore(t);
      const two = testStore(t, { folder: one.folder, clock: one.clock });
      const key = await queued(one, { writer: dead });
      await two.store.load('all');
      const lines: string[] = [];
      const canceling = submitterOf(t, one, scripted([], lines), living);
      submitterOf(t, two, scripted(['J1'], lines), { ...self, window: 'two' }).recover();
      for (let turn = 0; turn < round; turn++) await new Promise(setImmediate);
      const withdrawn = await canceling.withdraw(key);
      assert.ok(withdrawn.ok);
      const end = withdrawn.value ? 'not-sent' : 'running';
      for (const window of [one, two]) await phaseIs(window, key, end);
      assert.deepEqual(lines, withdrawn.value ? [] : ['left → J1']);
      ends.add(end);
    }
    assert.ok(ends.has('running'));
  });

  /** A job that some window has queued; `until` in ms from now. */
  async function queued({ store, clock }: TestStore, changes: Partial<SendAttempt>): Promise<string> {
    const ends = clock.now() + (changes.until ?? 0);
    const added = await store.add(
      plan,
      attempt('left', { waitsFor: 'slot', mayExist: false, ...changes, until: ends }),
    );
    assert.ok(added.ok);
    return added.value.key;
  }
});

suite('the tenant’s places', () => {
  const state = (...phases: JobPhase[]) => {
    const jobs = phases.map((phase, index): JobSummary => ({ ...summary(`k${index}`), phase }));
    const concurrency = concurrencyOf(jobs, plan.scope, false, 0);
    const [finding] = concurrencyFindings(concurrency, 'Sandbox', false);
    return [concurrency.state, concurrency.unfinished, finding?.code, finding?.message];
  };
  const many = (count: number, phase: JobPhase = 'running') => Array<JobPhase>(count).fill(phase);

  test('44 jobs leave room; 45 are near the end; at 50 it is full', () => {
    assert.deepEqual(state(...many(44), ...many(9, 'finished')), ['free', 44, undefined, undefined]);
    assert.deepEqual(state(...many(44), 'sending'), [
      'near',
      45,
      'tenant-nearly-full',
      'Sandbox has 45 unfinished stateless jobs of yours, and Zuora runs 50 at once. Beyond that, jobs are queued here.',
    ]);
    assert.deepEqual(state(...many(50)), [
      'full',
      50,
      'tenant-full',
      'Sandbox has 50 unfinished stateless jobs of yours, and Zuora runs 50 at once. This one is queued and is sent by itself when a place is free.',
    ]);
  });

  test('a job that is queued already lets the next one wait behind it', () => {
    const [place, , code, message] = state('queued', 'running');
    assert.deepEqual([place, code], ['free', 'tenant-full']);
    assert.match(String(message), /One job waits already\.$/);
  });

  test('stateful jobs, and those of another tenant or host, are counted apart', () => {
    const running = { ...summary('k1'), phase: 'running' } as const;
    const others: JobSummary[] = [
      { ...running, session: { partner: 'p', project: 'q' } },
      { ...running, scope: { ...plan.scope, tenant: 'Production' } },
      { ...running, scope: { ...plan.scope, origin: 'https://rest.zuora.com' } },
    ];
    assert.equal(concurrencyOf(others, plan.scope, false, 0).unfinished, 0);
    assert.equal(concurrencyOf(others, plan.scope, true, 0).unfinished, 1);
  });

  function summary(key: string): JobSummary {
    return plannedJob(key, { kind: 'planned', version: 1, sequence: 0, at: 0, ...plan, attempt: attempt('i') }).job;
  }
});

/** What the service says: a job of that id, or a failure. */
type Step = string | Failure;

const quiet: SubmitOptions = { signal: new AbortController().signal, progress: () => undefined };

/** Answers with the steps, one after the other, and notes each as a line. */
function scripted(steps: readonly Step[], lines: string[]) {
  const left = [...steps];
  return {
    submit(_scope: unknown, { idempotencyKey }: { readonly idempotencyKey: string }): Promise<Outcome<AquaJob>> {
      const step = left.shift();
      if (step === undefined) throw new Error(`nothing was expected after ${lines.join(', ')}`);
      lines.push(`${idempotencyKey} → ${typeof step === 'string' ? step : step.kind}`);
      return Promise.resolve(typeof step === 'string' ? success(answer(step, 'submitted')) : failed(step));
    },
  };
}

function submitterOf(
  t: TestContext,
  { store, clock }: TestStore,
  client: ReturnType<typeof scripted>,
  writer: Writer = self,
): Submitter {
  let count = 0;
  const newIdempotencyKey = () => `key-${++count}`;
  // No back-off, and no jitter of a rest.
  const submitter = createSubmitter({ store, client, clock, random: () => 0, newIdempotencyKey, writer });
  t.after(() => submitter.dispose());
  return submitter;
}

function service(t: TestContext, steps: readonly Step[], window: TestStore = testStore(t)) {
  const lines: string[] = [];
  const submitter = submitterOf(t, window, scripted(steps, lines));
  return {
    window,
    lines,
    submitter,
    submit: async (given: JobPlan = plan) => {
      const result = await submitter.submit(given, quiet);
      assert.ok(result.ok);
      return result.value.key;
    },
  };
}

async function running({ store }: TestStore, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < count; index++) {
    const added = await store.add(plan, attempt(`r${index}`));
    assert.ok(added.ok);
    await store.applyAnswer(added.value.key, answer(`R${index}`, 'executing'));
    keys.push(added.value.key);
  }
  return keys;
}

function phaseIs({ store }: TestStore, key: string, phase: JobPhase): Promise<void> {
  return until(
    () => store.get(key)?.phase === phase,
    () => drawJob(store.get(key)),
  );
}

function endsAs({ store }: TestStore, key: string, expected: string): Promise<void> {
  return until(
    () => drawJob(store.get(key)) === expected,
    () => drawJob(store.get(key)),
  );
}

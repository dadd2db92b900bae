import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { createPoller, type Poller } from '../../client/src/jobs/poller';
import type { JobStore } from '../../client/src/jobs/store';
import type { JobScope } from '../../client/src/zuora/scope';
import { failed, success, type Failure, type Outcome } from '../../client/src/zuora/outcome';
import type { AquaJob } from '../../client/src/zuora/schemas';
import { until } from './fakeClock';
import { added, answer, attempt, drawJob, plan, Surroundings, testStore, type TestStore } from './jobParts';

const minute = 60_000;
const unreachable: Failure = { kind: 'network', message: 'the host name is unknown', sent: 'no' };
const signedOut: Failure = { kind: 'signed-out', message: 'nobody is signed in' };
const executing = answer('J1', 'executing');

suite('polling', () => {
  for (const chance of [0, 0.5, 0.999]) {
    test(`C1 a job of three hours, chance ${chance}: few requests, and its end is not missed`, async t => {
      const window = await running(t);
      const service = polled(window, () =>
        window.clock.monotonic() < 180 * minute ? executing : answer('J1', 'completed'),
      );
      poller(t, window, service, chance).start();
      await timePasses(window, service, 10 * minute);
      assert.ok(service.asked.length <= 25, `${service.asked.length} requests in ten minutes`);
      await timePasses(window, service, 180 * minute - 1);
      assert.ok(service.asked.length <= 200, `${service.asked.length} requests in three hours`);
      await timePasses(window, service, 182 * minute);
      assert.equal(drawJob(window.store.get(window.key)), 'finished J1 completed');
      assert.equal(window.clock.pending, 0);
    });
  }

  test('the interval grows from 2 s to a minute', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    poller(t, window, service, 0).start();
    await timePasses(window, service, 5 * minute);
    const gaps = service.asked.map((at, index) => (at - (service.asked[index - 1] ?? 0)) / 1000);
    assert.deepEqual(
      gaps.map(gap => gap.toFixed(1)),
      ['2.0', '3.0', '4.5', '6.8', '10.1', '15.2', '22.8', '34.2', '51.3', '60.0', '60.0'],
    );
  });

  for (const status of ['completed', 'error', 'aborted', 'cancelled']) {
    test(`stops at ${status}`, async t => {
      const window = await running(t);
      const service = polled(window, () => answer('J1', status));
      poller(t, window, service).start();
      await timePasses(window, service, 10 * minute);
      assert.deepEqual([service.asked.length, window.clock.pending], [1, 0]);
    });
  }

  test('C5 a status that nobody knows is shown as it is and polled slowly', async t => {
    const window = await running(t);
    const service = polled(window, () => answer('J1', 'hibernating'));
    poller(t, window, service, 0).start();
    await timePasses(window, service, 2 * minute);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 hibernating');
    assert.deepEqual(service.asked, [2_000, 62_000]);
  });

  test('C2 no network for two hours: shown as unreachable, never as failed, and over within a minute', async t => {
    const window = await running(t);
    const back = 120 * minute;
    const service = polled(window, () => (window.clock.monotonic() < back ? unreachable : answer('J1', 'completed')));
    poller(t, window, service).start();
    await timePasses(window, service, back - 1);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [unreachable: network]');
    await timePasses(window, service, back + minute);
    assert.equal(drawJob(window.store.get(window.key)), 'finished J1 completed');
  });

  test('C4, C9 what is no answer of Zuora, and 5xx, are waited out', async t => {
    const window = await running(t);
    const failures: Failure[] = [
      { kind: 'malformed', message: 'a page', excerpt: '<html>' },
      { kind: 'unavailable', message: 'Bad Gateway', status: 502 },
      { kind: 'timeout', message: 'silence', sent: 'maybe' },
    ];
    const service = polled(window, () => failures.shift() ?? answer('J1', 'completed'));
    poller(t, window, service).start();
    await timePasses(window, service, minute);
    assert.deepEqual([service.asked.length, drawJob(window.store.get(window.key))], [4, 'finished J1 completed']);
  });

  test('a service that asks for a pause gets it, for all jobs of its tenant', async t => {
    const window = await running(t);
    await run(window, 'J2', 'Sandbox');
    await run(window, 'J3', 'Production');
    const throttled: Failure = { kind: 'throttled', message: 'slow down', retryAfterMs: 5 * minute };
    const service = polled(window, (scope, id) =>
      scope.tenant === 'Sandbox' && window.clock.monotonic() < minute ? throttled : answer(id, 'executing'),
    );
    poller(t, window, service, 0).start();
    await timePasses(window, service, 4 * minute);
    // Two, where both were under way when the wish came back.
    assert.ok(service.jobs.filter(id => id !== 'J3').length <= 2);
    assert.ok(5 < service.jobs.filter(id => id === 'J3').length);
    await timePasses(window, service, 6 * minute);
    assert.ok(2 < service.jobs.filter(id => id !== 'J3').length);
  });

  test('C7 a job that Zuora does not know is gone, and polling stops', async t => {
    const window = await running(t);
    const service = polled(window, () => ({ kind: 'rejected', message: 'no such job', status: 404 }));
    poller(t, window, service).start();
    await timePasses(window, service, 10 * minute);
    assert.deepEqual(
      [service.asked.length, drawJob(window.store.get(window.key))],
      [1, 'gone J1 submitted (rejected)'],
    );
  });

  test('what Zuora refuses five times is left alone until a person asks', async t => {
    const window = await running(t);
    let allowed = false;
    const service = polled(window, () => (allowed ? executing : { kind: 'rejected', message: 'no', status: 403 }));
    const polling = poller(t, window, service);
    polling.start();
    await timePasses(window, service, 60 * minute);
    assert.equal(service.asked.length, 5);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [stopped: rejected]');
    allowed = true;
    await polling.refresh(window.key);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing');
    await timePasses(window, service, 62 * minute);
    assert.ok(6 < service.asked.length);
  });

  test('without sign-in a tenant pauses as a whole, others go on, and signing in resumes it', async t => {
    const window = await running(t);
    const second = await run(window, 'J2', 'Sandbox');
    const other = await run(window, 'J3', 'Production');
    let signedIn = false;
    const service = polled(window, (scope, id) =>
      signedIn || scope.tenant === 'Production' ? answer(id, 'executing') : signedOut,
    );
    const polling = poller(t, window, service);
    polling.start();
    await timePasses(window, service, 30 * minute);
    const drawn = () => [window.key, second, other].map(key => drawJob(window.store.get(key)));
    assert.deepEqual(drawn(), [
      'running J1 submitted [paused: signed-out]',
      'running J2 submitted [paused: signed-out]',
      'running J3 executing',
    ]);
    assert.ok(service.jobs.filter(id => id !== 'J3').length <= 2);
    signedIn = true;
    polling.resume('Sandbox');
    await timePasses(window, service, 31 * minute);
    assert.deepEqual(drawn(), ['running J1 executing', 'running J2 executing', 'running J3 executing']);
  });

  test('nothing runs while no job runs, and a new job is taken up', async t => {
    const window = testStore(t);
    const finished = await added(window.store);
    await window.store.applyAnswer(finished, answer('J0', 'completed'));
    const service = polled(window, () => answer('J1', 'completed'));
    poller(t, window, service).start();
    assert.equal(window.clock.pending, 0);
    const key = await run(window, 'J1', 'Sandbox');
    await timePasses(window, service, minute);
    assert.equal(drawJob(window.store.get(key)), 'finished J1 completed');
    assert.equal(window.clock.pending, 0);
  });

  test('a job removed from the list is not asked for', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    poller(t, window, service).start();
    await window.store.remove(window.key);
    assert.deepEqual([window.clock.pending, service.asked], [0, []]);
  });

  test('C8 many jobs: six requests at a time', async t => {
    const window = await running(t);
    for (let count = 2; count <= 30; count++) await run(window, `J${count}`, 'Sandbox');
    const service = polled(window, (_scope, id) => answer(id, 'completed'));
    let open = () => undefined as void;
    service.gate = new Promise<void>(resolve => (open = resolve));
    poller(t, window, service, 0).start();
    await immediately();
    window.clock.advance(2_000);
    while (0 < window.clock.pending) window.clock.advance(0);
    assert.equal(service.underWay, 6);
    open();
    await timePasses(window, service, minute);
    assert.deepEqual([service.asked.length, service.mostAtOnce], [30, 6]);
  });

  test('stops with the window', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const polling = poller(t, window, service);
    polling.start();
    polling.dispose();
    assert.equal(window.clock.pending, 0);
  });
});

suite('refreshing by hand', () => {
  test('asks at once and tells the person what went wrong', async t => {
    const window = await running(t);
    let reachable = false;
    const service = polled(window, () => (reachable ? executing : unreachable));
    const polling = poller(t, window, service);
    polling.start();
    assert.deepEqual(await polling.refresh(window.key), failed(unreachable));
    reachable = true;
    assert.deepEqual(await polling.refresh(window.key), success(undefined));
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing');
    assert.deepEqual(service.asked, [0, 0]);
  });

  test('of many jobs: six at a time, and before those that are due by themselves', async t => {
    const window = await running(t);
    const keys = [window.key];
    for (let count = 2; count <= 200; count++) keys.push(await run(window, `J${count}`, 'Sandbox'));
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    const polling = poller(t, window, service);
    polling.start();
    const outcomes = await Promise.all(keys.map(key => polling.refresh(key)));
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.deepEqual([service.jobs.length, new Set(service.jobs).size, service.mostAtOnce], [200, 200, 6]);
    assert.equal(window.clock.monotonic(), 0, 'no time has passed');
  });

  test('what waits for its turn hears that the service asks for a pause, and nothing more is sent', async t => {
    const window = await running(t);
    const keys = [window.key];
    for (let count = 2; count <= 30; count++) keys.push(await run(window, `J${count}`, 'Sandbox'));
    const throttled: Failure = { kind: 'throttled', message: 'slow down', retryAfterMs: 5 * minute };
    const service = polled(window, () => throttled);
    const polling = poller(t, window, service);
    polling.start();
    const outcomes = await Promise.all(keys.map(key => polling.refresh(key)));
    assert.deepEqual(outcomes, Array(30).fill(failed(throttled)));
    assert.equal(service.asked.length, 6);
    window.clock.advance(minute);
    const later = { ...throttled, retryAfterMs: 4 * minute };
    assert.deepEqual(await polling.refresh(window.key), failed(later));
    assert.equal(service.asked.length, 6);
  });

  test('ends with the window, also for what waits for its turn', async t => {
    const window = await running(t);
    const keys = [window.key];
    for (let count = 2; count <= 7; count++) keys.push(await run(window, `J${count}`, 'Sandbox'));
    const service = polled(window, () => executing);
    const polling = poller(t, window, service);
    const outcomes = Promise.all(keys.map(key => polling.refresh(key)));
    polling.dispose();
    assert.equal((await outcomes).length, 7);
    assert.equal(service.asked.length, 6);
  });

  test('two at once are one request', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const polling = poller(t, window, service);
    polling.start();
    await Promise.all([polling.refresh(window.key), polling.refresh(window.key)]);
    assert.equal(service.asked.length, 1);
  });

  test('C6 a finished job keeps its state, and is not scheduled', async t => {
    const window = await running(t);
    await window.store.applyAnswer(window.key, answer('J1', 'completed', 'accounts completed 3'));
    const service = polled(window, () => executing);
    const polling = poller(t, window, service);
    polling.start();
    await polling.refresh(window.key);
    assert.equal(drawJob(window.store.get(window.key)), 'finished J1 completed accounts completed 3');
    assert.equal(window.clock.pending, 0);
  });

  test('a job without an id has nothing to ask for', async t => {
    const window = testStore(t);
    const key = await added(window.store);
    const service = polled(window, () => executing);
    assert.deepEqual(await poller(t, window, service).refresh(key), success(undefined));
    assert.deepEqual(service.asked, []);
  });

  test('tries a refused sign-in once more, for all jobs of the tenant together', async t => {
    const window = await running(t);
    const keys = [window.key, await run(window, 'J2', 'Sandbox'), await run(window, 'J3', 'Production')];
    const unauthorized: Failure = { kind: 'unauthorized', message: 'no', status: 401 };
    const service = polled(window, (_scope, id) =>
      id === 'J3' || 0 < service.forgiven.length ? answer(id, 'executing') : unauthorized,
    );
    const polling = poller(t, window, service);
    polling.start();
    await timePasses(window, service, minute);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [paused: unauthorized]');
    await Promise.all(keys.map(key => polling.refresh(key)));
    assert.deepEqual(service.forgiven, ['Sandbox']);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing');
  });

  test('after a success a paused tenant goes on', async t => {
    const window = await running(t);
    const second = await run(window, 'J2', 'Sandbox');
    let signedIn = false;
    const service = polled(window, (_scope, id) => (signedIn ? answer(id, 'executing') : signedOut));
    const polling = poller(t, window, service);
    polling.start();
    await timePasses(window, service, minute);
    signedIn = true;
    await polling.refresh(window.key);
    await timePasses(window, service, 2 * minute);
    assert.equal(drawJob(window.store.get(second)), 'running J2 executing');
  });
});

/** A window with one job that runs as J1. */
async function running(t: TestContext): Promise<TestStore & { key: string }> {
  const window = testStore(t);
  return { ...window, key: await run(window, 'J1', 'Sandbox') };
}

async function run({ store }: TestStore, id: string, tenant: string): Promise<string> {
  const scope = { tenant, origin: 'https://rest.test.zuora.com' };
  const written = await store.add({ ...plan, scope }, attempt(`key-${id}`));
  assert.ok(written.ok);
  await store.applyAnswer(written.value.key, answer(id, 'submitted'));
  return written.value.key;
}

/** A service that answers polls with what the function says, a moment later, and notes when it was asked. */
function polled({ clock }: TestStore, reply: (scope: JobScope, id: string) => AquaJob | Failure) {
  const service = {
    /** The tenants whose refused sign-in is to be tried once more. */
    forgiven: [] as string[],
    forgive: ({ tenant }: Pick<JobScope, 'tenant'>) => void service.forgiven.push(tenant),
    asked: [] as number[],
    jobs: [] as string[],
    underWay: 0,
    mostAtOnce: 0,
    /** Answers that are on their way to the disk: only then does the poller set the job's next timer. */
    writing: 0,
    /** What every answer waits for. */
    gate: undefined as Promise<void> | undefined,
    /** Polls that persons waited for, which may be repeated. */
    patient: 0,
    job(scope: JobScope, id: string): Promise<Outcome<AquaJob>> {
      service.patient++;
      return service.jobOnce(scope, id);
    },
    async jobOnce(scope: JobScope, id: string): Promise<Outcome<AquaJob>> {
      service.asked.push(clock.monotonic());
      service.jobs.push(id);
      service.mostAtOnce = Math.max(service.mostAtOnce, ++service.underWay);
      await (service.gate ?? new Promise(resolve => setImmediate(resolve)));
      service.underWay--;
      const found = reply(scope, id);
      return 'kind' in found ? failed(found) : success(found);
    },
  };
  return service;
}

function poller(
  t: TestContext,
  { store, clock }: TestStore,
  client: ReturnType<typeof polled>,
  chance = 0.5,
  surroundings = new Surroundings(),
): Poller {
  const written = <Result>(writing: Promise<Result>): Promise<Result> => {
    client.writing++;
    return writing.finally(() => client.writing--);
  };
  const observed: JobStore = {
    ...store,
    applyAnswer: (key, found) => written(store.applyAnswer(key, found)),
    record: (key, change) => written(store.record(key, change)),
  };
  const { leases, permission, focus } = surroundings;
  const random = () => chance;
  const created = createPoller({ store: observed, client, leases, clock, random, permission, focus });
  t.after(() => created.dispose());
  return created;
}

/** Lets the time pass from timer to timer, up to a moment of the monotonic clock. */
async function timePasses(
  { clock, store }: TestStore,
  service: ReturnType<typeof polled>,
  moment: number,
): Promise<void> {
  for (;;) {
    await immediately();
    // A poll under way sets the next timer when it has ended and is written down. Another job's timer tells nothing.
    await until(
      () => service.underWay === 0 && service.writing === 0 && (0 < clock.pending || !store.all().some(isDue)),
      () => 'no timer, although a job runs',
    );
    if (clock.pending === 0 || moment < clock.nextAt) break;
    clock.advance(Math.max(0, clock.nextAt - clock.monotonic()));
  }
  clock.advance(moment - clock.monotonic());
}

/** Lets everything happen that needs no time. */
function immediately(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Whether the poller owes this job a poll. */
function isDue({ phase, condition }: { phase: string; condition: { kind: string } | undefined }): boolean {
  return phase === 'running' && condition?.kind !== 'paused' && condition?.kind !== 'stopped';
}

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
    assert.deepEqual(gaps(service.asked), [
      '2.0',
      '3.0',
      '4.5',
      '6.8',
      '10.1',
      '15.2',
      '22.8',
      '34.2',
      '51.3',
      '60.0',
      '60.0',
    ]);
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
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    const surroundings = new Surroundings();
    surroundings.barred.set('Sandbox', signedOut);
    const polling = poller(t, window, service, 0.5, surroundings);
    polling.start();
    await timePasses(window, service, 30 * minute);
    const drawn = () => [window.key, second, other].map(key => drawJob(window.store.get(key)));
    assert.deepEqual(drawn(), [
      'running J1 submitted [paused: signed-out]',
      'running J2 submitted [paused: signed-out]',
      'running J3 executing',
    ]);
    assert.deepEqual(new Set(service.jobs), new Set(['J3']));
    surroundings.barred.clear();
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

suite('whoever looks at the window', () => {
  test('is unfocused: polls are half as often, and never more than a minute apart', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    surroundings.focused = false;
    poller(t, window, service, 0, surroundings).start();
    await timePasses(window, service, 4 * minute);
    assert.deepEqual(gaps(service.asked), ['4.0', '8.0', '16.0', '32.0', '60.0', '60.0', '60.0']);
  });

  test('comes back: what is due soon is polled at once, what is not is not', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    poller(t, window, service, 0, surroundings).start();
    await timePasses(window, service, 100_000);
    const polls = service.asked.length;
    assert.equal(service.asked.at(-1), 98_515.625, 'the next one is due 51 s later');
    await timePasses(window, service, 130_000);
    surroundings.focusOn(true);
    await timePasses(window, service, 130_000);
    assert.equal(service.asked.length, polls);
    await timePasses(window, service, 138_000);
    surroundings.focusOn(true);
    await timePasses(window, service, 138_000);
    assert.equal(service.asked.length, polls + 1);
  });

  test('C1 comes and goes all the time: at most 25 requests in ten minutes, then none within a minute', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    poller(t, window, service, 0.5, surroundings).start();
    for (let second = 1; second <= 20 * 60; second++) {
      await timePasses(window, service, second * 1000);
      surroundings.focusOn(second % 2 === 0);
    }
    const early = service.asked.filter(at => at <= 10 * minute);
    assert.ok(early.length <= 25, `${early.length} requests in ten minutes`);
    const late = service.asked.filter(at => 10 * minute < at);
    assert.ok(0 < late.length && Math.min(...gaps(late).slice(1).map(Number)) >= 60, gaps(late).join());
  });
});

suite('one window of several', () => {
  test('C10 a takeover goes on where the schedule was, and does not begin anew', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const [first, second] = [new Surroundings(), new Surroundings()];
    second.lease({ kind: 'others' });
    poller(t, window, service, 0, first).start();
    poller(t, window, service, 0, second).start();
    await timePasses(window, service, 12 * minute);
    const last = service.asked.at(-1) ?? 0;
    first.lease({ kind: 'others' });
    second.lease({ kind: 'mine', idleSince: window.clock.now() });
    await timePasses(window, service, 14 * minute);
    const all = service.asked.filter(at => last <= at);
    assert.deepEqual(gaps(all).slice(1), ['90.2', '60.0'], 'a minute after the takeover, then each minute');
  });

  test('a window that opens polls an old job at once where nobody has for a while', async t => {
    const window = await running(t);
    window.clock.advance(12 * 60 * minute);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    surroundings.lease({ kind: 'mine', idleSince: window.clock.now() - 11 * 60 * minute });
    poller(t, window, service, 0, surroundings).start();
    await timePasses(window, service, 12 * 60 * minute + 1);
    assert.equal(service.asked.length, 1);
  });

  test('while another polls, nothing is sent and no timer runs', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    surroundings.lease({ kind: 'others' });
    const polling = poller(t, window, service, 0, surroundings);
    polling.start();
    await immediately();
    assert.deepEqual([window.clock.pending, service.asked], [0, []]);
    await polling.refresh(window.key);
    await immediately();
    assert.deepEqual([window.clock.pending, service.asked], [0, [0]]);
  });

  test('a failed refresh where another polls is told, and is no condition of the job', async t => {
    const window = await running(t);
    const service = polled(window, () => unreachable);
    const surroundings = new Surroundings();
    surroundings.lease({ kind: 'others' });
    const polling = poller(t, window, service, 0, surroundings);
    polling.start();
    assert.deepEqual(await polling.refresh(window.key), failed(unreachable));
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted');
  });
});

suite('polling switched off', () => {
  test('stops at once and is said, and goes on at once when switched on', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    const polling = poller(t, window, service, 0, surroundings);
    polling.start();
    await timePasses(window, service, 5 * minute);
    const polls = service.asked.length;
    surroundings.enabled = false;
    polling.resumeAll();
    await immediately();
    assert.equal(window.clock.pending, 0);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing [paused: switched-off]');
    await polling.refresh(window.key);
    await immediately();
    assert.deepEqual([service.asked.length, window.clock.pending], [polls + 1, 0]);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing [paused: switched-off]');
    window.clock.advance(10 * minute);
    surroundings.enabled = true;
    polling.resumeAll();
    await timePasses(window, service, 15 * minute + 2_000);
    assert.equal(service.asked.length, polls + 2);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing');
  });

  test('is not said of a job that another window polls', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    surroundings.enabled = false;
    poller(t, window, service, 0, surroundings).start();
    await immediately();
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [paused: switched-off]');
    surroundings.lease({ kind: 'others' });
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted');
    surroundings.lease({ kind: 'free' });
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [paused: switched-off]');
  });

  test('on and off again and again does not make more requests', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const surroundings = new Surroundings();
    const polling = poller(t, window, service, 0, surroundings);
    polling.start();
    for (let second = 1; second <= 600; second++) {
      await timePasses(window, service, second * 1000);
      surroundings.enabled = !surroundings.enabled;
      polling.resumeAll();
    }
    assert.ok(service.asked.length <= 17, `${service.asked.length} requests in ten minutes`);
  });
});

suite('time, as computers have it', () => {
  test('asleep for eight hours: each job is polled once, not once for each interval that was missed', async t => {
    const window = await running(t);
    for (let count = 2; count <= 10; count++) await run(window, `J${count}`, 'Sandbox');
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    poller(t, window, service, 0).start();
    await timePasses(window, service, 15 * minute);
    service.asked.length = 0;
    window.clock.wallOffset += 8 * 60 * minute;
    await timePasses(window, service, 15 * minute + 20_000);
    assert.equal(service.asked.length, 10);
    const [first = 0] = service.asked;
    await timePasses(window, service, first + 59_999);
    assert.equal(service.asked.length, 10);
    await timePasses(window, service, first + 60_000 + 20_000);
    assert.equal(service.asked.length, 20);
  });

  for (const [name, turn] of [
    ['a day back', -24 * 60 * minute],
    ['an hour back', -60 * minute],
    ['a day forward', 24 * 60 * minute],
  ] as const) {
    test(`B5 a clock that is set ${name} changes nothing but one poll`, async t => {
      const window = await running(t);
      const service = polled(window, () => executing);
      poller(t, window, service, 0).start();
      await timePasses(window, service, 20 * minute);
      window.clock.wallOffset += turn;
      await timePasses(window, service, 40 * minute);
      const late = service.asked.filter(at => 20 * minute < at);
      assert.ok(19 <= late.length && late.length <= 21, `${late.length} requests in twenty minutes`);
    });
  }

  test('a start that lies in the future makes a job old, not new', async t => {
    const window = await running(t);
    window.clock.wallOffset -= 24 * 60 * minute;
    const service = polled(window, () => executing);
    poller(t, window, service, 0).start();
    await timePasses(window, service, 10 * minute);
    assert.ok(service.asked.length <= 11, `${service.asked.length} requests in ten minutes`);
  });
});

suite('a tenant that nothing reaches', () => {
  test('C2 one job tries, after longer and longer delays, and when it gets through all go on', async t => {
    const window = await running(t);
    for (let count = 2; count <= 20; count++) await run(window, `J${count}`, 'Sandbox');
    const other = await run(window, 'P1', 'Production');
    let back = false;
    const service = polled(window, (scope, id) =>
      back || scope.tenant === 'Production' ? answer(id, 'executing') : unreachable,
    );
    poller(t, window, service, 0).start();
    await timePasses(window, service, 4_000);
    const tries = () => service.asked.filter((_at, index) => service.jobs[index] !== 'P1');
    assert.ok(tries().length <= 7, `${tries().length} tries before the first answer told, six of them at once`);
    const states = window.store.all().map(job => (job.key === other ? '' : (job.condition?.kind ?? 'none')));
    assert.deepEqual(new Set(states), new Set(['', 'unreachable']));
    const before = tries().length;
    await timePasses(window, service, 120 * minute);
    const slowest = Math.max(...gaps(tries().slice(before)).map(Number).slice(1));
    assert.equal(slowest, 60);
    assert.ok(tries().length <= 135, `${tries().length} tries in two hours`);
    assert.ok(100 < service.jobs.filter(id => id === 'P1').length, 'another tenant is polled as before');
    back = true;
    await timePasses(window, service, 121 * minute);
    assert.equal(new Set(service.jobs.slice(-21)).size, 21, 'each of them, within a minute');
    assert.ok(window.store.all().every(job => job.condition === undefined && job.status === 'executing'));
  });

  test('a connection that breaks may have reached Zuora: the job keeps its schedule', async t => {
    const window = await running(t);
    const service = polled(window, () => ({ kind: 'network', message: 'the connection was lost', sent: 'maybe' }));
    poller(t, window, service, 0.5).start();
    await timePasses(window, service, 10 * minute);
    assert.ok(service.asked.length <= 17, `${service.asked.length} requests in ten minutes`);
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 submitted [unreachable: network]');
  });
});

suite('the limits that answers tell', () => {
  test('hardly any request left: the tenant waits until its window begins anew, and a person hears so', async t => {
    const window = await running(t);
    await run(window, 'J2', 'Sandbox');
    const other = await run(window, 'P1', 'Production');
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    const polling = poller(t, window, service, 0);
    polling.start();
    const { scope } = window.store.get(window.key) ?? plan;
    polling.heed(scope, { rate: { limit: 50_000, remaining: 1_001, resetMs: 40_000 } });
    await timePasses(window, service, 10_000);
    assert.equal(service.jobs.filter(id => id === 'J1').length, 3);
    polling.heed(scope, { rate: { limit: 50_000, remaining: 1_000, resetMs: 40_000 } });
    const answered = await polling.refresh(window.key);
    assert.deepEqual(answered, failed({ kind: 'throttled', message: '1000 requests are left', retryAfterMs: 40_000 }));
    await timePasses(window, service, 49_999);
    assert.equal(service.jobs.filter(id => id !== 'P1').length, 6);
    assert.ok(3 < service.jobs.filter(id => id === 'P1').length, drawJob(window.store.get(other)));
    await timePasses(window, service, 50_000);
    assert.equal(service.jobs.filter(id => id !== 'P1').length, 8);
  });

  test('hardly any place left: one request of the tenant at a time, a pause apart, for a while', async t => {
    const window = await running(t);
    for (let count = 2; count <= 12; count++) await run(window, `J${count}`, 'Sandbox');
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    const polling = poller(t, window, service, 0);
    polling.start();
    const { scope } = window.store.get(window.key) ?? plan;
    polling.heed(scope, { concurrency: { limit: 40, remaining: 1 } });
    await timePasses(window, service, 30_000);
    assert.equal(service.mostAtOnce, 1);
    assert.equal(service.asked[0], 5_000);
    await timePasses(window, service, 59_000);
    assert.deepEqual([service.mostAtOnce, new Set(service.jobs).size], [1, 12]);
    polling.heed(scope, { concurrency: { limit: 40, remaining: 30 } });
    await timePasses(window, service, 180_000);
    assert.ok(1 < service.mostAtOnce, 'and then as before');
  });

  test('a person who asks meanwhile waits for the turn', async t => {
    const window = await running(t);
    const service = polled(window, () => executing);
    const polling = poller(t, window, service, 0);
    const { scope } = window.store.get(window.key) ?? plan;
    polling.heed(scope, { concurrency: { limit: 40, remaining: 0 } });
    const refreshed = polling.refresh(window.key);
    await immediately();
    assert.deepEqual(service.asked, []);
    window.clock.advance(5_000);
    assert.deepEqual(await refreshed, success(undefined));
    assert.deepEqual(service.asked, [5_000]);
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
    assert.equal(service.patient, 2, 'what a person waits for is repeated; the next poll repeats a poll');
  });

  test('a sign-in of which the poll before was ended does not pause the tenant', async t => {
    const window = await running(t);
    let replies: (AquaJob | Failure)[] = [signedOut];
    const service = polled(window, () => replies.shift() ?? executing);
    poller(t, window, service).start();
    await timePasses(window, service, minute);
    replies = [];
    assert.equal(drawJob(window.store.get(window.key)), 'running J1 executing');
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
    const service = polled(window, (_scope, id) => answer(id, 'executing'));
    const surroundings = new Surroundings();
    surroundings.barred.set('Sandbox', signedOut);
    const polling = poller(t, window, service, 0.5, surroundings);
    polling.start();
    await timePasses(window, service, minute);
    assert.equal(drawJob(window.store.get(second)), 'running J2 submitted [paused: signed-out]');
    surroundings.barred.clear();
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

/** From one moment to the next, the first from 0, in seconds. */
function gaps(moments: readonly number[]): string[] {
  return moments.map((at, index) => ((at - (moments[index - 1] ?? 0)) / 1000).toFixed(1));
}

/** Lets everything happen that needs no time. */
function immediately(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Whether the poller owes this job a poll. */
function isDue({ phase, condition }: { phase: string; condition: { kind: string } | undefined }): boolean {
  return phase === 'running' && condition?.kind !== 'paused' && condition?.kind !== 'stopped';
}

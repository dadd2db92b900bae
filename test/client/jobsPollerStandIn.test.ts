// Polling over real HTTP, with journal and leases in real folders; only the time is not real. What counts is what the
// service sees.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test, type TestContext } from 'node:test';
import { openJournal } from '../../client/src/jobs/journal';
import { openLeases } from '../../client/src/jobs/leases';
import type { Writer } from '../../client/src/jobs/model';
import { createPoller, type Poller } from '../../client/src/jobs/poller';
import { openStore, type JobStore } from '../../client/src/jobs/store';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock, type Clock } from '../../client/src/zuora/clock';
import { failed, success, type Failure } from '../../client/src/zuora/outcome';
import type { JobScope } from '../../client/src/zuora/scope';
import type { Fault } from '../zuora/faults';
import { startZuora, type Zuora } from '../zuora/server';
import { FakeClock, until } from './fakeClock';
import { attempt, countedFiles, counting, drawJob, plan, quiet, self, Surroundings, temporaryFolder } from './jobParts';

const minute = 60_000;
const polls = { method: 'GET', path: '/v1/batch-query/jobs/' } as const;
const tokenRequests = { method: 'POST', path: '/oauth/token' } as const;
const always = 1_000_000;

/** Two tenants whose jobs run until their clocks are put forward. */
let zuora: Zuora;
let production: Zuora;
before(async () => {
  const pace = { submittedMs: 60 * minute, batchMs: minute };
  [zuora, production] = await Promise.all([startZuora({ pace }), startZuora({ pace })]);
});
after(() => Promise.all([zuora.stop(), production.stop()]));

suite('C1 what the service sees of one job', () => {
  const weathers: Readonly<Record<string, Fault | undefined>> = {
    'in good weather': undefined,
    'C9 while it answers 503': { do: 'status', status: 503 },
    'C4 while a proxy answers': { do: 'html' },
    'while it breaks connections': { do: 'drop', at: 'body' },
  };
  for (const [name, fault] of Object.entries(weathers)) {
    test(`${name}: at most 25 requests in ten minutes, then one a minute`, async t => {
      const computer = newComputer(t);
      const window = computer.open();
      const key = await window.run('Sandbox');
      if (fault) zuora.fault({ ...fault, times: always, match: polls });
      window.poller.start();
      await computer.timePasses(10 * minute);
      const early = seen(zuora).length;
      assert.ok(10 < early && early <= 25, `${early} requests in ten minutes`);
      for (let minutes = 11; minutes <= 13; minutes++) {
        const before = seen(zuora).length;
        await computer.timePasses(minutes * minute);
        assert.ok(seen(zuora).length <= before + 1, `more than one request in minute ${minutes}`);
      }
      assert.match(drawJob(window.store.get(key)), /^running/);
    });
  }

  test('and its end, within a minute', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    const key = await window.run('Sandbox');
    zuora.fault({ do: 'status', status: 502, times: 5, match: polls });
    window.poller.start();
    await computer.timePasses(12 * minute);
    zuora.advance(120 * minute);
    await computer.timePasses(13 * minute + 6_000);
    assert.match(drawJob(window.store.get(key)), /^finished \w+ completed accounts completed/);
    await computer.settled();
    assert.deepEqual([computer.clock.pending, readdirSync(computer.leaseFolder)], [0, []]);
    assert.deepEqual(zuora.violations, []);
  });
});

suite('what the service asks for', () => {
  test('a pause after 429, which no repeat breaks', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    for (let count = 0; count < 3; count++) await window.run('Sandbox');
    zuora.fault({ do: 'too-many-requests', retryAfter: '90', times: 3, match: polls });
    window.poller.start();
    await computer.timePasses(90_000);
    assert.equal(seen(zuora).length, 3);
    await computer.timePasses(95_000);
    assert.equal(seen(zuora).length, 6);
  });

  test('the end of a window of requests, told by answers that are fine', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    const key = await window.run('Sandbox');
    const headers = { 'RateLimit-Limit': '2500, 2500;w=60', 'RateLimit-Remaining': '50', 'RateLimit-Reset': '45' };
    zuora.fault({ do: 'headers', headers, match: polls });
    window.poller.start();
    await computer.timePasses(40_000);
    assert.equal(seen(zuora).length, 1);
    assert.match(drawJob(window.store.get(key)), /^running \w+ submitted accounts/, 'what came with it counts');
    await computer.timePasses(50_000);
    assert.equal(seen(zuora).length, 2);
  });

  test('one request at a time', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    for (let count = 0; count < 8; count++) await window.run('Sandbox');
    const headers = { 'Concurrency-Limit-Limit': '40', 'Concurrency-Limit-Remaining': '0' };
    zuora.fault({ do: 'headers', headers, times: always, match: polls });
    window.poller.start();
    await computer.timePasses(minute);
    // Six are under way when the first answer tells; from then on one, five seconds apart.
    const requests = seen(zuora).length;
    assert.ok(8 < requests && requests <= 6 + 12, `${requests} requests in a minute`);
  });
});

suite('the sign-in', () => {
  test('B1 one 401 is one new token and one repeat', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    const key = await window.run('Sandbox');
    window.poller.start();
    await computer.timePasses(3_000);
    assert.equal(seen(zuora).length, 1);
    zuora.fault({ do: 'expired-token', match: polls });
    await computer.timePasses(6_000);
    assert.deepEqual([seen(zuora, tokenRequests).length, seen(zuora).length], [2, 3]);
    assert.match(drawJob(window.store.get(key)), /^running \w+ submitted accounts/);
  });

  test('B1 a second 401 is a refused sign-in: nothing more is sent, until a person signs in again', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    const key = await window.run('Sandbox');
    const fault = zuora.fault({ do: 'expired-token', times: always, match: polls });
    window.poller.start();
    await computer.timePasses(60 * minute);
    assert.deepEqual([seen(zuora, tokenRequests).length, seen(zuora).length], [2, 2]);
    assert.match(drawJob(window.store.get(key)), /\[paused: unauthorized\]$/);
    fault.remove();
    window.signIn('Sandbox');
    await computer.timePasses(61 * minute);
    assert.match(drawJob(window.store.get(key)), /^running \w+ submitted accounts [^[]*$/);
  });

  test('B2 twenty jobs when the token expires: one new token', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    for (let count = 0; count < 20; count++) await window.run('Sandbox');
    window.poller.start();
    await computer.timePasses(3_000);
    assert.deepEqual([seen(zuora, tokenRequests).length, seen(zuora).length], [1, 20]);
    zuora.expireTokens();
    await computer.timePasses(6_000);
    assert.equal(seen(zuora, tokenRequests).length, 2);
    // Those that were under way with the old one are repeated.
    assert.ok(seen(zuora).length <= 46, `${seen(zuora).length} requests`);
  });

  for (const [name, fault] of [
    ['429', { do: 'too-many-requests', retryAfter: '60' }],
    ['500', { do: 'status', status: 500 }],
    ['a page', { do: 'html' }],
  ] as const) {
    test(`B3 a token endpoint that answers with ${name} is waited for, and nobody is signed out`, async t => {
      const computer = newComputer(t);
      const window = computer.open();
      const key = await window.run('Sandbox');
      window.signIn('Sandbox'); // Which drops the token.
      const broken = zuora.fault({ ...fault, times: always, match: tokenRequests });
      window.poller.start();
      await computer.timePasses(10 * minute);
      assert.match(drawJob(window.store.get(key)), /\[unreachable: \w+\]$/);
      assert.ok(seen(zuora, tokenRequests).length <= 25);
      broken.remove();
      await computer.timePasses(12 * minute);
      assert.match(drawJob(window.store.get(key)), /^running \w+ submitted accounts [^[]*$/);
    });
  }

  test('B8 signing out ends all requests under way, and nothing follows; the jobs stay', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    const keys: string[] = [];
    for (let count = 0; count < 8; count++) keys.push(await window.run('Sandbox'));
    const other = await window.run('Production');
    zuora.fault({ do: 'silence', times: always, match: polls });
    window.poller.start();
    await computer.begins(2_500);
    await until(
      () => seen(zuora).length + seen(production).length === 6,
      () => `${seen(zuora).length} requests`,
    );
    const sent = seen(zuora).length;
    window.signOut('Sandbox');
    await computer.settled();
    assert.equal(window.underWay.count, 0, 'all have ended');
    await computer.timePasses(30 * minute);
    assert.equal(seen(zuora).length, sent);
    for (const key of keys)
      assert.match(drawJob(window.store.get(key)), /^running \w+ submitted.*\[paused: signed-out\]$/);
    assert.match(drawJob(window.store.get(other)), /^running \w+ submitted accounts [^[]*$/);
  });

  test('B9 jobs of two tenants: each asks its own service with its own token', async t => {
    const computer = newComputer(t);
    const window = computer.open();
    for (let count = 0; count < 4; count++) await window.run(count % 2 === 0 ? 'Sandbox' : 'Production');
    window.poller.start();
    await computer.timePasses(20 * minute);
    for (const service of [zuora, production]) {
      const known = new Set(service.jobs.map(({ id }) => `/v1/batch-query/jobs/${id}`));
      assert.equal(known.size, 2);
      assert.ok(seen(service).every(({ path: asked, status }) => known.has(asked) && status === 200));
      assert.ok(40 < seen(service).length);
      assert.deepEqual(service.violations, []);
    }
  });
});

suite('two windows on one journal', () => {
  test('one polls, both show the end, and the requests are those of one', async t => {
    const computer = newComputer(t);
    const windows = [computer.open(), computer.open(otherWindow)];
    const [first, second] = windows as [PollingWindow, PollingWindow];
    for (const { store } of windows) await store.loadUnfinished();
    for (const { poller } of windows) poller.start();
    const key = await first.run('Sandbox');
    await until(
      () => second.store.find(key)?.phase === 'running',
      () => drawJob(second.store.get(key)),
    );
    await computer.timePasses(20 * minute);
    const requests = seen(zuora).length;
    assert.ok(20 <= requests && requests <= 27, `${requests} requests in twenty minutes`);
    const sent = windows.map(window => window.requests.count);
    assert.deepEqual([Math.min(...sent), Math.max(...sent)], [0, requests], 'all from one window');
    zuora.advance(120 * minute);
    await computer.timePasses(22 * minute);
    for (const { store } of windows) {
      await until(
        () => store.find(key)?.phase === 'finished',
        () => drawJob(store.get(key)),
      );
    }
    await computer.settled();
    assert.deepEqual([computer.clock.pending, readdirSync(computer.leaseFolder)], [0, []]);
  });

  test('C10 when the one that polls is closed the other goes on where the schedule was', async t => {
    const computer = newComputer(t);
    const [first, second] = [computer.open(), computer.open(otherWindow)];
    const key = await first.run('Sandbox');
    first.poller.start();
    await computer.timePasses(minute);
    await second.store.loadUnfinished();
    second.poller.start();
    await computer.timePasses(15 * minute);
    assert.equal(second.requests.count, 0);
    const before = seen(zuora).length;
    first.close();
    await computer.timePasses(17 * minute + 10_000);
    assert.ok([1, 2].includes(seen(zuora).length - before), `${seen(zuora).length - before} requests in two minutes`);
    assert.equal(second.requests.count, seen(zuora).length - before);
    zuora.advance(120 * minute);
    await computer.timePasses(19 * minute);
    assert.match(drawJob(second.store.get(key)), /^finished/);
  });

  test('signing out in one, as VS Code tells it to both, leaves no window that polls', async t => {
    const computer = newComputer(t);
    const [first, second] = [computer.open(), computer.open(otherWindow)];
    await first.run('Sandbox');
    await second.store.loadUnfinished();
    for (const { poller } of [first, second]) poller.start();
    await computer.timePasses(minute);
    const before = seen(zuora).length;
    for (const window of [first, second]) window.signOut('Sandbox');
    await computer.timePasses(10 * minute);
    assert.equal(seen(zuora).length, before);
    second.signIn('Sandbox');
    await computer.timePasses(12 * minute);
    assert.ok(before < seen(zuora).length);
    assert.equal(second.requests.count, seen(zuora).length - before, 'the one that is signed in');
  });
});

test('J2 a window that closes with twenty polls leaves no request, no timer, and its lease', async t => {
  const computer = newComputer(t);
  const window = computer.open();
  for (let count = 0; count < 20; count++) await window.run('Sandbox');
  zuora.fault({ do: 'silence', times: always, match: polls });
  window.poller.start();
  await computer.begins(2_500);
  await until(
    () => seen(zuora).length === 6,
    () => `${seen(zuora).length} requests`,
  );
  window.close();
  await computer.settled();
  assert.deepEqual([window.underWay.count, computer.clock.pending], [0, 0]);
  assert.ok(existsSync(computer.leaseFolder));
  await computer.timePasses(10 * minute);
  assert.equal(seen(zuora).length, 6);
});

/** Another process than this one, which is alive. */
const otherWindow: Writer = { ...self, window: 'other', pid: process.ppid };

interface PollingWindow {
  readonly store: JobStore;
  readonly poller: Poller;
  /** What it waits for: answers, and the disk. */
  readonly underWay: { count: number };
  /** The polls that it has sent. */
  readonly requests: { count: number };
  /** Makes a job that runs, on the service of that name. */
  run(tenant: string): Promise<string>;
  signIn(tenant: string): void;
  signOut(tenant: string): void;
  close(): void;
}

/** Folders and a clock that windows share. */
function newComputer(t: TestContext) {
  for (const service of [zuora, production]) service.reset();
  const folder = temporaryFolder(t);
  const leaseFolder = path.join(path.dirname(folder), 'leases');
  const clock = new FakeClock();
  const windows: PollingWindow[] = [];
  const settled = () => quiet(() => windows.every(({ underWay }) => underWay.count === 0));
  return {
    clock,
    leaseFolder,
    settled,
    open(writer = self): PollingWindow {
      const window = openWindow(t, { folder, leaseFolder, clock, writer });
      windows.push(window);
      return window;
    },
    /** Lets the time pass from timer to timer, up to a moment of the monotonic clock. */
    async timePasses(moment: number): Promise<void> {
      await settled();
      while (clock.nextAt <= moment) {
        clock.advance(Math.max(0, clock.nextAt - clock.monotonic()));
        await settled();
      }
      clock.advance(moment - clock.monotonic());
      await settled();
    },
    /** The same for requests that get no answer. */
    async begins(moment: number): Promise<void> {
      await settled();
      clock.advance(moment);
    },
  };
}

function openWindow(
  t: TestContext,
  given: { readonly folder: string; readonly leaseFolder: string; readonly clock: FakeClock; readonly writer: Writer },
): PollingWindow {
  const { folder, leaseFolder, clock, writer } = given;
  const underWay = { count: 0 };
  const requests = { count: 0 };
  const counted = counting(underWay);
  const services = new Map([
    ['Sandbox', zuora],
    ['Production', production],
  ]);
  const { focus } = new Surroundings();
  const out = new Set<string>();
  const credentialsFor = ({ tenant }: Pick<JobScope, 'tenant'>) => {
    const service = services.get(tenant);
    return Promise.resolve(out.has(tenant) || !service ? failed(signedOut) : success(service));
  };
  const random = () => 0.5;
  // Tokens grow old with the jobs; an answer that does not come is waited for in real time.
  const timing: Clock = { ...systemClock, now: () => clock.now(), monotonic: () => clock.monotonic() };
  const transport = { clock: timing, log: () => undefined, mayConnect: () => true };
  const tokens = createTokenSource({ transport, random, credentialsFor });
  const client = createZuoraClient({ transport, tokens, random, onLimits: (scope, told) => poller.heed(scope, told) });
  const store = openStore({ journal: openJournal(folder), clock, randomBytes });
  const files = countedFiles(underWay);
  const leases = openLeases({ folder: leaseFolder, clock, writer, isFocused: () => true, files });
  const poller = createPoller({
    store: {
      ...store,
      applyAnswer: counted((key, answer) => store.applyAnswer(key, answer)),
      record: counted((key, change) => store.record(key, change)),
    },
    client: {
      ...client,
      jobOnce: counted((target, id, signal) => {
        requests.count++;
        return client.jobOnce(target, id, signal);
      }),
    },
    leases,
    clock,
    random,
    permission: { isEnabled: () => true, mayAsk: counted(credentialsFor) },
    focus,
  });
  const credentialsChanged = (tenant: string) => {
    tokens.forget(tenant, services.get(tenant)?.url ?? '');
    poller.resume(tenant);
  };
  const close = () => {
    poller.dispose();
    leases.dispose();
    store.dispose();
  };
  t.after(close);
  return {
    store,
    poller,
    underWay,
    requests,
    async run(tenant) {
      const scope = { tenant, origin: services.get(tenant)?.url ?? '' };
      const added = await store.add({ ...plan, scope }, attempt('key', { writer }));
      assert.ok(added.ok);
      const { headers, body, gzip } = plan.request;
      const request = { headers, body, gzip, idempotencyKey: randomBytes(8).toString('hex') };
      const sent = await client.submit(scope, request, new AbortController().signal);
      assert.ok(sent.ok);
      await store.applyAnswer(added.value.key, sent.value);
      return added.value.key;
    },
    signIn(tenant) {
      out.delete(tenant);
      credentialsChanged(tenant);
    },
    signOut(tenant) {
      out.add(tenant);
      credentialsChanged(tenant);
    },
    close,
  };
}

const signedOut: Failure = { kind: 'signed-out', message: 'nobody is signed in' };

/** What the service has received, polls where nothing else is said. */
function seen(service: Zuora, { method, path: begin }: { method: string; path: string } = polls): Zuora['requests'] {
  return service.requests.filter(request => request.method === method && request.path.startsWith(begin));
}

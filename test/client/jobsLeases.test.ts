// Which window polls: leases in a real folder, with windows that share a clock, and one that is a process and killed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import {
  leaseFileName,
  openLeases,
  type Lease,
  type LeaseFiles,
  type LeaseScope,
  type LeaseState,
} from '../../client/src/jobs/leases';
import type { Writer } from '../../client/src/jobs/model';
import { FakeClock, until } from './fakeClock';
import { startChild } from './jobChildren';
import { countedFiles, quiet, self, temporaryFolder } from './jobParts';

const scope: LeaseScope = { tenant: 'Sandbox', origin: 'https://rest.test.zuora.com' };

/** Another window of this computer: a process that is alive and not this one. */
const other: Writer = { ...self, window: 'other', pid: process.ppid };

suite('of two windows', () => {
  test('the first that wants it has the lease, and keeps it while it lives', async t => {
    const { folder, clock, open } = computer(t);
    const first = open(self);
    const second = open(other);
    first.lease.want(true);
    await first.is('mine');
    second.lease.want(true);
    await second.is('others');
    for (let beat = 0; beat < 12; beat++) {
      clock.advance(10_000);
      await settled(first, second);
    }
    assert.deepEqual([first.states, second.states], [['mine'], ['others']]);
    assert.equal(readdirSync(folder).length, 1);
  });

  test('one that nobody looks at lets the other go first', async t => {
    const { clock, open } = computer(t);
    const hidden = open(self, { focused: false });
    const looked = open(other);
    hidden.lease.want(true);
    looked.lease.want(true);
    await looked.is('mine');
    clock.advance(1_000);
    await hidden.is('others');
  });

  test('the other follows when the first is closed, and hears since when nobody polls', async t => {
    const { clock, open } = computer(t);
    const first = open(self);
    const second = open(other);
    first.lease.want(true);
    await first.is('mine');
    second.lease.want(true);
    await second.is('others');
    clock.advance(4_000);
    const closedAt = clock.now();
    first.leases.dispose();
    assert.equal(record(first.file).released, true, 'written before dispose returns');
    clock.advance(6_000);
    await second.is('mine');
    assert.deepEqual(second.last, { kind: 'mine', idleSince: closedAt });
  });

  test('the other follows when the first no longer wants it', async t => {
    const { clock, open } = computer(t);
    const first = open(self);
    const second = open(other);
    first.lease.want(true);
    await first.is('mine');
    second.lease.want(true);
    await second.is('others');
    first.lease.want(false);
    await first.is('free');
    clock.advance(10_000);
    await second.is('mine');
    clock.advance(10_000);
    await first.is('others');
  });

  test('the other follows after half a minute of silence, also where its process cannot be seen', async t => {
    const { clock, open } = computer(t);
    const away = open({ ...other, host: 'another computer' });
    away.lease.want(true);
    await away.is('mine');
    away.hangs();
    const second = open(self);
    second.lease.want(true);
    await second.is('others');
    for (let beat = 0; beat < 4; beat++) {
      clock.advance(10_000);
      await settled(second);
    }
    assert.deepEqual(second.states, ['others', 'mine']);
    // What hung goes on: it sees that the lease is another's.
    away.goesOn();
    clock.advance(10_000);
    await away.is('others');
  });

  test('the silence is counted here: it needs no clock that is right', async t => {
    const { clock, open } = computer(t);
    const away = open({ ...other, host: 'another computer' });
    away.lease.want(true);
    await away.is('mine');
    away.hangs();
    clock.wallOffset -= 24 * 60 * 60_000;
    const second = open(self);
    second.lease.want(true);
    await second.is('others');
    for (let beat = 0; beat < 4; beat++) {
      clock.advance(10_000);
      await settled(second);
    }
    assert.deepEqual(second.states, ['others', 'mine']);
  });

  test('a text that is not whole is taken for one that is being written, but not for ever', async t => {
    const { clock, open, folder } = computer(t);
    const window = open(self);
    mkdirSync(folder, { recursive: true });
    writeFileSync(window.file, '{"window":"oth');
    window.lease.want(true);
    await window.is('others');
    for (let beat = 0; beat < 4; beat++) {
      clock.advance(10_000);
      await settled(window);
    }
    assert.deepEqual(window.states, ['others', 'mine']);
  });

  test('both that take one over at once: one of them has it after the next look', async t => {
    for (let count = 0; count < 20; count++) {
      const { clock, open, folder } = computer(t);
      const windows = [open(self), open(other)];
      mkdirSync(folder, { recursive: true });
      writeFileSync(windows[0]?.file ?? '', JSON.stringify({ ...other, window: 'gone', at: 0, released: true }));
      for (const { lease } of windows) lease.want(true);
      await settled(...windows);
      clock.advance(10_000);
      await settled(...windows);
      assert.deepEqual(windows.map(({ last }) => last?.kind).sort(), ['mine', 'others']);
    }
  });
});

suite('a lease', () => {
  test('has no file and no timer before it is wanted, nor after its last job', async t => {
    const { clock, folder, open } = computer(t);
    const window = open(self);
    assert.deepEqual([clock.pending, existsSync(folder)], [0, false]);
    window.lease.want(true);
    await window.is('mine');
    window.lease.end();
    await settled(window);
    assert.deepEqual([clock.pending, readdirSync(folder)], [0, []]);
  });

  test('is looked at, and not taken, by a window that would not poll', async t => {
    const { clock, folder, open } = computer(t);
    const window = open(self);
    window.lease.want(false);
    await window.is('free');
    assert.equal(existsSync(folder), false);
    const second = open(other);
    second.lease.want(true);
    await second.is('mine');
    clock.advance(10_000);
    await window.is('others');
  });

  test('is one for each tenant and address, in files that name neither', async t => {
    const { folder, open } = computer(t);
    const scopes = [scope, { ...scope, tenant: '../../Größe' }, { ...scope, origin: 'http://127.0.0.1:8080' }];
    for (const each of scopes) {
      const window = open(self, { scope: each });
      window.lease.want(true);
      await window.is('mine');
    }
    assert.equal(readdirSync(folder).length, 3);
    for (const name of readdirSync(folder)) assert.match(name, /^[0-9a-f]{32}\.json$/);
  });

  for (const call of ['mkdir', 'readFile', 'writeFile'] as const) {
    test(`keeps nobody from polling where the disk refuses ${call}`, async t => {
      const { clock, open } = computer(t);
      const refuse = () => Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' }));
      const window = open(self, { files: { [call]: refuse } });
      window.lease.want(true);
      await window.is('mine');
      clock.advance(10_000);
      await settled(window);
      assert.deepEqual(window.states, ['mine']);
      window.lease.end();
      await settled(window);
      assert.equal(clock.pending, 0);
    });
  }

  test('is released only by its holder', async t => {
    const { open } = computer(t);
    const first = open(self);
    first.lease.want(true);
    await first.is('mine');
    const second = open(other);
    second.lease.want(true);
    await second.is('others');
    second.leases.dispose();
    second.lease.end();
    await settled(second);
    assert.deepEqual([record(first.file).window, record(first.file).released], [self.window, false]);
  });
});

test('C10 the lease of a window that was killed is taken over at the next look', async t => {
  const { clock, folder, open } = computer(t);
  const { tenant, origin } = scope;
  const child = await startChild(t, { task: 'lease', folder, tenant, origin });
  const window = open(self);
  await until(
    () => existsSync(window.file) && readFileSync(window.file, 'utf8') !== '',
    () => 'the other window takes no lease',
  );
  assert.equal(record(window.file).pid, child.pid);
  // The child lives by the real clock, this window by a false one.
  clock.wallOffset = Date.now();
  window.lease.want(true);
  await window.is('others');
  child.kill('SIGKILL');
  await once(child, 'exit');
  clock.advance(10_000);
  await window.is('mine');
  assert.equal(record(window.file).pid, process.pid);
});

interface TestWindow {
  readonly leases: ReturnType<typeof openLeases>;
  readonly lease: Lease;
  readonly file: string;
  /** What it heard, oldest first. */
  readonly states: string[];
  readonly last: LeaseState | undefined;
  /** Waits until the lease says so. */
  is(kind: LeaseState['kind']): Promise<void>;
  /** Disk operations under way. */
  readonly underWay: { readonly count: number };
  /** Its timers do nothing until it goes on. */
  hangs(): void;
  goesOn(): void;
}

/** A folder and a clock for some windows. */
function computer(t: TestContext) {
  const folder = path.join(temporaryFolder(t), 'leases');
  const clock = new FakeClock();
  return { folder, clock, open };

  function open(
    writer: Writer,
    given: { readonly focused?: boolean; readonly scope?: LeaseScope; readonly files?: Partial<LeaseFiles> } = {},
  ): TestWindow {
    const underWay = { count: 0 };
    const files = countedFiles(underWay, given.files);
    let waiting: (() => void)[] | undefined;
    const patient = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (milliseconds: number, run: () => void) =>
        clock.after(milliseconds, () => (waiting ? void waiting.push(run) : run())),
    };
    const isFocused = () => given.focused ?? true;
    const leases = openLeases({ folder, clock: patient, writer, isFocused, files });
    const states: string[] = [];
    let last: LeaseState | undefined;
    const lease = leases.follow(given.scope ?? scope, state => {
      last = state;
      states.push(state.kind);
    });
    t.after(() => leases.dispose());
    return {
      leases,
      lease,
      states,
      file: path.join(folder, leaseFileName(given.scope ?? scope)),
      get last() {
        return last;
      },
      is: kind =>
        until(
          () => last?.kind === kind,
          () => `the lease is ${last?.kind}, not ${kind}`,
        ),
      underWay,
      hangs: () => (waiting = []),
      goesOn() {
        const late = waiting ?? [];
        waiting = undefined;
        for (const run of late) run();
      },
    };
  }
}

function settled(...windows: readonly TestWindow[]): Promise<void> {
  return quiet(() => windows.every(({ underWay }) => underWay.count === 0));
}

function record(file: string): Writer & { readonly at: number; readonly released: boolean } {
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof record>;
}

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { announcementOf, watchEnds, type NotificationLevel } from '../../client/src/jobs/announcements';
import { claim } from '../../client/src/jobs/claims';
import type { Job } from '../../client/src/jobs/model';
import { FakeClock } from './fakeClock';
import { day, ended, job } from './sampleJobs';

const lost = { kind: 'network', message: 'connection reset', sent: 'maybe' } as const;
const refusal = { kind: 'rejected', message: 'There is no field named X.', status: 200, code: '90005' } as const;

suite('the words of a notification', () => {
  const says = (jobs: readonly Job[], expected: string | undefined, level: NotificationLevel = 'all') => {
    const announcement = announcementOf(jobs, level);
    const { kind = '', message = '', actions = [], key = '' } = announcement ?? {};
    assert.equal(announcement && `${kind}: ${message} [${actions.join(', ')}] ${key}`, expected);
  };
  const completed = ended('completed', ['completed', 'completed'], { key: 'k1' });
  const aborted = ended('aborted', ['completed', 'aborted'], { key: 'k2', message: 'Query timed out.' });

  test('tell how one job ended, and offer what comes next', () => {
    says([completed], 'information: accounts +1 on Sandbox is completed: 1,234 records in 2 results. [showJob] k1');
    says(
      [ended('completed', ['completed'], { key: 'k1' })],
      'information: accounts on Sandbox is completed: 617 records. [openResult] k1',
    );
    says(
      [aborted],
      'warning: accounts +1 on Sandbox has failed: 1 of 2 queries: Query timed out. [showJob, resubmitFailed, showLog] k2',
    );
    const reasons = aborted.batches.map(each => ({ ...each, message: 'You must specify a select.' }));
    says(
      [{ ...aborted, batches: reasons.slice(1), counts: { ...aborted.counts, batches: 1 } }],
      'warning: accounts +1 on Sandbox has failed: You must specify a select. [showJob, resubmitFailed, showLog] k2',
    );
    says([ended('cancelled', ['cancelled'])], 'information: accounts on Sandbox was canceled. [showJob] k1');
    says(
      [job({ phase: 'refused', failure: refusal })],
      'warning: accounts +2 on Sandbox has failed: rest.test.zuora.com refused it: There is no field named X (code 90005). Zuora could not read one of the queries, or knows no object or field of a name in it. No job was made; the request is kept. Mend the query and submit again. [showJob, showLog] k1',
    );
    says(
      [job({ phase: 'gone', id: 'j1', status: 'executing', failure: refusal })],
      'warning: accounts +2 on Sandbox is gone: Zuora no longer knows its ID. [showJob, showLog] k1',
    );
    const unknown = announcementOf([job({ phase: 'unknown', failure: lost })], 'failures');
    assert.match(
      unknown?.message ?? '',
      /^accounts \+2 on Sandbox is unknown\. The answer of .* did not come: connection reset\./,
    );
  });

  test('tell several together, with the failed one at hand', () => {
    says(
      [completed, aborted, completed, completed],
      'warning: 4 jobs have ended: 3 completed, 1 failed (accounts +1, accounts +1, accounts +1, and 1 more). [showJob] k2',
    );
  });

  test('are as many as the setting wants', () => {
    says([completed], undefined, 'failures');
    says([aborted], undefined, 'none');
    const both = announcementOf([completed, aborted], 'failures');
    assert.match(both?.message ?? '', /^accounts \+1 on Sandbox has failed/);
    says([ended('cancelled', ['cancelled'])], undefined, 'failures');
  });
});

suite('ends are told', () => {
  /** Windows on one store, with their claims; `told` has a line for each notification. */
  function windows(focused: readonly boolean[]) {
    const clock = new FakeClock();
    const jobs = new Map<string, Job>();
    const listeners = new Set<(keys: readonly string[]) => void>();
    const claims = new Set<string>();
    const told: string[] = [];
    const focus = [...focused];
    const store = {
      find: (key: string) => jobs.get(key),
      watch(listener: (keys: readonly string[]) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    focus.forEach((_, index) =>
      watchEnds({
        store,
        clock,
        isFocused: () => focus[index] ?? false,
        claim: name => Promise.resolve(!claims.has(name) && Boolean(claims.add(name))),
        announce: ended => void told.push(`window ${index + 1}: ${ended.map(({ key }) => key).join(' ')}`),
      }),
    );
    return {
      told,
      focus,
      see: (...seen: readonly Job[]) => {
        for (const each of seen) jobs.set(each.key, { ...each, updatedAt: clock.now() });
        for (const listener of listeners) listener(seen.map(({ key }) => key));
      },
      pass: async (milliseconds: number) => {
        clock.advance(milliseconds);
        await settle();
      },
    };
  }
  const running = (key: string) => ended('executing', ['executing'], { key, phase: 'running' });
  const done = (key: string) => ended('completed', ['completed'], { key });
  const sending = (key: string) => job({ key, phase: 'sending' });
  const refused = (key: string) => job({ key, phase: 'refused', failure: refusal });

  test('once, by the window that has the focus', async () => {
    const { see, pass, told } = windows([false, true, false]);
    see(running('k1'));
    see(done('k1'));
    await pass(1_000);
    await pass(10_000);
    assert.deepEqual(told, ['window 2: k1']);
    see(done('k1'));
    await pass(10_000);
    assert.equal(told.length, 1);
  });

  test('by the first that learned it where none has the focus, a moment later', async () => {
    const { see, pass, told } = windows([false, false]);
    see(running('k1'));
    see(done('k1'));
    await pass(1_000);
    assert.deepEqual(told, []);
    await pass(2_000);
    assert.deepEqual(told, ['window 1: k1']);
  });

  test('together where they come together', async () => {
    const { see, pass, told } = windows([true]);
    see(running('k1'), running('k2'), running('k3'));
    see(done('k1'));
    await pass(500);
    see(done('k2'));
    await pass(500);
    see(done('k3'));
    await pass(1_000);
    assert.deepEqual(told, ['window 1: k1 k2', 'window 1: k3']);
  });

  test('not of jobs that had ended when they were first seen, nor that went', async () => {
    const { see, pass, told } = windows([true]);
    see(done('k1'));
    await pass(5_000);
    assert.deepEqual(told, []);
  });

  test('of a refusal only where nobody waited for it in front of a progress bar', async () => {
    const { see, pass, told } = windows([true]);
    see(sending('awaited'));
    see(refused('awaited'));
    see(job({ key: 'queued', phase: 'queued' }));
    see(sending('queued'));
    see(refused('queued'));
    see(job({ key: 'left', phase: 'queued' }));
    see(job({ key: 'left', phase: 'not-sent', failure: { kind: 'canceled', sent: 'no' } }));
    see(sending('lost'), job({ key: 'lost', phase: 'given-up', failure: lost }));
    await pass(1_000);
    assert.deepEqual(told, ['window 1: queued']);
  });
});

suite('a claim', () => {
  const folder = (t: TestContext) => {
    const made = mkdtempSync(path.join(tmpdir(), 'zoql-claims-'));
    t.after(() => rmSync(made, { recursive: true, force: true }));
    return path.join(made, 'announced');
  };

  test('is the first one’s alone', async t => {
    const where = folder(t);
    const won = await Promise.all(Array.from({ length: 8 }, () => claim(where, 'k1-5', Date.now())));
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal(await claim(where, 'k2-5', Date.now()), true);
  });

  test('leaves nothing for long', async t => {
    const where = folder(t);
    await claim(where, 'old', Date.now());
    const yesterday = (Date.now() - day - 1_000) / 1_000;
    utimesSync(path.join(where, 'old'), yesterday, yesterday);
    await claim(where, 'new', Date.now());
    assert.deepEqual(readdirSync(where), ['new']);
  });

  test('is granted where the disk refuses it', async t => {
    const where = folder(t);
    await claim(where, 'file', Date.now());
    assert.equal(await claim(path.join(where, 'file'), 'k1', Date.now()), true);
  });
});

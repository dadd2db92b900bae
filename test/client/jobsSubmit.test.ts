import assert from 'node:assert/strict';
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { Job, SendAttempt } from '../../client/src/jobs/model';
import { writeLine, type ChangeRecord } from '../../client/src/jobs/records';
import { repeatIsSafe } from '../../client/src/jobs/sendRules';
import { createSubmitter, type SubmitOptions, type Submitter } from '../../client/src/jobs/submit';
import { failed, success, type Failure, type Outcome } from '../../client/src/zuora/outcome';
import type { AquaJob } from '../../client/src/zuora/schemas';
import { until } from './fakeClock';
import {
  answer,
  attempt,
  drawJob,
  entryText,
  FaultyFiles,
  fromDisk,
  plan,
  self,
  testStore,
  whileTimePasses,
  type TestStore,
} from './jobParts';

const lost: Failure = { kind: 'network', message: 'reset', sent: 'maybe' };
const unreached: Failure = { kind: 'network', message: 'connection refused', sent: 'no' };
const timeout: Failure = { kind: 'timeout', message: 'silence', sent: 'maybe' };
const unavailable: Failure = { kind: 'unavailable', message: 'Service Unavailable', status: 503 };
const inProgress: Failure = { kind: 'in-progress', message: 'still in progress' };
const unauthorized: Failure = { kind: 'unauthorized', message: 'invalid token', status: 401 };
const throttled: Failure = { kind: 'throttled', message: 'too many requests' };
const malformed: Failure = { kind: 'malformed', message: 'not an answer of Zuora', excerpt: '<html>' };
const signedOut: Failure = { kind: 'signed-out', message: 'nobody is signed in' };
const made = answer('J1', 'submitted', 'accounts pending', 'invoices pending');

suite('submitting a job', () => {
  test('one answer, one request', t =>
    submits(
      t,
      [made],
      `
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A1 a lost answer is repeated with the same key', t =>
    submits(
      t,
      [lost, made],
      `
      key-1 → network
      waits 1000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A1 three lost answers leave it unknown', t =>
    submits(
      t,
      [lost, lost, lost],
      `
      key-1 → network
      waits 1000 ms
      key-1 → network
      waits 2000 ms
      key-1 → network
      unknown (network)
    `,
    ));

  test('A2 a service that is not reached three times: nothing was sent', t =>
    submits(
      t,
      [unreached, unreached, unreached],
      `
      key-1 → network
      waits 1000 ms
      key-1 → network
      waits 2000 ms
      key-1 → network
      not-sent (network)
    `,
    ));

  test('A2 lost once, then not reached: unknown all the same', t =>
    submits(
      t,
      [lost, unreached, unreached],
      `
      key-1 → network
      waits 1000 ms
      key-1 → network
      waits 2000 ms
      key-1 → network
      unknown (network)
    `,
    ));

  test('A3 a time-out is a lost answer', t =>
    submits(
      t,
      [timeout, made],
      `
      key-1 → timeout
      waits 1000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A4 a 5xx that is replayed is asked for twice, and never under a new key', t =>
    submits(
      t,
      [unavailable, unavailable],
      `
      key-1 → unavailable
      waits 1000 ms
      key-1 → unavailable
      unknown (unavailable)
    `,
    ));

  test('A4 a 5xx may ask for a pause', t =>
    submits(
      t,
      [{ ...unavailable, retryAfterMs: 7000 }, made],
      `
      key-1 → unavailable
      waits 7000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A5 one 503, then the job', t =>
    submits(
      t,
      [unavailable, made],
      `
      key-1 → unavailable
      waits 1000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A6 while the first request is in progress it waits, under the same key', t =>
    submits(
      t,
      [lost, inProgress, inProgress, made],
      `
      key-1 → network
      waits 1000 ms
      key-1 → in-progress
      waits 2000 ms
      key-1 → in-progress
      waits 4000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A6 in progress has an end', async t => {
    const { lines } = await run(t, Array<Failure>(20).fill(inProgress));
    assert.equal(lines.filter(line => line.includes('→ in-progress')).length, 9);
    assert.equal(lines.at(-1), 'unknown (in-progress)');
  });

  test('A7 a key mismatch is not repeated', t =>
    submits(
      t,
      [rejection(422)],
      `
      key-1 → rejected
      refused (rejected)
    `,
    ));

  test('A8 too fast: waits what the service says, and takes a new key, since no job was made', t =>
    submits(
      t,
      [{ ...throttled, retryAfterMs: 42_000 }, made],
      `
      key-1 → throttled
      waits 42000 ms
      key-1.2 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A8 an absurd wish is cut to five minutes, a nonsensical one gives way to our own', t =>
    submits(
      t,
      [{ ...throttled, retryAfterMs: 1e12 }, { ...throttled, retryAfterMs: -5 }, throttled, made],
      `
      key-1 → throttled
      waits 300000 ms
      key-1.2 → throttled
      waits 2000 ms
      key-1.3 → throttled
      waits 4000 ms
      key-1.4 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('A8 throttling has an end', async t => {
    const { lines } = await run(t, Array<Failure>(20).fill(throttled));
    assert.equal(lines.filter(line => line.includes('→')).length, 5);
    assert.equal(lines.at(-1), 'refused (throttled)');
  });

  test('too fast after a lost answer keeps the key: a job may exist under it', t =>
    submits(
      t,
      [lost, throttled, made],
      `
      key-1 → network
      waits 1000 ms
      key-1 → throttled
      waits 1000 ms
      key-1 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('a refused token is exchanged once, under a new key', t =>
    submits(
      t,
      [unauthorized, made],
      `
      key-1 → unauthorized
      waits 0 ms
      key-1.2 → job J1
      running J1 submitted accounts pending, invoices pending
    `,
    ));

  test('a token refused twice ends it', t =>
    submits(
      t,
      [unauthorized, unauthorized],
      `
      key-1 → unauthorized
      waits 0 ms
      key-1.2 → unauthorized
      refused (unauthorized)
    `,
    ));

  test('a refused token after a lost answer keeps the key', t =>
    submits(
      t,
      [lost, unauthorized, unauthorized],
      `
      key-1 → network
      waits 1000 ms
      key-1 → unauthorized
      waits 0 ms
      key-1 → unauthorized
      unknown (unauthorized)
    `,
    ));

  test('A9 a refusal is final, and its words are kept', async t => {
    const culprit = { error: 'There is no field named Nope', query: 'select Nope from Account' };
    const { job } = await run(t, [{ ...rejection(200), code: '90005', culprit }]);
    assert.equal(drawJob(job), 'refused (rejected)');
    assert.deepEqual(job?.failure, { ...rejection(200), code: '90005', culprit });
  });

  test('a refusal by Zuora itself after a lost answer: there is no job', t =>
    submits(
      t,
      [lost, { ...rejection(400), code: '50000090' }],
      `
      key-1 → network
      waits 1000 ms
      key-1 → rejected
      refused (rejected)
    `,
    ));

  for (const [what, refusal] of [
    ['by something in front of Zuora', { ...rejection(403), code: '403' }],
    ['without a code of Zuora', rejection(400)],
    ['of the token', { ...rejection(400), code: 'invalid_scope', sent: 'no' }],
  ] as const) {
    test(`a refusal ${what} after a lost answer proves nothing`, t =>
      submits(
        t,
        [lost, refusal],
        `
        key-1 → network
        waits 1000 ms
        key-1 → rejected
        unknown (rejected)
      `,
      ));
  }

  test('A10 an answer that cannot be read is a lost one', t =>
    submits(
      t,
      [malformed, malformed, malformed],
      `
      key-1 → malformed
      waits 1000 ms
      key-1 → malformed
      waits 2000 ms
      key-1 → malformed
      unknown (malformed)
    `,
    ));

  test('nobody signed in: nothing was sent', t =>
    submits(
      t,
      [signedOut],
      `
      key-1 → signed-out
      not-sent (signed-out)
    `,
    ));

  test('a redirect is not followed and makes no job', t =>
    submits(
      t,
      [{ kind: 'redirected', message: 'moved', status: 302, location: 'https://evil.test/' }],
      `
      key-1 → redirected
      refused (redirected)
    `,
    ));

  test('every repeat has byte-equal body and headers', async t => {
    const { requests } = await run(t, [lost, inProgress, made]);
    assert.deepEqual(
      requests.map(({ body, headers, gzip }) => ({ body, headers, gzip })),
      [plan.request, plan.request, plan.request],
    );
  });

  test('each key is on disk before it is sent, as one under which a job may exist', async t => {
    const seen: string[] = [];
    await run(t, [unreached, throttled, unauthorized, lost, made], ({ folder, key }, idempotencyKey) => {
      const lines = entryText(folder, key).split('\n').filter(Boolean);
      const written = JSON.parse(lines.at(-1) ?? '') as { attempt: SendAttempt };
      assert.deepEqual([written.attempt.idempotencyKey, written.attempt.mayExist], [idempotencyKey, true]);
      seen.push(idempotencyKey);
    });
    assert.deepEqual(seen, ['key-1', 'key-1', 'key-1.2', 'key-1.3', 'key-1.3']);
  });

  test('a journal that cannot be written: nothing is sent', async t => {
    const faulty = new FaultyFiles();
    faulty.failing = 3;
    const window = testStore(t, { files: faulty.files });
    const service = scripted([made]);
    const result = await submitterOf(window, service).submit(plan, quiet);
    assert.ok(!result.ok && result.fault.code === 'ENOSPC');
    assert.deepEqual(service.requests, []);
  });

  test('a new key that cannot be written is not sent', async t => {
    const faulty = new FaultyFiles();
    const window = testStore(t, { files: faulty.files });
    const service = scripted([throttled, made]);
    const result = await whileTimePasses(
      window.clock,
      submitterOf(window, service).submit(plan, {
        ...quiet,
        progress: step => {
          if (step.kind === 'waiting') faulty.broken = true;
        },
      }),
    );
    assert.equal(service.requests.length, 1);
    assert.ok(result.ok);
    assert.match(drawJob(result.value), /^not-sent \(storage\)/);
  });
});

suite('cancelling a submit', () => {
  test('before anything was sent: not sent, no request', async t => {
    const { lines, requests } = await run(t, [made], undefined, { signal: AbortSignal.abort() });
    assert.deepEqual([lines, requests.length], [['not-sent (canceled)'], 0]);
  });

  test('A13 while in flight: unknown, no further attempt', async t => {
    const cancel = new AbortController();
    const { lines, requests } = await run(t, [() => canceledBy(cancel, 'maybe'), made], undefined, cancel);
    assert.deepEqual([lines.at(-1), requests.length], ['unknown (canceled)', 1]);
  });

  test('A13 while connecting: not sent', async t => {
    const cancel = new AbortController();
    const { lines } = await run(t, [() => canceledBy(cancel, 'no')], undefined, cancel);
    assert.equal(lines.at(-1), 'not-sent (canceled)');
  });

  test('A13 an answer that came all the same counts', async t => {
    const cancel = new AbortController();
    const late = () => {
      cancel.abort();
      return success(made);
    };
    const { lines } = await run(t, [late], undefined, cancel);
    assert.equal(lines.at(-1), 'running J1 submitted accounts pending, invoices pending');
  });

  for (const [failure, end] of [
    [lost, 'unknown (canceled)'],
    [throttled, 'not-sent (canceled)'],
  ] as const) {
    test(`while waiting after "${failure.kind}": ${end}`, async t => {
      const cancel = new AbortController();
      const { lines, requests } = await run(t, [failure, made], undefined, {
        signal: cancel.signal,
        progress: step => {
          if (step.kind === 'waiting') cancel.abort();
        },
      });
      assert.deepEqual([lines.at(-1), requests.length], [end, 1]);
    });
  }
});

suite('sending again', () => {
  test('an unknown job goes out under its own key', async t => {
    const { window, key } = await unknownJob(t);
    const service = scripted([made]);
    await submitterOf(window, service).sendAgain(key, 'same-key', quiet);
    assert.deepEqual(service.keys(), ['key-1']);
    assert.equal(drawJob(window.store.get(key)), 'running J1 submitted accounts pending, invoices pending');
  });

  test('after 24 hours the key protects nothing: it stays unknown until a person takes a new one', async t => {
    const { window, key } = await unknownJob(t);
    const service = scripted([made]);
    const submitter = submitterOf(window, service, 'fresh');
    window.clock.advance(24 * 3_600_000);
    assert.equal(repeatIsSafe(window.store.get(key) as Job, window.clock.now()), false);
    await submitter.sendAgain(key, 'same-key', quiet);
    assert.deepEqual([service.keys(), drawJob(window.store.get(key))], [[], 'unknown (network)']);
    await submitter.sendAgain(key, 'new-key', quiet);
    assert.deepEqual(service.keys(), ['fresh-1']);
  });

  test('a pause that outlasts the key ends it: nothing is sent under a key that may be forgotten', async t => {
    const { window, key } = await unknownJob(t);
    window.clock.advance((24 * 60 - 8) * 60_000);
    const service = scripted([{ ...throttled, retryAfterMs: 300_000 }, made]);
    await whileTimePasses(window.clock, submitterOf(window, service).sendAgain(key, 'same-key', quiet));
    assert.deepEqual([service.keys(), drawJob(window.store.get(key))], [['key-1'], 'unknown (throttled)']);
  });

  test('a refusal under a new key does not prove that the first made no job', async t => {
    const { window, key } = await unknownJob(t);
    await submitterOf(window, scripted([rejection(400)])).sendAgain(key, 'new-key', quiet);
    assert.equal(drawJob(window.store.get(key)), 'unknown (rejected)');
  });

  test('a job that runs is not sent again', async t => {
    const window = testStore(t);
    const result = await submitterOf(window, scripted([made])).submit(plan, quiet);
    assert.ok(result.ok);
    const service = scripted([answer('J2', 'submitted')]);
    await submitterOf(window, service).sendAgain(result.value.key, 'new-key', quiet);
    assert.deepEqual(service.keys(), []);
  });

  test('a disk that refuses the record leaves the job as it was, and sends nothing', async t => {
    const faulty = new FaultyFiles();
    const { window, key } = await unknownJob(t, testStore(t, { files: faulty.files }));
    const service = scripted([made]);
    faulty.broken = true;
    const result = await submitterOf(window, service).sendAgain(key, 'new-key', quiet);
    assert.ok(!result.ok);
    assert.deepEqual(service.keys(), []);
    assert.match(drawJob(window.store.get(key)), /^unknown \(network\)/);
  });
});

suite('A11 what a killed window leaves', () => {
  /** No process has this id: Linux counts to 4,194,304 at most. */
  const dead = { window: 'killed', host: self.host, pid: 2 ** 30 };

  test('is repeated under the same key at the next start', async t => {
    const { lines, drawn } = await recovered(t, { writer: dead, until: minutes(3) }, [made]);
    assert.deepEqual([lines, drawn], [['key-1'], 'running J1 submitted accounts pending, invoices pending']);
  });

  test('is left alone after 24 hours, and shown as unknown', async t => {
    const { lines, drawn } = await recovered(t, { writer: dead, keyMadeAt: -minutes(24 * 60) }, [made]);
    assert.deepEqual([lines, drawn], [[], 'unknown (network)']);
  });

  test('is left alone where the clock was set back and the age cannot be known', async t => {
    const { lines, drawn } = await recovered(t, { writer: dead, keyMadeAt: minutes(60) }, [made]);
    assert.deepEqual([lines, drawn], [[], 'unknown (network)']);
  });

  test('while it waited after a refusal: nothing is sent without a person', async t => {
    const { lines, drawn } = await recovered(t, { writer: dead, mayExist: false }, [made]);
    assert.deepEqual([lines, drawn], [[], 'not-sent (canceled)']);
  });

  test('is not touched while its window lives, but taken over when that shows no sign', async t => {
    const living = { window: 'another', host: self.host, pid: process.ppid };
    const { window, key } = await interrupted(t, { writer: living, until: minutes(3) });
    const service = scripted([made]);
    submitterOf(window, service).recover();
    window.clock.advance(minutes(3) - 1);
    assert.deepEqual([service.keys(), drawJob(window.store.get(key))], [[], 'sending']);
    window.clock.advance(1);
    await endsAs(window, key, 'running J1 submitted accounts pending, invoices pending');
    assert.deepEqual(service.keys(), ['key-1']);
  });

  test('is taken over where its window names a time that the clock was set back from', async t => {
    const living = { window: 'another', host: self.host, pid: process.ppid };
    const { drawn } = await recovered(t, { writer: living, until: minutes(60) }, [made]);
    assert.equal(drawn, 'running J1 submitted accounts pending, invoices pending');
  });

  test('a process that has our id but is another window is gone', async t => {
    const { drawn } = await recovered(t, { writer: { ...self, window: 'before' }, until: minutes(3) }, [made]);
    assert.equal(drawn, 'running J1 submitted accounts pending, invoices pending');
  });

  for (const [failure, condition] of [
    [signedOut, 'paused: signed-out'],
    [unreached, 'unreachable: network'],
  ] as const) {
    test(`${failure.kind}: waits, and is sent when that has changed`, async t => {
      const { window, key } = await interrupted(t, { writer: dead });
      const script: Step[] = failure === unreached ? [failure, failure, failure, made] : [failure, made];
      const service = scripted(script);
      const submitter = submitterOf(window, service);
      t.after(() => submitter.dispose());
      submitter.recover();
      for (const wait of failure === unreached ? [1_000, 2_000] : []) await window.clock.pass(wait);
      await endsAs(window, key, `sending [${condition}]`);
      submitter.recover();
      await endsAs(window, key, 'running J1 submitted accounts pending, invoices pending');
      assert.deepEqual(new Set(service.keys()), new Set(['key-1']));
    });
  }

  test('without network it is tried again by itself, until its key has ended', async t => {
    const { window, key } = await interrupted(t, { writer: dead, keyMadeAt: -minutes(23 * 60 + 30) });
    const service = scripted(Array<Failure>(100).fill(unreached));
    const submitter = submitterOf(window, service);
    t.after(() => submitter.dispose());
    submitter.recover();
    await whileTimePasses(window.clock, endsAs(window, key, 'unknown (network)'));
    assert.deepEqual(new Set(service.keys()), new Set(['key-1']));
    assert.ok(15 < service.keys().length, `${service.keys().length} tries`);
    assert.ok(window.clock.monotonic() <= minutes(30));
  });

  test('is found too when the window is killed while this one is open', async t => {
    const one = testStore(t);
    const two = testStore(t, { folder: one.folder });
    await two.store.load('all');
    const service = scripted([made]);
    submitterOf(two, service).recover();
    const written = await one.store.add(plan, attempt('key-1', { keyMadeAt: one.clock.now(), writer: dead }));
    assert.ok(written.ok);
    await endsAs(two, written.value.key, 'running J1 submitted accounts pending, invoices pending');
    assert.deepEqual(service.keys(), ['key-1']);
  });

  test('is not taken over where its window has ended it, which this one reads only now', async t => {
    const living = { window: 'another', host: self.host, pid: process.ppid };
    const { window, key } = await interrupted(t, { writer: living, until: minutes(3) });
    const service = scripted([made]);
    submitterOf(window, service).recover();
    const at = window.clock.now();
    const ended: ChangeRecord = { kind: 'ended', sequence: 1, at, phase: 'unknown', failure: unreached, by: 'another' };
    appendFileSync(path.join(window.folder, `${key}.jsonl`), `\n${writeLine(ended)}\n`);
    const reading = window.store.reread(key);
    window.clock.advance(minutes(3));
    await reading;
    for (let turns = 0; turns < 5; turns++) await window.store.reread(key);
    assert.deepEqual(service.keys(), []);
    assert.equal(await fromDisk(t, window.folder, key), 'unknown (network)');
  });

  test('one that another window has taken while this one waited is not sent from here', async t => {
    const window = testStore(t);
    const service = scripted([unavailable, made]);
    const submitting = submitterOf(window, service).submit(plan, quiet);
    await until(
      () => service.keys().length === 1 && window.clock.pending === 1,
      () => `${service.keys().length} sent, ${window.clock.pending} timers`,
    );
    const [name = ''] = readdirSync(window.folder);
    const at = window.clock.now();
    const another = { window: 'another', host: self.host, pid: process.ppid };
    const taken = attempt(service.keys()[0] ?? '', { keyMadeAt: at, writer: another, until: at + minutes(3) });
    const record: ChangeRecord = { kind: 'attempt', sequence: 2, at, attempt: taken };
    appendFileSync(path.join(window.folder, name), `\n${writeLine(record)}\n`);
    window.clock.advance(minutes(1));
    await submitting;
    assert.equal(service.keys().length, 1);
  });

  test('a window that closes while it sends leaves what the next one repeats', async t => {
    const window = testStore(t);
    const closing: Answerer = () => {
      submitter.dispose();
      return failed({ kind: 'canceled', sent: 'maybe' });
    };
    const submitter = submitterOf(window, scripted([closing]));
    const result = await submitter.submit(plan, quiet);
    assert.ok(result.ok);
    assert.equal(await fromDisk(t, window.folder, result.value.key), 'sending');
    assert.deepEqual(readdirSync(window.folder), [`${result.value.key}.jsonl`, 'settled']);
  });

  function minutes(count: number): number {
    return count * 60_000;
  }

  /** An entry that a window left while sending; times are counted from now. */
  async function interrupted(t: TestContext, changes: Partial<SendAttempt>) {
    const window = testStore(t);
    const now = window.clock.now();
    const { keyMadeAt = 0, until: ends = 0 } = changes;
    const times = { keyMadeAt: now + keyMadeAt, until: now + ends };
    const written = await window.store.add(plan, attempt('key-1', { ...changes, ...times }));
    assert.ok(written.ok);
    return { window, key: written.value.key };
  }

  async function recovered(t: TestContext, changes: Partial<SendAttempt>, script: readonly Step[]) {
    const { window, key } = await interrupted(t, changes);
    const service = scripted(script);
    submitterOf(window, service).recover();
    await until(
      () => window.store.get(key)?.phase !== 'sending',
      () => drawJob(window.store.get(key)),
    );
    return { lines: service.keys(), drawn: drawJob(window.store.get(key)) };
  }
});

type Answerer = () => Outcome<AquaJob>;
type Step = AquaJob | Failure | Answerer;

interface SentRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
  readonly gzip: boolean;
}

const quiet: SubmitOptions = { signal: new AbortController().signal, progress: () => undefined };

/** A service that answers its requests with the steps, one after the other. */
function scripted(steps: readonly Step[], sending: (idempotencyKey: string) => void = () => undefined) {
  const requests: SentRequest[] = [];
  const lines: string[] = [];
  const submit = (_scope: unknown, request: SentRequest): Promise<Outcome<AquaJob>> => {
    sending(request.idempotencyKey);
    const step = steps[requests.length];
    requests.push(request);
    if (step === undefined) throw new Error(`nothing was expected after ${lines.join(', ')}`);
    const outcome = typeof step === 'function' ? step() : 'kind' in step ? failed(step) : success(step);
    lines.push(`${request.idempotencyKey} → ${outcome.ok ? `job ${outcome.value.id}` : outcome.failure.kind}`);
    return Promise.resolve(outcome);
  };
  return { submit, requests, lines, keys: () => requests.map(request => request.idempotencyKey) };
}

function submitterOf({ store, clock }: TestStore, client: ReturnType<typeof scripted>, keys = 'key'): Submitter {
  let count = 0;
  return createSubmitter({
    store,
    client,
    clock,
    random: () => 0.5,
    newIdempotencyKey: () => `${keys}-${++count}`,
    writer: self,
  });
}

async function run(
  t: TestContext,
  steps: readonly Step[],
  sending?: (where: { folder: string; key: string }, idempotencyKey: string) => void,
  options: Partial<SubmitOptions> = {},
) {
  const window = testStore(t);
  const service = scripted(steps, idempotencyKey => {
    sending?.({ folder: window.folder, key: window.store.all()[0]?.key ?? '' }, idempotencyKey);
  });
  const submission = submitterOf(window, service).submit(plan, {
    signal: options.signal ?? quiet.signal,
    progress(step) {
      if (step.kind === 'waiting') service.lines.push(`waits ${step.milliseconds} ms`);
      options.progress?.(step);
    },
  });
  const result = await whileTimePasses(window.clock, submission);
  assert.ok(result.ok);
  const job = window.store.get(result.value.key);
  assert.equal(await fromDisk(t, window.folder, result.value.key), drawJob(job));
  return { lines: [...service.lines, drawJob(job)], requests: service.requests, job };
}

async function submits(t: TestContext, steps: readonly Step[], expected: string): Promise<void> {
  const { lines } = await run(t, steps);
  assert.deepEqual(
    lines,
    expected
      .trim()
      .split('\n')
      .map(line => line.trim()),
  );
}

async function unknownJob(t: TestContext, window = testStore(t)) {
  const result = await whileTimePasses(
    window.clock,
    submitterOf(window, scripted([lost, lost, lost])).submit(plan, quiet),
  );
  assert.ok(result.ok);
  return { window, key: result.value.key };
}

async function endsAs({ store }: TestStore, key: string, expected: string): Promise<void> {
  await until(
    () => drawJob(store.get(key)) === expected,
    () => drawJob(store.get(key)),
  );
}

function rejection(status: number): Extract<Failure, { kind: 'rejected' }> {
  return { kind: 'rejected', message: 'no', status };
}

function canceledBy(cancel: AbortController, sent: 'no' | 'maybe'): Outcome<AquaJob> {
  cancel.abort();
  return failed({ kind: 'canceled', sent });
}

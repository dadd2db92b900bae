import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { openJournal } from '../../client/src/jobs/journal';
import { answerOf, foldRecord, plannedJob, type ChangeRecord, type JobChange } from '../../client/src/jobs/records';
import { listUnfinished } from '../../client/src/jobs/unfinished';
import { runChild } from './jobChildren';
import {
  added,
  answer,
  attempt,
  drawAll,
  drawJob,
  entryText,
  FaultyFiles,
  fromDisk,
  indexFile,
  plan,
  self,
  temporaryFolder,
  testStore,
} from './jobParts';
import { until } from './fakeClock';

suite('an entry of the journal', () => {
  test('begins with the whole plan, as it will be sent', async t => {
    const { store, folder, clock } = testStore(t);
    const key = await added(store);
    const lines = entryText(folder, key).trimEnd().split('\n');
    assert.deepEqual(
      lines.map(line => JSON.parse(line) as unknown),
      [{ kind: 'planned', version: 1, sequence: 0, at: clock.now(), ...plan, attempt: attempt('key-1') }],
    );
    assert.match(key, /^20261123T120000000Z-[0-9a-f]{16}$/);
  });

  test('is durable, file and folder, before its job is known; so is each change', async t => {
    const { operations, files } = new FaultyFiles();
    const { store } = testStore(t, { files });
    await added(store);
    operations.length = 0;
    const key = await added(store);
    assert.deepEqual(operations, [
      'mkdir',
      'open',
      'writeFile .tmp',
      'sync .tmp',
      'close .tmp',
      'rename',
      'open',
      'sync',
      'close',
    ]);
    operations.length = 0;
    await store.applyAnswer(key, answer('J1', 'executing'));
    assert.deepEqual(operations, ['open', 'write .jsonl', 'sync .jsonl', 'close .jsonl']);
  });

  test('gets a line a change, and none where nothing has changed', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'submitted', 'accounts pending'));
    await store.applyAnswer(key, answer('J1', 'submitted', 'accounts pending'));
    await store.applyAnswer(key, answer('J1', 'completed', 'accounts completed 3'));
    const kinds = entryText(folder, key)
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as { kind: string; sequence: number });
    assert.deepEqual(
      kinds.map(({ kind, sequence }) => `${sequence} ${kind}`),
      ['0 planned', '1 answer', '2 answer'],
    );
    assert.equal(await fromDisk(t, folder, key), 'finished J1 completed accounts completed 3');
  });

  test('moves among the settled ones with its end, so that the folder tells what is unfinished', async t => {
    const { store, folder } = testStore(t);
    assert.deepEqual(await listUnfinished(folder), []);
    const [one, two] = [await added(store), await added(store)];
    assert.deepEqual(await listUnfinished(folder), [one, two].sort());
    await store.applyAnswer(one, answer('J1', 'aborted'));
    assert.deepEqual(await listUnfinished(folder), [two]);
    await store.record(two, { kind: 'ended', phase: 'unknown', failure: { kind: 'canceled', sent: 'maybe' } });
    assert.deepEqual(await listUnfinished(folder), []);
    await store.record(two, { kind: 'attempt', attempt: attempt('key-2') });
    assert.deepEqual(await listUnfinished(folder), [two]);
    assert.equal(await fromDisk(t, folder, one), 'finished J1 aborted');
  });

  test('a window that starts reads unfinished jobs only, until it is asked for all', async t => {
    const before = testStore(t);
    const [finished, running] = [await added(before.store), await added(before.store)];
    await before.store.applyAnswer(finished, answer('J1', 'completed'));
    await before.store.applyAnswer(running, answer('J2', 'executing'));
    const { store } = testStore(t, { folder: before.folder });
    await store.loadUnfinished();
    assert.deepEqual(await drawAll(store), ['running J2 executing']);
    await store.load('all');
    assert.deepEqual((await drawAll(store)).sort(), ['finished J1 completed', 'running J2 executing']);
  });

  test('a torn last line is ignored, and the next record is whole', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'submitted'));
    appendFileSync(
      path.join(folder, `${key}.jsonl`),
      '\n{"kind":"answer","sequence":9,"at":1,"answer":{"id":"J1","sta',
    );
    assert.equal(await fromDisk(t, folder, key), 'running J1 submitted');
    await store.applyAnswer(key, answer('J1', 'executing'));
    assert.equal(await fromDisk(t, folder, key), 'running J1 executing');
  });

  test('what a newer version wrote is passed over and stays in the file', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    const line = '{"kind":"starred","sequence":1,"at":1,"by":"a newer version"}';
    appendFileSync(path.join(folder, `${key}.jsonl`), `\n${line}\n`);
    await store.applyAnswer(key, answer('J1', 'completed'));
    assert.equal(await fromDisk(t, folder, key), 'finished J1 completed');
    assert.ok(entryText(folder, key).includes(line));
  });

  test('an entry of a newer version is named, not shown, and left as it is', async t => {
    const { store, folder } = testStore(t);
    const text = '{"kind":"planned","version":2,"plan":"in another form"}\n';
    const key = '20991231T235959999Z-0123456789abcdef';
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${key}.jsonl`), text);
    await store.load('all');
    assert.deepEqual(store.all(), []);
    assert.deepEqual(store.unreadable(), [{ key, reason: 'it was written by a newer version' }]);
    assert.equal(entryText(folder, key), text);
  });

  test('an entry that could not be read and now can be is no longer told of', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    const file = path.join(folder, `${key}.jsonl`);
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    const next = testStore(t, { folder });
    await next.store.load('all');
    assert.deepEqual(
      next.store.unreadable().map(entry => entry.key),
      [key],
    );
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    await next.store.load('all');
    assert.deepEqual([next.store.unreadable(), drawJob(next.store.get(key))], [[], 'sending']);
  });

  test('an entry with a damaged first line is kept under another name, and not met again', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    const damaged = '20200101T000000000Z-0123456789abcdef';
    writeFileSync(path.join(folder, `${damaged}.jsonl`), '{"kind":"plan\u0000ed","version":1}\n');
    const next = testStore(t, { folder });
    await next.store.load('all');
    assert.deepEqual(
      next.store.all().map(job => job.key),
      [key],
    );
    assert.deepEqual(next.store.unreadable(), [{ key: damaged, reason: 'its first line is damaged' }]);
    assert.deepEqual(readdirSync(folder).sort(), [`${damaged}.jsonl.damaged`, `${key}.jsonl`, 'settled'].sort());
    assert.deepEqual(await listUnfinished(folder), [key]);
    await store.applyAnswer(key, answer('J1', 'completed'));
  });

  test('ids that could mean something in a path are not taken from an entry', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'executing'));
    const batch = { status: 'completed', name: 'accounts' };
    const written = (id: string, batches: object[]) => {
      const record = { kind: 'answer', sequence: 9, at: 0, answer: { id, status: 'completed', batches } };
      appendFileSync(path.join(folder, `${key}.jsonl`), `${JSON.stringify(record)}\n`);
      return fromDisk(t, folder, key);
    };
    assert.equal(await written('../../J1', [{ ...batch, fileIds: ['f1'] }]), 'running J1 executing');
    await written('J1', [
      { ...batch, batchId: '../b1', fileIds: ['s1', '../../s2'] },
      { ...batch, batchId: 'b2', fileIds: ['f2'] },
    ]);
    const reader = testStore(t, { folder });
    await reader.store.load('all');
    const job = await reader.store.open(key);
    assert.deepEqual(
      job?.batches.map(({ batchId, fileIds }) => [batchId, fileIds]),
      [
        [undefined, []],
        ['b2', ['f2']],
      ],
    );
  });

  test('what a crash left of an entry is deleted after a day, and never taken for a job', async t => {
    const { store, folder, clock } = testStore(t);
    mkdirSync(folder, { recursive: true });
    const half = '20261123T115900000Z-0123456789abcdef.jsonl.tmp';
    writeFileSync(path.join(folder, half), '{"kind":"planned","ver');
    await store.load('all');
    assert.deepEqual([await listUnfinished(folder), readdirSync(folder).includes(half)], [[], true]);
    clock.advance(25 * 3_600_000);
    await store.load('all');
    assert.ok(!readdirSync(folder).includes(half));
  });
});

suite('what a job is told to be, in whatever order', () => {
  const lost = { kind: 'network', message: 'reset', sent: 'maybe' } as const;

  test('a final status stays, its batches too', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'executing', 'accounts completed 3', 'invoices executing'));
    await store.applyAnswer(key, answer('J1', 'executing', 'accounts executing', 'invoices executing'));
    assert.equal(drawJob(store.get(key)), 'running J1 executing accounts completed 3, invoices executing');
    await store.applyAnswer(key, answer('J1', 'completed', 'accounts completed 3', 'invoices completed 4'));
    await store.applyAnswer(key, answer('J1', 'executing', 'accounts pending'));
    await store.record(key, { kind: 'ended', phase: 'gone', failure: lost });
    const finished = 'finished J1 completed accounts completed 3, invoices completed 4';
    assert.equal(drawJob(store.get(key)), finished);
    assert.equal(await fromDisk(t, folder, key), finished);
  });

  test('an id once given stays, whatever another window thinks of its own try', async t => {
    const { store } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'submitted'));
    await store.record(key, { kind: 'ended', phase: 'unknown', failure: lost });
    await store.record(key, { kind: 'attempt', attempt: attempt('key-2') });
    await store.applyAnswer(key, answer('J2', 'submitted'));
    assert.equal(drawJob(store.get(key)), 'running J1 submitted');
  });

  test('an answer after all ends the doubt', async t => {
    const { store } = testStore(t);
    const key = await added(store);
    await store.record(key, { kind: 'ended', phase: 'unknown', failure: lost });
    assert.equal(drawJob(store.get(key)), 'unknown (network)');
    await store.applyAnswer(key, answer('J1', 'submitted'));
    assert.equal(drawJob(store.get(key)), 'running J1 submitted');
  });

  test('a job has its own name before Zuora answers, and when the answer has none', async t => {
    const { store } = testStore(t);
    const request = { ...plan.request, body: '{"name":"Nightly","queries":[]}' };
    const job = await store.add({ ...plan, request }, attempt('key-1'));
    assert.ok(job.ok);
    assert.equal(job.value.name, 'Nightly');
    await store.applyAnswer(job.value.key, { ...answer('J1', 'submitted'), name: undefined });
    assert.equal(store.get(job.value.key)?.name, 'Nightly');
  });

  test('a clock that goes back changes no order', async t => {
    const { store, clock, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'submitted'));
    clock.wallOffset -= 86_400_000;
    await store.applyAnswer(key, answer('J1', 'executing'));
    assert.equal(await fromDisk(t, folder, key), 'running J1 executing');
  });

  test('a status by a window that knew less is no news', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'submitted'));
    await store.applyAnswer(key, answer('J1', 'executing'));
    const late = { ...answerOf(answer('J1', 'submitted'), plan.queries) };
    await openJournal(folder).append(key, { kind: 'answer', answer: late, sequence: 1, at: 0 });
    assert.equal(await fromDisk(t, folder, key), 'running J1 executing');
  });

  test('an id is news even by a window that knew less', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    for (const count of [2, 3]) await store.record(key, { kind: 'attempt', attempt: attempt(`key-${count}`) });
    const late = answerOf(answer('J1', 'submitted'), plan.queries);
    await openJournal(folder).append(key, { kind: 'answer', answer: late, sequence: 1, at: 0 });
    assert.equal(await fromDisk(t, folder, key), 'running J1 submitted');
  });

  test('of two windows that reach for a job at once the first in the file has it, and both see that', async t => {
    const one = testStore(t);
    const key = await added(one.store);
    const two = testStore(t, { folder: one.folder });
    await two.store.load('all');
    const reach = (window: string) => attempt('key-1', { writer: { ...self, window } });
    await Promise.all([
      one.store.record(key, { kind: 'attempt', attempt: reach('one') }),
      two.store.record(key, { kind: 'attempt', attempt: reach('two') }),
    ]);
    const has = await Promise.all(
      [one, two].map(async ({ store }) => (await store.reread(key))?.attempt.writer.window),
    );
    const [first] = entryText(one.folder, key).match(/"window":"(one|two)"/) ?? [];
    assert.deepEqual(
      has.map(window => `"window":"${window}"`),
      [first, first],
    );
  });

  test('an attempt by its own window counts although others have written, unless the job has ended', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    const append = (change: JobChange) => openJournal(folder).append(key, { ...change, sequence: 1, at: 0 });
    await append({ kind: 'annotated', note: 'nightly' });
    await append({ kind: 'attempt', attempt: attempt('key-1', { waitsFor: 'tenant' }) });
    assert.equal(await fromDisk(t, folder, key), 'queued');
    await append({ kind: 'ended', phase: 'not-sent', failure: { kind: 'canceled', sent: 'no' } });
    await append({ kind: 'attempt', attempt: attempt('key-1') });
    assert.equal(await fromDisk(t, folder, key), 'not-sent (canceled)');
  });

  test('whatever windows write in whatever order: a final status and an id are never lost', () => {
    const statuses = fc.constantFrom('submitted', 'executing', 'completed', 'aborted', 'hibernating');
    const change: fc.Arbitrary<JobChange> = fc.oneof(
      statuses.map((status): JobChange => ({ kind: 'answer', answer: answerOf(answer('J1', status), []) })),
      fc
        .constantFrom('refused', 'not-sent', 'unknown', 'gone')
        .map((phase): JobChange => ({ kind: 'ended', phase, failure: lost })),
      fc.constant<JobChange>({ kind: 'attempt', attempt: attempt('key-1') }),
    );
    const record = fc.tuple(change, fc.nat(9)).map(([made, sequence]): ChangeRecord => ({ ...made, sequence, at: 0 }));
    const seed = Date.now() & 0x7fffffff;
    console.log(`seed ${seed}`);
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), records => {
        const planned = {
          kind: 'planned',
          version: 1,
          sequence: 0,
          at: 0,
          ...plan,
          attempt: attempt('key-1'),
        } as const;
        const { job } = records.reduce(foldRecord, plannedJob('key', planned));
        const answers = records.flatMap(one => (one.kind === 'answer' ? [one.answer.status] : []));
        const final = answers.find(status => status === 'completed' || status === 'aborted');
        if (final !== undefined) assert.deepEqual([job.phase, job.status], ['finished', final]);
        else if (0 < answers.length) assert.ok(job.id === 'J1' && (job.phase === 'running' || job.phase === 'gone'));
      }),
      { seed },
    );
  });

  test('batches are tied to their queries by name, else by place and text', async t => {
    const { store } = testStore(t);
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'executing', 'invoices executing', 'accounts pending', 'other pending'));
    assert.deepEqual(
      store.get(key)?.batches.map(batch => batch.query),
      [1, 0, undefined],
    );
    const nameless = answer('J1', 'executing', ' executing', ' pending');
    const batches = nameless.batches.map((batch, index) => ({ ...batch, query: plan.queries[index]?.query }));
    await store.applyAnswer(key, { ...nameless, batches });
    assert.deepEqual(
      store.get(key)?.batches.map(batch => batch.query),
      [0, 1],
    );
  });

  test('segments are files of one batch', async t => {
    const { store } = testStore(t);
    const key = await added(store);
    const whole = answer('J1', 'completed', 'accounts completed');
    const batches = whole.batches.map(batch => ({ ...batch, fileId: undefined, segments: ['s1', 's2'] }));
    await store.applyAnswer(key, { ...whole, batches });
    assert.deepEqual(store.get(key)?.batches[0]?.fileIds, ['s1', 's2']);
  });
});

suite('several windows', () => {
  test('a change in one appears in the other, and so does a removal', async t => {
    const one = testStore(t);
    const two = testStore(t, { folder: one.folder });
    await two.store.load('all');
    const key = await added(one.store);
    await appears(two, key, 'sending');
    await one.store.applyAnswer(key, answer('J1', 'executing'));
    await appears(two, key, 'running J1 executing');
    await two.store.applyAnswer(key, answer('J1', 'completed'));
    await appears(one, key, 'finished J1 completed');
    await one.store.remove(key);
    await appears(two, key, 'no job');
    await two.store.applyAnswer(key, answer('J1', 'completed'));
    one.clock.advance(2_000);
    await until(
      () => readFileSync(indexFile(one.folder), 'utf8') === '',
      () => 'the index still tells of it',
    );
    assert.deepEqual(await listUnfinished(path.join(one.folder, 'settled')), []);
  });

  test('a listener hears of each', async t => {
    const { store } = testStore(t);
    const heard: string[] = [];
    const stop = store.watch(keys => heard.push(...keys));
    const key = await added(store);
    await store.applyAnswer(key, answer('J1', 'completed'));
    await store.remove(key);
    stop();
    await added(store);
    assert.deepEqual(new Set(heard), new Set([key]));
  });

  test('a record for a removed job makes no file', async t => {
    const one = testStore(t);
    const key = await added(one.store);
    const two = testStore(t, { folder: one.folder });
    await two.store.load('all');
    const journal = openJournal(one.folder);
    assert.deepEqual(await journal.remove(key), { ok: true, value: undefined });
    await two.store.applyAnswer(key, answer('J1', 'completed'));
    assert.equal(drawJob(two.store.get(key)), 'no job');
    assert.deepEqual(readdirSync(one.folder), ['settled']);
  });

  test('E2 8 processes that write at once lose none of 10,000 records', async t => {
    const { store, folder } = testStore(t);
    const key = await added(store);
    const writers = Array.from({ length: 8 }, (_, writer) => writer);
    await Promise.all(writers.map(writer => runChild(t, { task: 'append', folder, key, writer, records: 1_250 })));
    const lines = entryText(folder, key).split('\n').filter(Boolean).slice(1);
    const statuses = lines.map(line => (JSON.parse(line) as { answer: { status: string } }).answer.status);
    assert.equal(statuses.length, 10_000);
    assert.equal(new Set(statuses).size, 10_000);
  });
});

suite('a disk that refuses', () => {
  test('whichever operation fails: no entry, so nothing to be sent by mistake', async t => {
    let failed = 0;
    for (let operation = 0; ; operation++) {
      const folder = temporaryFolder(t);
      const faulty = new FaultyFiles();
      const { store } = testStore(t, { folder, files: faulty.files });
      faulty.failing = operation;
      const result = await store.add(plan, attempt('key-1'));
      if (result.ok) break;
      failed++;
      assert.deepEqual([result.fault.kind, result.fault.code], ['disk', 'ENOSPC']);
      assert.deepEqual(await listUnfinished(folder), [], `operation ${operation}`);
      assert.deepEqual(store.all(), []);
    }
    assert.ok(8 <= failed, `only ${failed} operations were tried`);
  });

  test('whichever operation fails: a change stays in memory, says so, and is written later', async t => {
    let unsaved = 0;
    for (let operation = 0; ; operation++) {
      const faulty = new FaultyFiles();
      faulty.code = 'EROFS';
      const { store, folder, clock } = testStore(t, { files: faulty.files });
      const key = await added(store);
      faulty.count = 0;
      faulty.failing = operation;
      const result = await store.applyAnswer(key, answer('J1', 'completed', 'accounts completed 3'));
      const finished = 'finished J1 completed accounts completed 3';
      if (!result.ok) {
        unsaved++;
        assert.equal(drawJob(store.get(key)), `${finished} [unsaved: disk]`);
        clock.advance(30_000);
        await until(
          () => store.get(key)?.condition === undefined,
          () => `operation ${operation}: ${drawJob(store.get(key))}`,
        );
      }
      assert.equal(drawJob(store.get(key)), finished);
      assert.equal(await fromDisk(t, folder, key), finished, `operation ${operation}`);
      if (faulty.count <= operation) break;
    }
    assert.ok(3 <= unsaved, `only ${unsaved} operations were tried`);
  });

  test('a folder that cannot be made is a value, not an exception', async t => {
    const faulty = new FaultyFiles();
    faulty.failing = 0;
    const { store } = testStore(t, { files: faulty.files });
    const result = await store.load('all');
    assert.ok(!result.ok && result.fault.code === 'ENOSPC');
  });
});

async function appears(
  { store }: { store: { get(key: string): Parameters<typeof drawJob>[0] } },
  key: string,
  expected: string,
): Promise<void> {
  await until(
    () => drawJob(store.get(key)) === expected,
    () => `${drawJob(store.get(key))}, not ${expected}`,
  );
}

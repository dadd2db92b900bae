import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createKey, openJournal } from '../../client/src/jobs/journal';
import { createJobList } from '../../client/src/jobs/jobList';
import type { Job } from '../../client/src/jobs/model';
import { answerOf, foldRecord, plannedJob, writeLine } from '../../client/src/jobs/records';
import type { JobStore } from '../../client/src/jobs/store';
import { listUnfinished } from '../../client/src/jobs/unfinished';
import { until } from './fakeClock';
import { runChild, startChild } from './jobChildren';
import {
  added,
  answer,
  attempt,
  drawAll,
  drawJob,
  FaultyFiles,
  indexFile,
  plan,
  temporaryFolder,
  testStore,
  type TestStore,
} from './jobParts';

const lost = { kind: 'network', message: 'reset', sent: 'maybe' } as const;

suite('the index of settled jobs', () => {
  test('tells what the list shows, so that no entry of a settled job is opened', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 3);
    const running = await added(store);
    const { faulty, ...window } = faultyWindow(t, folder);
    await window.store.load('all');
    assert.deepEqual(drawList(window.store), drawList(store));
    assert.deepEqual(faulty.entriesRead, [`${running}.jsonl`]);
    assert.equal(window.store.get(running)?.phase, 'sending');
  });

  test('the newest jobs of a long history are listed first, and the others told of once they are read', async t => {
    const { folder } = testStore(t);
    await writeHistory(folder, 2_000);
    const { store } = testStore(t, { folder });
    const heard: number[] = [];
    store.watch(keys => heard.push(keys.length));
    await store.load('newest');
    const newest = store.all().map(({ key }) => key);
    await store.load('all');
    const all = store.all().map(({ key }) => key);
    assert.ok(100 < newest.length && newest.length < 1_000, `${newest.length} listed first`);
    assert.deepEqual([all.length, all.slice(0, newest.length)], [2_000, newest]);
    assert.deepEqual(heard, [newest.length, 2_000 - newest.length]);
  });

  test('gives every part of a summary back but the condition', async t => {
    const { store, folder } = testStore(t);
    const [key] = await settledJobs(store, 1);
    const adopted = await store.adopt({
      scope: { tenant: 'Prüfung', origin: 'https://rest.test.zuora.com', orgIds: 'o1' },
      headers: {},
      queries: [],
      session: { partner: 'p', project: 'q' },
      answer: answerOf({ ...answer('J9', 'error'), name: 'näm\u2028e "\ud800"', message: 'why?' }, []),
    });
    assert.ok(adopted.ok);
    await store.record(adopted.value.key, { kind: 'annotated', pinned: true, note: 'line 1\nline 2' });
    await store.record(key ?? '', { kind: 'annotated', note: 'mine' });
    store.note(key ?? '', { kind: 'unreachable', failure: lost });
    const [shown] = store.all().filter(({ condition }) => condition);
    assert.ok(shown);
    await openJournal(folder).index.append([{ summary: shown, size: statSync(entryFile(folder, shown.key)).size }]);
    const next = testStore(t, { folder });
    await next.store.load('all');
    const listed = store.all().map(job => ({ ...job, condition: undefined }));
    assert.deepEqual(next.store.all(), listed);
    assert.ok(!readFileSync(indexFile(folder), 'utf8').includes('condition'));
  });

  test('gets one line as a job settles, behind the record and before the move, and none before', async t => {
    const { store, faulty } = faultyWindow(t);
    await settledJobs(store, 20);
    const key = await added(store);
    faulty.forget();
    await store.applyAnswer(key, answer('J1', 'executing'));
    assert.deepEqual(faulty.operations, ['open', 'write .jsonl', 'sync .jsonl', 'close .jsonl']);
    assert.deepEqual([...faulty.written.keys()], [`${key}.jsonl`]);
    faulty.forget();
    await store.applyAnswer(key, answer('J1', 'completed'));
    assert.deepEqual(faulty.operations, [
      ...['open', 'write .jsonl', 'sync .jsonl', 'close .jsonl'],
      ...['open index', 'write index', 'close index'],
      'rename',
    ]);
    assert.deepEqual([...faulty.written.keys()], [`${key}.jsonl`, path.basename(indexFile(''))]);
    assert.ok((faulty.written.get(path.basename(indexFile(''))) ?? 0) < 1_000);
  });

  test('writing the state of one of many jobs writes as many bytes as that of the only one', async t => {
    const written = async (others: number) => {
      const { store, faulty } = faultyWindow(t);
      await settledJobs(store, others);
      const key = await added(store);
      faulty.forget();
      for (const status of ['executing', 'completed']) await store.applyAnswer(key, answer('J1', status));
      return [...faulty.written.values()];
    };
    assert.deepEqual(await written(50), await written(0));
  });

  test('follows a settled job that is annotated or sent again', async t => {
    const { store, folder } = testStore(t);
    const [one, two] = await settledJobs(store, 2, 'unknown');
    await store.record(one ?? '', { kind: 'annotated', note: 'asked support', pinned: true });
    await store.record(two ?? '', { kind: 'attempt', attempt: attempt('key-2') });
    await store.applyAnswer(two ?? '', answer('J2', 'completed'));
    const { faulty, ...window } = faultyWindow(t, folder);
    await window.store.load('all');
    assert.deepEqual(faulty.entriesRead, []);
    assert.deepEqual(drawList(window.store), ['finished J2 completed', 'unknown (network) pinned "asked support"']);
  });

  test('is no trigger: a window that watches reads nothing when only the index changes', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 3);
    const { faulty, ...window } = faultyWindow(t, folder);
    await window.store.load('all');
    const last = await added(store);
    await until(
      () => window.store.get(last) !== undefined,
      () => 'the new job has not come',
    );
    faulty.forget();
    const text = readFileSync(indexFile(folder), 'utf8');
    for (let count = 0; count < 20; count++) appendFileSync(indexFile(folder), text);
    await store.applyAnswer(last, answer('J1', 'executing'));
    await until(
      () => window.store.find(last)?.status === 'executing',
      () => 'the change has not come',
    );
    assert.deepEqual(new Set(faulty.entriesRead), new Set([`${last}.jsonl`]));
    assert.deepEqual(faulty.operations, []);
  });

  test('another window shows what settles, is annotated and removed here', async t => {
    const { store, folder, clock } = testStore(t);
    const [key] = await settledJobs(store, 1);
    const window = testStore(t, { folder });
    await window.store.load('all');
    assert.equal(window.store.get(key ?? ''), undefined);
    const shows = (expected: string[]) =>
      until(
        () => drawList(window.store).join() === expected.join(),
        () => `${drawList(window.store).join()}, not ${expected.join()}`,
      );
    await store.record(key ?? '', { kind: 'annotated', note: 'seen' });
    await shows(['finished J0 completed "seen"']);
    clock.advance(1);
    const other = await added(store);
    await store.applyAnswer(other, answer('J5', 'aborted'));
    await shows(['finished J5 aborted', 'finished J0 completed "seen"']);
    await store.remove(key ?? '');
    await shows(['finished J5 aborted']);
  });

  test('keeps nothing of a job that was removed', async t => {
    const { store, folder, faulty, clock } = faultyWindow(t);
    const keys = await settledJobs(store, 4);
    await store.record(keys[1] ?? '', { kind: 'annotated', note: 'private' });
    faulty.forget();
    for (const key of [keys[1], keys[3]]) await store.remove(key ?? '');
    clock.advance(2_000);
    await faulty.idle();
    assert.deepEqual(indexKeys(folder), [keys[0], keys[2]]);
    assert.equal(faulty.operations.filter(name => name === 'open index').length, 1);
    assert.ok(!readFileSync(indexFile(folder), 'utf8').includes('private'));
    assert.deepEqual(await drawnAnew(t, folder), ['finished J2 completed', 'finished J0 completed']);
  });

  test('of 8 processes that settle jobs at once loses no line', async t => {
    const { folder } = testStore(t);
    const writers = Array.from({ length: 8 }, (_, writer) => writer);
    await Promise.all(writers.map(writer => runChild(t, { task: 'settle', folder, writer, jobs: 12 })));
    const keys = indexKeys(folder);
    assert.deepEqual([keys.length, new Set(keys).size], [96, 96]);
    const { faulty, ...window } = faultyWindow(t, folder);
    await window.store.load('all');
    assert.deepEqual([window.store.all().length, faulty.entriesRead], [96, []]);
    assert.equal(new Set(window.store.all().map(({ id }) => id)).size, 96);
  });
});

suite('an index that is not as it should be', () => {
  for (const [what, damage] of Object.entries<(file: string) => void>({
    missing: file => rmSync(file),
    empty: file => truncateSync(file),
    'cut within a line': file => truncateSync(file, statSync(file).size - 100),
    'with a flipped bit': file => changeByte(file, Math.floor(statSync(file).size / 2)),
    'with flipped bits in every line': file => {
      for (let at = 40; at < statSync(file).size; at += 300) changeByte(file, at);
    },
    'overwritten with zeros': file => writeFileSync(file, Buffer.alloc(statSync(file).size)),
    'full of other things': file => writeFileSync(file, '[]\n{}\nnull\n["00000000",]\n\n"\n["00000000",{}]\n'),
    'with lines of jobs that are gone': file => {
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      rmSync(path.join(path.dirname(file), `${keyOf(lines[0] ?? '')}.jsonl`));
    },
    'with every line twice': file => appendFileSync(file, readFileSync(file)),
  })) {
    test(`E4 ${what}: the list is that of the entries, and the next window opens none`, async t => {
      const { store, folder } = testStore(t);
      await settledJobs(store, 5);
      store.dispose();
      damage(indexFile(folder));
      const expected = await drawnFromEntries(t, folder);
      assert.deepEqual(await drawnAnew(t, folder), expected);
      const { faulty, ...window } = faultyWindow(t, folder);
      await window.store.load('all');
      assert.deepEqual([drawList(window.store), faulty.entriesRead], [expected, []]);
    });
  }

  test('a line longer than the pieces that the file is read in: given back whole, with those around it', async t => {
    const { store, folder } = testStore(t);
    const [first = '', long = '', last = ''] = await settledJobs(store, 3);
    await store.record(long, { kind: 'annotated', note: 'long '.repeat(200_000) });
    await store.record(first, { kind: 'annotated', note: 'short' });
    const { faulty, ...window } = faultyWindow(t, folder);
    await window.store.load('all');
    assert.deepEqual(
      [last, long, first].map(key => window.store.find(key)?.note?.length),
      [0, 1_000_000, 5],
    );
    assert.deepEqual(faulty.entriesRead, []);
  });

  test('E4 too large: put aside under another name, and made anew', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 2);
    truncateSync(indexFile(folder), 1024 ** 3);
    assert.deepEqual(await drawnAnew(t, folder), ['finished J1 completed', 'finished J0 completed']);
    assert.equal(statSync(`${indexFile(folder)}.damaged`).size, 1024 ** 3);
    assert.equal(indexKeys(folder).length, 2);
  });

  test('E7 that of a newer version is neither read nor touched', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 2);
    const newer = path.join(folder, 'settled', 'index.2.jsonl');
    writeFileSync(newer, '["another form"]\n');
    assert.equal((await drawnAnew(t, folder)).length, 2);
    assert.equal(readFileSync(newer, 'utf8'), '["another form"]\n');
  });

  test('a last line that is not whole yet is no damage: nothing is written anew for it', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 2);
    store.dispose();
    const whole = readFileSync(indexFile(folder), 'utf8').trimEnd();
    writeFileSync(indexFile(folder), `${whole}\n${whole.split('\n')[0]?.slice(0, 200)}`);
    const read = await openJournal(folder).index.read(() => undefined);
    assert.deepEqual(read, { ok: true, value: { lines: 2, damaged: 0 } });
  });

  test('an entry that changed without it is shown as the index says, then as it is, and the index is mended', async t => {
    const { store, folder } = testStore(t);
    const [key] = await settledJobs(store, 2);
    await openJournal(folder).append(key ?? '', { kind: 'annotated', note: 'by an older version', sequence: 9, at: 0 });
    store.dispose();
    const window = testStore(t, { folder });
    const heard: string[] = [];
    await window.store.load('all');
    window.store.watch(keys => heard.push(...keys));
    await until(
      () => drawList(window.store).join() === 'finished J1 completed,finished J0 completed "by an older version"',
      () => drawList(window.store).join(),
    );
    assert.deepEqual(heard, [key]);
    await until(
      () => readFileSync(indexFile(folder), 'utf8').includes('by an older version'),
      () => 'the index has not been mended',
    );
  });

  test('a settled entry that has lost its end goes on, and is found by the next window', async t => {
    const { store, folder } = testStore(t);
    const [key = ''] = await settledJobs(store, 1);
    const file = entryFile(folder, key);
    truncateSync(file, statSync(file).size - 10);
    store.dispose();
    const window = testStore(t, { folder });
    await window.store.load('all');
    assert.equal(drawJob(await window.store.open(key)), 'running J0 executing');
    assert.deepEqual(await listUnfinished(folder), [key]);
  });

  test('a job that another window revives while it is put away is found by the next window', async t => {
    const { store, folder, faulty } = faultyWindow(t);
    const key = await added(store);
    faulty.before = name => {
      if (name !== 'open index') return;
      const again = { kind: 'attempt', attempt: attempt('key-2'), sequence: 9, at: 0 } as const;
      appendFileSync(path.join(folder, `${key}.jsonl`), `\n${writeLine(again)}\n`);
    };
    await store.record(key, { kind: 'ended', phase: 'unknown', failure: lost });
    assert.equal(drawJob(store.get(key)), 'sending');
    assert.deepEqual(await listUnfinished(folder), [key]);
  });

  test('lines that no longer count are left out once they are many', async t => {
    const { store, folder } = testStore(t);
    const [key = '', ...others] = await settledJobs(store, 3);
    for (let count = 0; count < 150; count++) {
      await store.record(key, { kind: 'annotated', note: `note ${count}` });
    }
    assert.equal(indexKeys(folder).length, 153);
    store.dispose();
    const window = testStore(t, { folder });
    await window.store.load('all');
    await until(
      () => indexKeys(folder).length === 3,
      () => `${indexKeys(folder).length} lines`,
    );
    assert.deepEqual(indexKeys(folder), [...others, key]);
    assert.equal((await drawnAnew(t, folder)).at(-1), 'finished J0 completed "note 149"');
    assert.deepEqual(await listUnfinished(folder), []);
  });

  test('is not written anew over what another window appends meanwhile', async t => {
    const { store, folder } = testStore(t);
    const keys = await settledJobs(store, 3);
    const { faulty } = faultyWindow(t, folder);
    const journal = openJournal(folder, faulty.files);
    let appended = 0;
    faulty.before = name => {
      if (name === 'stat' && appended++ === 0) appendFileSync(indexFile(folder), '\nanother window is at it\n');
    };
    await journal.index.compact(key => key !== keys[0], createKey(0, randomBytes(8)));
    assert.deepEqual([appended, indexKeys(folder)], [2, keys.slice(1)]);
    assert.deepEqual(readdirSync(folder), ['settled']);
  });
});

suite('entries of other versions, and damaged ones', () => {
  test('E7 an entry as versions before queues, groups, sessions and notes wrote it', async t => {
    const { folder } = testStore(t);
    const key = createKey(Date.parse('2026-10-01T08:00:00Z'), randomBytes(8));
    const { writer } = attempt('k');
    const tried = { idempotencyKey: 'k', keyMadeAt: 1, mayExist: true, writer, until: 2 };
    const { scope, request, queries } = plan;
    const batch = { batchId: 'b1', name: 'accounts', status: 'completed', recordCount: 3, fileIds: ['f1'], query: 0 };
    const lines = [
      { kind: 'planned', version: 1, sequence: 0, at: 1, scope, request, queries, attempt: tried },
      { kind: 'attempt', sequence: 1, at: 2, attempt: tried },
      { kind: 'answer', sequence: 2, at: 3, answer: { id: 'J1', status: 'completed', batches: [batch] } },
    ];
    mkdirSync(path.join(folder, 'settled'), { recursive: true });
    writeFileSync(
      path.join(folder, 'settled', `${key}.jsonl`),
      lines.map(line => `${JSON.stringify(line)}\n`).join('\n'),
    );
    const { store } = testStore(t, { folder });
    await store.load('all');
    assert.equal(drawJob(await store.open(key)), 'finished J1 completed accounts completed 3');
    const { counts, files, adopted, pinned, note, finishedAt, firstQuery } = store.find(key) ?? {};
    assert.deepEqual(
      { records: counts?.records, files, adopted, pinned, note, finishedAt, firstQuery },
      {
        records: 3,
        files: ['file:///project/accounts.zoql', 'file:///project/invoices.zoql'],
        adopted: false,
        pinned: false,
        note: '',
        finishedAt: 3,
        firstQuery: 'accounts',
      },
    );
    await store.record(key, { kind: 'annotated', note: 'from before' });
    assert.deepEqual(await drawnAnew(t, folder), ['finished J1 completed "from before"']);
  });

  const newer = '{"kind":"planned","version":2,"plan":"in another form"}\n';
  for (const [what, reason, damage] of [
    ['empty', 'its first line is damaged', (file: string) => truncateSync(file)],
    ['cut within its first line', 'its first line is damaged', (file: string) => truncateSync(file, 100)],
    ['with a flipped bit in its first line', 'its first line is damaged', (file: string) => changeByte(file, 2)],
    ['of a newer version', 'it was written by a newer version', (file: string) => writeFileSync(file, newer)],
    ['of a gigabyte', `the file has ${1024 ** 3} bytes`, (file: string) => truncateSync(file, 1024 ** 3)],
  ] as const) {
    test(`E4 an entry ${what}, with and without an index: named, out of the list, and never deleted`, async t => {
      for (const withIndex of [false, true]) {
        const { store, folder } = testStore(t);
        const [, key = ''] = await settledJobs(store, 3);
        const file = entryFile(folder, key);
        damage(file);
        const { size } = statSync(file);
        store.dispose();
        if (!withIndex) rmSync(indexFile(folder));
        const window = testStore(t, { folder });
        await window.store.load('all');
        assert.equal(await window.store.open(key), undefined);
        await until(
          () => drawList(window.store).join() === 'finished J2 completed,finished J0 completed',
          () => drawList(window.store).join(),
        );
        assert.deepEqual(window.store.unreadable(), [{ key, reason }]);
        const kept = what === 'of a newer version' ? file : `${file}.damaged`;
        await until(
          () => statSync(kept, { throwIfNoEntry: false })?.size === size,
          () => `${kept} is not there`,
        );
      }
    });
  }

  test('E4 an entry with a flipped bit in a later line is opened as far as it is whole', async t => {
    const { store, folder } = testStore(t);
    const [key = ''] = await settledJobs(store, 1);
    const file = entryFile(folder, key);
    changeByte(file, readFileSync(file).lastIndexOf('{"kind":"answer"') + 1);
    assert.equal(drawJob(await testStore(t, { folder }).store.open(key)), 'running J0 executing');
  });

  test('a key that leads elsewhere opens no file', async t => {
    const { store, folder } = testStore(t);
    await settledJobs(store, 1);
    writeFileSync(path.join(folder, '..', 'other.jsonl'), 'not ours\n');
    assert.equal(await store.open('../other'), undefined);
    assert.deepEqual(readdirSync(path.join(folder, '..')).sort(), ['jobs', 'other.jsonl']);
  });
});

suite('a history of 10,000 jobs', () => {
  test('E3 is listed without opening an entry, and held in a fraction of its size', async t => {
    const folder = temporaryFolder(t);
    const count = 10_000;
    await writeHistory(folder, count);
    const { faulty, ...window } = faultyWindow(t, folder);
    const before = heapBytes();
    await window.store.load('all');
    assert.equal(window.store.all().length, count);
    assert.deepEqual([faulty.entriesRead, faulty.operations.filter(name => name.startsWith('write'))], [[], []]);
    const bytes = heapBytes() - before;
    assert.ok(bytes < 25e6, `${bytes} bytes for ${count} jobs`);

    const [newest, second] = window.store.all();
    assert.equal(drawJob(await window.store.open(newest?.key ?? '')), 'finished J1 completed accounts completed 3');
    assert.equal(window.store.get(second?.key ?? ''), undefined);
    assert.deepEqual(faulty.entriesRead, [`${newest?.key}.jsonl`]);
  });

  test('its list is sorted once, and the same one until something changes', () => {
    const { job } = settledEntry();
    const list = createJobList();
    const keys = Array.from({ length: 1_000 }, (_, index) => createKey(index * 1_000, Buffer.alloc(8)));
    for (const key of [...keys.slice(500), ...keys.slice(0, 500)]) list.put({ ...job, key });
    const first = list.all();
    assert.deepEqual(
      first.map(({ key }) => key),
      keys.toReversed(),
    );
    assert.equal(list.all(), first);
    list.put({ ...job, key: keys[7] ?? '', note: 'new' });
    list.drop(keys[8] ?? '');
    assert.deepEqual(
      [first.length, first[992]?.note, list.all().length, list.all()[991]?.note],
      [1_000, '', 999, 'new'],
    );
  });

  test('holds what many jobs have in common once', () => {
    const { job } = settledEntry();
    const list = createJobList();
    const [one, two, other] = [1, 2, 3].map(time => createKey(time, Buffer.alloc(8)));
    for (const key of [one, two]) list.put(structuredClone({ ...job, key: key ?? '' }));
    const elsewhere = { ...plan.scope, origin: 'https://rest.zuora.com' };
    list.put({ ...job, key: other ?? '', scope: elsewhere, files: ['file:///project/accounts.zoql'] });
    const [third, second, first] = list.all();
    assert.ok(first && second && third);
    assert.ok(first.scope === second.scope && first.files === second.files);
    assert.deepEqual([third.scope, third.files], [elsewhere, ['file:///project/accounts.zoql']]);
    assert.deepEqual(first.scope, plan.scope);
    assert.ok(!('queries' in first) && !('request' in first));
  });

  test('of the jobs that were opened, the last hundred stay whole; unfinished and unsaved ones always do', async t => {
    const folder = temporaryFolder(t);
    await writeHistory(folder, 250);
    const { store, faulty, clock } = faultyWindow(t, folder);
    const running = await added(store);
    await store.load('all');
    const keys = store.all().map(({ key }) => key);
    const unsaved = keys[250] ?? '';
    faulty.broken = true;
    assert.equal((await store.record(unsaved, { kind: 'annotated', note: 'not on disk' })).ok, false);
    faulty.broken = false;
    for (const key of keys) assert.ok(await store.open(key));
    const whole = keys.filter(key => store.get(key) !== undefined);
    assert.deepEqual(new Set(whole), new Set([running, unsaved, ...keys.slice(150, 250)]));
    clock.advance(30_000);
    await until(
      () => store.find(unsaved)?.condition === undefined,
      () => 'it is still unsaved',
    );
    assert.equal((await drawnAnew(t, folder)).at(-1), 'finished J1 completed "not on disk"');
  });
});

suite('a disk that refuses, and a window that is killed', () => {
  /** A job's whole life, each step as it is told to the person. */
  const steps: ((store: JobStore, key: string) => Promise<unknown>)[] = [
    (store, key) => store.applyAnswer(key, answer('J1', 'executing')),
    (store, key) => store.applyAnswer(key, answer('J1', 'completed', 'accounts completed 3')),
    (store, key) => store.record(key, { kind: 'annotated', note: 'mine' }),
  ];
  const states = ['sending', 'running J1 executing', 'finished J1 completed', 'finished J1 completed "mine"'];

  test('E1 killed at whichever operation: the state before or after the step, and no index that tells another', async t => {
    for (let operation = 0; ; operation++) {
      const { store, folder, faulty } = faultyWindow(t);
      const key = await added(store);
      let told = 0;
      faulty.before = () => {
        faulty.broken = operation <= faulty.count;
      };
      faulty.count = 0;
      for (const step of steps) {
        await step(store, key);
        if (faulty.broken) break;
        told++;
      }
      store.dispose();
      const expected = states.slice(told, told + 2);
      const [shown = ''] = await drawnAnew(t, folder);
      assert.ok(expected.includes(shown), `operation ${operation}: ${shown}, not ${expected.join(' or ')}`);
      assert.deepEqual(await drawnFromEntries(t, folder), [shown], `operation ${operation}`);
      if (told === steps.length) break;
      assert.ok(operation < 100);
    }
  });

  test('E1 whichever operation fails once: no step is lost, and an index that fails fails nothing', async t => {
    const failed: string[] = [];
    for (let operation = 0; ; operation++) {
      const { store, folder, faulty, clock } = faultyWindow(t);
      faulty.torn = true;
      const key = await added(store);
      faulty.count = 0;
      faulty.operations.length = 0;
      faulty.failing = operation;
      for (const step of steps) {
        const at = faulty.count;
        const result = (await step(store, key)) as { ok: boolean };
        const name = at <= operation && operation < faulty.count ? faulty.operations[operation] : undefined;
        if (name?.endsWith('index')) assert.ok(result.ok, `the failing ${name} failed the change`);
      }
      const done = faulty.count <= operation;
      failed.push(faulty.operations[operation] ?? '');
      clock.advance(30_000);
      await until(
        () => store.find(key)?.condition === undefined,
        () => `operation ${operation} was not written later`,
      );
      store.dispose();
      assert.deepEqual(await drawnAnew(t, folder), [states.at(-1)], `operation ${operation}`);
      assert.deepEqual(await drawnFromEntries(t, folder), [states.at(-1)], `operation ${operation}`);
      if (done) break;
    }
    for (const name of ['open index', 'write index', 'close index', 'rename']) assert.ok(failed.includes(name), name);
  });

  test('E5 a full disk: kept in memory, told once, written when there is room, and told again the next time', async t => {
    const told: string[] = [];
    const { store, folder, faulty, clock } = faultyWindow(t, undefined, fault => told.push(fault.code));
    const keys = [await added(store), await added(store), await added(store)];
    const change = async (note: string) => {
      for (const key of keys) await store.record(key, { kind: 'annotated', note });
    };
    const passes = async () => {
      clock.advance(30_000);
      await faulty.idle();
    };
    faulty.broken = true;
    await change('first');
    await change('second');
    await passes();
    assert.deepEqual(told, ['ENOSPC']);
    assert.deepEqual(drawList(store), Array<string>(3).fill('sending "second" [unsaved]'));
    faulty.broken = false;
    await passes();
    assert.deepEqual(await drawnAnew(t, folder), Array<string>(3).fill('sending "second"'));
    faulty.broken = true;
    faulty.code = 'EROFS';
    await change('third');
    assert.deepEqual(told, ['ENOSPC', 'EROFS']);
  });

  test('P4 killed at random: every job that was told of is in the history, once, with and without the index', async t => {
    const { folder } = testStore(t);
    const seed = Date.now() & 0x7fffffff;
    console.log(`seed ${seed}`);
    const [after] = fc.sample(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 6, maxLength: 6 }), {
      seed,
      numRuns: 1,
    });
    const told: string[] = [];
    for (const [writer, jobs] of (after ?? []).entries()) {
      const child = await startChild(t, { task: 'settle', folder, writer, jobs: 1_000 }, 'pipe');
      const before = told.length;
      child.stdout?.setEncoding('utf8').on('data', (text: string) => told.push(...text.split('\n').filter(Boolean)));
      await until(
        () => before + jobs < told.length,
        () => `${told.length - before} jobs were told of`,
      );
      child.kill('SIGKILL');
      await new Promise(resolve => child.once('close', resolve));
    }
    const window = testStore(t, { folder });
    await window.store.load('all');
    const ids = window.store.all().flatMap(({ id, phase }) => (phase === 'finished' && id !== undefined ? [id] : []));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      told.filter(id => !ids.includes(id)),
      [],
    );
    window.store.dispose();
    assert.deepEqual(await drawnAnew(t, folder), await drawnFromEntries(t, folder));
  });

  test('whatever windows do and whatever happens to the index: it never tells another story than the entries', async t => {
    const seed = Date.now() & 0x7fffffff;
    console.log(`seed ${seed}`);
    const act = fc.record({
      window: fc.nat(1),
      job: fc.nat(3),
      what: fc.constantFrom('add', 'executing', 'completed', 'unknown', 'again', 'note', 'remove', 'restart'),
    });
    const harm = fc.record({
      what: fc.constantFrom('none', 'cut', 'flip', 'double', 'stale', 'garbage'),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), harm, async (acts, { what, at }) => {
        const folder = temporaryFolder(t);
        const windows = [testStore(t, { folder }), testStore(t, { folder })];
        for (const { store } of windows) await store.load('all');
        let stale = '';
        for (const [number, given] of acts.entries()) {
          const { store } = windows[given.window] as TestStore;
          const key = store.all()[given.job]?.key ?? '';
          if (given.what === 'add') await added(store);
          else if (given.what === 'note') await store.record(key, { kind: 'annotated', note: `note ${number}` });
          else if (given.what === 'remove') await store.remove(key);
          else if (given.what === 'again') await store.record(key, { kind: 'attempt', attempt: attempt('again') });
          else if (given.what === 'unknown')
            await store.record(key, { kind: 'ended', phase: 'unknown', failure: lost });
          else if (given.what === 'restart') {
            store.dispose();
            windows[given.window] = testStore(t, { folder });
            await windows[given.window]?.store.load('all');
          } else await store.applyAnswer(key, answer(`J${key}`, given.what));
          if (number === Math.floor(acts.length / 2)) stale = textOf(indexFile(folder));
        }
        for (const { store } of windows) store.dispose();
        harmIndex(indexFile(folder), what, at, stale);
        const expected = await drawnFromEntries(t, folder);
        assert.deepEqual(await drawnAnew(t, folder), expected);
        assert.deepEqual(await drawnAnew(t, folder), expected);
      }),
      { seed, numRuns: 60 },
    );
  });
});

/** A window with a disk that can be told to fail. */
function faultyWindow(
  test: TestContext,
  folder?: string,
  onDiskFault?: (fault: { readonly code: string }) => void,
): TestStore & { readonly faulty: FaultyFiles } {
  const faulty = new FaultyFiles();
  const given = { files: faulty.files, ...(folder !== undefined && { folder }), ...(onDiskFault && { onDiskFault }) };
  return { ...testStore(test, given), faulty };
}

/** Jobs J0, J1, … that have ended, oldest first. */
async function settledJobs(
  store: JobStore,
  count: number,
  end: 'completed' | 'unknown' = 'completed',
): Promise<string[]> {
  const keys: string[] = [];
  for (let number = 0; number < count; number++) {
    keys.push(await added(store, `key-${number}`));
  }
  keys.sort();
  for (const [number, key] of keys.entries()) {
    if (end === 'unknown') await store.record(key, { kind: 'ended', phase: 'unknown', failure: lost });
    else {
      await store.applyAnswer(key, answer(`J${number}`, 'executing'));
      await store.applyAnswer(key, answer(`J${number}`, 'completed', 'accounts completed 3'));
    }
  }
  return keys;
}

/** What the list shows without opening anything, newest first. */
function drawList(store: JobStore): string[] {
  return store
    .all()
    .map(({ phase, id, status, failure, pinned, note, condition }) =>
      [
        phase,
        id,
        status,
        failure && `(${failure.kind})`,
        pinned ? 'pinned' : undefined,
        note && `"${note}"`,
        condition && `[${condition.kind}]`,
      ]
        .filter(Boolean)
        .join(' '),
    );
}

/** The list of a window that starts now, once it has compared the index with the entries. */
async function drawnAnew(test: TestContext, folder: string): Promise<string[]> {
  const faulty = new FaultyFiles();
  const { store } = testStore(test, { folder, files: faulty.files });
  const loaded = await store.load('all');
  assert.ok(loaded.ok);
  await faulty.idle();
  const drawn = drawList(store);
  store.dispose();
  return drawn;
}

/** The list as the entries alone tell it. */
async function drawnFromEntries(test: TestContext, folder: string): Promise<string[]> {
  const index = textOf(indexFile(folder));
  rmSync(indexFile(folder), { force: true });
  const { store } = testStore(test, { folder });
  await store.load('all');
  const drawn = drawList(store);
  const whole = (await drawAll(store)).length;
  assert.equal(whole, drawn.length);
  store.dispose();
  if (index !== '') writeFileSync(indexFile(folder), index, 'latin1');
  return drawn;
}

function entryFile(folder: string, key: string): string {
  return path.join(folder, 'settled', `${key}.jsonl`);
}

function textOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, 'latin1') : '';
}

/** The keys of the index's lines, in their order. */
function indexKeys(folder: string): string[] {
  return textOf(indexFile(folder))
    .split('\n')
    .map(keyOf)
    .filter(key => key !== '');
}

function keyOf(line: string): string {
  return /"key":"([^"]+)"/.exec(line)?.[1] ?? '';
}

function changeByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function harmIndex(file: string, what: string, at: number, stale: string): void {
  const text = textOf(file);
  if (text === '') return;
  const place = Math.floor(text.length * at);
  if (what === 'cut') truncateSync(file, place);
  else if (what === 'flip') changeByte(file, place);
  else if (what === 'double') writeFileSync(file, text + text.slice(0, place), 'latin1');
  else if (what === 'stale') writeFileSync(file, stale, 'latin1');
  else if (what === 'garbage') writeFileSync(file, `${text.slice(0, place)}\n\u0000{"\n${text.slice(place)}`, 'latin1');
}

/**
 * Settled jobs that all have one entry's text, with their index. Written without the store, whose fsyncs would take a
 * minute, and most as links.
 */
async function writeHistory(folder: string, count: number): Promise<void> {
  const journal = openJournal(folder);
  assert.ok((await journal.prepare()).ok);
  const { job, text } = settledEntry();
  const keys = Array.from({ length: count }, (_, number) => createKey(number * 60_000, randomBytes(8)));
  for (const [number, key] of keys.entries()) {
    const original = number - (number % mostLinks);
    if (number === original) writeFileSync(entryFile(folder, key), text);
    else linkSync(entryFile(folder, keys[original] ?? ''), entryFile(folder, key));
  }
  const size = Buffer.byteLength(text);
  assert.ok((await journal.index.append(keys.map(key => ({ size, summary: { ...job, key } })))).ok);
}

/** Fewer than any file system allows of one file. */
const mostLinks = 500;

function settledEntry(): { readonly job: Job; readonly text: string } {
  const planned = { kind: 'planned', version: 1, sequence: 0, at: 0, ...plan, attempt: attempt('key') } as const;
  const completed = answerOf(answer('J1', 'completed', 'accounts completed 3'), plan.queries);
  const change = { kind: 'answer', sequence: 1, at: 1, answer: completed } as const;
  const text = [planned, change].map(record => `${writeLine(record)}\n`).join('\n');
  return { job: foldRecord(plannedJob('key', planned), change).job, text };
}

/** What is in use after all else is gone. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

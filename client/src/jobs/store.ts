/**
 * The jobs that this window knows: the journal's entries, folded. What another window writes appears here too.
 *
 * The journal is the truth: a change is appended, then read back with whatever others have appended meanwhile. Only
 * when the disk refuses does a change live in memory alone; it is written as soon as that is possible again.
 *
 * Of a settled job only what the list shows is in memory, and that comes from the index; its entry is read when
 * somebody looks into it. Jobs that something is left to do for are read when the window needs them, and stay.
 */
import { watch as watchFolder, type FSWatcher } from 'node:fs';
import { mapAtOnce } from '../atOnce';
import type { Clock } from '../zuora/clock';
import type { AquaJob } from '../zuora/schemas';
import type { IndexedJob, IndexState } from './jobIndex';
import { createJobList } from './jobList';
import { createKey, entryKey, type Journal } from './journal';
import {
  isSettled,
  type DiskFault,
  type Job,
  type JobCondition,
  type JobSummary,
  type JobPlan,
  type PlannedQuery,
  type SendAttempt,
  type Written,
} from './model';
import {
  answerOf,
  firstJob,
  foldRecord,
  journalVersion,
  readLine,
  type AdoptedRecord,
  type ChangeRecord,
  type FirstRecord,
  type Folded,
  type JobChange,
  type JournalRecord,
} from './records';

export interface JobStore {
  /** Newest first. */
  all(): readonly JobSummary[];
  /** What the list shows of a job. */
  find(key: string): JobSummary | undefined;
  /** A job as a whole, if that is in memory: every unfinished one is, and of the settled those that were opened last. */
  get(key: string): Job | undefined;
  /** The job as a whole, read from the disk where it is not in memory; undefined where it is gone. */
  open(key: string): Promise<Job | undefined>;
  /** Calls the listener with the keys of jobs that came, changed or went. The returned function ends it. */
  watch(listener: (keys: readonly string[]) => void): () => void;

  /** Reads the jobs that something is left to do for, and watches the journal from then on. */
  loadUnfinished(): Promise<Written<void>>;
  /**
   * Reads the whole history, and watches the journal from then on. Resolves with all of it, or as soon as its newest jobs
   * are there; listeners hear of the others as they come.
   */
  load(until: 'newest' | 'all'): Promise<Written<void>>;
  /** Entries that cannot be shown, and why. None is ever deleted. */
  unreadable(): readonly UnreadableEntry[];

  /** Writes a new job down. Without success nothing may be sent. */
  add(plan: JobPlan, attempt: SendAttempt): Promise<Written<Job>>;
  /** Writes a job down that Zuora has and that was not sent from here; one that is known by its id comes back as it is. */
  adopt(record: Omit<AdoptedRecord, 'kind' | 'version' | 'sequence' | 'at'>): Promise<Written<Job>>;
  /**
   * Applies a change and writes it down. What the disk refuses is kept in memory, which the job's condition tells; a job
   * that cannot even be read stays as it is.
   */
  record(key: string, change: JobChange): Promise<Written<void>>;
  /**
   * The same, where the job is as it is expected to be with everything that other windows have written by now; false
   * where it is not. An entry that cannot be read is as it was.
   */
  recordIf(key: string, isExpected: (job: Job) => boolean, change: JobChange): Promise<Written<boolean>>;
  /** What Zuora says of the job; writes a record only where that is news. */
  applyAnswer(key: string, answer: AquaJob): Promise<Written<void>>;
  /** The job with everything that other windows have written by now; undefined where its file cannot be read. */
  reread(key: string): Promise<Job | undefined>;
  /** What keeps the job's state from being news; in memory only, and over with the next change. */
  note(key: string, condition: JobCondition | undefined): void;
  /** Removes the job from the list and its file from the disk, in all windows. Zuora's job is not touched. */
  remove(key: string): Promise<Written<void>>;
  dispose(): void;
}

export interface UnreadableEntry {
  readonly key: string;
  readonly reason: string;
}

export interface StoreParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  /** The disk refused a change, which is kept in memory. Called once until all of them are written. */
  readonly onDiskFault?: (fault: DiskFault) => void;
}

interface Entry {
  /** What the file says, in the file's own order: so every window comes to the same. */
  read: Folded | undefined;
  /** That, and what is not in the file yet. Both are undefined where what the list shows is all that is in memory. */
  folded: Folded | undefined;
  /** How far the file has been read, in bytes. */
  offset: number;
  /** Bytes that the file had when what the list shows was made of it. */
  size: number;
  /** Changes that the disk refused, oldest first, and why. */
  unsaved: readonly ChangeRecord[];
  fault: DiskFault | undefined;
  condition: JobCondition | undefined;
  /** It was settled and no longer is, so that its file is to move back. */
  revived: boolean;
}

/** How long after a refused write it is tried again by itself. */
const retryWriteAfterMs = 30_000;

/** How long the index waits for more jobs to be removed before it is written anew without them. */
const leaveIndexAfterMs = 2_000;

/** Half-made entries younger than this may still become one in another window. */
const sweepAfterMs = 24 * 60 * 60 * 1000;

/** Files read at a time while the history loads. */
const readsAtOnce = 16;

/** Entries compared with the index at a time, while nobody waits for it. */
const checksAtOnce = 4;

/** Jobs that listeners hear of together while entries are read, and that get their lines in the index together. */
const toldAtOnce = 200;

/** Settled jobs that are in memory as a whole: more than a person has expanded in the tree. */
const mostOpened = 100;

/** Lines of the index that count no more, below which it is not written anew for them. */
const fewReplaced = 100;

export function openStore({ journal, clock, randomBytes, onDiskFault }: StoreParts): JobStore {
  const entries = new Map<string, Entry>();
  const list = createJobList();
  /** Settled jobs that are in memory as a whole, the one that was used last at the end. */
  const opened = new Set<string>();
  /** Jobs with changes that the disk refused. */
  const unwritten = new Set<string>();
  const unreadable = new Map<string, UnreadableEntry>();
  const listeners = new Set<(keys: readonly string[]) => void>();
  /** One job's disk operations follow each other; those of different jobs do not wait. */
  const queues = new Map<string, Promise<unknown>>();
  /** Jobs whose lines are to leave the index. */
  const unlisted = new Set<string>();
  let loadingAll: Record<'newest' | 'all', Promise<Written<void>>> | undefined;
  let indexIsRead = false;
  let disposed = false;
  let closeWatchers: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;
  let cancelLeaving: (() => void) | undefined;

  return {
    all: () => list.all(),
    find: key => list.find(key),
    get,
    open,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    loadUnfinished: () => load('unfinished'),
    load: until => loadAll()[until],
    unreadable: () => [...unreadable.values()],
    add,
    adopt,
    record: (key, change) => inTurn(key, () => write(key, change)),
    recordIf: (key, isExpected, change) =>
      inTurn(key, async () => {
        await readEntry(key);
        const job = get(key);
        if (!job || !isExpected(job)) return { ok: true, value: false };
        const written = await write(key, change);
        return written.ok ? { ok: true, value: true } : written;
      }),
    applyAnswer: (key, answer) => inTurn(key, () => writeAnswer(key, answer)),
    reread: key => inTurn(key, async () => ((await readEntry(key)).ok ? get(key) : undefined)),
    note(key, condition) {
      const entry = entries.get(key);
      if (!entry || JSON.stringify(entry.condition) === JSON.stringify(condition)) return;
      entry.condition = condition;
      show(key, entry);
      tell([key]);
    },
    remove: key =>
      inTurn(key, async () => {
        const removed = await journal.remove(key);
        if (!removed.ok) return removed;
        if (placeOf(key) === 'settled') leaveIndex(key);
        forget(key);
        return removed;
      }),
    dispose() {
      disposed = true;
      cancelRetry?.();
      cancelLeaving?.();
      closeWatchers?.();
      listeners.clear();
    },
  };

  /** Two that ask at once, such as the tree and the lenses, are answered by one reading. */
  function loadAll(): Record<'newest' | 'all', Promise<Written<void>>> {
    if (loadingAll) return loadingAll;
    let newestListed: (() => void) | undefined;
    const newest = new Promise<void>(resolve => (newestListed = resolve));
    const all = load('all', newestListed).finally(() => (loadingAll = undefined));
    return (loadingAll = { all, newest: Promise.race([newest.then(() => done), all]) });
  }

  async function load(which: 'unfinished' | 'all', newestListed?: () => void): Promise<Written<void>> {
    const prepared = await journal.prepare();
    if (!prepared.ok) return prepared;
    // Before the listing, so that no entry comes into being between the two.
    watchJournal();
    const listed = await journal.list();
    if (!listed.ok) return listed;
    const { unfinished, settled } = listed.value;
    await readAll(unfinished, 'unfinished');
    if (which === 'unfinished') return done;

    const afterwards = indexIsRead ? undefined : await readIndex(unfinished, settled, newestListed);
    await readAll(settled, 'settled');
    await journal.sweep(createKey(clock.now() - sweepAfterMs, new Uint8Array(8)));
    void afterwards?.();
    return done;
  }

  /** Reads the entries that are not known yet, from the folder that they are in. */
  async function readAll(keys: readonly string[], where: 'unfinished' | 'settled'): Promise<void> {
    const missing = keys.filter(key => !entries.has(key));
    // Newest first and told as they come, so that a long history shows at once what people look for.
    missing.sort().reverse();
    for (let at = 0; at < missing.length; at += toldAtOnce) {
      const some = missing.slice(at, at + toldAtOnce);
      await mapAtOnce(some, readsAtOnce, key => inTurn(key, async () => void (await readEntry(key))));
      tell(some);
      await tellIndex(some);
      const misplaced = some.filter(key => entries.has(key) && placeOf(key) !== where);
      for (const key of misplaced) await inTurn(key, () => putInPlace(key));
    }
  }

  /**
   * Lists the settled jobs that the index tells of. The returned function is for the time after, when people see them:
   * it compares what the index says with the entries, and mends the index.
   */
  async function readIndex(
    unfinished: readonly string[],
    settled: readonly string[],
    newestListed?: () => void,
  ): Promise<() => Promise<void>> {
    const [isSettledEntry, isUnfinishedEntry] = [new Set(settled), new Set(unfinished)];
    const belongs = (key: string) => isSettledEntry.has(key) || isUnfinishedEntry.has(key) || entries.has(key);
    const taken: string[] = [];
    let told = 0;
    let gone = 0;
    const take = ({ summary, size }: IndexedJob) => {
      const { key } = summary;
      const known = entries.get(key);
      if (!known && !belongs(key)) gone++;
      // What is in memory as a whole has been read from its entry.
      if (known?.folded || !isSettledEntry.has(key)) return;
      if (known) known.size = size;
      else {
        entries.set(key, newEntry(size));
        taken.push(key);
      }
      list.put(summary);
    };
    /** The newest at once, the others together: each time the list is drawn anew. */
    const tellTaken = () => {
      tell(taken.slice(told));
      told = taken.length;
      newestListed?.();
    };
    const read = await inTurn(indexTurn, () =>
      journal.index.read(jobs => {
        jobs.forEach(take);
        if (told === 0) tellTaken();
      }),
    );
    indexIsRead = true;
    tellTaken();
    return async () => {
      if (read.ok && isWorthCompacting(read.value, taken.length, gone)) await compactIndex(belongs);
      await checkIndexed(taken);
    };
  }

  /** An entry that has another size than the index says has changed since: its job is read anew. */
  async function checkIndexed(keys: readonly string[]): Promise<void> {
    await mapAtOnce(keys, checksAtOnce, async key => {
      const size = disposed ? undefined : await journal.size(key);
      const entry = entries.get(key);
      // One that is in memory as a whole has been read from its entry meanwhile.
      if (!size?.ok || !entry || entry.folded || entry.size === size.value) return;
      await inTurn(key, () => openEntry(key));
    });
  }

  function compactIndex(belongs: (key: string) => boolean): Promise<Written<void>> {
    return inTurn(indexTurn, () => journal.index.compact(belongs, createKey(clock.now(), randomBytes(8))));
  }

  /**
   * What the index says of a removed job goes too: it is the person's data. Those that are removed one after another go
   * together. Where that fails, or the window ends before, the next load finds lines without entries and tries again.
   */
  function leaveIndex(key: string): void {
    unlisted.add(key);
    cancelLeaving ??= clock.after(leaveIndexAfterMs, () => {
      cancelLeaving = undefined;
      const leaving = new Set(unlisted);
      unlisted.clear();
      void compactIndex(other => !leaving.has(other));
    });
  }

  /** Where this fails, or the window ends before it, the next one that loads all jobs finds out by the entry. */
  async function tellIndex(keys: readonly string[]): Promise<void> {
    const jobs = keys.flatMap(key => {
      const [summary, entry] = [list.find(key), entries.get(key)];
      return summary && entry && placeOf(key) === 'settled' ? [{ summary, size: entry.size }] : [];
    });
    if (0 < jobs.length) await inTurn(indexTurn, () => journal.index.append(jobs));
  }

  /** Where this fails the entry stays where it is, and the next window that reads it moves it. */
  async function putInPlace(key: string): Promise<void> {
    await journal.place(key, placeOf(key));
  }

  /** By what its entry says, not by what it is yet to say. */
  function placeOf(key: string): 'unfinished' | 'settled' {
    const [job, entry] = [list.find(key), entries.get(key)];
    return job && isSettled(job) && entry?.unsaved.length === 0 ? 'settled' : 'unfinished';
  }

  function get(key: string): Job | undefined {
    const entry = entries.get(key);
    if (!entry?.folded) return undefined;
    touch(key, entry);
    const { job } = entry.folded;
    const condition = conditionOf(entry);
    return condition ? { ...job, condition } : job;
  }

  async function open(key: string): Promise<Job | undefined> {
    if (!entries.get(key)?.folded) await inTurn(key, () => whole(key));
    return get(key);
  }

  /** The job as a whole, read where only the list's part is in memory; undefined where it is gone. */
  async function whole(key: string): Promise<Written<Folded | undefined>> {
    // A key from elsewhere must not lead to a file that is no entry.
    if (!entries.get(key)?.folded && entryKey(`${key}.jsonl`) !== undefined) {
      const read = await openEntry(key);
      if (!read.ok) return read;
    }
    return { ok: true, value: entries.get(key)?.folded };
  }

  /** Reads an entry of which the list's part is in memory at most, and mends the index where that was out of date. */
  async function openEntry(key: string): Promise<Written<void>> {
    const known = entries.get(key);
    const { size } = known ?? {};
    const read = await readEntry(key);
    const entry = entries.get(key);
    if (!read.ok || !entry || entry.size === size) return read;
    if (!known) tell([key]);
    await tellIndex([key]);
    // An entry that has lost its end can tell of a job that is on its way again.
    if (placeOf(key) === 'unfinished') await putInPlace(key);
    return read;
  }

  function add(plan: JobPlan, attempt: SendAttempt): Promise<Written<Job>> {
    const { scope, request, queries, group, lineage, session } = plan;
    return create({
      kind: 'planned',
      version: journalVersion,
      sequence: 0,
      at: clock.now(),
      scope,
      request,
      queries: queries.map(withoutFindings),
      ...(group && { group }),
      ...(lineage && { lineage }),
      ...(session && { session }),
      attempt,
    });
  }

  async function adopt(given: Parameters<JobStore['adopt']>[0]): Promise<Written<Job>> {
    const loaded = await loadAll().all;
    if (!loaded.ok) return loaded;
    const { id } = given.answer;
    const listed = list.all().find(job => job.id === id && job.scope.origin === given.scope.origin);
    const known = listed && (await open(listed.key));
    if (known) return { ok: true, value: known };
    return create({ ...given, kind: 'adopted', version: journalVersion, sequence: 0, at: clock.now() });
  }

  function create(record: FirstRecord): Promise<Written<Job>> {
    const key = createKey(record.at, randomBytes(8));
    return inTurn(key, async () => {
      const created = await journal.create(key, record);
      if (!created.ok) return created;
      const folded = firstJob(key, record);
      const entry = newEntry(0);
      entry.read = folded;
      entry.folded = folded;
      entries.set(key, entry);
      show(key, entry);
      watchJournal();
      tell([key]);
      return { ok: true, value: folded.job };
    });
  }

  async function writeAnswer(key: string, answer: AquaJob): Promise<Written<void>> {
    const read = await whole(key);
    if (!read.ok) return read;
    const folded = read.value;
    if (!folded) return done;
    const change: JobChange = { kind: 'answer', answer: answerOf(answer, folded.job.queries) };
    const next = foldRecord(folded, { ...change, sequence: folded.sequence + 1, at: folded.job.updatedAt });
    return JSON.stringify(next.job) === JSON.stringify(folded.job) ? done : write(key, change);
  }

  async function write(key: string, change: JobChange): Promise<Written<void>> {
    const read = await whole(key);
    if (!read.ok) return read;
    const entry = entries.get(key);
    const folded = read.value;
    if (!entry || !folded) return done;
    const record: ChangeRecord = { ...change, sequence: folded.sequence + 1, at: clock.now() };
    entry.folded = foldRecord(folded, record);
    entry.revived ||= isSettled(folded.job) && !isSettled(entry.folded.job);
    entry.unsaved = [...entry.unsaved, record];
    entry.condition = undefined;
    show(key, entry);
    const saved = await save(key, entry);
    tell([key]);
    return saved;
  }

  /** Appends what is unsaved, then takes over what the file says now. */
  async function save(key: string, entry: Entry): Promise<Written<void>> {
    // A settled entry is not looked at when a window starts: it moves back before its job goes on.
    const { revived } = entry;
    const moved = revived ? await journal.place(key, 'unfinished') : done;
    if (!moved.ok) return unsaved(key, entry, moved.fault);
    entry.revived = false;

    for (let record = entry.unsaved[0]; record; record = entry.unsaved[0]) {
      const appended = await journal.append(key, record);
      if (!appended.ok) return unsaved(key, entry, appended.fault);
      if (appended.value === 'removed') {
        forget(key);
        return done;
      }
      entry.unsaved = entry.unsaved.slice(1);
    }
    entry.fault = undefined;
    unwritten.delete(key);
    show(key, entry);
    await readEntry(key);
    if (placeOf(key) === 'unfinished') {
      // Another window, which had not read this yet, may have put it away.
      if (revived) await putInPlace(key);
      return done;
    }
    await tellIndex([key]);
    await putInPlace(key);
    await readEntry(key);
    // Another window has revived it meanwhile.
    if (placeOf(key) === 'unfinished') await putInPlace(key);
    return done;
  }

  function unsaved(key: string, entry: Entry, fault: DiskFault): Written<void> {
    entry.fault = fault;
    show(key, entry);
    if (unwritten.size === 0) onDiskFault?.(fault);
    unwritten.add(key);
    cancelRetry ??= clock.after(retryWriteAfterMs, () => {
      cancelRetry = undefined;
      for (const each of unwritten) void inTurn(each, () => saveLater(each));
    });
    return { ok: false, fault };
  }

  async function saveLater(key: string): Promise<void> {
    const entry = entries.get(key);
    if (!entry || entry.unsaved.length === 0) return;
    await save(key, entry);
    tell([key]);
  }

  /** Folds what the file holds behind what was read of it. */
  async function readEntry(key: string): Promise<Written<void>> {
    const known = entries.get(key);
    // Taken now: while the file is read, jobs that others open can push this one out of memory.
    const { read: begun, offset = 0 } = known ?? {};
    const found = await journal.read(key, begun ? offset : 0);
    if (!found.ok) {
      const { message, code } = found.fault;
      if (!begun) await markUnreadable(key, message, code === 'EFBIG' ? 'set-aside' : 'leave');
      return found;
    }
    if (found.value === 'removed') {
      forget(key);
      return done;
    }
    unreadable.delete(key);

    const { lines, next, size } = found.value;
    let read = begun ?? (await firstFolded(key, lines[0] ?? ''));
    if (!read) return done;
    for (const line of lines) {
      const change = readLine(line);
      if (change.kind === 'record' && !isFirst(change.record)) read = foldRecord(read, change.record);
    }
    const entry = known ?? newEntry(size);
    const [job, listed] = [known?.folded?.job, list.find(key)];
    entry.read = read;
    entry.folded = entry.unsaved.reduce(foldRecord, read);
    entry.offset = next;
    entry.size = size;
    entries.set(key, entry);
    show(key, entry);
    if (!known || (job ? isSame(job, entry.folded.job) : isSame(listed, list.find(key)))) return done;
    entry.condition = undefined;
    show(key, entry);
    tell([key]);
    return done;
  }

  /** What a file's first line begins; undefined where that line tells no job. */
  async function firstFolded(key: string, line: string): Promise<Folded | undefined> {
    const first = readLine(line);
    if (first.kind === 'record' && isFirst(first.record)) return firstJob(key, first.record);
    if (first.kind === 'unknown') await markUnreadable(key, 'it was written by a newer version', 'leave');
    else await markUnreadable(key, 'its first line is damaged', 'set-aside');
    forget(key);
    return undefined;
  }

  async function markUnreadable(key: string, reason: string, what: 'set-aside' | 'leave'): Promise<void> {
    unreadable.set(key, { key, reason });
    if (what === 'leave') return;
    await journal.setAside(key);
    forget(key);
  }

  /** Has the list show what is known of a job. */
  function show(key: string, entry: Entry): void {
    const job = entry.folded?.job ?? list.find(key);
    if (job) list.put({ ...job, condition: conditionOf(entry) });
    touch(key, entry);
  }

  /** Notes that a job was used. Of the settled ones with nothing to write, those used last stay in memory. */
  function touch(key: string, entry: Entry): void {
    opened.delete(key);
    if (entry.folded && isSettled(entry.folded.job) && entry.unsaved.length === 0) opened.add(key);
    for (const oldest of opened) {
      if (opened.size <= mostOpened) return;
      opened.delete(oldest);
      const dropped = entries.get(oldest);
      if (dropped) dropped.read = dropped.folded = undefined;
    }
  }

  function forget(key: string): void {
    opened.delete(key);
    unwritten.delete(key);
    list.drop(key);
    if (entries.delete(key)) tell([key]);
  }

  function watchJournal(): void {
    if (closeWatchers) return;
    const watchers = [journal.folder, journal.settledFolder].flatMap(folder => {
      const watcher = openWatcher(folder, name => {
        const key = entryKey(name);
        if (key !== undefined) void inTurn(key, () => readChanged(key));
      });
      return watcher ? [watcher] : [];
    });
    closeWatchers = () => watchers.forEach(watcher => watcher.close());
  }

  async function readChanged(key: string): Promise<void> {
    const isNew = !entries.has(key);
    await readEntry(key);
    if (isNew && entries.has(key)) tell([key]);
  }

  function inTurn<T>(key: string, action: () => Promise<T>): Promise<T> {
    const turn = (queues.get(key) ?? Promise.resolve()).then(action);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    queues.set(key, settled);
    void settled.then(() => queues.get(key) === settled && queues.delete(key));
    return turn;
  }

  function tell(keys: readonly string[]): void {
    if (0 < keys.length) for (const listener of listeners) listener(keys);
  }
}

const done: Written<void> = { ok: true, value: undefined };

/** The index takes its turns among the entries; no entry has this key. */
const indexTurn = 'index';

/** Undefined where the system has no watchers left: this window then sees its own changes, and all others at a start. */
function openWatcher(folder: string, changed: (name: string) => void): FSWatcher | undefined {
  try {
    const watcher = watchFolder(folder, { persistent: false }, (_event, name) => changed(name ?? ''));
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

/** Damaged lines are read in vain each time, and what is gone is nobody's business any more. */
function isWorthCompacting({ lines, damaged }: IndexState, jobs: number, gone: number): boolean {
  return 0 < damaged || 0 < gone || jobs + Math.max(fewReplaced, jobs / 2) < lines;
}

function newEntry(size: number): Entry {
  return {
    read: undefined,
    folded: undefined,
    offset: 0,
    size,
    unsaved: [],
    fault: undefined,
    condition: undefined,
    revived: false,
  };
}

/** Without what only the confirmation needs. */
function withoutFindings(query: PlannedQuery): PlannedQuery {
  const { name, type, query: text, source, apiVersion, convertToCurrencies, deleted } = query;
  return {
    name,
    type,
    query: text,
    source,
    ...(apiVersion !== undefined && { apiVersion }),
    ...(convertToCurrencies !== undefined && { convertToCurrencies }),
    ...(deleted && { deleted }),
  };
}

function conditionOf({ fault, condition }: Entry): JobCondition | undefined {
  return fault ? { kind: 'unsaved', failure: fault } : condition;
}

function isSame(one: JobSummary | undefined, other: JobSummary | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isFirst(record: JournalRecord): record is FirstRecord {
  return record.kind === 'planned' || record.kind === 'adopted';
}

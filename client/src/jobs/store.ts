/**
 * The jobs that this window knows: the journal's entries, folded. What another window writes appears here too.
 *
 * The journal is the truth: a change is appended, then read back with whatever others have appended meanwhile. Only
 * when the disk refuses does a change live in memory alone; it is written as soon as that is possible again.
 */
import { watch as watchFolder, type FSWatcher } from 'node:fs';
import type { Clock } from '../zuora/clock';
import type { AquaJob } from '../zuora/schemas';
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
  /** A job as a whole, if that is in memory: every unfinished one is, and every one that was opened. */
  get(key: string): Job | undefined;
  /** The job as a whole, read from the disk where it is not in memory; undefined where it is gone. */
  open(key: string): Promise<Job | undefined>;
  /** Calls the listener with the keys of jobs that came, changed or went. The returned function ends it. */
  watch(listener: (keys: readonly string[]) => void): () => void;

  /** Reads the jobs that something is left to do for, and watches the journal from then on. */
  loadUnfinished(): Promise<Written<void>>;
  /** Reads the whole history, and watches the journal from then on. */
  load(): Promise<Written<void>>;
  /** Entries that cannot be shown, and why. None is ever deleted. */
  unreadable(): readonly UnreadableEntry[];

  /** Writes a new job down. Without success nothing may be sent. */
  add(plan: JobPlan, attempt: SendAttempt): Promise<Written<Job>>;
  /** Writes a job down that Zuora has and that was not sent from here; one that is known by its id comes back as it is. */
  adopt(record: Omit<AdoptedRecord, 'kind' | 'version' | 'sequence' | 'at'>): Promise<Written<Job>>;
  /** Applies a change and writes it down. What the disk refuses is kept in memory, which the job's condition tells. */
  record(key: string, change: JobChange): Promise<Written<void>>;
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
}

interface Entry {
  /** What the file says, in the file's own order: so every window comes to the same. */
  read: Folded;
  /** That, and what is not in the file yet. */
  folded: Folded;
  /** How far the file has been read, in bytes. */
  offset: number;
  /** Changes that the disk refused, oldest first, and why. */
  unsaved: readonly ChangeRecord[];
  fault: DiskFault | undefined;
  condition: JobCondition | undefined;
  /** It was settled and no longer is, so that its file is to move back. */
  revived: boolean;
}

/** How long after a refused write it is tried again by itself. */
const retryWriteAfterMs = 30_000;

/** Half-made entries younger than this may still become one in another window. */
const sweepAfterMs = 24 * 60 * 60 * 1000;

/** Files read at a time while the history loads. */
const readsAtOnce = 16;

/** Jobs that listeners hear of together while the history loads. */
const toldAtOnce = 200;

export function openStore({ journal, clock, randomBytes }: StoreParts): JobStore {
  const entries = new Map<string, Entry>();
  const unreadable = new Map<string, UnreadableEntry>();
  const listeners = new Set<(keys: readonly string[]) => void>();
  /** One job's disk operations follow each other; those of different jobs do not wait. */
  const queues = new Map<string, Promise<unknown>>();
  let closeWatchers: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;

  return {
    all: () => [...entries.values()].map(jobOf).sort(newestFirst),
    find: get,
    get,
    open: key => Promise.resolve(get(key)),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    loadUnfinished: () => load('unfinished'),
    load: () => load('all'),
    unreadable: () => [...unreadable.values()],
    add,
    adopt,
    record: (key, change) => inTurn(key, () => write(key, change)),
    applyAnswer: (key, answer) => inTurn(key, () => writeAnswer(key, answer)),
    reread: key => inTurn(key, async () => ((await readEntry(key)) ? get(key) : undefined)),
    note(key, condition) {
      const entry = entries.get(key);
      if (!entry || JSON.stringify(entry.condition) === JSON.stringify(condition)) return;
      entry.condition = condition;
      tell([key]);
    },
    remove: key =>
      inTurn(key, async () => {
        const removed = await journal.remove(key);
        if (removed.ok) forget(key);
        return removed;
      }),
    dispose() {
      cancelRetry?.();
      closeWatchers?.();
      listeners.clear();
    },
  };

  async function load(which: 'unfinished' | 'all'): Promise<Written<void>> {
    const prepared = await journal.prepare();
    if (!prepared.ok) return prepared;
    // Before the listing, so that no entry comes into being between the two.
    watchJournal();
    const listed = await journal.list();
    if (!listed.ok) return listed;
    const { unfinished, settled } = listed.value;
    const missing = [...unfinished, ...(which === 'all' ? settled : [])].filter(key => !entries.has(key));
    // Newest first and told as they come, so that a long history shows at once what people look for.
    missing.sort().reverse();
    for (let at = 0; at < missing.length; at += toldAtOnce) {
      const some = missing.slice(at, at + toldAtOnce);
      await forEachAtOnce(some, readsAtOnce, key => inTurn(key, () => readEntry(key)));
      tell(some);
    }
    // A window that ended between a job's last change and the move has left it where it does not belong.
    for (const key of unfinished) if (isSettledEntry(key) === true) await journal.place(key, 'settled');
    if (which === 'unfinished') return done;
    for (const key of settled) if (isSettledEntry(key) === false) await journal.place(key, 'unfinished');
    await journal.sweep(createKey(clock.now() - sweepAfterMs, new Uint8Array(8)));
    return done;
  }

  function isSettledEntry(key: string): boolean | undefined {
    const entry = entries.get(key);
    return entry && isSettled(entry.folded.job);
  }

  function get(key: string): Job | undefined {
    const entry = entries.get(key);
    return entry && jobOf(entry);
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
    const { id } = given.answer;
    const known = [...entries.values()]
      .map(jobOf)
      .find(job => job.id === id && job.scope.origin === given.scope.origin);
    if (known) return { ok: true, value: known };
    return create({ ...given, kind: 'adopted', version: journalVersion, sequence: 0, at: clock.now() });
  }

  function create(record: FirstRecord): Promise<Written<Job>> {
    const key = createKey(record.at, randomBytes(8));
    return inTurn(key, async () => {
      const created = await journal.create(key, record);
      if (!created.ok) return created;
      const entry = newEntry(firstJob(key, record));
      entries.set(key, entry);
      watchJournal();
      tell([key]);
      return { ok: true, value: jobOf(entry) };
    });
  }

  async function writeAnswer(key: string, answer: AquaJob): Promise<Written<void>> {
    const entry = entries.get(key);
    if (!entry) return done;
    const { folded } = entry;
    const change: JobChange = { kind: 'answer', answer: answerOf(answer, folded.job.queries) };
    const next = foldRecord(folded, { ...change, sequence: folded.sequence + 1, at: folded.job.updatedAt });
    return JSON.stringify(next.job) === JSON.stringify(folded.job) ? done : write(key, change);
  }

  async function write(key: string, change: JobChange): Promise<Written<void>> {
    const entry = entries.get(key);
    if (!entry) return done;
    const record: ChangeRecord = { ...change, sequence: entry.folded.sequence + 1, at: clock.now() };
    const before = entry.folded.job;
    entry.folded = foldRecord(entry.folded, record);
    entry.revived ||= isSettled(before) && !isSettled(entry.folded.job);
    entry.unsaved = [...entry.unsaved, record];
    entry.condition = undefined;
    const saved = await save(key, entry);
    tell([key]);
    return saved;
  }

  /** Appends what is unsaved, then takes over what the file says now. */
  async function save(key: string, entry: Entry): Promise<Written<void>> {
    // A settled entry is not looked at when a window starts: it moves back before its job goes on.
    const { revived } = entry;
    const moved = revived ? await journal.place(key, 'unfinished') : done;
    if (!moved.ok) return unsaved(entry, moved.fault);
    entry.revived = false;

    for (let record = entry.unsaved[0]; record; record = entry.unsaved[0]) {
      const appended = await journal.append(key, record);
      if (!appended.ok) return unsaved(entry, appended.fault);
      if (appended.value === 'removed') {
        forget(key);
        return done;
      }
      entry.unsaved = entry.unsaved.slice(1);
    }
    entry.fault = undefined;
    await readEntry(key);
    // Where a move fails the entry stays where it is, and the next window that loads it moves it.
    if (!isSettled(entry.folded.job)) {
      // Another window, which had not read this yet, may have put it away.
      if (revived) await journal.place(key, 'unfinished');
      return done;
    }
    await journal.place(key, 'settled');
    await readEntry(key);
    // Another window has revived it meanwhile.
    if (!isSettled(entry.folded.job)) await journal.place(key, 'unfinished');
    return done;
  }

  function unsaved(entry: Entry, fault: DiskFault): Written<void> {
    entry.fault = fault;
    cancelRetry ??= clock.after(retryWriteAfterMs, () => {
      cancelRetry = undefined;
      for (const [key, { unsaved }] of entries) if (0 < unsaved.length) void inTurn(key, () => saveLater(key));
    });
    return { ok: false, fault };
  }

  async function saveLater(key: string): Promise<void> {
    const entry = entries.get(key);
    if (!entry || entry.unsaved.length === 0) return;
    await save(key, entry);
    tell([key]);
  }

  /** Folds what the file holds behind what was read of it. False where it cannot be read. */
  async function readEntry(key: string): Promise<boolean> {
    const known = entries.get(key);
    const read = await journal.read(key, known?.offset ?? 0);
    if (!read.ok) {
      if (!known) await markUnreadable(key, read.fault.message, read.fault.code === 'EFBIG' ? 'set-aside' : 'leave');
      return false;
    }
    unreadable.delete(key);
    if (read.value === 'removed') {
      forget(key);
      return true;
    }

    const { lines, next } = read.value;
    const entry = known ?? (await firstEntry(key, lines[0] ?? ''));
    if (!entry) return true;
    const before = entry.folded.job;
    for (const line of lines) {
      const found = readLine(line);
      if (found.kind !== 'record' || isFirst(found.record)) continue;
      entry.read = foldRecord(entry.read, found.record);
    }
    entry.offset = next;
    entries.set(key, entry);
    entry.folded = entry.unsaved.reduce(foldRecord, entry.read);
    if (!known || before === entry.folded.job) return true;
    entry.condition = undefined;
    tell([key]);
    return true;
  }

  /** The entry that a file's first line begins; undefined where that line tells no job. */
  async function firstEntry(key: string, line: string): Promise<Entry | undefined> {
    const first = readLine(line);
    if (first.kind === 'record' && isFirst(first.record)) return newEntry(firstJob(key, first.record));
    if (first.kind === 'unknown') await markUnreadable(key, 'it was written by a newer version', 'leave');
    else await markUnreadable(key, 'its first line is damaged', 'set-aside');
    return undefined;
  }

  async function markUnreadable(key: string, reason: string, what: 'set-aside' | 'leave'): Promise<void> {
    unreadable.set(key, { key, reason });
    if (what === 'set-aside') await journal.setAside(key);
  }

  function forget(key: string): void {
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

/** Undefined where the system has no watchers left: this window then sees its own changes, and all others at a start. */
function openWatcher(folder: string, changed: (name: string) => void): FSWatcher | undefined {
  try {
    const watcher = watchFolder(folder, { persistent: false }, (_event, name) => changed(name ?? ''));
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

function newEntry(folded: Folded): Entry {
  return { read: folded, folded, offset: 0, unsaved: [], fault: undefined, condition: undefined, revived: false };
}

function jobOf({ folded, fault, condition }: Entry): Job {
  const shown: JobCondition | undefined = fault ? { kind: 'unsaved', failure: fault } : condition;
  return shown ? { ...folded.job, condition: shown } : folded.job;
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

function isFirst(record: JournalRecord): record is FirstRecord {
  return record.kind === 'planned' || record.kind === 'adopted';
}

/** Keys begin with the time and differ otherwise. */
function newestFirst(a: JobSummary, b: JobSummary): number {
  return a.key < b.key ? 1 : -1;
}

async function forEachAtOnce<T>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<unknown>,
): Promise<void> {
  const remaining = items.values();
  const worker = async () => {
    for (const item of remaining) await action(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

// What tests of the job's life share: a plan, a journal in a folder of its own, and a service that answers by script.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import * as v from 'valibot';
import { openJournal, type Files } from '../../client/src/jobs/journal';
import type { DiskFault, Job, JobPlan, PlannedQuery, SendAttempt } from '../../client/src/jobs/model';
import type { LeaseFiles, Leases, LeaseState } from '../../client/src/jobs/leases';
import type { PollerParts } from '../../client/src/jobs/poller';
import { openStore, type JobStore } from '../../client/src/jobs/store';
import { thisWindow } from '../../client/src/jobs/windows';
import { success, type Failure } from '../../client/src/zuora/outcome';
import { jobSchema, type AquaJob } from '../../client/src/zuora/schemas';
import { FakeClock, until } from './fakeClock';

/** A job of two queries, as a confirmation hands it over. */
export const plan: JobPlan = {
  scope: { tenant: 'Sandbox', origin: 'https://rest.test.zuora.com', entityIds: 'entity-1' },
  request: {
    body: '{"useQueryLabels":true,"queries":[{"name":"accounts","type":"zoql","query":"select Id from Account"},{"name":"invoices","type":"zoql","query":"select Id from Invoice"}]}',
    headers: { 'Zuora-Entity-Ids': 'entity-1', 'X-Gateway': 'billing' },
    gzip: false,
  },
  queries: [query('accounts', 'Account'), query('invoices', 'Invoice')],
};

function query(name: string, object: string): PlannedQuery {
  const text = `select Id from ${object}`;
  const relativePath = `${name}.zoql`;
  const range = { start: 0, end: text.length };
  const source = { uri: `file:///project/${relativePath}`, relativePath, statement: 0, range, line: 1, text };
  return { name, type: 'zoql', query: text, source };
}

/** This process, as one window. */
export const self = thisWindow();

export function attempt(idempotencyKey: string, changes: Partial<SendAttempt> = {}): SendAttempt {
  return { idempotencyKey, keyMadeAt: 0, mayExist: true, writer: self, until: 0, ...changes };
}

/** Zuora's answer, as the network hands it over; a batch is drawn `name status [recordCount]`. */
export function answer(id: string, status: string, ...batches: string[]): AquaJob {
  const drawn = batches.map((batch, index) => {
    const [name, batchStatus, recordCount] = batch.split(' ');
    const fileId = batchStatus === 'completed' ? { fileId: `file${index + 1}` } : {};
    return { batchId: `batch${index + 1}`, name, status: batchStatus, ...fileId, ...(recordCount && { recordCount }) };
  });
  return { ...v.parse(jobSchema, { batches: drawn }), id, status };
}

export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-jobs-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'jobs');
}

export interface TestStore {
  readonly store: JobStore;
  readonly clock: FakeClock;
  readonly folder: string;
}

/** One window's store. Give two the same folder and they are two windows. */
export function testStore(
  test: TestContext,
  given: {
    readonly folder?: string;
    readonly clock?: FakeClock;
    readonly files?: Files;
    readonly onDiskFault?: (fault: DiskFault) => void;
  } = {},
): TestStore {
  const { folder = temporaryFolder(test), clock = new FakeClock(), files = fs, onDiskFault } = given;
  const journal = openJournal(folder, files);
  const store = openStore({ journal, clock, randomBytes, ...(onDiskFault && { onDiskFault }) });
  test.after(() => store.dispose());
  return { store, clock, folder };
}

/** A job as one line: phase, Zuora's id and status, batches, and why. */
export function drawJob(job: Job | undefined): string {
  if (!job) return 'no job';
  const batches = job.batches.map(batch => [batch.name, batch.status, batch.recordCount].filter(Boolean).join(' '));
  const why = job.failure && `(${job.failure.kind})`;
  const condition = job.condition && `[${job.condition.kind}: ${job.condition.failure.kind}]`;
  return [job.phase, job.id, job.status, batches.length ? batches.join(', ') : undefined, why, condition]
    .filter(part => part !== undefined)
    .join(' ');
}

/** Every job of the list, newest first, each as one line. */
export async function drawAll(store: JobStore): Promise<string[]> {
  return Promise.all(store.all().map(async ({ key }) => drawJob(await store.open(key))));
}

/** The job as a window sees it that starts now and knows nothing but the disk. */
export async function fromDisk(test: TestContext, folder: string, key: string): Promise<string> {
  const { store } = testStore(test, { folder });
  await store.load('all');
  return drawJob(await store.open(key));
}

/** The text of an entry, wherever it is. */
export function entryText(folder: string, key: string): string {
  const settled = path.join(folder, 'settled');
  const where = readdirSync(folder).includes(`${key}.jsonl`) ? folder : settled;
  return readFileSync(path.join(where, `${key}.jsonl`), 'utf8');
}

/** The index of settled jobs. */
export function indexFile(folder: string): string {
  return path.join(folder, 'settled', 'index.1.jsonl');
}

export async function added(store: JobStore, idempotencyKey = 'key-1'): Promise<string> {
  const result = await store.add(plan, attempt(idempotencyKey));
  assert.ok(result.ok);
  return result.value.key;
}

/** Lets the time pass from timer to timer until the promise is settled. */
export async function whileTimePasses<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const finish = () => void (settled = true);
  promise.then(finish, finish);
  while (!settled) {
    await until(
      () => settled || 0 < clock.pending,
      () => 'nothing is waited for',
    );
    if (!settled) clock.advance(clock.nextAt - clock.monotonic());
  }
  return promise;
}

/** Makes calls that count how many of them are under way. */
export function counting(underWay: { count: number }) {
  return <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> => {
      underWay.count++;
      return call(...given).finally(() => underWay.count--);
    };
}

/** The disk as leases use it, and how many of its operations are under way. */
export function countedFiles(underWay: { count: number }, given: Partial<LeaseFiles> = {}): LeaseFiles {
  const counted = counting(underWay);
  const files: LeaseFiles = { ...fs, ...given };
  return {
    mkdir: counted((folder, options) => files.mkdir(folder, options)),
    readFile: counted((file, encoding) => files.readFile(file, encoding)),
    writeFile: counted((file, text, options) => files.writeFile(file, text, options)),
    unlink: counted(file => files.unlink(file)),
  };
}

/** Waits until nothing is under way, nor what follows from what was. */
export async function quiet(isQuiet: () => boolean): Promise<void> {
  for (let turns = 0; turns < 5;) {
    await new Promise(resolve => setImmediate(resolve));
    turns = isQuiet() ? turns + 1 : 0;
  }
}

/** A window as the poller sees it: the only one, in front of a person who is signed in, until a test says otherwise. */
export class Surroundings implements Pick<PollerParts, 'leases' | 'permission' | 'focus'> {
  enabled = true;
  focused = true;
  /** Why a tenant cannot be asked, by its name. */
  readonly barred = new Map<string, Failure>();
  /** What the leases of all tenants say. */
  private state: LeaseState | undefined;
  private readonly followers = new Set<() => void>();
  private readonly watchers = new Set<() => void>();

  readonly permission: PollerParts['permission'] = {
    isEnabled: () => this.enabled,
    mayAsk: ({ tenant }) => {
      const failure = this.barred.get(tenant);
      return Promise.resolve(failure ? { ok: false, failure } : success(undefined));
    },
  };

  readonly focus: PollerParts['focus'] = {
    isFocused: () => this.focused,
    watch: listener => {
      this.watchers.add(listener);
      return () => this.watchers.delete(listener);
    },
  };

  readonly leases: Pick<Leases, 'follow'> = {
    follow: (_scope, changed) => {
      let wanted = false;
      const tell = () => changed(this.state ?? (wanted ? { kind: 'mine', idleSince: undefined } : { kind: 'free' }));
      this.followers.add(tell);
      return {
        want: next => {
          wanted = next;
          tell();
        },
        end: () => this.followers.delete(tell),
      };
    },
  };

  focusOn(focused: boolean): void {
    this.focused = focused;
    for (const watcher of this.watchers) watcher();
  }

  /** Another window takes the leases, or gives them back. */
  lease(state: LeaseState): void {
    this.state = state;
    for (const tell of this.followers) tell();
  }
}

/**
 * Files whose operation number `failing` (from 0) fails, or every one while `broken`. Reading an entry never fails and
 * does not count: the store does so whenever the folder changes, at times of its own.
 */
export class FaultyFiles {
  count = 0;
  failing: number | undefined;
  broken = false;
  /** Whether half of a write that fails is on the disk. */
  torn = false;
  code = 'ENOSPC';
  /** Called before each operation; what it sets holds for that one already. */
  before: (name: string) => void = () => undefined;
  /** What was asked of the disk, e.g. `rename`, `sync .jsonl` or `write index`. */
  readonly operations: string[] = [];
  /** The names of entries that were opened to be read. */
  readonly entriesRead: string[] = [];
  /** Bytes by the name of the file. */
  readonly written = new Map<string, number>();
  private underWay = 0;

  /** Begins to watch anew. */
  forget(): void {
    this.operations.length = 0;
    this.entriesRead.length = 0;
    this.written.clear();
  }

  /** Resolves when nothing more is asked of the disk. */
  async idle(): Promise<void> {
    for (let turns = 0; turns < 5; turns = this.underWay === 0 ? turns + 1 : 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** Whether the operation fails that begins now. */
  private fails(name: string): boolean {
    this.before(name);
    this.operations.push(name);
    return this.count++ === this.failing || this.broken;
  }

  private async step<T>(name: string, act: () => Promise<T>): Promise<T> {
    if (this.fails(name)) throw this.fault(name);
    return this.tracked(act);
  }

  private fault(name: string): Error {
    return Object.assign(new Error(`${this.code}: injected, ${name}`), { code: this.code });
  }

  private async tracked<T>(act: () => Promise<T>): Promise<T> {
    this.underWay++;
    try {
      return await act();
    } finally {
      this.underWay--;
    }
  }

  readonly files: Files = {
    mkdir: ((...given: Parameters<typeof fs.mkdir>) => this.step('mkdir', () => fs.mkdir(...given))) as typeof fs.mkdir,
    readdir: ((folder: string) => this.step('readdir', () => fs.readdir(folder))) as typeof fs.readdir,
    rename: (from, to) => this.step('rename', () => fs.rename(from, to)),
    stat: ((file: string) => this.step('stat', () => fs.stat(file))) as typeof fs.stat,
    unlink: file => this.step('unlink', () => fs.unlink(file)),
    open: async (file, flags) => {
      const name = path.basename(String(file));
      const isIndex = name.startsWith('index.');
      if (flags === 'r' && name.endsWith('.jsonl') && !isIndex) {
        const handle = await this.tracked(() => fs.open(file, flags));
        this.entriesRead.push(name);
        return this.reader(handle);
      }
      const handle = await this.step(isIndex ? 'open index' : 'open', () => fs.open(file, flags));
      return this.faultyHandle(handle, name, isIndex ? 'index' : path.extname(name));
    },
  };

  private reader(handle: fs.FileHandle): fs.FileHandle {
    return proxied(handle, (_name, act) => this.tracked(act));
  }

  private faultyHandle(handle: fs.FileHandle, file: string, kind: string): fs.FileHandle {
    return proxied(handle, async (name, act, given) => {
      const operation = `${name} ${kind}`.trim();
      // A handle is closed even where closing reports a fault.
      if (name === 'close') await this.tracked(() => handle.close());
      const isWrite = name === 'write' || name === 'writeFile';
      const bytes = isWrite ? Buffer.from(given[0] as string | Buffer) : Buffer.alloc(0);
      if (this.fails(operation)) {
        if (isWrite && this.torn) await handle.write(bytes.subarray(0, bytes.length / 2));
        throw this.fault(operation);
      }
      if (isWrite) this.written.set(file, (this.written.get(file) ?? 0) + bytes.length);
      return name === 'close' ? undefined : this.tracked(act);
    });
  }
}

/** The real files, with a word before each operation, which may throw. Reading an entry is no operation. */
export function stepwiseFiles(step: (name: string) => void): Files {
  const faulty = new FaultyFiles();
  faulty.before = step;
  return faulty.files;
}

/** A handle whose calls go through another function. */
function proxied(
  handle: fs.FileHandle,
  call: (name: string, act: () => Promise<unknown>, given: readonly unknown[]) => Promise<unknown>,
): fs.FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        call(String(name), () => Reflect.apply(value, target, given) as Promise<unknown>, given);
    },
  });
}

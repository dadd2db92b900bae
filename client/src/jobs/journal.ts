/**
 * The journal on disk: one append-only file of JSON lines a job. Zuora has no call that lists jobs, so a lost id is a
 * lost job.
 *
 * - `<folder>/<key>.jsonl`: jobs that something is left to do for. Activation lists this folder and reads no file.
 * - `<folder>/settled/<key>.jsonl`: all others. A job moves there with its last change, and back when it is sent again.
 *   An index beside them tells what the list shows of each (jobIndex.ts).
 *
 * An entry comes into being whole: it is written and fsynced under a temporary name and then renamed, so the first line
 * of an entry is never torn. Each further record is one write to a file opened for appending, which the system keeps
 * apart from other windows' writes, and begins with a line break that ends whatever a crash left unfinished before it.
 *
 * A removed job's file is deleted: its queries are the person's data. A window that still knows the job finds no file,
 * creates none, and forgets it too.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { guarded, unlessAbsent, withCode } from './disk';
import { openIndex, type JobIndex } from './jobIndex';
import type { Written } from './model';
import { writeLine, type ChangeRecord, type FirstRecord } from './records';
import { entryKeys, entryName, settledName } from './unfinished';

/** What the journal needs of the file system; tests make its calls fail. */
export type Files = Pick<typeof fs, 'mkdir' | 'open' | 'readdir' | 'rename' | 'stat' | 'unlink'>;

export interface Journal {
  readonly folder: string;
  readonly settledFolder: string;
  /** What the list shows of settled jobs. */
  readonly index: JobIndex;
  /** Makes both folders. */
  prepare(): Promise<Written<void>>;
  /** Durable when it resolves with success: file and folder are fsynced. Without success there is no entry. */
  create(key: string, record: FirstRecord): Promise<Written<void>>;
  /** Durable when it resolves with success. `removed`: there is no such entry any more. */
  append(key: string, record: ChangeRecord): Promise<Written<'written' | 'removed'>>;
  /** The whole lines from a byte offset on, and the offset behind them. A line without its end is not yet there. */
  read(key: string, from: number): Promise<Written<Lines | 'removed'>>;
  /** The entry's size in bytes, without opening it. */
  size(key: string): Promise<Written<number | 'removed'>>;
  list(): Promise<Written<{ readonly unfinished: readonly string[]; readonly settled: readonly string[] }>>;
  /** Deletes what a crash left of entries that never came into being, where it is older than the key. */
  sweep(before: string): Promise<Written<void>>;
  /** Moves the entry to where the job belongs. */
  place(key: string, where: 'unfinished' | 'settled'): Promise<Written<void>>;
  /** Renames an entry that cannot be read, so that it is neither lost nor met again. */
  setAside(key: string): Promise<Written<void>>;
  remove(key: string): Promise<Written<void>>;
}

export interface Lines {
  readonly lines: readonly string[];
  readonly next: number;
  /** Bytes that the file had, those of a last line without its end included. */
  readonly size: number;
}

/** A larger entry is not one that we wrote: 50 queries of 20,000 characters, twice, are 4 MB in the worst encoding. */
const largestEntry = 64 * 1024 * 1024;

export function openJournal(folder: string, files: Files = fs): Journal {
  const settledFolder = path.join(folder, settledName);
  const unfinishedPath = (key: string) => path.join(folder, `${key}.jsonl`);
  const settledPath = (key: string) => path.join(settledFolder, `${key}.jsonl`);

  return {
    folder,
    settledFolder,
    index: openIndex(folder, settledFolder, files),
    prepare: () => guarded(async () => void (await files.mkdir(settledFolder, { recursive: true }))),
    create: (key, record) => guarded(() => createEntry(key, record)),
    append: (key, record) => guarded(() => appendRecord(key, record)),
    read: (key, from) => guarded(() => readLines(key, from)),
    size: key =>
      guarded(async () => {
        // It can move between two looks, hence the third.
        for (const file of [settledPath(key), unfinishedPath(key), settledPath(key)]) {
          const found = await files.stat(file).catch(unlessAbsent);
          if (found) return found.size;
        }
        return 'removed';
      }),
    list: () =>
      guarded(async () => ({
        unfinished: entryKeys(await files.readdir(folder)),
        settled: entryKeys(await files.readdir(settledFolder)),
      })),
    sweep: before =>
      guarded(async () => {
        const names = await files.readdir(folder);
        const old = names.filter(name => name.endsWith('.jsonl.tmp') && name < before);
        for (const name of old) await files.unlink(path.join(folder, name)).catch(unlessAbsent);
      }),
    place: (key, where) =>
      guarded(async () => {
        const paths = [unfinishedPath(key), settledPath(key)] as const;
        const [to, from] = where === 'unfinished' ? paths : ([paths[1], paths[0]] as const);
        // Another window may have moved or removed it.
        await files.rename(from, to).catch(unlessAbsent);
      }),
    setAside: key =>
      guarded(async () => {
        const { handle, file } = (await openEntry(key, 'r')) ?? {};
        await handle?.close();
        if (file !== undefined) await files.rename(file, `${file}.damaged`);
      }),
    remove: key =>
      guarded(async () => {
        await files.unlink(unfinishedPath(key)).catch(unlessAbsent);
        await files.unlink(settledPath(key)).catch(unlessAbsent);
      }),
  };

  async function createEntry(key: string, record: FirstRecord): Promise<void> {
    const file = unfinishedPath(key);
    const temporary = `${file}.tmp`;
    await makeFolders();
    try {
      await writeDurably(temporary, `${writeLine(record)}\n`);
      await files.rename(temporary, file);
      await syncFolder(folder);
    } catch (error) {
      // Left behind, it would be taken for a job whose answer is lost, and be sent at the next start.
      await files.unlink(file).catch(() => files.unlink(temporary).catch(() => undefined));
      throw error;
    }
  }

  /** Folders that this makes are fsynced into their parents: an entry in a folder that vanishes is no entry. */
  async function makeFolders(): Promise<void> {
    const first = await files.mkdir(settledFolder, { recursive: true });
    if (first === undefined) return;
    for (let made = settledFolder; ; made = path.dirname(made)) {
      await syncFolder(path.dirname(made));
      if (path.relative(first, made) === '' || made === path.dirname(made)) return;
    }
  }

  async function writeDurably(file: string, text: string): Promise<void> {
    const handle = await files.open(file, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function appendRecord(key: string, record: ChangeRecord): Promise<'written' | 'removed'> {
    const { handle } = (await openEntry(key, 'append')) ?? {};
    if (!handle) return 'removed';
    try {
      const bytes = Buffer.from(`\n${writeLine(record)}\n`);
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten < bytes.length) {
        throw withCode('ENOSPC', `only ${bytesWritten} of ${bytes.length} bytes were written`);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return 'written';
  }

  async function readLines(key: string, from: number): Promise<Lines | 'removed'> {
    const { handle } = (await openEntry(key, 'r')) ?? {};
    if (!handle) return 'removed';
    try {
      const { size } = await handle.stat();
      if (largestEntry < size) throw withCode('EFBIG', `the file has ${size} bytes`);
      const bytes = Buffer.alloc(Math.max(0, size - from));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
      const whole = bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf(newline) + 1);
      return { lines: whole.toString().split('\n').filter(Boolean), next: from + whole.length, size };
    } finally {
      await handle.close();
    }
  }

  /** Opens the entry where it is, never making one; it can move between the two looks, hence the third. */
  async function openEntry(key: string, mode: 'r' | 'append') {
    const flags = mode === 'r' ? 'r' : appendOnly;
    for (const file of [unfinishedPath(key), settledPath(key), unfinishedPath(key)]) {
      const handle = await files.open(file, flags).catch(unlessAbsent);
      if (handle) return { handle, file };
    }
    return undefined;
  }

  async function syncFolder(name: string): Promise<void> {
    // Windows opens no folders; NTFS keeps its own journal of names.
    if (process.platform === 'win32') return;
    const handle = await files.open(name, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** The key of an entry's file name, for those who watch the folders. */
export function entryKey(fileName: string): string | undefined {
  return entryName.exec(fileName)?.[1];
}

/** A new entry's key: its time first, so that names sort by age. */
export function createKey(now: number, random: Uint8Array): string {
  const time = new Date(now).toISOString().replace(/[-:.]/g, '');
  return `${time}-${Buffer.from(random).toString('hex')}`;
}

const newline = 10;

/** Every write goes to the end, and a missing file is not made. */
const appendOnly = fs.constants.O_WRONLY | fs.constants.O_APPEND;

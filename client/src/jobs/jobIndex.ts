/**
 * The index of settled jobs: what the list shows of each, in one file. So a history of thousands is not read entry by
 * entry.
 *
 * It holds nothing that the entries do not. They are the truth: what is missing here, damaged or out of date is read
 * from them. Therefore the file may be deleted, lines of it may get lost, and where it cannot be written nothing fails.
 *
 * - `<folder>/settled/index.1.jsonl`, where 1 is the version of its format. Another version has another file, which is
 *   neither read nor touched.
 * - A line is `["<CRC-32>",{"size":…,"key":…,…}]`: the checksum of what follows it, the job's summary, and how many bytes
 *   of the job's entry it tells of: an entry of another size has changed since. Of several lines of a job the last counts.
 * - A line is written when the job's own record is on disk and before its entry moves among the settled ones. A window
 *   that ends in between leaves the entry among the unfinished ones, which are always read.
 * - Each write is one, to a file opened for appending, which the system keeps apart from other windows' writes. It begins
 *   with a line break that ends whatever a crash left unfinished before it.
 * - Lines that no longer count are left out by writing the file anew beside it and renaming it (`compact`).
 */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { guarded, unlessAbsent } from './disk';
import type { Files } from './journal';
import { isSettled, type JobSummary, type Written } from './model';

/** Counts up with every change to what a summary has or to how it is made of an entry. */
const indexVersion = 1;

export interface IndexedJob {
  readonly summary: JobSummary;
  /** Bytes of the entry that the summary was made of. */
  readonly size: number;
}

export interface JobIndex {
  /**
   * Calls back with the jobs that it tells of, a piece of the file at a time, those written last first: they are the
   * newest ones, which people look for.
   */
  read(take: (jobs: readonly IndexedJob[]) => void): Promise<Written<IndexState>>;
  append(jobs: readonly IndexedJob[]): Promise<Written<void>>;
  /**
   * Leaves out what does not count and the jobs that do not belong. The new file is written in the place of an entry
   * that never came into being (`temporary` is its key), so that what a crash leaves of it is swept like those.
   */
  compact(belongs: (key: string) => boolean, temporary: string): Promise<Written<void>>;
}

export interface IndexState {
  /** Lines that are whole. */
  readonly lines: number;
  readonly damaged: number;
}

/** A larger file is not one that we wrote: ten thousand jobs are some 6 MB. */
const largestIndex = 256 * 1024 * 1024;

/** Read at a time; between two pieces the editor goes on. */
const pieceBytes = 256 * 1024;

/** How often the file is written anew when other windows append meanwhile. */
const compactTries = 3;

export function openIndex(folder: string, settledFolder: string, files: Files): JobIndex {
  const file = path.join(settledFolder, `index.${indexVersion}.jsonl`);

  return {
    read: take =>
      guarded(async () => {
        await setAsideTooLarge();
        let [lines, damaged] = [0, 0];
        const taken = new Set<string>();
        await eachPiece(piece => {
          const jobs: IndexedJob[] = [];
          for (const line of piece) {
            const job = readLine(line);
            if (!job) {
              damaged++;
              continue;
            }
            lines++;
            if (taken.has(job.summary.key)) continue;
            taken.add(job.summary.key);
            jobs.push(job);
          }
          take(jobs);
        });
        return { lines, damaged };
      }),
    append: jobs =>
      guarded(async () => {
        if (jobs.length === 0) return;
        const handle = await files.open(file, 'a');
        try {
          // Not fsynced: a line that a power cut takes is read from its entry.
          await handle.write(`\n${jobs.map(writeLine).join('\n')}\n`);
        } finally {
          await handle.close();
        }
      }),
    compact: (belongs, temporary) =>
      guarded(async () => {
        const target = path.join(folder, `${temporary}.jsonl.tmp`);
        for (let tries = 0; tries < compactTries; tries++) if (await rewrite(belongs, target)) return;
      }),
  };

  /** False where another window has appended meanwhile. One that does so in the last moment loses no more than a line. */
  async function rewrite(belongs: (key: string) => boolean, target: string): Promise<boolean> {
    const lines = new Map<string, string>();
    const size = await eachPiece(piece => {
      for (const line of piece) {
        const key = readLine(line)?.summary.key;
        if (key !== undefined && belongs(key) && !lines.has(key)) lines.set(key, line);
      }
    });
    if (size === 0) return true;
    try {
      const handle = await files.open(target, 'w');
      try {
        await handle.writeFile([...[...lines.values()].reverse(), ''].join('\n'));
        await handle.sync();
      } finally {
        await handle.close();
      }
      if ((await files.stat(file)).size === size) {
        await files.rename(target, file);
        return true;
      }
    } catch (error) {
      await files.unlink(target).catch(() => undefined);
      throw error;
    }
    await files.unlink(target);
    return false;
  }

  /**
   * Calls back with the lines of one piece after another, from the file's end to its start, and the last line of each
   * first. What follows the last line break is not whole yet. The bytes that the file had; 0 where there is none.
   */
  async function eachPiece(take: (lines: readonly string[]) => void): Promise<number> {
    const handle = await files.open(file, 'r').catch(unlessAbsent);
    if (!handle) return 0;
    try {
      const { size } = await handle.stat();
      /** Of lines whose start is not read yet; undefined until the last line break is found. */
      let ends: Buffer[] | undefined;
      for (let end = size; 0 < end;) {
        const start = Math.max(0, end - pieceBytes);
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
        end = start;
        const piece = ends ? buffer.subarray(0, bytesRead) : buffer.subarray(0, buffer.lastIndexOf(newline) + 1);
        if (piece.length === 0) continue;
        const first = start === 0 ? 0 : piece.indexOf(newline) + 1;
        if (start === 0 || 0 < first) {
          const whole = Buffer.concat([piece.subarray(first), ...(ends ?? [])]).toString();
          take(whole.split('\n').filter(Boolean).reverse());
          ends = [];
        }
        ends = [piece.subarray(0, first || piece.length), ...(ends ?? [])];
      }
      return size;
    } finally {
      await handle.close();
    }
  }

  async function setAsideTooLarge(): Promise<void> {
    const { size = 0 } = (await files.stat(file).catch(unlessAbsent)) ?? {};
    if (largestIndex < size) await files.rename(file, `${file}.damaged`);
  }
}

const newline = 10;

function writeLine({ summary, size }: IndexedJob): string {
  // What keeps the state from being news is known in memory only.
  const text = JSON.stringify({ size, ...summary, condition: undefined });
  return `["${checksumOf(text)}",${text}]`;
}

const checksumStart = '["'.length;
const checksumEnd = checksumStart + 8;
const textStart = checksumEnd + '",'.length;

/** Undefined where the line is not as it was written. One that is has the shape that this version wrote. */
function readLine(line: string): IndexedJob | undefined {
  const text = line.slice(textStart, -1);
  if (text === '' || line.slice(checksumStart, checksumEnd) !== checksumOf(text)) return undefined;
  const summary = JSON.parse(text) as JobSummary & { readonly size: number };
  return isSettled(summary) ? { summary, size: summary.size } : undefined;
}

function checksumOf(text: string): string {
  return crc32(text)
    .toString(16)
    .padStart(checksumEnd - checksumStart, '0');
}

/**
 * Which window polls a tenant: one, as a rule. A small file a tenant says who, and that it lives.
 *
 * A lease saves requests and guards nothing. Two windows that poll for a moment harm nobody, so nothing is locked or
 * fsynced, and where the disk refuses a window just polls. Nothing is written and no timer runs while no lease is
 * followed.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../zuora/clock';
import type { JobScope } from '../zuora/scope';
import type { Writer } from './model';
import { mayBeAlive } from './windows';

/** Whose jobs a lease is for. */
export type LeaseScope = Pick<JobScope, 'tenant' | 'origin'>;

export interface Leases {
  /** Follows a tenant's lease until its end. `changed` hears of each state, the first one included. */
  follow(scope: LeaseScope, changed: (state: LeaseState) => void): Lease;
  /** Releases all that this window holds before it returns: the process may end right after. */
  dispose(): void;
}

export interface Lease {
  /** Whether this window would poll the tenant. Nothing is looked at before the first call. */
  want(wanted: boolean): void;
  /** No job of the tenant runs any more: the file goes. */
  end(): void;
}

export type LeaseState =
  /**
   * This window polls. `idleSince` (ms since 1970): nobody has polled since then. Undefined where that is not known, or
   * where nobody else has polled since this window has.
   */
  | { readonly kind: 'mine'; readonly idleSince: number | undefined }
  /** Another window polls. */
  | { readonly kind: 'others' }
  /** Nobody polls, and this window would not. */
  | { readonly kind: 'free' };

const others: LeaseState = { kind: 'others' };
const free: LeaseState = { kind: 'free' };

/** What leases need of the file system; tests make its calls fail. */
export interface LeaseFiles {
  mkdir(folder: string, options: { readonly recursive: true }): Promise<unknown>;
  readFile(file: string, encoding: 'utf8'): Promise<string>;
  writeFile(file: string, text: string, options: { readonly flag: 'wx' | 'r+' }): Promise<void>;
  unlink(file: string): Promise<void>;
}

export interface LeaseParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly writer: Writer;
  /** Whether somebody may be looking at this window. */
  readonly isFocused: () => boolean;
  readonly files?: LeaseFiles;
}

/** The holder writes, and the others look, this often. */
const heartbeatMs = 10_000;

/** A holder that has not written for longer is taken for gone. */
const lifeMs = 30_000;

/** A window that nobody looks at lets others go first: who submits a job looks at it, and gets the quicker polls. */
const courtesyMs = 1_000;

const recordSchema = v.object({
  window: v.string(),
  host: v.string(),
  pid: v.number(),
  /** When it was written, ms since 1970. */
  at: v.number(),
  /** Whether its writer has stopped polling. */
  released: v.boolean(),
});

type LeaseRecord = v.InferOutput<typeof recordSchema>;

/**
 * Each record fills the file, in bytes, and is written over the one before: what two windows write at once is one of the
 * two, and a reader never finds half of it.
 */
const recordLength = 512;

/** The file's text, and since when (on the monotonic clock) it has been the same. */
interface Look {
  readonly text: string;
  readonly since: number;
  /** Undefined for a text that is not whole: somebody is making the file, or was killed while doing so. */
  readonly record: LeaseRecord | undefined;
}

export function openLeases({ folder, clock, writer, isFocused, files = fs }: LeaseParts): Leases {
  const releases = new Set<() => void>();

  return {
    follow,
    dispose() {
      for (const release of releases) release();
    },
  };

  function follow(scope: LeaseScope, changed: (state: LeaseState) => void): Lease {
    const file = path.join(folder, leaseFileName(scope));
    let wanted: boolean | undefined;
    let ended = false;
    let state: LeaseState | undefined;
    let last: Look | undefined;
    let cancelTimer: (() => void) | undefined;
    /** The looks at the file follow each other. */
    let turn = Promise.resolve();
    releases.add(release);

    return {
      want(next) {
        if (wanted === next || ended) return;
        const isFirst = wanted === undefined;
        wanted = next;
        if (isFirst && next && !isFocused()) lookIn(courtesyMs);
        else lookNow();
      },
      end() {
        if (ended) return;
        stop();
        turn = turn.then(async () => {
          if (state?.kind === 'mine') await files.unlink(file).catch(() => undefined);
        });
      },
    };

    function stop(): void {
      ended = true;
      cancelTimer?.();
      releases.delete(release);
    }

    function release(): void {
      stop();
      if (state?.kind !== 'mine') return;
      try {
        writeFileSync(file, text(true), { flag: 'r+' });
      } catch {
        // The others see that this window is gone by its process or its silence.
      }
    }

    function lookIn(milliseconds: number): void {
      cancelTimer?.();
      if (!ended) cancelTimer = clock.after(milliseconds, lookNow);
    }

    function lookNow(): void {
      turn = turn.then(async () => {
        if (ended) return;
        // A file that cannot be read or written keeps nobody from polling.
        const found = await look().catch((): LeaseState => (wanted ? { kind: 'mine', idleSince: undefined } : free));
        const isNews = state?.kind !== found.kind;
        state = found;
        lookIn(heartbeatMs);
        if (isNews && !ended) changed(found);
      });
    }

    async function look(): Promise<LeaseState> {
      last = await read();
      const record = last?.record;
      const isOwn = record?.window === writer.window;
      if (!wanted) {
        if (isOwn && !record.released) await files.writeFile(file, text(true), { flag: 'r+' });
        return last && !isOwn && isHeld(last) ? others : free;
      }
      if (last && !isOwn && isHeld(last)) return others;
      const idleSince = idleSinceOf(last);
      if (!(await write(last === undefined))) return others;
      // Of two windows that took it over at once, the one that wrote last has it.
      const now = isOwn ? last : await read();
      return now?.record?.window === writer.window ? { kind: 'mine', idleSince } : others;
    }

    async function read(): Promise<Look | undefined> {
      const found = await files.readFile(file, 'utf8').catch(unlessCode('ENOENT'));
      if (found === undefined) return undefined;
      return found === last?.text ? last : { text: found, since: clock.monotonic(), record: readRecord(found) };
    }

    /** False where another window was first. */
    async function write(isNew: boolean): Promise<boolean> {
      if (isNew) await files.mkdir(folder, { recursive: true });
      const write = files.writeFile(file, text(false), { flag: isNew ? 'wx' : 'r+' });
      const written = await write.then(() => true).catch(unlessCode('EEXIST', 'ENOENT'));
      return written ?? false;
    }
  }

  function text(released: boolean): string {
    const record: LeaseRecord = { ...writer, at: clock.now(), released };
    return JSON.stringify(record).padEnd(recordLength);
  }

  function isHeld({ record, since }: Look): boolean {
    // Counted here, because the time of day that the holder writes may be wrong, or ours.
    if (lifeMs < clock.monotonic() - since) return false;
    if (!record) return true;
    return !record.released && mayBeAlive(record, writer) && clock.now() - record.at <= lifeMs;
  }

  function idleSinceOf(look: Look | undefined): number | undefined {
    if (!look || look.record?.window === writer.window) return undefined;
    if (!look.record) return clock.now();
    // A holder that was killed may have polled until its next heartbeat.
    return look.record.at + (look.record.released ? 0 : heartbeatMs);
  }
}

/** Names of tenants hold any character, and are nobody's business in a folder. */
export function leaseFileName({ tenant, origin }: LeaseScope): string {
  return `${createHash('sha256').update(`${tenant}\n${origin}`).digest('hex').slice(0, 32)}.json`;
}

function readRecord(text: string): LeaseRecord | undefined {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function unlessCode(...codes: readonly string[]): (error: unknown) => undefined {
  return error => {
    if (!(error instanceof Error && 'code' in error && codes.includes(String(error.code)))) throw error;
    return undefined;
  };
}

// Result files: GET /v1/files/{id}, streamed, and either whole or not there.
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from './clock';
import { textOf, type HttpAnswer, type HttpRequest } from './transport';
import { failed, success, type Outcome } from './outcome';
import { notAnAnswer, refusalOf } from './refusals';

/** Where the bytes of a file go. A rejection ends the download with a `storage` failure. */
export interface DownloadSink {
  /** Before each attempt: what an earlier one wrote is void. */
  start(): Promise<void>;
  write(chunk: Uint8Array): Promise<void>;
}

/**
 * Saves a file under its final name only when all of it has come and is on disk; otherwise nothing is left behind and an
 * older file of that name is untouched. Its folder is made where it is missing. `fetch` streams it: `sink => client.download(scope, fileId, sink, signal)`.
 */
export async function saveFile(
  target: string,
  fetch: (sink: DownloadSink) => Promise<Outcome<{ bytes: number }>>,
): Promise<Outcome<{ bytes: number }>> {
  // A short name of our own beside the target: on the same disk for the rename, never too long, never another download's.
  const temporary = path.join(path.dirname(target), `.zoql-${process.pid}-${crypto.randomUUID()}.part`);
  let file: FileHandle | undefined;
  try {
    // Before anything is asked of the service: without a place for the file its bytes are of no use.
    await mkdir(path.dirname(target), { recursive: true });
    const outcome = await fetch({
      async start() {
        await file?.close();
        file = await open(temporary, 'w');
      },
      async write(chunk) {
        await file?.writeFile(chunk);
      },
    });
    if (!outcome.ok) return outcome;
    await file?.sync();
    await file?.close();
    file = undefined;
    await rename(temporary, target);
    return outcome;
  } catch (error) {
    return failed({ kind: 'storage', message: diskReason(error), store: 'disk' });
  } finally {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Reads the answer of a file request into the sink. */
export function readFile(clock: Clock, sink: DownloadSink) {
  return async (answer: HttpAnswer, request: HttpRequest): Promise<Outcome<{ bytes: number }>> => {
    if (answer.status !== 200) {
      const text = await textOf(answer);
      return failed(refusalOf(answer, text, request, clock) ?? notAnAnswer('part of a file came', text, request));
    }
    if (/^text\/html\b/i.test(answer.header('content-type') ?? '')) {
      return failed(notAnAnswer('a web page came where a file was expected', await textOf(answer), request));
    }
    // Refusals come with status 200 as well, and are JSON; a result never is.
    if (/^application\/json\b/i.test(answer.header('content-type') ?? '')) {
      const text = await textOf(answer);
      return failed(refusalOf(answer, text, request, clock) ?? notAnAnswer('the answer was not a file', text, request));
    }
    if (!answer.provesItsEnd) {
      return failed(notAnAnswer('the answer does not say how long the file is', '', request));
    }
    return copy(answer, sink);
  };
}

async function copy(answer: HttpAnswer, sink: DownloadSink): Promise<Outcome<{ bytes: number }>> {
  let bytes = 0;
  const started = await written(sink.start());
  if (!started.ok) return started;
  for await (const chunk of answer.chunks()) {
    const done = await written(sink.write(chunk));
    if (!done.ok) return done;
    bytes += chunk.length;
  }
  return success({ bytes });
}

async function written(writing: Promise<void>): Promise<Outcome<void>> {
  try {
    return success(await writing);
  } catch (error) {
    return failed({ kind: 'storage', message: diskReason(error), store: 'disk' });
  }
}

/** What the disk has against it, as the end of a sentence: "the disk is full". */
function diskReason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
  EROFS: 'the disk is read-only',
  ENOENT: 'the folder is not there',
  EEXIST: 'its folder cannot be made, because a file has that name',
  ENOTDIR: 'its folder cannot be made, because a file has that name',
  EISDIR: 'a folder has that name',
  ENAMETOOLONG: 'the name is too long',
};

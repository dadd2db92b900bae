/** Result files: csv, gzip or zip, kept for three days (Zuora docs, "Get results files"). */
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { day, type Clock } from './clock';
import { notFound } from './errors';
import type { Answer } from './http';
import { zipOf } from './zip';

export type FileFormat = 'csv' | 'zip' | 'gzip';

export interface FileStore {
  /** Keeps a result and answers its file id. `name` is the file's name without an extension. */
  add(name: string, format: FileFormat, csv: string): string;
  download(id: string): Answer;
  clear(): void;
}

export function createFileStore(clock: Clock): FileStore {
  const files = new Map<string, { readonly since: number; readonly answer: Answer }>();
  return {
    add(name, format, csv) {
      const id = zuoraId();
      files.set(id, { since: clock.now(), answer: fileAnswer(name, format, Buffer.from(csv, 'utf8')) });
      return id;
    },
    download(id) {
      const file = files.get(id);
      return file && clock.now() < file.since + 3 * day ? file.answer : notFound(id);
    },
    clear: () => files.clear(),
  };
}

/** 32 hexadecimal digits that begin like those of Zuora's sandboxes. Chance, not the seed: two runs share no job. */
export function zuoraId(): string {
  return `2c92c0f8${randomBytes(12).toString('hex')}`;
}

function fileAnswer(name: string, format: FileFormat, csv: Buffer): Answer {
  const { type, extension, body } = packed(name, format, csv);
  const disposition = `attachment; filename="${name}.${extension}"`;
  return { status: 200, headers: { 'Content-Type': type, 'Content-Disposition': disposition }, body };
}

function packed(name: string, format: FileFormat, csv: Buffer): { type: string; extension: string; body: Buffer } {
  switch (format) {
    case 'csv':
      return { type: 'text/csv;charset=utf-8', extension: 'csv', body: csv };
    case 'gzip':
      return { type: 'application/x-gzip', extension: 'csv.gz', body: gzipSync(csv) };
    case 'zip':
      return { type: 'application/zip', extension: 'zip', body: zipOf(`${name}.csv`, csv) };
  }
}

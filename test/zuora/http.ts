/** A request and its answer as plain data: what the stand-in's parts work with, so that only two files know sockets. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Received {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, gunzipped where Content-Encoding says gzip. */
  readonly body: string;
  /** Why the body could not be read, e.g. gzip that is none. */
  readonly unreadable: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads a request to its end. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const read = decode(Buffer.concat(chunks), request.headers['content-encoding']);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    search: url.searchParams,
    headers: request.headers,
    ...read,
  };
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'Content-Type': 'application/json;charset=utf-8', ...headers }, body };
}

export function xml(status: number, text: string): Answer {
  return { status, headers: { 'Content-Type': 'text/xml;charset=utf-8' }, body: Buffer.from(text) };
}

/** The one value of a header; undefined when it was not sent. */
export function header(received: Received, name: string): string | undefined {
  const value = received.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}

function decode(bytes: Buffer, encoding: string | undefined): Pick<Received, 'body' | 'unreadable'> {
  if (encoding === undefined || encoding === 'identity') return { body: bytes.toString('utf8'), unreadable: undefined };
  if (encoding.toLowerCase() !== 'gzip') return { body: '', unreadable: `Content-Encoding ${encoding} is not gzip` };
  try {
    return { body: gunzipSync(bytes).toString('utf8'), unreadable: undefined };
  } catch (error) {
    return { body: '', unreadable: `the gzip body cannot be read: ${String(error)}` };
  }
}

/** Writes an answer to the socket, as it is or as a fault wants it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { spoiled, type FaultAction } from './faults';
import type { Answer } from './http';

export function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  plain: Answer,
  action: FaultAction | undefined,
): void {
  const answer = action ? spoiled(action, plain) : plain;
  const { headers, body } = encoded(request, answer, action);

  switch (action?.do) {
    case 'drop':
      drop(response, answer.status, headers, body, action);
      return;
    case 'cut':
      cut(response, answer.status, headers, body, action.framing ?? 'length');
      return;
    case 'silence':
      response.writeHead(answer.status, { ...headers, 'Content-Length': String(body.length) }).flushHeaders();
      return;
    default:
      response.writeHead(answer.status, { ...headers, 'Content-Length': String(body.length) }).end(body);
  }
}

/** Ends the connection with nothing sent: with a reset, or as if the other side had finished. */
export function dropConnection(response: ServerResponse, how: 'reset' | 'end'): void {
  if (how === 'reset') response.socket?.resetAndDestroy();
  else response.socket?.destroy();
}

function drop(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  { at, how = 'reset' }: Extract<FaultAction, { do: 'drop' }>,
): void {
  if (at !== 'headers' && at !== 'body') {
    dropConnection(response, how);
    return;
  }
  response.writeHead(status, { ...headers, 'Content-Length': String(body.length) });
  // The bytes must have left before the connection ends, or the client sees neither headers nor half a body.
  const sent = (): void => void setImmediate(() => dropConnection(response, how));
  response.write(at === 'headers' ? Buffer.alloc(0) : half(body), sent);
  if (at === 'headers') {
    response.flushHeaders();
    sent();
  }
}

function cut(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  framing: 'length' | 'none' | 'chunked',
): void {
  const end = (): void => void setImmediate(() => dropConnection(response, 'end'));
  switch (framing) {
    case 'length':
      // A length that fits the half: nothing in HTTP shows that the rest is missing.
      response.writeHead(status, { ...headers, 'Content-Length': String(half(body).length) }).end(half(body));
      return;
    case 'none':
      response.useChunkedEncodingByDefault = false;
      response.writeHead(status, { ...headers, Connection: 'close' });
      response.write(half(body), end);
      return;
    case 'chunked':
      response.writeHead(status, { ...headers, 'Transfer-Encoding': 'chunked' });
      response.write(half(body), end);
  }
}

/** Gzips text for who accepts it; result files that are packed already stay as they are. */
function encoded(
  request: IncomingMessage,
  { headers, body }: Answer,
  action: FaultAction | undefined,
): { headers: Readonly<Record<string, string>>; body: Buffer } {
  if (action?.do === 'truncated-gzip') {
    return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: half(gzipSync(body)) };
  }
  const accepts = /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '');
  const isText = /^(text|application\/json)/.test(headers['Content-Type'] ?? '');
  if (!accepts || !isText || body.length === 0) return { headers, body };
  return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) };
}

function half(body: Buffer): Buffer {
  return body.subarray(0, body.length >> 1);
}

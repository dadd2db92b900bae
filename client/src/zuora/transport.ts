// One HTTP request, and every way it can end, as a value.
//
// node-fetch's own checks are not enough (measured, node-fetch 3.3.2 on Node 20): it takes half a gzip body for a whole
// one, waits for ever for a silent service, and follows a redirect to another port with the Authorization header. So it
// is told neither to decode nor to follow, and the length, the gzip trailer, the stall limit and the redirect are ours.
import { setMaxListeners } from 'node:events';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import type { Clock } from './clock';
import { failed, type Failure, type NetworkCause, type Outcome, type Sent } from './outcome';
import { clean } from './redact';
import { skewOf } from './skew';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Such as "https://rest.na.zuora.com". */
  readonly origin: string;
  /** Begins with a slash and is logged as it is: it must hold nothing secret. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends the body gzipped, with its Content-Encoding. */
  readonly gzipBody?: boolean;
  /** What must not appear in a message even if the other side sends it back. */
  readonly secrets: readonly string[];
}

/** The head of an answer, and its body to be read once. */
export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  /** True where the end of the body can be told from a lost connection: by its length, its last chunk or a gzip trailer. */
  readonly provesItsEnd: boolean;
  /** The body, without its Content-Encoding. It throws what `exchange` turns into a failure. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** What the log may know of a request. There is no field for a header, a body or a query string on purpose. */
export interface RequestLogEntry {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  /** Undefined where no answer came. */
  readonly status?: number;
  /** What the answer, or its absence, came to. */
  readonly failure?: Failure['kind'];
  readonly durationMs: number;
  readonly requestId?: string;
  readonly trackId?: string;
}

export interface Transport {
  readonly clock: Clock;
  readonly log: (entry: RequestLogEntry) => void;
  /** False in a workspace that is not trusted: then nothing is sent, whoever asks. */
  readonly mayConnect: () => boolean;
  /** Hears by how many milliseconds this computer's clock is ahead of the one that an answer is dated by. */
  readonly onSkew?: (origin: string, milliseconds: number) => void;
  /** Settings by which a workspace would lead requests elsewhere: where there are any, nothing is sent either. */
  readonly settingsOfWorkspace?: () => readonly string[];
  /** A request ends when not a byte came for this long. Default 60 s. */
  readonly stallLimitMs?: number;
}

/** The end of a body that is not the end the service meant. */
class BrokenAnswer extends Error {
  constructor(
    message: string,
    readonly excerpt = '',
  ) {
    super(message);
  }
}

/** What keeps this window from connecting to anybody; undefined where nothing does. */
export function barredBy({ mayConnect, settingsOfWorkspace }: Transport): Failure | undefined {
  if (!mayConnect()) return { kind: 'untrusted', message: 'the workspace is not trusted' };
  const settings = settingsOfWorkspace?.() ?? [];
  if (settings.length === 0) return undefined;
  return { kind: 'untrusted', message: `the workspace sets ${settings.join(', ')}`, settings };
}

/**
 * Sends one request and hands the answer to `read`, which says what it is worth. Ends as soon as any of the signals
 * aborts; never rejects unless `read` has a bug.
 */
export async function exchange<T>(
  transport: Transport,
  request: HttpRequest,
  signals: readonly AbortSignal[],
  read: (answer: HttpAnswer) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const barred = barredBy(transport);
  if (barred) return failed(barred);
  if (signals.some(signal => signal.aborted)) return failed({ kind: 'canceled', sent: 'no' });
  const unsendable = Object.entries(request.headers).find(([, value]) => !/^[\x20-\x7e]*$/.test(value));
  if (unsendable) {
    // Node would send some of these as Latin-1, which no service reads as it was meant.
    const message = `the value of the header ${unsendable[0]} has characters outside US-ASCII`;
    return failed({ kind: 'rejected', message, status: 0 });
  }

  const started = transport.clock.monotonic();
  const attempt = new Attempt(transport, signals);
  let answer: HttpAnswer | undefined;
  let outcome: Outcome<T>;
  try {
    answer = await open(request, attempt);
    const skew = skewOf(answer.header('date'), transport.clock.now(), transport.clock.monotonic() - started);
    if (skew !== undefined) transport.onSkew?.(request.origin, skew);
    outcome = await read(answer);
  } catch (error) {
    outcome = failed(attempt.failureOf(error, request));
  } finally {
    attempt.end();
  }
  const { method, origin, path } = request;
  const requestId = answer?.header('zuora-request-id');
  const trackId = answer?.header('zuora-track-id') ?? headerOf(request, 'zuora-track-id');
  transport.log({
    method,
    origin,
    path,
    ...(answer === undefined ? {} : { status: answer.status }),
    ...(outcome.ok ? {} : { failure: outcome.failure.kind }),
    durationMs: Math.round(transport.clock.monotonic() - started),
    ...(requestId === undefined ? {} : { requestId: clean(requestId, request.secrets, 64) }),
    ...(trackId === undefined ? {} : { trackId: clean(trackId, request.secrets, 64) }),
  });
  return outcome;
}

/** The body as text. A body of more than `limit` bytes is no answer of this service (default 10 MB). */
export async function textOf(answer: HttpAnswer, limit = 10_000_000): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.chunks()) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) {
      throw new BrokenAnswer(`the answer is larger than ${limit / 1_000_000} MB`, Buffer.concat(parts).toString());
    }
  }
  return Buffer.concat(parts).toString();
}

/** What ends an attempt besides its answer: the callers' signals and our stall limit. */
class Attempt {
  readonly controller = new AbortController();
  private stalled = false;
  private takeBack: (() => void) | undefined;
  private readonly abort = () => this.controller.abort();

  constructor(
    private readonly transport: Transport,
    private readonly signals: readonly AbortSignal[],
  ) {
    // One signal ends the polls of a whole window: many listeners are no leak here.
    setMaxListeners(0, ...signals);
    for (const signal of signals) signal.addEventListener('abort', this.abort);
  }

  /** Waits for something the other side has to send. */
  async waitFor<R>(promise: Promise<R>): Promise<R> {
    this.takeBack = this.transport.clock.after(this.stallLimitMs, () => {
      this.stalled = true;
      this.controller.abort();
    });
    try {
      return await promise;
    } finally {
      this.takeBack();
    }
  }

  /** Lets go of the connection, whatever state it is in. */
  end(): void {
    this.takeBack?.();
    for (const signal of this.signals) signal.removeEventListener('abort', this.abort);
    this.controller.abort();
  }

  failureOf(error: unknown, request: HttpRequest): Failure {
    if (this.signals.some(signal => signal.aborted)) return { kind: 'canceled', sent: 'maybe' };
    if (this.stalled) {
      return { kind: 'timeout', message: `nothing came for ${this.stallLimitMs / 1000} seconds`, sent: 'maybe' };
    }
    if (error instanceof BrokenAnswer) {
      const { message, excerpt } = error;
      return { kind: 'malformed', message, excerpt: clean(excerpt, request.secrets, 200) };
    }
    return networkFailure(error, request.secrets);
  }

  private get stallLimitMs(): number {
    return this.transport.stallLimitMs ?? 60_000;
  }
}

/** The headers as they leave, but for those of the connection and the length. */
export function wireHeaders(headers: HttpRequest['headers'], gzipped: boolean): Record<string, string> {
  return { 'User-Agent': 'ZOQL for VS Code', ...headers, ...(gzipped ? { 'Content-Encoding': 'gzip' } : {}) };
}

async function open(request: HttpRequest, attempt: Attempt): Promise<HttpAnswer> {
  const { default: fetch } = await import('node-fetch');
  // Given a signal that has aborted, node-fetch destroys a body that nobody listens to: an error that nobody catches.
  attempt.controller.signal.throwIfAborted();
  const gzipped = request.body !== undefined && request.gzipBody === true;
  const response = await attempt.waitFor(
    fetch(request.origin + request.path, {
      method: request.method,
      headers: wireHeaders(request.headers, gzipped),
      ...(request.body === undefined ? {} : { body: gzipped ? gzipSync(request.body) : Buffer.from(request.body) }),
      compress: false,
      redirect: 'manual',
      signal: attempt.controller.signal,
    }),
  );
  const header = (name: string) => response.headers.get(name) ?? undefined;
  const encoding = (header('content-encoding') ?? 'identity').trim().toLowerCase();
  const encoded = encoding === 'gzip' || encoding === 'x-gzip';
  return {
    status: response.status,
    header,
    provesItsEnd: encoded || header('content-length') !== undefined || header('transfer-encoding') === 'chunked',
    chunks() {
      if (!response.body) return nothing();
      const bytes = received(response.body, attempt);
      if (encoded) return gunzipped(bytes);
      if (encoding === 'identity') return bytes;
      throw new BrokenAnswer(`the answer is encoded as ${clean(encoding, [], 20)}, which was not asked for`);
    },
  };
}

async function* nothing(): AsyncIterable<Uint8Array> {}

/** The bytes as they come, each waited for no longer than the stall limit. A slow reader is not the service's stall. */
async function* received(body: NodeJS.ReadableStream, attempt: Attempt): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await attempt.waitFor(chunks.next());
    if (next.done) return;
    yield next.value as unknown as Uint8Array;
  }
}

/** Decodes gzip to the last byte: a cut body, a wrong check sum and bytes after the end are all broken answers. */
async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  let sent = 0;
  let lost: Error | undefined;
  const counted = async function* () {
    try {
      for await (const chunk of bytes) {
        sent += chunk.length;
        yield chunk;
      }
    } catch (error) {
      lost = error as Error;
      throw error;
    }
  };
  try {
    // The iteration below sees every error; the callback is only there because pipeline wants one.
    for await (const chunk of pipeline(counted, gunzip, () => undefined) as Readable) yield chunk as Uint8Array;
  } catch (error) {
    throw lost ?? new BrokenAnswer(`the answer's gzip encoding is broken (${(error as Error).message})`);
  }
  if (gunzip.bytesWritten !== sent) throw new BrokenAnswer("the answer's gzip encoding is followed by something else");
}

function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The reasons people meet, in their words. Node's codes: docs of `errors`, `dns` and `tls`. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was lost',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority this computer does not know',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

const causes: Readonly<Partial<Record<string, NetworkCause>>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  CERT_HAS_EXPIRED: 'certificate-dates',
  CERT_NOT_YET_VALID: 'certificate-dates',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-host',
};

/** Why no connection came about, by the code of Node's error; undefined for one that few people meet. */
export function networkReason(code: string): { readonly reason: string; readonly cause?: NetworkCause } | undefined {
  const reason = reasons[code];
  const cause = causes[code];
  return reason === undefined ? undefined : { reason, ...(cause && { cause }) };
}

/** Failures that can only happen before the first byte of the request is written. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_INVALID_URL',
  ...Object.keys(reasons).filter(code => code.includes('CERT') || code.startsWith('UNABLE_TO_')),
]);

/** The failure that an error of a connection is. */
export function networkFailure(error: unknown, secrets: readonly string[]): Failure {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const { erroredSysCall } = error as { erroredSysCall?: string };
  // Anything else may have been read by the service before the connection broke.
  const sent: Sent = beforeSending.has(code) || erroredSysCall === 'connect' ? 'no' : 'maybe';
  // Node's parser of HTTP names its errors HPE_….
  const known = networkReason(code);
  const reason = code.startsWith('HPE_')
    ? 'what came is not HTTP'
    : (known?.reason ?? clean(message.replace(/^request to .* failed, reason: /, ''), secrets, 200));
  const cause = known?.cause;
  return { kind: 'network', message: reason || 'the connection failed', sent, ...(cause && { cause }) };
}

/** One line for the log channel. */
export function requestLine({
  method,
  origin,
  path,
  status,
  failure,
  durationMs,
  requestId,
  trackId,
}: RequestLogEntry): string {
  const ids = [requestId && `Zuora-Request-Id ${requestId}`, trackId && `Zuora-Track-Id ${trackId}`].filter(Boolean);
  return [
    `${method} ${origin}${path} → ${[status, failure].filter(Boolean).join(' ')} in ${durationMs} ms`,
    ...ids,
  ].join(', ');
}

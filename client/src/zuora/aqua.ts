// What the client asks of Zuora: the AQuA operations below /v1/batch-query/, result files, and what objects there are.
//
// A job's scope fixes where its requests go. Nothing here reads a setting, so what settings say later cannot redirect it.
import * as v from 'valibot';
import type { Token, TokenSource } from './auth';
import { readDescription, readObjectList, type Description, type ListedObject } from './describe';
import { readFile, type DownloadSink } from './files';
import { limitsOf, type Limits } from './limits';
import { exchange, textOf, wireHeaders, type HttpAnswer, type HttpRequest, type Transport } from './transport';
import { failed, success, type Failure, type Outcome } from './outcome';
import { notAnAnswer, readJson, refusalOf } from './refusals';
import { withRetry, type Patience } from './retry';
import { idPattern, jobSchema, type AquaJob } from './schemas';
import type { JobScope, JobTarget } from './scope';

export interface SubmitRequest {
  /** The exact JSON text. A repeat with the same key sends the same bytes. */
  readonly body: string;
  /** What the settings add (Zuora-Track-Id, Zuora-Version, Accept-Encoding, extra headers); the scope's ids and ours win. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 255 characters; sent with this POST and never with anything else. */
  readonly idempotencyKey: string;
  /** Sends the body gzipped. */
  readonly gzip: boolean;
}

export interface ZuoraClient {
  /**
   * Sends the job once. Nothing is repeated here, not even the request for a token, because only the job's life knows
   * when a repeat is safe and tells the person that it waits.
   *
   * A value always has an id the service gave. A 401 comes back as `unauthorized` and drops the token, so that the next
   * call asks for a new one; the 401 itself was an answer, so that call needs a new key.
   */
  submit(scope: JobScope, request: SubmitRequest, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** The job as it is now. Repeated on network failures, 429 and 5xx, and once with a new token after a 401. */
  job(target: JobTarget, jobId: string, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** The same for those who ask again anyway: one request, and one more with a new token after a 401. */
  jobOnce(target: JobTarget, jobId: string, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** The last completed job of a stateful session; the service refuses it (`rejected`, 404) where there is none. */
  lastJob(target: JobTarget, session: Session, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** Cancels a job that is not complete; the service refuses it for one that is (`rejected`, usually code 90003). */
  cancel(target: JobTarget, jobId: string, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** Streams a result file into the sink; see files.ts for when one is whole. */
  download(
    target: JobTarget,
    fileId: string,
    sink: DownloadSink,
    signal: AbortSignal,
  ): Promise<Outcome<{ bytes: number }>>;
  /** The objects that the tenant has. Repeated like `job`. */
  objects(scope: JobScope, signal: AbortSignal): Promise<Outcome<readonly ListedObject[]>>;
  /** An object of the tenant with its fields; `rejected` with 404 where there is none of that name. Repeated like `job`. */
  describe(scope: JobScope, object: string, signal: AbortSignal): Promise<Outcome<Description>>;
  /** Lets credentials that the service has refused be tried once more by the next call: a person asks for it. */
  forgive(scope: Pick<JobScope, 'tenant' | 'origin'>): void;
}

/** What Zuora knows the jobs of a stateful export by. */
export interface Session {
  readonly partner: string;
  readonly project: string;
}

export interface ZuoraClientOptions {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  /** From 0 to below 1; spreads repeats over time. */
  readonly random: () => number;
  /** Hears what an answer says of the limits of its tenant, before anybody hears the answer. */
  readonly onLimits?: (scope: JobScope, limits: Limits) => void;
}

export function createZuoraClient({ transport, tokens, random, onLimits }: ZuoraClientOptions): ZuoraClient {
  const patience: Patience = { clock: transport.clock, random };
  const jobOnce: ZuoraClient['jobOnce'] = (target, jobId, signal) =>
    authorized(target, get(`${jobs}/${jobId}`), signal, jobReader(jobId), jobId);

  return {
    async submit(scope, request, signal) {
      const token = await tokens.get(scope, signal);
      if (!token.ok) return failed(beforeSubmit(token.failure));
      const { body, headers, idempotencyKey, gzip } = request;
      const all = postHeaders(headers, idempotencyKey);
      const call: Call = { method: 'POST', path: submitPath, headers: all, body, gzipBody: gzip };
      return send(scope, call, token.value, signal, jobReader());
    },

    job(target, jobId, signal) {
      return withRetry(patience, signal, () => jobOnce(target, jobId, signal));
    },

    jobOnce,

    lastJob(target, { partner, project }, signal) {
      const path = `${jobs}/partner/${encodeURIComponent(partner)}/project/${encodeURIComponent(project)}`;
      return withRetry(patience, signal, () => authorized(target, get(path), signal, jobReader()));
    },

    cancel(target, jobId, signal) {
      // A repeat after a lost answer would be refused for having worked; the next poll tells what became of it.
      return authorized(target, { method: 'DELETE', path: `${jobs}/${jobId}` }, signal, jobReader(jobId), jobId);
    },

    download(target, fileId, sink, signal) {
      const path = `/v1/files/${fileId}`;
      return withRetry(patience, signal, () =>
        authorized(target, get(path), signal, readFile(transport.clock, sink), fileId),
      );
    },

    objects(scope, signal) {
      const call = { ...get('/v1/describe'), headers: acceptXml };
      return withRetry(patience, signal, () => authorized(scope, call, signal, readObjectList(transport.clock)));
    },

    describe(scope, object, signal) {
      const path = `/v1/describe/${encodeURIComponent(object)}?showRelationships=true`;
      const read = readDescription(transport.clock, object);
      return withRetry(patience, signal, () => authorized(scope, { ...get(path), headers: acceptXml }, signal, read));
    },

    forgive({ tenant, origin }) {
      tokens.forgive(tenant, origin);
    },
  };

  /** One request with the shared token, and once more with a new one after a 401. */
  async function authorized<T>(
    target: JobTarget,
    call: Call,
    signal: AbortSignal,
    read: Reader<T>,
    id?: string,
  ): Promise<Outcome<T>> {
    // An id read back from disk is as little trusted as one from the service.
    if (id !== undefined && !idPattern.test(id)) {
      return failed({ kind: 'malformed', message: 'the id does not look like an id of Zuora', excerpt: '' });
    }
    const withHeaders = target.headers === undefined ? call : { ...call, headers: target.headers };
    const token = await tokens.get(target, signal);
    if (!token.ok) return token;
    const first = await send(target, withHeaders, token.value, signal, read);
    if (first.ok || first.failure.kind !== 'unauthorized') return first;
    const another = await tokens.get(target, signal);
    return another.ok ? send(target, withHeaders, another.value, signal, read) : another;
  }

  async function send<T>(
    scope: JobScope,
    call: Call,
    token: Token,
    signal: AbortSignal,
    read: Reader<T>,
  ): Promise<Outcome<T>> {
    const request: HttpRequest = {
      ...call,
      origin: scope.origin,
      headers: scopedHeaders(scope, call.headers ?? {}, token.reveal()),
      secrets: token.secrets(),
    };
    const outcome = await exchange(transport, request, [signal, token.revoked], answer => {
      const limits = limitsOf(answer);
      if (limits) onLimits?.(scope, limits);
      return read(answer, request);
    });
    if (outcome.ok || outcome.failure.kind === 'rejected') {
      tokens.accepted(token);
    } else if (outcome.failure.kind === 'unauthorized') {
      // A submit ends by itself when its second token is refused.
      if (request.method === 'POST') tokens.rejected(token, 'replayed');
      else tokens.rejected(token);
    } else if (outcome.failure.kind === 'canceled' && !signal.aborted && request.method === 'GET') {
      return failed({ kind: 'signed-out', message: 'signed out while waiting for the answer' });
    }
    return outcome;
  }

  function jobReader(expectedId?: string): Reader<AquaJob> {
    return async (answer, request) => {
      const text = await textOf(answer);
      const refusal = refusalOf(answer, text, request, transport.clock);
      if (refusal) return failed(refusal);
      const json = readJson(text);
      if (!json.ok) return failed(notAnAnswer(json.message, text, request));
      const parsed = v.safeParse(jobSchema, json.value);
      if (!parsed.success) {
        const at = v.getDotPath(parsed.issues[0]) ?? 'the answer';
        return failed(notAnAnswer(`${at} is not what Zuora sends`, text, request));
      }
      const { id, status = '', ...rest } = parsed.output;
      if (id === undefined) return failed(notAnAnswer('the answer names no job', text, request));
      if (expectedId !== undefined && id !== expectedId) {
        return failed(notAnAnswer('the answer is about another job', text, request));
      }
      return success({ ...rest, id, status });
    };
  }
}

const jobs = '/v1/batch-query/jobs';

/** Describe has no JSON. */
const acceptXml = { Accept: 'text/xml, application/xml' };

/** Where a job is sent to. */
export const submitPath = '/v1/batch-query/';

/** The headers that a job is sent with, for those who show it; the network adds only what every HTTP request has. */
export function submitHeaders(
  scope: JobScope,
  { headers, idempotencyKey, gzip }: Omit<SubmitRequest, 'body'>,
  signature: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return wireHeaders(scopedHeaders(scope, postHeaders(headers, idempotencyKey), signature), gzip);
}

function postHeaders(headers: SubmitRequest['headers'], idempotencyKey: string): Record<string, string> {
  return merge(headers, { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey });
}

function scopedHeaders(
  { entityIds, orgIds }: JobScope,
  headers: Readonly<Record<string, string>>,
  signature: Readonly<Record<string, string>>,
): Record<string, string> {
  return merge({ Accept: 'application/json' }, headers, {
    ...(entityIds === undefined ? {} : { 'Zuora-Entity-Ids': entityIds }),
    ...(orgIds === undefined ? {} : { 'Zuora-Org-Ids': orgIds }),
    ...signature,
  });
}

type Call = Pick<HttpRequest, 'method' | 'path' | 'body' | 'gzipBody'> & Partial<Pick<HttpRequest, 'headers'>>;
type Reader<T> = (answer: HttpAnswer, request: HttpRequest) => Promise<Outcome<T>>;

function get(path: string): Call {
  return { method: 'GET', path };
}

/** Headers by name in any case; later ones win. */
function merge(...all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged = new Map<string, readonly [string, string]>();
  for (const [name, value] of all.flatMap(Object.entries<string>)) merged.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(merged.values());
}

/**
 * A failure of the token request, told to the one who submits: the job was not sent. `unavailable` and `malformed` would
 * say that the job's own request was answered.
 */
function beforeSubmit(failure: Failure): Failure {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
      return { ...failure, sent: 'no' };
    case 'unavailable':
    case 'malformed':
      return { kind: 'network', message: `no token could be had, ${failure.message}`, sent: 'no' };
    case 'rejected':
      return { ...failure, sent: 'no' };
    case 'unauthorized':
    case 'throttled':
    case 'in-progress':
    case 'redirected':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return failure;
  }
}

/**
 * The local Zuora stand-in: OAuth, Describe, AQuA and files over real HTTP on loopback, with data of its own and faults
 * on demand. Start here; `main.ts` is the same as a command.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admin } from './admin';
import { createBatchQuery, type BatchQuery } from './batchQuery';
import { createClock, type Clock } from './clock';
import { generate } from './dataset/generate';
import { createTenant } from './dataset/tenant';
import { deliver, dropConnection } from './deliver';
import { describeAll, describeObject } from './describe';
import { headerRefused, methodNotAllowed, notFound, unauthorized } from './errors';
import {
  answerAfter,
  answerInstead,
  createFaults,
  UnknownFault,
  type ActiveFault,
  type Fault,
  type FaultHandle,
} from './faults';
import { createFileStore, type FileStore } from './files';
import { header, json, receive, type Answer, type Received } from './http';
import { createIdempotencyTable, type KeptAnswers } from './idempotency';
import type { Job, Pace } from './jobs';
import { createClient, createOAuth, type OAuth } from './oauth';
import { logged, type LoggedRequest } from './requestLog';
import { createEngine } from './sql/engine';
import type { Violation } from './violations';

export interface ZuoraOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Of the generated data. */
  readonly seed?: number;
  /** The last day of the generated data, `YYYY-MM-DD`; the default never changes, so that results can be drawn. */
  readonly today?: string;
  /** The stand-in's time at the start, in milliseconds since 1970; the default is the real time. */
  readonly startAt?: number;
  /** Default: 5 ms submitted and 5 ms a batch, which is quick for tests. */
  readonly pace?: Pace;
  /** Seconds; default 3599. */
  readonly tokenExpiresIn?: number;
  /** Which answers the idempotency table keeps; default all, as Zuora documents. */
  readonly keptAnswers?: KeptAnswers;
  /** Partner ids of stateful jobs; default `["zoql"]`. */
  readonly partners?: readonly string[];
  /** Default 50 stateless and 50 stateful ones. */
  readonly maxConcurrentJobs?: number;
  readonly unreadableObjects?: readonly string[];
  readonly segmentRows?: number;
}

export interface Zuora {
  /** E.g. `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Every request but the admin's, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** What no well-behaved client sends; a test ends with `assert.deepEqual(zuora.violations, [])`. */
  readonly violations: readonly Violation[];
  /** Every job made, oldest first. */
  readonly jobs: readonly Job[];
  /** How many jobs each Idempotency-Key made; jobs without a key count under the empty one. */
  readonly jobsByKey: ReadonlyMap<string, number>;
  fault(fault: Fault): FaultHandle;
  /** Puts the stand-in's clock forward: jobs go on, tokens, keys and files grow old. */
  advance(milliseconds: number): void;
  expireTokens(): void;
  /** Forgets requests, violations, jobs, keys, files and faults; tokens stay good. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts the stand-in on 127.0.0.1 and answers when it listens. */
export async function startZuora(options: ZuoraOptions = {}): Promise<Zuora> {
  const clock = createClock(options.startAt);
  const client = createClient();
  const tenant = createTenant();
  const dataset = { seed: options.seed ?? 1, today: options.today ?? '2026-11-01' };
  const engine = createEngine(tenant, () => generate(tenant, dataset), clock);
  const files = createFileStore(clock);
  const batchQuery = createBatchQuery({
    clock,
    engine,
    files,
    pace: options.pace ?? { submittedMs: 5, batchMs: 5 },
    partners: options.partners ?? ['zoql'],
    maxConcurrentJobs: options.maxConcurrentJobs ?? 50,
    unreadableObjects: options.unreadableObjects ?? [],
    segmentRows: options.segmentRows,
  });
  const oauth = createOAuth(client, clock, options.tokenExpiresIn ?? 3599);
  const keys = createIdempotencyTable(clock, options.keptAnswers ?? 'all');
  const faults = createFaults();
  const requests: LoggedRequest[] = [];
  const violations: Violation[] = [];
  const jobsByKey = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { key } of batchQuery.jobs) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  let url = '';

  const reset = (): void => {
    requests.length = 0;
    violations.length = 0;
    keys.clear();
    batchQuery.clear();
    faults.clear();
  };

  /** One request of the service, behind the idempotency table. */
  const serve = async (received: Received, fault: ActiveFault | undefined): Promise<Answer> => {
    const report = (problem: string): void => {
      violations.push({ request: `${received.method} ${received.path}`, problem });
    };
    const act = async (): Promise<{ answer: Answer; keep: boolean | undefined }> => {
      if (fault?.action.do === 'expired-token') oauth.expireAll();
      await wait(fault, 'before');
      const instead = fault && answerInstead(fault.action);
      if (instead) return instead;
      const answer = await route(received, { url, clock, oauth, batchQuery, files, report, tenant });
      return fault ? answerAfter(fault.action, answer) : { answer, keep: undefined };
    };

    const key = header(received, 'idempotency-key');
    if (key === undefined) return (await act()).answer;
    if (received.method !== 'POST' || received.path === '/oauth/token') {
      // Zuora docs, "Idempotent requests": the key must not be sent with GET, PUT and DELETE.
      report('Idempotency-Key is for POST only');
      return headerRefused('Idempotency-Key');
    }
    return keys.once(received, key, act, report);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request);
    if (received.path.startsWith('/__admin/')) {
      const parts = {
        ...{ faults, requests, violations, jobsByKey, reset },
        jobCount: () => batchQuery.jobs.length,
        advance: (milliseconds: number) => clock.advance(milliseconds),
        expireTokens: () => oauth.expireAll(),
      };
      deliver(request, response, admin(received, parts), undefined);
      return;
    }
    const entry = logged(received);
    requests.push(entry);
    const fault = faults.take(received);
    entry.fault = fault?.action.do;
    if (fault?.action.do === 'drop' && fault.action.at === 'before') {
      dropConnection(response, fault.action.how ?? 'reset');
      return;
    }
    const answer = await serve(received, fault);
    await wait(fault, 'after');
    const isLost = fault?.action.do === 'drop' && fault.action.at !== 'headers' && fault.action.at !== 'body';
    entry.status = isLost ? undefined : answer.status;
    deliver(
      request,
      response,
      { ...answer, headers: { ...commonHeaders(received), ...answer.headers } },
      fault?.action,
    );
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (error instanceof UnknownFault) {
        deliver(request, response, json(400, { message: error.message }), undefined);
        return;
      }
      // A client that hangs up is its own business; anything else is a bug here, and the test should see it.
      if (request.destroyed && !request.complete) return;
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      violations.push({ request: `${request.method} ${request.url}`, problem: `the stand-in failed: ${message}` });
      if (!response.headersSent) deliver(request, response, json(500, { message }), undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    clientId: client.id,
    clientSecret: client.secret,
    requests,
    violations,
    get jobs() {
      return batchQuery.jobs;
    },
    get jobsByKey() {
      return jobsByKey();
    },
    fault: fault => faults.add(fault),
    advance: milliseconds => clock.advance(milliseconds),
    expireTokens: () => oauth.expireAll(),
    reset,
    async stop() {
      faults.clear();
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections(); // Those that a fault keeps silent never end by themselves.
      await closed;
      engine.close();
    },
  };
}

interface Service {
  readonly url: string;
  readonly clock: Clock;
  readonly oauth: OAuth;
  readonly batchQuery: BatchQuery;
  readonly files: FileStore;
  readonly report: (problem: string) => void;
  readonly tenant: ReturnType<typeof createTenant>;
}

/** Paths as real clients write them: with or without a slash at the end, `files` or `file`. */
async function route(received: Received, { url, oauth, batchQuery, files, report, tenant }: Service): Promise<Answer> {
  const { method } = received;
  const path = received.path.replace(/\/$/, '');
  if (path === '/oauth/token') return method === 'POST' ? oauth.token(received, report) : methodNotAllowed();
  if (!oauth.admits(received)) return unauthorized();

  const [, version, resource, ...rest] = path.split('/').map(part => decodeURIComponent(part));
  if (version !== 'v1') return notFound(path);
  const [first, second, third, fourth, fifth] = rest;
  switch (resource) {
    case 'describe':
      if (method !== 'GET' || rest.length > 1) return methodNotAllowed();
      return first === undefined ? describeAll(tenant, url) : describeObject(tenant, first, url);
    case 'file':
    case 'files':
      if (method !== 'GET' || first === undefined) return methodNotAllowed();
      return files.download(first);
    case 'batch-query':
      if (rest.length === 0) return method === 'POST' ? batchQuery.submit(received, report) : methodNotAllowed();
      if (first !== 'jobs' || second === undefined) return notFound(path);
      if (second === 'partner' && fourth === 'project' && third !== undefined && fifth !== undefined) {
        return method === 'GET' ? batchQuery.last(third, fifth) : methodNotAllowed();
      }
      if (method === 'GET') return batchQuery.status(second);
      return method === 'DELETE' ? batchQuery.cancel(second) : methodNotAllowed();
    default:
      return notFound(path);
  }
}

/** What Zuora sends with every answer (OpenAPI of 2023-12-15; limits of a production tenant). */
function commonHeaders(received: Received): Record<string, string> {
  const track = header(received, 'zuora-track-id');
  return {
    'Zuora-Request-Id': randomUUID(),
    ...(track === undefined ? {} : { 'Zuora-Track-Id': track }),
    'RateLimit-Limit': '2250000, 50000;w=60, 2250000;w=3600, 27000000;w=86400',
    'RateLimit-Remaining': '49999',
    'RateLimit-Reset': '60',
    'Concurrency-Limit-Type': 'default',
    'Concurrency-Limit-Limit': '40',
    'Concurrency-Limit-Remaining': '39',
  };
}

async function wait(fault: ActiveFault | undefined, when: 'before' | 'after'): Promise<void> {
  if (!fault) return;
  const { action, released } = fault;
  if ((action.do !== 'delay' && action.do !== 'hold') || (action.when ?? 'before') !== when) return;
  await (action.do === 'hold' ? released : new Promise(resolve => setTimeout(resolve, action.ms)));
}

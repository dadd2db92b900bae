/**
 * The local Zuora stand-in: OAuth, Describe, AQuA and files over real HTTP on loopback, with data of its own and faults
 * on demand. Start here; `main.ts` is the same as a command, `service.ts` is what answers.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { admin } from './admin';
import { deliver, dropConnection } from './deliver';
import {
  createFaults,
  pause,
  UnknownFault,
  type FaultAction,
  type Faults,
  type Fault,
  type FaultHandle,
} from './faults';
import { header, json, receive, type Received } from './http';
import type { Job } from './jobs';
import { startProxy, type Proxy, type ProxyOptions } from './proxy';
import { logged, type LoggedRequest } from './requestLog';
import { createService, type Service, type ServiceOptions } from './service';
import type { Violation } from './violations';

export interface ZuoraOptions extends ServiceOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** PEM. With it the stand-in serves https as well. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Puts a forward proxy beside it, which finds "rest.example.com:443" where the stand-in serves https. */
  readonly proxy?: Pick<ProxyOptions, 'signIn'>;
}

export interface Zuora {
  /** E.g. `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  /** The same over https; empty without `tls`. */
  readonly secureUrl: string;
  /** Undefined where none was asked for. */
  readonly proxy: Proxy | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What signs a request in place of a token. */
  readonly apiAccessKey: { readonly id: string; readonly secret: string };
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
  let url = '';
  const service = createService(options, () => url);
  const { client, clock, oauth, batchQuery } = service;
  const faults = createFaults();
  const requests: LoggedRequest[] = [];
  const violations: Violation[] = [];
  const jobsByKey = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { key } of batchQuery.jobs) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const controls = {
    advance: (milliseconds: number): void => clock.advance(milliseconds),
    expireTokens: (): void => oauth.expireAll(),
    reset: (): void => {
      requests.length = 0;
      violations.length = 0;
      faults.clear();
      service.reset();
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request);
    if (!received.path.startsWith('/__admin/')) {
      await handleOne(received, request, response, { service, faults, requests, violations });
      return;
    }
    const jobCount = (): number => batchQuery.jobs.length;
    const answer = admin(received, {
      faults,
      requests,
      violations,
      jobsByKey,
      jobCount,
      passed: () => proxy?.passed ?? [],
      ...controls,
    });
    deliver(request, response, answer, undefined);
  };
  const listener: RequestListener = (request, response) => {
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
  };
  const server = createServer(listener);
  url = `http://127.0.0.1:${await listen(server, options.port)}`;
  const secure = options.tls && createTlsServer(options.tls, listener);
  const securePort = secure && (await listen(secure));
  const proxy = options.proxy && (await startProxy({ ...options.proxy, hosts: hostsOf(securePort) }));

  return {
    url,
    secureUrl: securePort === undefined ? '' : `https://127.0.0.1:${securePort}`,
    proxy,
    clientId: client.id,
    clientSecret: client.secret,
    apiAccessKey: client.apiAccessKey,
    requests,
    violations,
    get jobs() {
      return batchQuery.jobs;
    },
    get jobsByKey() {
      return jobsByKey();
    },
    fault: fault => faults.add(fault),
    ...controls,
    async stop() {
      faults.clear();
      await Promise.all([close(server), secure && close(secure), proxy?.stop()]);
      service.close();
    },
  };
}

/** Answers the port that the server listens on. */
async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeAllConnections(); // Those that a fault keeps silent never end by themselves.
  await closed;
}

function hostsOf(securePort: number | undefined): Readonly<Record<string, string>> {
  return securePort === undefined ? {} : { 'rest.example.com:443': `127.0.0.1:${securePort}` };
}

interface Handling {
  readonly service: Service;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
  readonly violations: Violation[];
}

/** One request of the service: logged, hit by its fault if it has one, answered. */
async function handleOne(
  received: Received,
  request: IncomingMessage,
  response: ServerResponse,
  { service, faults, requests, violations }: Handling,
): Promise<void> {
  const entry = logged(received);
  requests.push(entry);
  const fault = faults.take(received);
  const action = fault?.action;
  entry.fault = action?.do;
  if (action?.do === 'drop' && action.at === 'before') {
    dropConnection(response, action.how ?? 'reset');
    return;
  }
  const answer = await service.answer(received, fault, problem => {
    violations.push({ request: `${received.method} ${received.path}`, problem });
  });
  await pause(fault, 'after');
  entry.status = isLost(action) ? undefined : answer.status;
  deliver(request, response, { ...answer, headers: { ...commonHeaders(received), ...answer.headers } }, action);
}

/** Whether not even the status line goes out. */
function isLost(action: FaultAction | undefined): boolean {
  return action?.do === 'drop' && action.at !== 'headers' && action.at !== 'body';
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

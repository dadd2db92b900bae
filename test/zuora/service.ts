/** Zuora itself, without sockets: a request in, an answer out. Holds the parts together and routes to them. */
import type { Catalogue } from '../../server/src/zoql/index';
import { createBatchQuery, type BatchQuery } from './batchQuery';
import { createClock, type Clock } from './clock';
import { generate } from './dataset/generate';
import { createTenant } from './dataset/tenant';
import { describeAll, describeObject } from './describe';
import { headerRefused, methodNotAllowed, notFound, unauthorized } from './errors';
import { answerAfter, answerInstead, pause, type ActiveFault } from './faults';
import { createFileStore, type FileStore } from './files';
import { header, type Answer, type Received } from './http';
import { createIdempotencyTable, type KeptAnswers } from './idempotency';
import type { Pace } from './jobs';
import { createClient, createOAuth, type Client, type OAuth } from './oauth';
import { createEngine } from './sql/engine';

export interface ServiceOptions {
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

export interface Service {
  readonly client: Client;
  readonly clock: Clock;
  readonly oauth: OAuth;
  readonly batchQuery: BatchQuery;
  /** Answers one request; `report` hears of what no well-behaved client sends. */
  answer(received: Received, fault: ActiveFault | undefined, report: (problem: string) => void): Promise<Answer>;
  /** Forgets jobs, keys and files. */
  reset(): void;
  close(): void;
}

/** `url` answers where the service is reached, which is known only when it listens; Describe's links need it. */
export function createService(options: ServiceOptions, url: () => string): Service {
  const clock = createClock(options.startAt);
  const client = createClient();
  const tenant = createTenant();
  const dataset = { seed: options.seed ?? 1, today: options.today ?? '2026-11-01' };
  const engine = createEngine(tenant, () => generate(tenant, dataset), clock);
  const files = createFileStore(clock);
  const oauth = createOAuth(client, clock, options.tokenExpiresIn ?? 3599);
  const keys = createIdempotencyTable(clock, options.keptAnswers ?? 'all');
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

  return {
    client,
    clock,
    oauth,
    batchQuery,
    answer(received, fault, report) {
      const act = async (): Promise<{ answer: Answer; keep: boolean | undefined }> => {
        if (fault?.action.do === 'expired-token') oauth.expireAll();
        await pause(fault, 'before');
        const instead = fault && answerInstead(fault.action);
        if (instead) return instead;
        const answer = await route(received, { url: url(), oauth, batchQuery, files, report, tenant });
        return fault ? answerAfter(fault.action, answer) : { answer, keep: undefined };
      };

      const key = header(received, 'idempotency-key');
      if (key === undefined) return act().then(({ answer }) => answer);
      if (received.method !== 'POST' || received.path === '/oauth/token') {
        // Zuora docs, "Idempotent requests": the key must not be sent with GET, PUT and DELETE.
        report('Idempotency-Key is for POST only');
        return Promise.resolve(headerRefused('Idempotency-Key'));
      }
      return keys.once(received, key, act, report);
    },
    reset() {
      keys.clear();
      batchQuery.clear();
    },
    close: () => engine.close(),
  };
}

interface Routing {
  readonly url: string;
  readonly oauth: OAuth;
  readonly batchQuery: BatchQuery;
  readonly files: FileStore;
  readonly report: (problem: string) => void;
  readonly tenant: Catalogue;
}

/** Paths as real clients write them: with or without a slash at the end, `files` or `file`. */
async function route(received: Received, { url, oauth, batchQuery, files, report, tenant }: Routing): Promise<Answer> {
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

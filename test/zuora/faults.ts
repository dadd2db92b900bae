/**
 * What can go wrong on demand. A fault is plain data; it comes with one request (header `X-Zuora-Fault`), or waits for
 * the requests that its matcher names.
 */
import { header, json, type Answer, type Received } from './http';
import { unauthorized } from './errors';

/**
 * `before`: the service never sees the request, no job is made. `after`: the service has done its work and keeps its
 * answer for the Idempotency-Key; what is spoiled is this delivery of it.
 */
export type Moment = 'before' | 'after';

export type FaultAction =
  /** Answers with a status of its own; `after` makes the job first. `stored` overrules the idempotency table's rule. */
  | {
      readonly do: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: Moment;
      readonly stored?: boolean;
    }
  /** Waits, in real time; before the work the key is in flight (409), after it the answer is already kept. */
  | { readonly do: 'delay'; readonly ms: number; readonly when?: Moment }
  /** Waits until it is released. */
  | { readonly do: 'hold'; readonly when?: Moment }
  /** Ends the connection: before the work, after it, with only the headers sent, or in the middle of the body. */
  | { readonly do: 'drop'; readonly at?: 'before' | 'after' | 'headers' | 'body'; readonly how?: 'reset' | 'end' }
  /** Half a body that looks whole to a client: `length` names half, `none` names no length and ends the connection. */
  | { readonly do: 'cut'; readonly framing?: 'length' | 'none' | 'chunked' }
  | { readonly do: 'malformed-json' }
  /** The page of a proxy or a sign-in, with a status of its own (200). */
  | { readonly do: 'html'; readonly status?: number; readonly when?: Moment }
  /** Content-Encoding: gzip with a stream that is cut in half; its length is right. */
  | { readonly do: 'truncated-gzip' }
  /** One byte in the middle of the body is another. */
  | { readonly do: 'flipped-byte' }
  | {
      readonly do: 'too-many-requests';
      readonly retryAfter?: string;
      readonly reset?: string;
      readonly stored?: boolean;
    }
  /** 401, and every token given so far is expired. */
  | { readonly do: 'expired-token'; readonly stored?: boolean }
  | { readonly do: 'redirect'; readonly to: string; readonly status?: number }
  /** Headers, then nothing for ever. */
  | { readonly do: 'silence' }
  /** The job's answer comes with this id (default one with `../`), or with none. */
  | { readonly do: 'job-id'; readonly id?: string | null }
  /** Adds or replaces headers of the answer. */
  | { readonly do: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** Merges fields into the JSON answer, e.g. `{ "status": "thinking" }`. */
  | { readonly do: 'patch'; readonly fields: Readonly<Record<string, unknown>> };

export interface FaultMatch {
  readonly method?: string;
  /** The path begins with this. */
  readonly path?: string;
  /** Only from the nth matching request on, counted from 1 when the fault is set. */
  readonly nth?: number;
}

/** A fault waiting for its requests. `times`: how many it hits; default 1. */
export type Fault = FaultAction & { readonly match?: FaultMatch; readonly times?: number };

/** A fault that has met its request. */
export interface ActiveFault {
  readonly action: FaultAction;
  /** Resolves at `release()`; for `hold`. */
  readonly released: Promise<void>;
}

export interface FaultHandle {
  /** How many requests the fault has met. */
  readonly hits: number;
  /** Lets the requests go on that a `hold` keeps. */
  release(): void;
  /** Takes the fault back. */
  remove(): void;
}

export interface Faults {
  add(fault: Fault): FaultHandle;
  /** The fault for this request, if one is due: its header's, else the oldest that matches. */
  take(received: Received): ActiveFault | undefined;
  releaseAll(): void;
  clear(): void;
}

interface Waiting {
  readonly fault: Fault;
  readonly released: Promise<void>;
  readonly release: () => void;
  seen: number;
  hits: number;
}

export function createFaults(): Faults {
  let waiting: Waiting[] = [];
  const releases = new Set<() => void>();

  const wait = (fault: Fault): Waiting => {
    let release = (): void => undefined;
    const released = new Promise<void>(resolve => (release = resolve));
    releases.add(release);
    return { fault, released, release, seen: 0, hits: 0 };
  };
  const releaseAll = (): void => {
    for (const release of releases) release();
    releases.clear();
  };

  return {
    add(fault) {
      const entry = wait(fault);
      waiting.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        release: entry.release,
        remove: () => {
          waiting = waiting.filter(other => other !== entry);
        },
      };
    },
    take(received) {
      const asked = header(received, 'x-zuora-fault');
      if (asked !== undefined) {
        const { released } = wait(readFault(asked));
        return { action: readFault(asked), released };
      }
      let found: Waiting | undefined;
      for (const entry of waiting) {
        if (!matches(entry.fault.match ?? {}, received)) continue;
        entry.seen++; // Every fault counts every request it matches, also while another one is hit.
        if (!found && (entry.fault.match?.nth ?? 1) <= entry.seen) found = entry;
      }
      if (!found) return undefined;
      found.hits++;
      const spent = found;
      if (spent.hits >= (spent.fault.times ?? 1)) waiting = waiting.filter(entry => entry !== spent);
      return { action: spent.fault, released: spent.released };
    },
    releaseAll,
    clear() {
      waiting = [];
      releaseAll();
    },
  };
}

/**
 * Reads a fault from JSON, or from the bare name of one that needs no more: `X-Zuora-Fault: drop`. Throws UnknownFault.
 */
export function readFault(text: string): Fault {
  const fault = text.trimStart().startsWith('{') ? parsed(text) : { do: text.trim() };
  if (!isFault(fault)) throw new UnknownFault(`There is no such fault: ${text}`);
  return fault;
}

/** A test has asked for a fault that does not exist. */
export class UnknownFault extends Error {}

/** Waits where the fault wants it, before the service's work or after it. */
export async function pause(fault: ActiveFault | undefined, moment: Moment): Promise<void> {
  if (!fault) return;
  const { action, released } = fault;
  if ((action.do !== 'delay' && action.do !== 'hold') || (action.when ?? 'before') !== moment) return;
  await (action.do === 'hold' ? released : new Promise(resolve => setTimeout(resolve, action.ms)));
}

/** What is answered in place of the service's work; undefined where the service is to work. */
export function answerInstead(
  action: FaultAction,
): { readonly answer: Answer; readonly keep: boolean | undefined } | undefined {
  switch (action.do) {
    case 'status':
      return action.when === 'after' ? undefined : { answer: statusAnswer(action), keep: action.stored };
    case 'too-many-requests': {
      const headers = {
        ...(action.retryAfter === undefined ? {} : { 'Retry-After': action.retryAfter }),
        ...(action.reset === undefined ? {} : { 'RateLimit-Reset': action.reset }),
      };
      return { answer: json(429, { message: 'Too Many Requests' }, headers), keep: action.stored };
    }
    case 'expired-token':
      return { answer: unauthorized(), keep: action.stored };
    case 'redirect': {
      const headers = { Location: action.to };
      return { answer: { status: action.status ?? 302, headers, body: Buffer.alloc(0) }, keep: false };
    }
    case 'html':
      return action.when === 'after' ? undefined : { answer: htmlPage(action.status ?? 200), keep: false };
    default:
      return undefined;
  }
}

/** The answer of a service that has done its work and then answers badly; `keep` as for `answerInstead`. */
export function answerAfter(
  action: FaultAction,
  answer: Answer,
): { readonly answer: Answer; readonly keep: boolean | undefined } {
  switch (action.do) {
    case 'status':
      return action.when === 'after'
        ? { answer: statusAnswer(action), keep: action.stored }
        : { answer, keep: undefined };
    case 'job-id':
      return {
        answer: withFields(answer, { id: action.id === undefined ? '../../etc/passwd' : action.id }),
        keep: undefined,
      };
    case 'patch':
      return { answer: withFields(answer, action.fields), keep: undefined };
    default:
      return { answer, keep: undefined };
  }
}

/** What a delivery makes of a good answer on its way to the client. */
export function spoiled(action: FaultAction, answer: Answer): Answer {
  const { body } = answer;
  switch (action.do) {
    case 'malformed-json':
      return { ...answer, body: Buffer.from(`${body.toString('utf8').slice(0, -1)},,}`) };
    case 'html':
      return action.when === 'after' ? htmlPage(action.status ?? 200) : answer;
    case 'flipped-byte': {
      const copy = Buffer.from(body);
      const middle = copy.length >> 1;
      if (copy.length > 0) copy[middle] = (copy[middle] ?? 0) ^ 0x55;
      return { ...answer, body: copy };
    }
    case 'headers':
      return { ...answer, headers: { ...answer.headers, ...action.headers } };
    default:
      return answer;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function matches(match: FaultMatch, { method, path }: Received): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match.path === undefined || path.startsWith(match.path);
}

function statusAnswer(action: Extract<FaultAction, { do: 'status' }>): Answer {
  const { status, body, headers } = action;
  if (typeof body === 'string') {
    return { status, headers: { 'Content-Type': 'text/plain;charset=utf-8', ...headers }, body: Buffer.from(body) };
  }
  return json(
    status,
    body ?? { success: false, reasons: [{ code: 50_000_060, message: `Injected ${status}` }] },
    headers,
  );
}

function htmlPage(status: number): Answer {
  const page =
    '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in to the proxy.</body></html>\n';
  return { status, headers: { 'Content-Type': 'text/html;charset=utf-8' }, body: Buffer.from(page) };
}

/** Only an answer that is an object of JSON has fields; others stay as they are. A null takes the field away. */
function withFields(answer: Answer, fields: Readonly<Record<string, unknown>>): Answer {
  if (!answer.headers['Content-Type']?.startsWith('application/json')) return answer;
  const value = { ...(JSON.parse(answer.body.toString('utf8')) as Record<string, unknown>), ...fields };
  for (const name of Object.keys(fields)) if (fields[name] === null) delete value[name];
  return { ...answer, body: Buffer.from(JSON.stringify(value)) };
}

const actionNames: Readonly<Record<FaultAction['do'], true>> = {
  status: true,
  delay: true,
  hold: true,
  drop: true,
  cut: true,
  'malformed-json': true,
  html: true,
  'truncated-gzip': true,
  'flipped-byte': true,
  'too-many-requests': true,
  'expired-token': true,
  redirect: true,
  silence: true,
  'job-id': true,
  headers: true,
  patch: true,
};

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'do' in value && Object.hasOwn(actionNames, String(value.do));
}

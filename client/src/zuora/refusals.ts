// What Zuora says when it says no. It says it in eight shapes, with any status, 200 included.
import type { Clock } from './clock';
import type { HttpAnswer, HttpRequest } from './transport';
import type { Failure, Rejection } from './outcome';
import { clean, withoutSecrets } from './redact';

interface Refusal {
  readonly message: string;
  readonly code?: string;
  readonly reasons?: readonly string[];
}

/** Zuora's batch messages have at most 2,048 characters (Zuora, Get Job Results). */
const messageLimit = 2_048;

/** No wait that a service asks for is longer than this for us; the person can always send again by hand. */
const longestWaitMs = 300_000;

/**
 * What an answer says apart from its content: undefined for one whose content is to be read, otherwise the failure its
 * status or its body tells. `text` is the body.
 */
export function refusalOf(answer: HttpAnswer, text: string, request: HttpRequest, clock: Clock): Failure | undefined {
  const { status } = answer;
  // A proxy on the way, which has passed nothing on (RFC 9110, 15.5.8).
  if (status === 407) {
    return { kind: 'network', message: 'the proxy asks for a sign-in of its own', sent: 'no', cause: 'proxy-sign-in' };
  }
  if (300 <= status && status < 400) return redirected(answer, request);
  const refusal = readRefusal(text, status);
  if (200 <= status && status < 300) return refusal && rejected(refusal, status, request);

  const message = clean(refusal?.message ?? '', request.secrets, messageLimit) || `HTTP status ${status}`;
  if (status === 401) return { kind: 'unauthorized', message, status };
  if (status === 429) return { kind: 'throttled', message, ...capped(retryAfter(answer, clock) ?? limitReset(answer)) };
  if (500 <= status) return { kind: 'unavailable', message, status, ...capped(retryAfter(answer, clock)) };
  // Only a POST carries an Idempotency-Key, whose first request may still be under way (Zuora, Idempotent requests).
  if (status === 409 && request.method === 'POST') return { kind: 'in-progress', message };
  return rejected(refusal ?? { message: '' }, status, request);
}

/** The answer when something that is no Zuora spoke, or Zuora was cut short. */
export function notAnAnswer(what: string, text: string, request: HttpRequest): Failure {
  return { kind: 'malformed', message: what, excerpt: clean(text, request.secrets, 200) };
}

/** Parses a body that has to be a JSON object; `message` says what it was instead. */
export function readJson(
  text: string,
): { readonly ok: true; readonly value: object } | { readonly ok: false; readonly message: string } {
  const start = text.trimStart().slice(0, 1);
  if (start === '') return { ok: false, message: 'the answer was empty' };
  if (start === '<') return { ok: false, message: 'a web page came where JSON was expected' };
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { ok: true, value };
    return { ok: false, message: 'the answer was not a JSON object' };
  } catch {
    return { ok: false, message: 'the answer was not whole JSON' };
  }
}

function rejected(refusal: Refusal, status: number, request: HttpRequest): Rejection {
  const tidy = (text: string) => clean(text, request.secrets, messageLimit);
  const culprit = culpritOf(refusal.message);
  return {
    kind: 'rejected',
    message: tidy(refusal.message) || `HTTP status ${status}`,
    status,
    ...(refusal.code === undefined ? {} : { code: clean(refusal.code, request.secrets, 64) }),
    ...(refusal.reasons === undefined ? {} : { reasons: refusal.reasons.map(tidy) }),
    ...(culprit === undefined
      ? {}
      : { culprit: { error: tidy(culprit.error), query: withoutSecrets(culprit.query, request.secrets) } }),
  };
}

/**
 * "… (Error = There is no field named X, Query = SELECT …)": AQuA's 90005 since 2023. A long query may be cut, and its
 * parenthesis with it.
 */
export function culpritOf(message: string): { readonly error: string; readonly query: string } | undefined {
  const [, error, query] = /\(Error = ([\s\S]*?), Query = ([\s\S]*?)\)?\s*$/.exec(message) ?? [];
  return error === undefined || query === undefined ? undefined : { error, query };
}

/**
 * The refusal in a body, whichever of Zuora's shapes it has; undefined for one that refuses nothing. With a status that
 * says no, any message is one: wrong credentials get `{"message": "…", "reason": "…"}`.
 */
function readRefusal(text: string, status: number): Refusal | undefined {
  const json = readJson(text);
  if (!json.ok) return readXmlRefusal(text);
  const body = json.value as Readonly<Partial<Record<string, unknown>>>;

  // An AQuA job that was made can have an error of its own; it is a job first.
  if (typeof body['id'] === 'string' && body['success'] !== false) return undefined;

  const listed = [body['reasons'], body['Errors'], body['errors'], body['faults']].find(Array.isArray) as
    unknown[] | undefined;
  const entries = (listed ?? []).filter(isObject).map(readEntry);
  const [first] = entries;
  if (first) {
    return { ...first, ...(entries.length < 2 ? {} : { reasons: entries.map(({ message }) => message) }) };
  }
  const own = readEntry(body);
  const refuses =
    400 <= status ||
    body['success'] === false ||
    body['Success'] === false ||
    body['status'] === 'error' ||
    own.code !== undefined ||
    Object.keys(body).every(key => key === 'message');
  return refuses && (own.message !== '' || own.code !== undefined) ? own : undefined;
}

/** One code and one message, under any of the names Zuora and its token endpoint use. */
function readEntry(body: object): Refusal {
  const fields = body as Readonly<Partial<Record<string, unknown>>>;
  const text = (...names: string[]) => {
    const value = names.map(name => fields[name]).find(each => typeof each === 'string' || typeof each === 'number');
    return value === undefined ? undefined : String(value);
  };
  const code = text('errorCode', 'code', 'Code', 'faultCode', 'FaultCode', 'error');
  const message =
    text('message', 'Message', 'faultMessage', 'FaultMessage', 'error_description', 'reason') ?? code ?? '';
  return { message, ...(code === undefined ? {} : { code }) };
}

/** Describe and the file service answer errors in XML: their texts, without the tags, are the message. */
function readXmlRefusal(text: string): Refusal | undefined {
  if (/^\s*(<!doctype html|<html)/i.test(text)) return undefined;
  const limit = /<security:max-object-size>([^<]+)</.exec(text)?.[1];
  if (limit !== undefined) return { message: `the file is larger than ${limit}`, code: 'max-object-size' };
  if (!/^\s*(<\?xml[^>]*>\s*)?<(error|fault)/i.test(text)) return undefined;
  return { message: text.slice(0, 20_000).replace(/<[^>]*>/g, ' ') };
}

function redirected(answer: HttpAnswer, request: HttpRequest): Failure {
  const raw = answer.header('location') ?? '';
  const target = URL.canParse(raw, request.origin) ? new URL(raw, request.origin) : undefined;
  // A signed address of a file store carries its credentials in the query.
  const location = clean(target ? target.origin + target.pathname : '', request.secrets, 200);
  const message = location ? `a redirect to ${location}` : 'a redirect to nowhere';
  return { kind: 'redirected', message, status: answer.status, location };
}

/** How long the service asks us to wait: Retry-After in seconds or as a date (Zuora, Rate limits), in ms. */
function retryAfter(answer: HttpAnswer, clock: Clock): number | undefined {
  const asked = answer.header('retry-after')?.trim();
  return seconds(asked) ?? untilDate(asked, answer, clock);
}

/** When the limit's window begins anew, in ms. Zuora sends it with every answer; it says something only with a 429. */
function limitReset(answer: HttpAnswer): number | undefined {
  return seconds(answer.header('ratelimit-reset')?.trim());
}

function capped(wait: number | undefined): { retryAfterMs?: number } {
  return wait === undefined ? {} : { retryAfterMs: Math.min(wait, longestWaitMs) };
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : undefined;
}

/** Counted from the service's own Date, because this computer's clock may be wrong. */
function untilDate(text: string | undefined, answer: HttpAnswer, clock: Clock): number | undefined {
  if (text === undefined || !/[A-Za-z]/.test(text)) return undefined;
  const theirs = Date.parse(answer.header('date') ?? '');
  const wait = Date.parse(text) - (Number.isNaN(theirs) ? clock.now() : theirs);
  return 0 <= wait ? wait : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

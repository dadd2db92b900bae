// How much more the service takes of a tenant, as it says with every answer (Zuora docs, rate limits, 2026-09).
import type { HttpAnswer } from './transport';

export interface Limits {
  /** `RateLimit-*`. */
  readonly rate?: RateLimit;
  /** `Concurrency-Limit-*`. */
  readonly concurrency?: ConcurrencyLimit;
}

export interface RateLimit {
  /** Requests of the narrowest window, mostly the minute; 0 where the service does not say. */
  readonly limit: number;
  readonly remaining: number;
  /** Until the window begins anew. */
  readonly resetMs: number;
}

export interface ConcurrencyLimit {
  /** Requests at a time, of everybody who uses the tenant. */
  readonly limit: number;
  readonly remaining: number;
}

/** What an answer says of the tenant's limits; undefined where it says nothing that can be read. */
export function limitsOf({ header }: Pick<HttpAnswer, 'header'>): Limits | undefined {
  const rate = rateOf(header);
  const concurrency = concurrencyOf(header);
  return rate || concurrency ? { ...(rate && { rate }), ...(concurrency && { concurrency }) } : undefined;
}

function rateOf(header: HttpAnswer['header']): RateLimit | undefined {
  const remaining = count(header('ratelimit-remaining'));
  const reset = count(header('ratelimit-reset'));
  if (remaining === undefined || reset === undefined) return undefined;
  // "2250000, 50000;w=60, 2250000;w=3600": the present window's limit, then each window's with its seconds.
  const windows = (header('ratelimit-limit') ?? '').split(',').map(each => count(each.split(';')[0]));
  const limits = windows.filter(limit => limit !== undefined);
  return { limit: limits.length === 0 ? 0 : Math.min(...limits), remaining, resetMs: reset * 1000 };
}

function concurrencyOf(header: HttpAnswer['header']): ConcurrencyLimit | undefined {
  const limit = count(header('concurrency-limit-limit'));
  const remaining = count(header('concurrency-limit-remaining'));
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

function count(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

// What a call to Zuora comes back with. Whatever the network, the service or a proxy does is a value here, tagged by what
// the caller can do next; an exception is a bug of ours. The sentence a person reads is made in ../words.ts.

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/**
 * Whether the service may have acted on a request whose answer did not come: `no` only where the request certainly never
 * reached it (unknown host, connection refused, certificate not accepted, canceled before sending).
 */
export type Sent = 'no' | 'maybe';

/** What of the network failed, where a person can do something about it in particular. */
export type NetworkCause =
  | 'unknown-host'
  /** The proxy asks for a sign-in of its own (status 407). */
  | 'proxy-sign-in'
  /** The certificate is self-signed, or signed by an authority that this computer does not know. */
  | 'unknown-authority'
  /** By this computer's clock, the certificate is no longer or not yet valid. */
  | 'certificate-dates'
  | 'certificate-host';

/** Every `message` and `excerpt` is free of secrets and control characters. */
export type Failure =
  /** No answer came: no connection, a lost connection, a certificate that was not accepted. */
  | { readonly kind: 'network'; readonly message: string; readonly sent: Sent; readonly cause?: NetworkCause }
  /** Not a byte came for as long as our stall limit. */
  | { readonly kind: 'timeout'; readonly message: string; readonly sent: Sent }
  /** The caller's signal ended it. */
  | { readonly kind: 'canceled'; readonly sent: Sent }
  /** The service refuses the client credentials, or a token it issued: a 401 (or 400 `invalid_client`). */
  | { readonly kind: 'unauthorized'; readonly message: string; readonly status: number }
  /** 429. Without `retryAfterMs` (at most five minutes) the service named no usable time. */
  | { readonly kind: 'throttled'; readonly message: string; readonly retryAfterMs?: number }
  /** 409 for a POST: the first request with this Idempotency-Key is still being worked on. */
  | { readonly kind: 'in-progress'; readonly message: string }
  | Rejection
  /** 5xx: a received answer, which the service may replay for the same Idempotency-Key. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly status: number; readonly retryAfterMs?: number }
  /** Any 3xx. It was not followed; `location` is where it pointed, without query and user info, for people to read. */
  | { readonly kind: 'redirected'; readonly message: string; readonly status: number; readonly location: string }
  /** Something answered that is not Zuora, or an answer arrived incomplete. `excerpt`: its first 200 characters. */
  | { readonly kind: 'malformed'; readonly message: string; readonly excerpt: string }
  /** There are no credentials for this tenant and host; nothing was sent. */
  | { readonly kind: 'signed-out'; readonly message: string }
  /** The workspace is not trusted, or has these settings, which lead requests elsewhere; nothing was sent. */
  | { readonly kind: 'untrusted'; readonly message: string; readonly settings?: readonly string[] }
  /** This computer failed, not the service: the editor's secret storage, or the disk a file was to be written to. */
  | { readonly kind: 'storage'; readonly message: string; readonly store: 'secrets' | 'disk' };

/** The service understood and said no: a 4xx, `success: false`, or `status: "error"` without a job (often with HTTP 200). */
export interface Rejection {
  readonly kind: 'rejected';
  readonly message: string;
  readonly status: number;
  /** Zuora's code as text: "90005", "53200020", "INVALID_VALUE". */
  readonly code?: string;
  /** Every reason where the service gave several; the first is also `message`. */
  readonly reasons?: readonly string[];
  /** `no`: the request for a token was refused, so that this request itself was not sent. */
  readonly sent?: 'no';
  /** AQuA's 90005 names the query it could not read, as it was sent, and what it says is wrong with it. */
  readonly culprit?: { readonly error: string; readonly query: string };
}

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** True where the service may have done what was asked although we did not hear so. */
export function mayHaveActed(failure: Failure): boolean {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
      return failure.sent === 'maybe';
    case 'in-progress':
    case 'unavailable':
    case 'malformed':
      return true;
    case 'unauthorized':
    case 'throttled':
    case 'rejected':
    case 'redirected':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return false;
  }
}

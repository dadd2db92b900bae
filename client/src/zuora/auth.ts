// What signs requests: access tokens by OAuth's client credentials grant, POST /oauth/token (Zuora, Create an OAuth
// token), or a user's API access key, which older tenants take with every request instead.
//
// A token lives in memory only, one for each tenant, origin, client and entity, and is shared by every caller. Its life is
// counted on a clock that nobody can set, from the moment it came: a wrong time of day neither keeps a dead token nor asks
// for a new one again and again.
import { setMaxListeners } from 'node:events';
import * as v from 'valibot';
import { failed, success, type Failure, type Outcome } from './outcome';
import { exchange, textOf, type HttpRequest, type Transport } from './transport';
import { notAnAnswer, readJson, refusalOf } from './refusals';
import { delayMs } from './retry';
import { tokenSchema } from './schemas';
import type { JobScope } from './scope';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A user's name and password, as the headers call them (Zuora API reference, "Authentication", legacy). */
export interface ApiAccessKey {
  readonly apiAccessKeyId: string;
  readonly apiSecretAccessKey: string;
}

export type Credentials = ClientCredentials | ApiAccessKey;

export function isApiAccessKey(credentials: Credentials): credentials is ApiAccessKey {
  return 'apiAccessKeyId' in credentials;
}

/** What signs requests. It prints as `***` wherever an object ends up by accident: logs, JSON, templates, inspectors. */
export class Token {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];
  readonly #revoked = new AbortController();

  private constructor(headers: Readonly<Record<string, string>>, secrets: readonly string[]) {
    this.#headers = headers;
    this.#secrets = secrets;
  }

  static bearer(value: string): Token {
    return new Token({ Authorization: `Bearer ${value}` }, [value]);
  }

  static ofApiAccessKey({ apiAccessKeyId, apiSecretAccessKey }: ApiAccessKey): Token {
    return new Token({ apiAccessKeyId, apiSecretAccessKey }, [apiSecretAccessKey, apiAccessKeyId]);
  }

  /** The headers that it signs with: the one way to its text. */
  reveal(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** What of it must not be told again. */
  secrets(): readonly string[] {
    return this.#secrets;
  }

  /** Aborts when the person signs out: requests under way with this token end. */
  get revoked(): AbortSignal {
    return this.#revoked.signal;
  }

  revoke(): void {
    this.#revoked.abort();
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}

export interface TokenSource {
  /** The shared token, or a new one when there is none or it ends within a minute. One request serves all who ask at once. */
  get(scope: JobScope, signal: AbortSignal): Promise<Outcome<Token>>;
  /** The service took the token. */
  accepted(token: Token): void;
  /**
   * The service answered 401 to the token: the next `get` asks for another, unless that was already another. With
   * `replayed` it may be the answer to an earlier token, which Zuora gives again for the same Idempotency-Key: that says
   * nothing of the credentials.
   */
  rejected(token: Token, how?: 'replayed'): void;
  /** Lets credentials of a tenant's origin that the service has refused be tried once more; what is under way goes on. */
  forgive(tenant: string, origin: string): void;
  /** Drops every token of a tenant's origin, ends the requests that use one, and forgets that credentials were refused. */
  forget(tenant: string, origin: string): void;
}

export interface TokenSourceOptions {
  readonly transport: Transport;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** `signed-out` where there are none, `storage` where they cannot be read. */
  readonly credentialsFor: (scope: JobScope) => Promise<Outcome<Credentials>>;
}

const refreshBeforeEndMs = 60_000;
const defaultLifeSeconds = 300;
const longestLifeSeconds = 86_400;
const longestPauseMs = 10_000;

/** Everything known of the token of one tenant, origin, client and entity. */
interface Slot {
  readonly tenant: string;
  readonly origin: string;
  /** A key needs no request, and does not get better by asking again. */
  readonly isKey: boolean;
  token?: { readonly value: Token; readonly refreshAt: number };
  flight?: Flight;
  /** Tokens that got a 401 since the last one that was taken. */
  rejections: number;
  /** The service refuses these credentials: asking again with them is pointless until the person acts. */
  refused?: Failure;
  /** After a failure the token endpoint is left alone for a while, however many ask: it is limited to 100 a minute. */
  pause?: { readonly until: number; readonly failure: Failure };
  failures: number;
}

/** One request for a token, and how many wait for it. */
interface Flight {
  readonly outcome: Promise<Outcome<Token>>;
  readonly controller: AbortController;
  waiting: number;
}

export function createTokenSource({ transport, random, credentialsFor }: TokenSourceOptions): TokenSource {
  const { clock } = transport;
  const slots = new Map<string, Slot>();
  const slotOf = (token: Token) => [...slots.values()].find(slot => slot.token?.value === token);

  return {
    async get(scope, signal) {
      const credentials = await credentialsFor(scope);
      if (!credentials.ok) return credentials;
      if (signal.aborted) return failed({ kind: 'canceled', sent: 'no' });

      const { tenant, origin, entityIds } = scope;
      const { value } = credentials;
      const isKey = isApiAccessKey(value);
      const key = JSON.stringify([tenant, origin, isKey ? value.apiAccessKeyId : value.clientId, isKey || entityIds]);
      const slot = slots.get(key) ?? { tenant, origin, isKey, rejections: 0, failures: 0 };
      slots.set(key, slot);
      if (slot.refused) return failed(slot.refused);
      if (isKey) {
        slot.token ??= { value: Token.ofApiAccessKey(value), refreshAt: Infinity };
        return success(slot.token.value);
      }
      if (slot.token && clock.monotonic() < slot.token.refreshAt) return success(slot.token.value);
      if (slot.pause && clock.monotonic() < slot.pause.until) return failed(slot.pause.failure);
      return join(slot, signal, controller => refresh(slot, scope, value, controller.signal));
    },

    accepted(token) {
      const slot = slotOf(token);
      if (slot) slot.rejections = 0;
    },

    rejected(token, how) {
      // Of many requests that met the same dead token, only the first finds it here.
      const slot = slotOf(token);
      if (!slot) return;
      delete slot.token;
      if (how === 'replayed') return;
      slot.rejections++;
      if (slot.isKey) slot.refused = { kind: 'unauthorized', message: 'the API access key is refused', status: 401 };
      else if (2 <= slot.rejections) {
        slot.refused = { kind: 'unauthorized', message: 'the service refuses the tokens it issues', status: 401 };
      }
    },

    forgive(tenant, origin) {
      for (const slot of slots.values()) {
        if (slot.tenant !== tenant || slot.origin !== origin || !slot.refused) continue;
        delete slot.refused;
        slot.rejections = 0;
      }
    },

    forget(tenant, origin) {
      for (const [key, slot] of slots) {
        if (slot.tenant !== tenant || slot.origin !== origin) continue;
        slots.delete(key);
        slot.token?.value.revoke();
        slot.flight?.controller.abort();
      }
    },
  };

  async function refresh(
    slot: Slot,
    scope: JobScope,
    credentials: ClientCredentials,
    signal: AbortSignal,
  ): Promise<Outcome<Token>> {
    const outcome = await requestToken(transport, scope, credentials, signal);
    if (signal.aborted) return failed({ kind: 'canceled', sent: 'no' });
    delete slot.pause;
    if (outcome.ok) {
      slot.failures = 0;
      const lifeMs = outcome.value.lifeSeconds * 1000;
      // A very short life is used for its first half, so that it is not refreshed at every request.
      const margin = Math.min(refreshBeforeEndMs, lifeMs / 2);
      slot.token = { value: outcome.value.token, refreshAt: clock.monotonic() + lifeMs - margin };
      return success(outcome.value.token);
    }
    const { failure } = outcome;
    if (failure.kind === 'unauthorized') {
      slot.refused = failure;
    } else {
      slot.failures++;
      const asked = 'retryAfterMs' in failure && failure.retryAfterMs !== undefined;
      const pause = delayMs(failure, slot.failures, random());
      slot.pause = { until: clock.monotonic() + (asked ? pause : Math.min(pause, longestPauseMs)), failure };
    }
    return outcome;
  }
}

/**
 * Asks for a token once, with credentials that need not be stored yet. Wrong ones are `unauthorized`; whatever the service
 * says of them, neither the secret nor the client id is in the message.
 */
export async function requestToken(
  transport: Transport,
  { origin, entityIds }: Pick<JobScope, 'origin' | 'entityIds'>,
  { clientId, clientSecret }: ClientCredentials,
  signal: AbortSignal,
): Promise<Outcome<{ token: Token; lifeSeconds: number }>> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  const request: HttpRequest = {
    method: 'POST',
    origin,
    path: '/oauth/token',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(entityIds === undefined ? {} : { 'Zuora-Entity-Ids': entityIds }),
    },
    body: new URLSearchParams(form).toString(),
    secrets: [clientSecret, clientId],
  };
  return exchange(transport, request, [signal], async answer => {
    const text = await textOf(answer);
    const refusal = refusalOf(answer, text, request, transport.clock);
    if (refusal) return failed(ofToken(refusal));
    const json = readJson(text);
    if (!json.ok) return failed(notAnAnswer(json.message, text, request));
    const parsed = v.safeParse(tokenSchema, json.value);
    // The answer may hold a token under another name, so nothing of it is shown.
    if (!parsed.success) return failed(notAnAnswer('the answer holds no access token', '', request));
    return success({ token: Token.bearer(parsed.output.access_token), lifeSeconds: lifeOf(parsed.output.expires_in) });
  });
}

/** Whether the service takes credentials, which need not be stored yet. What it gives for them is thrown away. */
export async function checkCredentials(
  transport: Transport,
  scope: Pick<JobScope, 'origin' | 'entityIds'>,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  if (isApiAccessKey(credentials)) return checkApiAccessKey(transport, scope, credentials, signal);
  const token = await requestToken(transport, scope, credentials, signal);
  return token.ok ? success(undefined) : token;
}

/**
 * Asks for something harmless with an API access key, which need not be stored yet: there is no request for a token that
 * would tell whether it is right. A wrong one is `unauthorized`; neither of its parts is in the message.
 */
async function checkApiAccessKey(
  transport: Transport,
  { origin, entityIds }: Pick<JobScope, 'origin' | 'entityIds'>,
  key: ApiAccessKey,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  const token = Token.ofApiAccessKey(key);
  const request: HttpRequest = {
    method: 'GET',
    origin,
    path: '/v1/describe',
    headers: {
      Accept: 'text/xml, application/xml',
      ...(entityIds === undefined ? {} : { 'Zuora-Entity-Ids': entityIds }),
      ...token.reveal(),
    },
    secrets: token.secrets(),
  };
  return exchange(transport, request, [signal], async answer => {
    const text = await textOf(answer);
    const refusal = refusalOf(answer, text, request, transport.clock);
    return refusal ? failed(refusal) : success(undefined);
  });
}

/** Zuora documents no body for wrong credentials; OAuth says 400 or 401 with `invalid_client` (RFC 6749, 5.2). */
function ofToken(failure: Failure): Failure {
  if (failure.kind === 'in-progress') return { kind: 'rejected', message: failure.message, status: 409 };
  if (failure.kind !== 'rejected') return failure;
  const wrongCredentials = failure.code === 'invalid_client' || failure.code === '90000011';
  return wrongCredentials ? { kind: 'unauthorized', message: failure.message, status: failure.status } : failure;
}

/** Zuora's tokens live about an hour. A life that cannot be true is taken as five minutes. */
function lifeOf(expiresIn: unknown): number {
  const plausible = typeof expiresIn === 'number' && 0 < expiresIn && expiresIn <= longestLifeSeconds;
  return plausible ? expiresIn : defaultLifeSeconds;
}

/** Waits for the one request under way, or starts it. It ends only when everyone who waited for it has given up. */
async function join(
  slot: Slot,
  signal: AbortSignal,
  start: (controller: AbortController) => Promise<Outcome<Token>>,
): Promise<Outcome<Token>> {
  const flight = (slot.flight ??= takeOff(slot, start));
  setMaxListeners(0, signal);
  flight.waiting++;
  let giveUp = () => {};
  const given = new Promise<Outcome<Token>>(resolve => {
    giveUp = () => resolve(failed({ kind: 'canceled', sent: 'no' }));
    signal.addEventListener('abort', giveUp);
  });
  const outcome = await Promise.race([flight.outcome, given]);
  signal.removeEventListener('abort', giveUp);
  flight.waiting--;
  if (flight.waiting === 0) {
    flight.controller.abort();
    if (slot.flight === flight) delete slot.flight;
  }
  if (outcome.ok || outcome.failure.kind !== 'canceled' || signal.aborted) return outcome;
  return failed({ kind: 'signed-out', message: 'signed out while signing in' });
}

function takeOff(slot: Slot, start: (controller: AbortController) => Promise<Outcome<Token>>): Flight {
  const controller = new AbortController();
  const flight: Flight = { outcome: start(controller), controller, waiting: 0 };
  void flight.outcome.then(() => {
    if (slot.flight === flight) delete slot.flight;
  });
  return flight;
}

/** `POST /oauth/token` and the check of what signs a request: a token that it gave, or an API access key. */
import { Ajv } from 'ajv';
import { randomBytes, randomUUID } from 'node:crypto';
import { tokenSchema } from './aqua.schema';
import type { Clock } from './clock';
import { badClient } from './errors';
import { header, json, type Answer, type Received } from './http';
import { plant } from './planted';

export interface Client {
  /** 36 characters, a UUID. */
  readonly id: string;
  /** At most 42 characters. */
  readonly secret: string;
  /** The name and password of a user, which older tenants take with each request. */
  readonly apiAccessKey: { readonly id: string; readonly secret: string };
}

export interface OAuth {
  /** Answers the token call; `report` hears of a request that Zuora's reference does not allow. */
  token(received: Received, report: (problem: string) => void): Answer;
  /** True when the request carries a token that is still good, or the API access key. */
  admits(received: Received): boolean;
  /** Makes every token given so far expire. */
  expireAll(): void;
}

/** Client id and secret of Zuora's lengths. The secret holds `+` and `=`, which a form must encode. */
export function createClient(): Client {
  const letters = randomBytes(24).toString('base64url').replaceAll('-', 'x').replaceAll('_', 'y');
  const password = plant(randomBytes(12).toString('hex'));
  return {
    id: randomUUID(),
    secret: plant(`${letters}+9k/Qz==`),
    apiAccessKey: { id: 'api.user@example.com', secret: password },
  };
}

/** Tokens last `expiresIn` seconds of the clock. */
export function createOAuth(client: Client, clock: Clock, expiresIn: number): OAuth {
  const expiries = new Map<string, number>();
  return {
    token(received, report) {
      const form = Object.fromEntries(new URLSearchParams(received.body));
      if (!header(received, 'content-type')?.startsWith('application/x-www-form-urlencoded')) {
        report('the token call takes a form');
      }
      if (header(received, 'authorization') !== undefined) report('the token call takes no Authorization header');
      // ajv's text names the field and the rule, never the value: a secret must not land in a report.
      if (!isTokenRequest(form)) report(ajv.errorsText(isTokenRequest.errors, { dataVar: 'form' }));

      const limits = { 'X-RateLimit-Limit-minute': '100', 'X-RateLimit-Remaining-minute': '99' };
      if (form['client_id'] !== client.id || form['client_secret'] !== client.secret) {
        const refusal = badClient();
        return { ...refusal, headers: { ...refusal.headers, ...limits } };
      }
      const token = plant(randomBytes(16).toString('hex'));
      expiries.set(token, clock.now() + expiresIn * 1000);
      const scope = `entity.${header(received, 'zuora-entity-ids') ?? 'default'} service.batchquery.read service.describe.read`;
      const answer = { access_token: token, token_type: 'bearer', expires_in: expiresIn, scope, jti: randomUUID() };
      return json(200, answer, limits);
    },
    admits(received) {
      const token = /^bearer (\S+)$/i.exec(header(received, 'authorization') ?? '')?.[1];
      if (token !== undefined) return clock.now() < (expiries.get(token) ?? 0);
      const { id, secret } = client.apiAccessKey;
      return header(received, 'apiaccesskeyid') === id && header(received, 'apisecretaccesskey') === secret;
    },
    expireAll: () => expiries.clear(),
  };
}

const ajv = new Ajv({ allErrors: true });
const isTokenRequest = ajv.compile(tokenSchema);

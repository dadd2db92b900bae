/** What came in and what went out, for tests and for `GET /__admin/requests`. It holds no secret. */
import type { Received } from './http';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; without Authorization and Cookie. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, decoded; a client's secret is masked. */
  readonly body: string;
  /** Undefined while the answer is not made, and where a fault let none go out. */
  status: number | undefined;
  /** The fault that hit it. */
  fault: string | undefined;
}

export function logged({ method, path, search, headers, body }: Received): LoggedRequest {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    secretHeaders.has(name) || value === undefined ? [] : [[name, String(value)] as const],
  );
  const query = search.size === 0 ? '' : `?${search.toString()}`;
  return {
    method,
    path: `${path}${query}`,
    headers: Object.fromEntries(kept),
    body: body.replace(/(client_secret=)[^&]*/g, '$1***'),
    status: undefined,
    fault: undefined,
  };
}

const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'apiaccesskeyid', 'apisecretaccesskey']);

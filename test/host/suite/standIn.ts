import assert from 'node:assert/strict';

/** A request that reached the local Zuora stand-in, from its log, which leaves secrets out. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status?: number;
}

/** All requests so far, oldest first, of all windows. */
export async function requests(): Promise<readonly LoggedRequest[]> {
  const url = process.env['ZOQL_URL'];
  assert.ok(url, 'ZOQL_URL names the stand-in');
  const response = await fetch(`${url}/__admin/requests`);
  return (await response.json()) as LoggedRequest[];
}

/** The requests that made a job or tried to. */
export async function submits(): Promise<readonly LoggedRequest[]> {
  const all = await requests();
  return all.filter(({ method, path }) => method === 'POST' && path === '/v1/batch-query/');
}

import assert from 'node:assert/strict';

/** A request that reached the local Zuora stand-in, from its log, which leaves secrets out. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status?: number;
}

/** What the stand-in has counted in all windows so far. */
export interface Counters {
  readonly jobs: number;
  /** How many jobs each Idempotency-Key made. */
  readonly jobsByKey: Readonly<Record<string, number>>;
  /** What it took although the real service's rules forbid it. */
  readonly violations: readonly unknown[];
}

/** All requests so far, oldest first, of all windows. */
export async function requests(): Promise<readonly LoggedRequest[]> {
  return (await admin('GET', 'requests')) as LoggedRequest[];
}

/** The requests that made a job or tried to. */
export async function submits(): Promise<readonly LoggedRequest[]> {
  const all = await requests();
  return all.filter(({ method, path }) => method === 'POST' && path === '/v1/batch-query/');
}

/** How often a job was asked for. */
export async function pollsOf(jobId: string): Promise<number> {
  const all = await requests();
  return all.filter(({ method, path }) => method === 'GET' && path === `/v1/batch-query/jobs/${jobId}`).length;
}

export async function counters(): Promise<Counters> {
  return (await admin('GET', 'counters')) as Counters;
}

/** What went through the proxy in front of the stand-in: "CONNECT rest.example.com:443", …, oldest first. */
export async function passedProxy(): Promise<readonly { readonly line: string; readonly status: number }[]> {
  return (await admin('GET', 'passed')) as readonly { readonly line: string; readonly status: number }[];
}

/** Lets the next request that `match` means meet a fault of test/zuora/faults.ts. */
export async function failNext(
  fault: { readonly do: string } & Readonly<Record<string, unknown>>,
  match: { readonly method: string; readonly path: string },
): Promise<void> {
  await admin('POST', 'faults', { ...fault, match });
}

/** Keeps the next submit waiting, before the job is made, until `releaseSubmits`. */
export async function holdNextSubmit(): Promise<void> {
  await admin('POST', 'faults', { do: 'hold', match: { method: 'POST', path: '/v1/batch-query/' } });
}

/** Lets the next submit, or the next `times` submits, meet a fault of test/zuora/faults.ts. */
export async function failSubmits(
  fault: { readonly do: string; readonly times?: number } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await admin('POST', 'faults', { ...fault, match: { method: 'POST', path: '/v1/batch-query/' } });
}

export async function releaseSubmits(): Promise<void> {
  await admin('POST', 'release');
}

/** Puts the stand-in's clock forward: jobs that take a while are done. */
export async function letTimePass(milliseconds: number): Promise<void> {
  await admin('POST', 'advance', { ms: milliseconds });
}

async function admin(method: 'GET' | 'POST', call: string, body?: unknown): Promise<unknown> {
  const url = process.env['ZOQL_STAND_IN'];
  assert.ok(url, 'ZOQL_STAND_IN names the stand-in');
  const response = await fetch(`${url}/__admin/${call}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.equal(response.status, 200, call);
  return response.json();
}

// What the stand-in behind a window received, and what it is to do next.

/** All requests so far, oldest first. */
export function requests({ url }) {
  return ask(url, 'GET', 'requests');
}

/** The requests that made a job, or tried to. */
export async function submits(standIn) {
  const all = await requests(standIn);
  return all.filter(({ method, path }) => method === 'POST' && path === '/v1/batch-query/');
}

/** How many jobs there are, in all and for each Idempotency-Key: { jobs, jobsByKey, violations }. */
export function counters({ url }) {
  return ask(url, 'GET', 'counters');
}

/** Has the next request that makes a job go wrong. `action` is a fault of test/zuora/faults.ts; `times` default 1. */
export function failSubmit({ url }, action, times = 1) {
  return ask(url, 'POST', 'faults', { ...action, times, match: { method: 'POST', path: '/v1/batch-query/' } });
}

/** Keeps the next requests that ask for jobs waiting, until `release`. */
export function holdPolls({ url }) {
  const match = { method: 'GET', path: '/v1/batch-query/jobs/' };
  return ask(url, 'POST', 'faults', { do: 'hold', times: 20, match });
}

/** Lets go of what a fault holds. */
export function release({ url }) {
  return ask(url, 'POST', 'release');
}

/** Puts the stand-in's clock forward, in minutes: running jobs are completed. */
export function advance({ url }, minutes) {
  return ask(url, 'POST', 'advance', { ms: minutes * 60_000 });
}

/** The bytes of an answer of the service, e.g. to /v1/files/{id}, asked with a token of our own. */
export async function download({ url, clientId, clientSecret }, where) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const { access_token } = await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json();
  const response = await fetch(`${url}${where}`, { headers: { Authorization: `Bearer ${access_token}` } });
  if (!response.ok) throw new Error(`${where} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function ask(url, method, call, body) {
  const response = await fetch(`${url}/__admin/${call}`, { method, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

// Where Zuora lives: its data centers, and what an address of one's own has to look like.

export interface DataCenter {
  readonly name: string;
  /** Where the API is. */
  readonly origin: string;
  /** Where people sign in with a browser. */
  readonly userInterface: string;
  readonly kind: 'production' | 'sandbox';
}

/** Zuora, API reference, "Endpoints" and the servers of its OpenAPI file, 2026-09. */
export const dataCenters: readonly DataCenter[] = [
  sandbox('US Developer & Central Sandbox', 'test.zuora.com'),
  sandbox('US API Sandbox Cloud 1', 'sandbox.na.zuora.com'),
  sandbox('US API Sandbox Cloud 2', 'apisandbox.zuora.com'),
  production('US Production Cloud 1', 'na.zuora.com'),
  { ...production('US Production Cloud 2', 'zuora.com'), userInterface: 'https://www.zuora.com' },
  sandbox('EU Developer & Central Sandbox', 'test.eu.zuora.com'),
  sandbox('EU API Sandbox', 'sandbox.eu.zuora.com'),
  production('EU Production', 'eu.zuora.com'),
  sandbox('APAC Developer & Central Sandbox', 'test.ap.zuora.com'),
  production('APAC Production', 'ap.zuora.com'),
];

export type OriginOrReason =
  | { readonly ok: true; readonly origin: string; readonly loopback: boolean }
  /** Continues a sentence that begins with the name of the setting. */
  | { readonly ok: false; readonly reason: string };

/**
 * The origin of an address that a person wrote: https and a host, http only for this computer, nothing more. What is left
 * out on purpose is where credentials or a foreign host can hide: user info, path, query and fragment.
 */
export function readOrigin(address: string): OriginOrReason {
  const no = (reason: string) => ({ ok: false, reason }) as const;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.host || !/^https?:\/\//i.test(address)) return no('must be an address such as https://rest.na.zuora.com');
  if (address.includes('@')) return no('must not hold a user name or password');
  if (address.includes('?')) return no('must not have a query ("?")');
  if (address.includes('#')) return no('must not have a fragment ("#")');
  if (!/^https?:\/\/[^/\\\s]+\/?$/i.test(address)) return no('must end after the host, without a path');
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !loopback) return no('must begin with https:// (http:// is only for this computer)');
  return { ok: true, origin: url.origin, loopback };
}

/** Where people sign in to the tenants of an origin; undefined where that is none of Zuora's data centers. */
export function userInterfaceOf(origin: string): string | undefined {
  return dataCenters.find(center => center.origin === origin)?.userInterface;
}

function sandbox(name: string, domain: string): DataCenter {
  return { name, origin: `https://rest.${domain}`, userInterface: `https://${domain}`, kind: 'sandbox' };
}

function production(name: string, domain: string): DataCenter {
  return { ...sandbox(name, domain), kind: 'production' };
}

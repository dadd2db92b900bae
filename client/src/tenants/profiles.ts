// Which tenants there are: those of the setting zoql.tenants, and the one that environment variables bring.
import type { Credentials } from '../zuora/auth';
import { dataCenters, readOrigin } from '../zuora/environments';

export interface TenantProfile {
  readonly name: string;
  /** Such as "https://rest.na.zuora.com". */
  readonly origin: string;
  readonly kind: 'production' | 'sandbox' | 'local' | 'custom';
  /** The data center's name, where it is one of Zuora's ten. */
  readonly dataCenter?: string;
  /** Queries are written for it, and nothing is sent to it that makes a job. */
  readonly readOnly?: boolean;
}

/** Credentials that came in ZOQL_URL, ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET. They serve this tenant at this origin only. */
export interface EnvironmentTenant {
  readonly name: string;
  readonly origin: string;
  readonly credentials: Credentials;
}

export interface Profiles {
  readonly profiles: readonly TenantProfile[];
  readonly environment?: EnvironmentTenant;
  /** Whole sentences, each naming the setting and entry, or the variable, that was left out. */
  readonly problems: readonly string[];
}

type Variables = Readonly<Partial<Record<string, string>>>;

/**
 * Reads both sources; what is wrong is left out and named. The environment's credentials serve the one profile that has
 * their origin; with none, or with several among which they could not choose, they are a tenant of their own.
 */
export function readProfiles(setting: unknown, variables: Variables): Profiles {
  const { profiles, problems } = readSetting(setting);
  const { environment, problem } = readEnvironment(variables, profiles);
  if (problem !== undefined) problems.push(problem);
  if (!environment) return { profiles, problems };
  if (!profiles.some(({ name }) => name === environment.name)) {
    profiles.push({ name: environment.name, origin: environment.origin, ...placeOf(environment.origin) });
  }
  return { profiles, environment, problems };
}

/** How a host is written for people: without the scheme. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** A tenant's name as it stands where something is sent to it: production is told in words, not by a color. */
export function markedName({ name, kind }: Pick<TenantProfile, 'name' | 'kind'>): string {
  return kind === 'production' ? `PRODUCTION · ${name}` : name;
}

/** What kind of place a tenant is, for people. */
export const kindInWords: Readonly<Record<TenantProfile['kind'], string>> = {
  production: 'production',
  sandbox: 'sandbox',
  local: 'this computer',
  custom: 'own address',
};

/** What stands at a tenant's origin: its data center by name, else what kind of place it is. */
export function placeInWords({ kind, dataCenter }: TenantProfile): string {
  return dataCenter ?? kindInWords[kind];
}

function readSetting(setting: unknown): { profiles: TenantProfile[]; problems: string[] } {
  const profiles: TenantProfile[] = [];
  const problems: string[] = [];
  if (setting !== undefined && setting !== null && !Array.isArray(setting)) {
    problems.push('The setting zoql.tenants must be a list of tenants.');
  }
  for (const [index, entry] of (Array.isArray(setting) ? (setting as unknown[]) : []).entries()) {
    const place = `zoql.tenants[${index}]`;
    const read = readEntry(entry);
    if ('reason' in read) {
      problems.push(`The setting ${place} is left out: ${read.reason}.`);
    } else if (profiles.some(({ name }) => name.toLowerCase() === read.name.toLowerCase())) {
      problems.push(`The setting ${place} is left out: an earlier tenant is already called "${read.name}".`);
    } else {
      profiles.push(read);
    }
  }
  return { profiles, problems };
}

function readEntry(entry: unknown): TenantProfile | { readonly reason: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { reason: 'it must be an object with a name and either a dataCenter or a url' };
  }
  const { name, dataCenter, url, kind, readOnly } = entry as Readonly<Partial<Record<string, unknown>>>;
  if (typeof name !== 'string' || name.trim() === '') return { reason: 'its name is missing' };
  if (100 < name.length || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) {
    return { reason: 'its name must be one line of at most 100 characters' };
  }
  const ownKind = (['production', 'sandbox'] as const).find(each => each === kind);
  if (kind !== undefined && ownKind === undefined) {
    return { reason: `the kind of "${name}" must be production or sandbox` };
  }
  // A guard that is misspelled must not be none.
  if (readOnly !== undefined && typeof readOnly !== 'boolean') {
    return { reason: `readOnly of "${name}" must be true or false` };
  }
  const own = { ...(ownKind && { kind: ownKind }), ...(readOnly === true && { readOnly }) };
  if ((dataCenter === undefined) === (url === undefined)) {
    return { reason: `"${name}" needs either a dataCenter or a url, not both` };
  }
  if (dataCenter !== undefined) {
    const center = dataCenters.find(each => each.name === dataCenter);
    if (!center) {
      const known = dataCenters.map(each => each.name).join(', ');
      return { reason: `the dataCenter of "${name}" must be one of ${known}` };
    }
    return { name: name.trim(), origin: center.origin, ...placeOf(center.origin), ...own };
  }
  if (typeof url !== 'string') return { reason: `the url of "${name}" must be a text` };
  const read = readOrigin(url);
  if (!read.ok) return { reason: `the url of "${name}" ${read.reason}` };
  return { name: name.trim(), origin: read.origin, ...placeOf(read.origin), ...own };
}

function placeOf(origin: string): Pick<TenantProfile, 'kind' | 'dataCenter'> {
  const center = dataCenters.find(each => each.origin === origin);
  if (center) return { kind: center.kind, dataCenter: center.name };
  const read = readOrigin(origin);
  return { kind: read.ok && read.loopback ? 'local' : 'custom' };
}

function readEnvironment(
  variables: Variables,
  profiles: readonly TenantProfile[],
): { environment?: EnvironmentTenant; problem?: string } {
  const names = ['ZOQL_URL', 'ZOQL_CLIENT_ID', 'ZOQL_CLIENT_SECRET'];
  const missing = names.filter(name => !variables[name]);
  if (missing.length === names.length) return {};
  const { ZOQL_URL: url, ZOQL_CLIENT_ID: clientId, ZOQL_CLIENT_SECRET: clientSecret } = variables;
  if (!url || !clientId || !clientSecret) {
    return {
      problem: `The environment variables ${names.join(', ')} work only together; not set: ${missing.join(', ')}.`,
    };
  }
  const read = readOrigin(url);
  if (!read.ok) return { problem: `The environment variable ZOQL_URL ${read.reason}.` };

  const sameOrigin = profiles.filter(({ origin }) => origin === read.origin);
  const [only] = sameOrigin;
  const name = only && sameOrigin.length === 1 ? only.name : freeName(hostOf(read.origin), profiles);
  return { environment: { name, origin: read.origin, credentials: { clientId, clientSecret } } };
}

function freeName(host: string, profiles: readonly TenantProfile[]): string {
  const taken = new Set(profiles.map(({ name }) => name.toLowerCase()));
  return taken.has(host.toLowerCase()) ? `${host} (environment)` : host;
}

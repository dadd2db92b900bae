// Which tenants there are: those of the setting zoql.tenants, those of a team's file that a person has approved, and the
// one that environment variables bring.
import type { ClientCredentials } from '../zuora/auth';
import { dataCenters, readOrigin } from '../zuora/environments';
import { readEntry, type TenantEntry } from './entry';

export interface TenantProfile {
  readonly name: string;
  /** Such as "https://rest.na.zuora.com". */
  readonly origin: string;
  readonly kind: 'production' | 'sandbox' | 'local' | 'custom';
  /** The data center's name, where it is one of Zuora's ten. */
  readonly dataCenter?: string;
  /** Queries are written for it, and nothing is sent to it that makes a job. */
  readonly readOnly?: boolean;
  /** Its entity, instead of the setting zoql.request.entityIds. */
  readonly entityIds?: string;
  /** Its organizations, instead of the setting zoql.request.orgIds. */
  readonly orgIds?: string;
  /** With a user's API access key, where it is not with an OAuth client. */
  readonly signIn?: 'apiAccessKey';
  /** A team's file is part of a workspace; the others are the person's own. */
  readonly source: 'settings' | 'file' | 'environment';
}

/** Credentials that came in ZOQL_URL, ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET. They serve this tenant at this origin only. */
export interface EnvironmentTenant {
  readonly name: string;
  readonly origin: string;
  readonly credentials: ClientCredentials;
}

export interface Profiles {
  readonly profiles: readonly TenantProfile[];
  /** Those of a team's file that wait for a person's approval. */
  readonly proposed: readonly TenantProfile[];
  readonly environment?: EnvironmentTenant;
  /** Whole sentences, each naming the setting and entry, the file, or the variable, that was left out. */
  readonly problems: readonly string[];
}

/** What a team's file names, read already. */
export interface TeamTenants {
  readonly profiles: readonly TenantProfile[];
  readonly problems: readonly string[];
}

export interface ProfileSources {
  /** The value of zoql.tenants. */
  readonly setting: unknown;
  /** process.env. */
  readonly variables: Readonly<Partial<Record<string, string>>>;
  readonly team?: TeamTenants;
  readonly isApproved?: (profile: TenantProfile) => boolean;
}

/**
 * Reads all sources; what is wrong is left out and named. A person's own tenant wins over a file's of the same name. The
 * environment's credentials serve the one profile that has their origin; with none, or with several among which they could
 * not choose, they are a tenant of their own.
 */
export function readProfiles({ setting, variables, team, isApproved = () => false }: ProfileSources): Profiles {
  const { profiles, problems } = readSetting(setting);
  const proposed: TenantProfile[] = [];
  problems.push(...(team?.problems ?? []));
  for (const profile of team?.profiles ?? []) {
    const own = profiles.find(({ name }) => isSameName(name, profile.name));
    if (!own) (isApproved(profile) ? profiles : proposed).push(profile);
    else if (own.origin !== profile.origin) {
      problems.push(
        `${teamFileName} names "${profile.name}" at ${hostOf(profile.origin)}. Yours at ${hostOf(own.origin)} is used instead.`,
      );
    }
  }
  const { environment, problem } = readEnvironment(variables, profiles);
  if (problem !== undefined) problems.push(problem);
  if (!environment) return { profiles, proposed, problems };
  if (!profiles.some(({ name }) => name === environment.name)) {
    const { name, origin } = environment;
    profiles.push({ name, origin, ...placeOf(origin), source: 'environment' });
  }
  return { profiles, proposed, environment, problems };
}

/** The file of a team, at the root of a workspace folder. */
export const teamFileName = 'zoql.tenants.json';

/** The tenants as they are listed for people: the active one, then the others in their order. */
export function activeFirst({
  all,
  active,
}: {
  readonly all: () => readonly TenantProfile[];
  readonly active: () => TenantProfile | undefined;
}): readonly TenantProfile[] {
  const first = active();
  return first ? [first, ...all().filter(profile => profile !== first)] : all();
}

/** Names are told apart without regard to case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A profile of an entry that was read. */
export function profileOf(entry: TenantEntry, source: TenantProfile['source']): TenantProfile {
  return { ...placeOf(entry.origin), ...entry, source };
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
    } else if (profiles.some(({ name }) => isSameName(name, read.name))) {
      problems.push(`The setting ${place} is left out: an earlier tenant is already called "${read.name}".`);
    } else {
      profiles.push(profileOf(read, 'settings'));
    }
  }
  return { profiles, problems };
}

/** Whether an origin is none of Zuora's data centers and not this computer, whatever kind an entry says it is. */
export function isForeign(origin: string): boolean {
  return placeOf(origin).kind === 'custom';
}

/** What kind of place an origin is, by itself. */
export function placeOf(origin: string): Pick<TenantProfile, 'kind' | 'dataCenter'> {
  const center = dataCenters.find(each => each.origin === origin);
  if (center) return { kind: center.kind, dataCenter: center.name };
  const read = readOrigin(origin);
  return { kind: read.ok && read.loopback ? 'local' : 'custom' };
}

function readEnvironment(
  variables: ProfileSources['variables'],
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

// zoql.tenants.json: the tenants that a team works with, committed beside its queries. Names and hosts, never a secret.
import { readEntry } from './entry';
import {
  hostOf,
  isForeign,
  isSameName,
  placeOf,
  profileOf,
  teamFileName,
  type TeamTenants,
  type TenantProfile,
} from './profiles';

/** A file as it was found. */
export interface TeamFile {
  /** As people read it: its name, with that of its folder where a workspace has several. */
  readonly label: string;
  readonly text: string;
}

/** A larger file is not one that a person wrote. */
const longestFile = 1_000_000;

/** What the files name, the first of a name; what is wrong is left out and named. A file may guard more, never less. */
export function readTeamFiles(files: readonly TeamFile[]): TeamTenants {
  const profiles: TenantProfile[] = [];
  const problems: string[] = [];
  for (const { label, text } of files) {
    const entries = readList(text);
    if (typeof entries === 'string') {
      problems.push(`${label} is left out: ${entries}.`);
      continue;
    }
    for (const [index, value] of entries.entries()) {
      const read = readEntry(value);
      const place = `tenants[${index}] of ${label}`;
      if ('reason' in read) {
        problems.push(`${place} is left out: ${read.reason}.`);
      } else if (profiles.some(({ name }) => isSameName(name, read.name))) {
        problems.push(`${place} is left out: an earlier tenant is already called "${read.name}".`);
      } else {
        const isProduction = placeOf(read.origin).kind === 'production';
        if (isProduction && read.kind === 'sandbox') {
          problems.push(`${place} cannot make a sandbox of ${hostOf(read.origin)}, which is a production data center.`);
        }
        profiles.push(profileOf({ ...read, ...(isProduction && { kind: 'production' }) }, 'file'));
      }
    }
  }
  return { profiles, problems };
}

/** The list of entries, or why there is none. */
function readList(text: string): readonly unknown[] | string {
  if (longestFile < text.length) return 'it has more than 1 MB';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The message may quote what stands there, which may be a secret.
    const at = /line \d+ column \d+/.exec((error as Error).message)?.[0];
    return `it is not JSON${at === undefined ? '' : ` (${at})`}`;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { tenants } = isObject ? (value as { readonly tenants?: unknown }) : {};
  return Array.isArray(tenants) ? (tenants as unknown[]) : 'it must be an object with a list called tenants';
}

/** What a person approves of a file's tenant: where requests go, and the headers that name an entity. */
export function approvalOf({ name, origin, entityIds, orgIds, signIn }: TenantProfile): string {
  return JSON.stringify([name, origin, entityIds, orgIds, signIn]);
}

/** That, in words, for the question. */
export function proposalInWords(profile: TenantProfile): string {
  const { origin, entityIds, orgIds, signIn } = profile;
  return [
    `Address: ${hostOf(origin)}${isForeign(origin) ? ', which is none of Zuora’s data centers' : ''}`,
    entityIds !== undefined && `Entity: ${entityIds}`,
    orgIds !== undefined && `Organizations: ${orgIds}`,
    signIn === 'apiAccessKey' && 'Sign-in: API access key (legacy)',
    '',
    `It comes from ${teamFileName} of this workspace. What you sign in with is sent to this address. If the file names another one later, you are asked again.`,
  ]
    .filter(line => line !== false)
    .join('\n');
}

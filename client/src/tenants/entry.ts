// An entry of zoql.tenants, or of a team's file: the same form in both.
import { dataCenters, readOrigin } from '../zuora/environments';

/** An entry that is right. */
export interface TenantEntry {
  readonly name: string;
  /** Of its data center, or of its own address. */
  readonly origin: string;
  readonly kind?: 'production' | 'sandbox';
  readonly readOnly?: true;
  readonly entityIds?: string;
  readonly orgIds?: string;
  readonly signIn?: 'apiAccessKey';
}

/** Why there is no entry; continues a sentence that names its place. */
interface Fault {
  readonly reason: string;
}

const longestName = 100;

/** Reads an entry as it stands in JSON. A guard that is misspelled must not be none, so what is wrong is no entry. */
export function readEntry(value: unknown): TenantEntry | Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { reason: 'it must be an object with a name and either a dataCenter or a url' };
  }
  const entry = value as Readonly<Record<string, unknown>>;
  const secret = Object.keys(entry).find(looksLikeSecret);
  if (secret !== undefined) {
    return {
      reason: `it holds "${secret}", and credentials do not belong there. Remove it, have Zuora revoke it if others could read it, and run ZOQL: Sign In`,
    };
  }
  const { name } = entry;
  if (typeof name !== 'string' || name.trim() === '') return { reason: 'its name is missing' };
  const faultyName = nameFault(name);
  if (faultyName !== undefined) return { reason: `its name ${faultyName}` };
  const read = readFields(name, entry);
  return 'reason' in read ? read : { name: name.trim(), ...read };
}

/** What is wrong with a name; continues a sentence about it. */
export function nameFault(name: string): string | undefined {
  const isLine = !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);
  return isLine && name.length <= longestName ? undefined : `must be one line of at most ${longestName} characters`;
}

/** What is wrong with an entity's id, or a list of organizations' ids; continues a sentence about it. */
export function idsFault(ids: string, which: 'entityIds' | 'orgIds'): string | undefined {
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(ids)) return 'may hold visible US-ASCII characters only';
  if (which === 'entityIds' && /[ ,;]/.test(ids)) return 'takes the id of one entity';
  return undefined;
}

function readFields(name: string, entry: Readonly<Record<string, unknown>>): Omit<TenantEntry, 'name'> | Fault {
  const { kind, readOnly, signIn } = entry;
  if (kind !== undefined && kind !== 'production' && kind !== 'sandbox') {
    return { reason: `the kind of "${name}" must be production or sandbox` };
  }
  if (readOnly !== undefined && typeof readOnly !== 'boolean') {
    return { reason: `readOnly of "${name}" must be true or false` };
  }
  if (signIn !== undefined && signIn !== 'oauth' && signIn !== 'apiAccessKey') {
    return { reason: `signIn of "${name}" must be oauth or apiAccessKey` };
  }
  const entityIds = readIds(name, entry, 'entityIds');
  if (typeof entityIds === 'object') return entityIds;
  const orgIds = readIds(name, entry, 'orgIds');
  if (typeof orgIds === 'object') return orgIds;
  const origin = readAddress(name, entry);
  if (typeof origin === 'object') return origin;
  return {
    origin,
    ...(kind && { kind }),
    ...(readOnly === true && { readOnly }),
    ...(entityIds !== undefined && { entityIds }),
    ...(orgIds !== undefined && { orgIds }),
    ...(signIn === 'apiAccessKey' && { signIn }),
  };
}

/** The empty text, which a settings editor leaves behind, is none. */
function readIds(
  name: string,
  entry: Readonly<Record<string, unknown>>,
  which: 'entityIds' | 'orgIds',
): string | undefined | Fault {
  const ids = entry[which];
  if (ids === undefined || ids === '') return undefined;
  if (typeof ids !== 'string') return { reason: `${which} of "${name}" must be a text` };
  const fault = idsFault(ids.trim(), which);
  return fault === undefined ? ids.trim() : { reason: `${which} of "${name}" ${fault}` };
}

function readAddress(name: string, { dataCenter, url }: Readonly<Record<string, unknown>>): string | Fault {
  if ((dataCenter === undefined) === (url === undefined)) {
    return { reason: `"${name}" needs either a dataCenter or a url, not both` };
  }
  if (dataCenter !== undefined) {
    const center = dataCenters.find(each => each.name === dataCenter);
    if (center) return center.origin;
    const known = dataCenters.map(each => each.name).join(', ');
    return { reason: `the dataCenter of "${name}" must be one of ${known}` };
  }
  if (typeof url !== 'string') return { reason: `the url of "${name}" must be a text` };
  const read = readOrigin(url);
  return read.ok ? read.origin : { reason: `the url of "${name}" ${read.reason}` };
}

function looksLikeSecret(key: string): boolean {
  return key !== 'signIn' && /client.?id|secret|passw|token|credential|api.?access|access.?key/i.test(key);
}

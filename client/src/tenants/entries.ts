// The list zoql.tenants as it stands in the settings, with an entry more, less or changed. What a person has written beside
// that, right or wrong, stays as it is.

/** An entry as a person writes it: either a dataCenter or a url. */
export interface WrittenEntry {
  readonly name: string;
  readonly dataCenter?: string;
  readonly url?: string;
  readonly kind?: 'production' | 'sandbox';
  readonly readOnly?: boolean;
  readonly entityIds?: string;
  readonly orgIds?: string;
  readonly signIn?: 'apiAccessKey';
}

/** What a change sets; undefined takes the property out. */
export type EntryChange = {
  readonly [Property in Exclude<keyof WrittenEntry, 'name'>]?: WrittenEntry[Property] | undefined;
};

export function withEntry(setting: unknown, entry: WrittenEntry): readonly unknown[] {
  return [...listOf(setting), entry];
}

export function withChange(setting: unknown, name: string, change: EntryChange): readonly unknown[] {
  return listOf(setting).map(entry => {
    if (!isNamed(entry, name)) return entry;
    const changed = Object.entries({ ...entry, ...change });
    return Object.fromEntries(changed.filter(([, value]) => value !== undefined));
  });
}

export function withoutEntry(setting: unknown, name: string): readonly unknown[] {
  return listOf(setting).filter(entry => !isNamed(entry, name));
}

function listOf(setting: unknown): readonly unknown[] {
  return Array.isArray(setting) ? (setting as unknown[]) : [];
}

function isNamed(entry: unknown, name: string): entry is object {
  if (typeof entry !== 'object' || entry === null || !('name' in entry)) return false;
  return typeof entry.name === 'string' && entry.name.trim() === name;
}

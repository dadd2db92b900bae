/**
 * What a tenant has described as a text that people keep beside their queries and review: sorted, one field a line, and
 * nothing in it but names. The same facts make the same text, whenever and wherever it is written.
 */
import type { Dialect } from './dialect';
import type { DescribedField, DescribedObject, DescribedRelation, RefusedField, TenantFacts } from './tenantCatalogue';

/** How the text says what it is. */
const format = 'ZOQL schema';

/** Of the text's form. A reader refuses what is newer than it knows. */
const version = 1;

/** In UTF-16 code units; 500 objects of 500 fields have some 30 million. */
const longestSnapshot = 100_000_000;

/** The longest label or value that is taken over, in UTF-16 code units; nothing of Zuora comes near. */
const longestText = 2_048;

/**
 * Writes a tenant's facts. `date` in the text is the day of the oldest description, so that a text that is written anew
 * differs only where something has changed. There is no address and no credential in it, since the facts hold none.
 */
export function writeSnapshot({ tenant, objects, refused }: TenantFacts): string {
  const [oldest = ''] = objects.map(({ day }) => day).sort();
  return `{
  "format": ${JSON.stringify(format)},
  "version": ${version},
  "tenant": ${JSON.stringify(tenant)},
  "date": ${JSON.stringify(oldest)},
  "objects": ${block('  ', byName(objects).map(writeObject))},
  "refused": ${block('  ', [...refused].sort(compareRefused).map(writeRefused))}
}
`;
}

/** Why a text is no snapshot, or none that this version reads. */
export interface SnapshotFault {
  readonly code: 'too-large' | 'not-json' | 'no-snapshot' | 'newer-version' | 'wrong-shape';
  /** The end of a sentence, e.g. "objects[3].fields[0].name is not a name that can stand in a query". */
  readonly message: string;
}

export type SnapshotRead =
  { readonly ok: true; readonly facts: TenantFacts } | { readonly ok: false; readonly fault: SnapshotFault };

/**
 * Reads what `writeSnapshot` has written, from whoever it comes: names that could not stand in a query, and anything of
 * another shape, are a fault and change nothing. Properties that this version does not know are passed over.
 */
export function readSnapshot(text: string): SnapshotRead {
  if (longestSnapshot < text.length) {
    return fault('too-large', `it has more than ${longestSnapshot / 1_000_000} million characters`);
  }
  let value: unknown;
  try {
    // Editors may put a byte order mark before a text.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fault('not-json', 'it is not JSON');
  }
  const found = isObject(value) ? value : {};
  if (found['format'] !== format) return fault('no-snapshot', `its format is not "${format}"`);
  if (typeof found['version'] === 'number' && version < found['version']) {
    return fault('newer-version', `it is of version ${found['version']}, and this one reads up to ${version}`);
  }
  const read = snapshot(value);
  if (read instanceof Wrong) return fault('wrong-shape', `${read.place.replace(/^\./, '') || 'it'} ${read.message}`);
  const { tenant, date, objects, refused } = read;
  return { ok: true, facts: { tenant, objects: objects.map(object => ({ ...object, day: date })), refused } };
}

function fault(code: SnapshotFault['code'], message: string): SnapshotRead {
  return { ok: false, fault: { code, message } };
}

function writeObject({ name, label, fields, relations }: DescribedObject): string {
  const lists = [`"fields": ${block('      ', byName(fields).map(writeField))}`];
  if (relations) lists.push(`"relations": ${block('      ', byName(relations).map(writeRelation))}`);
  const lines = [`"name": ${JSON.stringify(name)}`, `"label": ${JSON.stringify(label)}`, ...lists];
  return `{\n${lines.map(line => `      ${line}`).join(',\n')}\n    }`;
}

/** What is so of most fields is left out. A value a line, since lists of values grow at any place. */
function writeField({ name, label, type, custom, filterable, maxLength, options, contexts }: DescribedField): string {
  const parts = [
    property('name', name),
    property('label', label),
    property('type', type),
    ...(custom ? [property('custom', true)] : []),
    ...(filterable ? [] : [property('filterable', false)]),
    ...(maxLength === undefined ? [] : [property('maxLength', maxLength)]),
    `"contexts": [${[...contexts]
      .sort()
      .map(context => JSON.stringify(context))
      .join(', ')}]`,
    ...(options
      ? [
          `"options": ${block(
            '        ',
            options.map(option => JSON.stringify(option)),
          )}`,
        ]
      : []),
  ];
  return `{ ${parts.join(', ')} }`;
}

function writeRelation({ name, object }: DescribedRelation): string {
  return `{ ${property('name', name)}, ${property('object', object)} }`;
}

function writeRefused({ object, field, dialect }: RefusedField): string {
  return `{ ${property('object', object)}, ${property('field', field)}, ${property('dialect', dialect)} }`;
}

function property(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
}

function block(indent: string, lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n${lines.map(line => `${indent}  ${line}`).join(',\n')}\n${indent}]`;
}

function byName<T extends { readonly name: string }>(things: readonly T[]): T[] {
  return [...things].sort((one, other) => compare(one.name, other.name));
}

function compareRefused(one: RefusedField, other: RefusedField): number {
  return compare(one.object, other.object) || compare(one.field, other.field) || compare(one.dialect, other.dialect);
}

/** The same on every computer, whatever its language. */
function compare(one: string, other: string): number {
  const [lower, otherLower] = [one.toLowerCase(), other.toLowerCase()];
  if (lower !== otherLower) return lower < otherLower ? -1 : 1;
  return one < other ? -1 : one === other ? 0 : 1;
}

/** Something that is not as it should be, and where: the place is put together on the way out. */
class Wrong {
  constructor(
    readonly message: string,
    readonly place = '',
  ) {}

  in(place: string): Wrong {
    return new Wrong(this.message, place + this.place);
  }
}

type Read<T> = (value: unknown) => T | Wrong;

const name: Read<string> = value =>
  typeof value === 'string' && /^[A-Za-z_]\w{0,254}$/.test(value)
    ? value
    : new Wrong('is not a name that can stand in a query');

/** One line of what can be shown. */
const text: Read<string> = value => {
  if (typeof value !== 'string') return new Wrong('is not a text');
  if (longestText < value.length) return new Wrong(`is longer than ${longestText} characters`);
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
};

const flag: Read<boolean> = value => (typeof value === 'boolean' ? value : new Wrong('is neither true nor false'));

const length: Read<number> = value =>
  Number.isSafeInteger(value) && 0 < (value as number) ? (value as number) : new Wrong('is not a whole number above 0');

const day: Read<string> = value =>
  typeof value === 'string' && /^(\d{4}-\d\d-\d\d)?$/.test(value) ? value : new Wrong('is not a day like 2026-11-27');

const dialect: Read<Dialect> = value =>
  value === 'zoql' || value === 'zoqlexport' ? value : new Wrong('is neither "zoql" nor "zoqlexport"');

const field: Read<DescribedField> = shape<DescribedField>({
  name,
  label: text,
  type: text,
  custom: or(false, flag),
  filterable: or(true, flag),
  maxLength: or(undefined, length),
  options: or(undefined, list(text)),
  contexts: list(text),
});

const relation: Read<DescribedRelation> = shape<DescribedRelation>({ name, object: name });

const described = shape<Omit<DescribedObject, 'day'>>({
  name,
  label: text,
  fields: named(list(field)),
  relations: or(undefined, named(list(relation))),
});

const snapshot = shape<{
  readonly tenant: string;
  readonly date: string;
  readonly objects: readonly Omit<DescribedObject, 'day'>[];
  readonly refused: readonly RefusedField[];
}>({
  tenant: text,
  date: day,
  objects: named(list(described)),
  refused: or([], list(shape<RefusedField>({ object: name, field: name, dialect }))),
});

/** An object with these properties; what comes out undefined is left out. */
function shape<T>(parts: { readonly [Name in keyof Required<T>]: Read<Required<T>[Name] | undefined> }): Read<T> {
  const readers = Object.entries<Read<unknown>>(parts);
  return value => {
    if (!isObject(value)) return new Wrong('is not an object');
    const made: Record<string, unknown> = {};
    for (const [key, read] of readers) {
      const part = read(value[key]);
      if (part instanceof Wrong) return part.in(`.${key}`);
      if (part !== undefined) made[key] = part;
    }
    return made as T;
  };
}

function list<T>(read: Read<T>): Read<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) return new Wrong('is not a list');
    const made: T[] = [];
    for (const [index, each] of (value as unknown[]).entries()) {
      const item = read(each);
      if (item instanceof Wrong) return item.in(`[${index}]`);
      made.push(item);
    }
    return made;
  };
}

/** No two of one name, which are looked up without regard to case. */
function named<T extends { readonly name: string }>(read: Read<readonly T[]>): Read<readonly T[]> {
  return value => {
    const things = read(value);
    if (things instanceof Wrong) return things;
    const seen = new Set<string>();
    for (const [index, thing] of things.entries()) {
      const key = thing.name.toLowerCase();
      if (seen.has(key)) return new Wrong('is there twice', `[${index}].name`);
      seen.add(key);
    }
    return things;
  };
}

function or<T>(otherwise: T, read: Read<T>): Read<T> {
  return value => (value === undefined ? otherwise : read(value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

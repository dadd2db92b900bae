/**
 * What tenants have described, on disk, so that a window knows it without asking.
 *
 * A folder a tenant, named by a hash of where it is; in it `list.json` (its objects), `refused.json` (fields that AQuA
 * refused) and `<Object>.json` in `objects/`. Each is written beside its place and renamed. Everything here can be asked
 * for again, so what is damaged, of another version or gone counts as not known, and a disk that refuses costs no more
 * than the next window's requests.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { RefusedField } from '../../../../server/src/zoql/index';
import { mapAtOnce } from '../../atOnce';
import type { Description, ListedObject } from '../../zuora/describe';
import type { JobScope } from '../../zuora/scope';

/** What describes objects: the same for each entity of a tenant is not sure, so an entity has its own. */
export type MetadataScope = Pick<JobScope, 'tenant' | 'origin' | 'entityIds'>;

/** Something with the time it was answered, in ms since 1970. */
export interface Dated<T> {
  readonly at: number;
  readonly value: T;
}

export interface CachedTenant {
  readonly list: Dated<readonly ListedObject[]> | undefined;
  readonly objects: readonly Dated<Description>[];
  readonly refused: readonly RefusedField[];
}

export interface MetadataCache {
  read(scope: MetadataScope): Promise<CachedTenant>;
  writeList(scope: MetadataScope, list: Dated<readonly ListedObject[]>): Promise<void>;
  writeObject(scope: MetadataScope, object: Dated<Description>): Promise<void>;
  writeRefused(scope: MetadataScope, refused: readonly RefusedField[]): Promise<void>;
}

const version = 1;
const readsAtOnce = 16;

/** `onFault` hears what the disk refuses. */
export function openMetadataCache(folder: string, onFault: (error: unknown) => void): MetadataCache {
  const tenantFolder = (scope: MetadataScope) => path.join(folder, nameOf(scope));
  const objectsFolder = (scope: MetadataScope) => path.join(tenantFolder(scope), 'objects');

  return {
    async read(scope) {
      const own = tenantFolder(scope);
      const names = await fs.readdir(objectsFolder(scope)).catch(() => []);
      const files = names.filter(name => name.endsWith('.json')).map(name => path.join(objectsFolder(scope), name));
      const [list, refused, objects] = await Promise.all([
        readJson(path.join(own, 'list.json'), listSchema),
        readJson(path.join(own, 'refused.json'), refusedSchema),
        mapAtOnce(files, readsAtOnce, file => readJson(file, objectSchema)),
      ]);
      return {
        list: list && { at: list.at, value: list.value },
        objects: objects.flatMap(object => (object ? [{ at: object.at, value: object.value }] : [])),
        refused: refused?.value ?? [],
      };
    },
    writeList: (scope, list) => write(path.join(tenantFolder(scope), 'list.json'), list),
    writeObject: (scope, object) => write(path.join(objectsFolder(scope), `${object.value.name}.json`), object),
    writeRefused: (scope, value) => write(path.join(tenantFolder(scope), 'refused.json'), { at: 0, value }),
  };

  async function write(file: string, { at, value }: Dated<unknown>): Promise<void> {
    const temporary = path.join(folder, `${randomUUID()}.tmp`);
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(temporary, JSON.stringify({ version, at, value }));
      await fs.rename(temporary, file);
    } catch (error) {
      await fs.rm(temporary, { force: true }).catch(() => undefined);
      onFault(error);
    }
  }
}

/** Tells scopes apart. */
export function scopeKey({ tenant, origin, entityIds }: MetadataScope): string {
  return JSON.stringify([tenant, origin, entityIds]);
}

function nameOf(scope: MetadataScope): string {
  return createHash('sha256').update(scopeKey(scope)).digest('hex').slice(0, 32);
}

const listedSchema = v.object({ name: v.string(), label: v.string() });
const fieldSchema = v.object({
  name: v.string(),
  label: v.string(),
  type: v.string(),
  custom: v.boolean(),
  filterable: v.boolean(),
  maxLength: v.exactOptional(v.number()),
  options: v.exactOptional(v.array(v.string())),
  contexts: v.array(v.string()),
});
const descriptionSchema = v.object({
  name: v.string(),
  label: v.string(),
  fields: v.array(fieldSchema),
  relations: v.exactOptional(v.array(v.object({ name: v.string(), object: v.string() }))),
});
const refusedFieldSchema = v.object({
  object: v.string(),
  field: v.string(),
  dialect: v.picklist(['zoql', 'zoqlexport']),
});
const listSchema = datedSchema(v.array(listedSchema));
const objectSchema = datedSchema(descriptionSchema);
const refusedSchema = datedSchema(v.array(refusedFieldSchema));

function datedSchema<T extends v.GenericSchema>(value: T) {
  return v.object({ version: v.literal(version), at: v.number(), value });
}

async function readJson<T extends v.GenericSchema>(file: string, schema: T): Promise<v.InferOutput<T> | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await fs.readFile(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

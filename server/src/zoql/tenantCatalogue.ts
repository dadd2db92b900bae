/**
 * A tenant's own objects and fields laid over the bundled facts. What is described here comes from the tenant; what is
 * not described yet is what the bundled facts say.
 */
import {
  isCustomName,
  labelOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type CatalogueRelation,
  type FieldType,
} from './catalogue';
import type { Dialect } from './dialect';
import { lookUp, once } from './lookUp';

/** A field as `GET /v1/describe/{object}` tells of it. It holds no more than facts about names: no address, no secret. */
export interface DescribedField {
  readonly name: string;
  readonly label: string;
  /** Zuora's own word: boolean, date, datetime, decimal, integer, number, picklist, text, timestamp or ZOQL. */
  readonly type: string;
  readonly custom: boolean;
  readonly filterable: boolean;
  readonly maxLength?: number;
  readonly options?: readonly string[];
  /** `export`: usable in Export ZOQL. `soap`: perhaps usable in ZOQL. */
  readonly contexts: readonly string[];
}

/** An object that another one leads to, e.g. `BillToContact` of Account, which is a Contact. */
export interface DescribedRelation {
  readonly name: string;
  readonly object: string;
}

export interface DescribedObject {
  readonly name: string;
  readonly label: string;
  /** The day it was described, as YYYY-MM-DD in the time zone of this computer. */
  readonly day: string;
  readonly fields: readonly DescribedField[];
  /** To one record each; undefined where the tenant tells of none. */
  readonly relations?: readonly DescribedRelation[];
}

/** A field that the service refused in a query, whatever its description says. */
export interface RefusedField {
  readonly object: string;
  readonly field: string;
  readonly dialect: Dialect;
}

/** What is known of one tenant. Plain data: it goes from the client to the server as it is. */
export interface TenantFacts {
  /** As people call the tenant. */
  readonly tenant: string;
  readonly objects: readonly DescribedObject[];
  readonly refused: readonly RefusedField[];
}

/**
 * The catalogue with a tenant's facts before the bundled ones. An object's fields are put together when somebody first
 * asks for them, so that a tenant of thousands of fields costs nothing until then. What the tenant has not described is
 * as in `below`, which may be the bundled facts with a snapshot over them.
 *
 * The context `export` is exact: a `select *` of Account gave its 57 fields with it. `soap` is a hint: Invoice.TaxMessage
 * has it and is refused, so that where the bundled facts know better, they stay (Zuora, Describe; iron_bank 25 and 36).
 */
export function withTenant(
  bundled: Catalogue,
  { tenant, objects, refused }: TenantFacts,
  below: Catalogue = bundled,
): Catalogue {
  const described = new Map(objects.map(object => [object.name.toLowerCase(), object]));
  const refusedOf = (name: string) => refused.filter(({ object }) => isSame(object, name));
  const layered = below.objects.map(object => {
    const { name } = object;
    const here = described.get(name.toLowerCase());
    described.delete(name.toLowerCase());
    if (here) return tenantObject(tenant, here, bundled.object(name), refusedOf(name));
    const known = refusedOf(name);
    return known.length === 0 ? object : withRefused(object, known);
  });
  const own = [...described.values()].map(object => tenantObject(tenant, object, undefined, refusedOf(object.name)));
  const all = [...layered, ...own];
  return { objects: all, notInAqua: bundled.notInAqua, object: lookUp(all) };
}

function tenantObject(
  tenant: string,
  { name, label, day, fields: describedFields, relations: describedRelations }: DescribedObject,
  known: CatalogueObject | undefined,
  refused: readonly RefusedField[],
): CatalogueObject {
  const fields = once(() =>
    describedFields.map(field => asRefused(tenantField(field, known?.field(field.name)), refused)),
  );
  const relations = once(() => tenantRelations(describedRelations, known?.relations ?? []));
  const field = once(() => lookUp(fields()));
  const relation = once(() => lookUp(relations()));
  const hasContext = (context: string) => describedFields.some(({ contexts }) => contexts.includes(context));
  return {
    name: known?.name ?? name,
    label,
    origin: tenant,
    bundled: false,
    factsDay: day,
    zoql: known?.zoql ?? hasContext('soap'),
    exported: hasContext('export'),
    fieldsIncomplete: false,
    ...(known?.withoutDeleted === undefined ? {} : { withoutDeleted: known.withoutDeleted }),
    feature: undefined, // It is there.
    restrictions: known?.restrictions ?? [],
    get fields() {
      return fields();
    },
    get relations() {
      return relations();
    },
    field: wanted => field()(wanted),
    relation: wanted => relation()(wanted),
  };
}

function tenantField(field: DescribedField, known: CatalogueField | undefined): CatalogueField {
  const { name, label, type, maxLength, options, contexts, filterable } = field;
  // `custom` is true for some of Zuora's own fields, too.
  const custom = field.custom && (known ? known.custom : true);
  const { type: ownType, guessed } = typeOf(type, known);
  const values = options && 0 < options.length ? options : known?.values;
  const isSoap = contexts.includes('soap');
  return {
    name,
    label: label === '' ? labelOf(name) : label,
    type: ownType,
    typeGuessed: guessed,
    zoql: isSoap ? (known?.zoql ?? true) : false,
    filterable: isSoap ? (known?.filterable ?? filterable) : false,
    // A foreign key is there as a path.
    exported: contexts.includes('export') || (known?.exportPath === undefined ? false : undefined),
    exportPath: known?.exportPath,
    maxLength: maxLength ?? known?.maxLength,
    values,
    // Zuora's own picklists can be described by what people see ("Per Unit Pricing"); those of custom fields are what they are.
    valuesAssumed: !(custom || isCustomName(name)) && (known?.valuesAssumed ?? true),
    custom,
    guessed: false,
  };
}

const types: Readonly<Partial<Record<string, FieldType>>> = {
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  decimal: 'decimal',
  integer: 'integer',
  number: 'decimal',
  picklist: 'picklist',
  text: 'string',
  timestamp: 'datetime',
  zoql: 'string',
};

/** Zuora calls ids and binaries text; a word that it has not used so far is a guess. */
function typeOf(
  word: string,
  known: CatalogueField | undefined,
): { readonly type: FieldType; readonly guessed: boolean } {
  const type = types[word.toLowerCase()];
  if (type === 'string' && known && (known.type === 'id' || known.type === 'binary')) {
    return { type: known.type, guessed: known.typeGuessed };
  }
  return type === undefined ? { type: known?.type ?? 'string', guessed: true } : { type, guessed: false };
}

/** The tenant's joins, and those of the bundled facts that it does not tell of as assumed ones. */
function tenantRelations(
  described: readonly DescribedRelation[] | undefined,
  known: readonly CatalogueRelation[],
): readonly CatalogueRelation[] {
  if (!described) return known;
  const own = described.map(({ name, object }) => ({ name, object, feature: false, assumed: false }));
  const others = known.filter(({ name }) => !own.some(relation => isSame(relation.name, name)));
  return [...own, ...others.map(relation => ({ ...relation, assumed: true }))];
}

function withRefused(object: CatalogueObject, refused: readonly RefusedField[]): CatalogueObject {
  const fields = once(() => object.fields.map(field => asRefused(field, refused)));
  const field = once(() => lookUp(fields()));
  // Not a copy of the object: that would make all of its fields at once.
  return Object.create(object, {
    fields: { get: fields },
    field: { value: (wanted: string) => field()(wanted) },
  }) as CatalogueObject;
}

function asRefused(field: CatalogueField, refused: readonly RefusedField[]): CatalogueField {
  const dialects = refused.flatMap(({ field: name, dialect }) => (isSame(name, field.name) ? [dialect] : []));
  if (dialects.length === 0) return field;
  return {
    ...field,
    ...(dialects.includes('zoql') ? { zoql: false, filterable: false } : {}),
    ...(dialects.includes('zoqlexport') ? { exported: false } : {}),
    refused: dialects,
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

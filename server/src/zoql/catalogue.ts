/**
 * What objects and fields exist. A catalogue is plain data behind two look-ups; where it comes from (the bundled facts,
 * a tenant's metadata) is the caller's business.
 */

import type { Dialect } from './dialect';
import { lookUp, once } from './lookUp';

export type FieldType =
  'string' | 'id' | 'boolean' | 'integer' | 'decimal' | 'date' | 'datetime' | 'picklist' | 'binary';

export interface CatalogueField {
  readonly name: string;
  /** What people see in Zuora's UI; for bundled facts the API name's words, since their sources have no field labels. */
  readonly label: string;
  readonly type: FieldType;
  /** No source says the type: it is a guess made from the name. */
  readonly typeGuessed: boolean;
  /** Usable in a ZOQL select; undefined where no source says. */
  readonly zoql: boolean | undefined;
  /** Usable in a ZOQL where clause; undefined where no source says. */
  readonly filterable: boolean | undefined;
  /** Usable in Export ZOQL; undefined where no source says. */
  readonly exported: boolean | undefined;
  /** How Export ZOQL reaches a foreign key, e.g. `BillToContact.Id` for `BillToId`. */
  readonly exportPath: string | undefined;
  readonly maxLength: number | undefined;
  readonly values: readonly string[] | undefined;
  /** The values come from a source that can spell them otherwise than ZOQL does ("Per Unit" for `PerUnit`). */
  readonly valuesAssumed: boolean;
  readonly custom: boolean;
  /** The name is a guess made from a label: offered last, never reported as a fact. */
  readonly guessed: boolean;
  /** The tenant's service has refused the field in queries of these dialects, whatever else is said of it. */
  readonly refused?: readonly Dialect[];
}

/** A step of an Export ZOQL path, e.g. `BillToContact` of Account, which leads to Contact. */
export interface CatalogueRelation {
  readonly name: string;
  /** The object it leads to. */
  readonly object: string;
  /** The join exists only where a Zuora feature is on. */
  readonly feature: boolean;
  /** No source shows the join in Export ZOQL. */
  readonly assumed: boolean;
}

/** What ZOQL allows of some fields of an object, in words, and the service's message where it is known. */
export interface ZoqlRestriction {
  /**
   * `by id`: only where the query asks for one record by its Id. `filter only`: not in the select list. `one of`: at most
   * one of the fields in the select list. `alone`: in the select list only by itself. `implicit filter`: ZOQL filters by
   * the field unless the query does.
   */
  readonly kind: 'by id' | 'filter only' | 'one of' | 'alone' | 'implicit filter';
  readonly fields: readonly string[];
  readonly rule: string;
  readonly error?: string;
}

export interface CatalogueObject {
  readonly name: string;
  readonly label: string;
  /** Where the facts come from, for people: "Bundled facts", or a tenant's name. */
  readonly origin: string;
  /** The day of the facts, as YYYY-MM-DD; undefined where it is not known. */
  readonly factsDay?: string;
  /**
   * True: of no tenant in particular, so that a custom field among the fields is one that some tenant has. False: of the
   * tenant `origin`, whose fields are all there.
   */
  readonly bundled?: boolean;
  /** Can stand after FROM in ZOQL. */
  readonly zoql: boolean;
  /** Can stand after FROM in Export ZOQL. */
  readonly exported: boolean;
  /** No full list of its fields was found, so a missing field proves nothing. */
  readonly fieldsIncomplete: boolean;
  /** AQuA cannot export its deleted rows (error 90017). */
  readonly withoutDeleted?: boolean;
  /** Which Zuora feature the object comes or goes with, as a sentence. */
  readonly feature: string | undefined;
  readonly restrictions: readonly ZoqlRestriction[];
  readonly fields: readonly CatalogueField[];
  readonly relations: readonly CatalogueRelation[];
  /** Looks a field up without regard to case. */
  field(name: string): CatalogueField | undefined;
  /** Looks a relation up without regard to case. */
  relation(name: string): CatalogueRelation | undefined;
}

export interface Catalogue {
  readonly objects: readonly CatalogueObject[];
  /** Objects that Zuora has but AQuA does not serve. */
  readonly notInAqua: readonly string[];
  /** Looks an object up without regard to case. */
  object(name: string): CatalogueObject | undefined;
}

/** The compact form that `server/catalogue.mjs` writes and explains. */
export interface CatalogueData {
  /** The day of the facts, e.g. 2026-11-23. */
  readonly generated: string;
  readonly notInAqua: readonly string[];
  readonly names: string;
  readonly values: readonly (readonly string[])[];
  /** Each is name, label, flags, feature, fields, relations and, for some objects, ZOQL's restrictions. */
  readonly objects: readonly (readonly unknown[])[];
}

/**
 * Makes a catalogue of compact data. Only the objects' names are read at once; an object's fields are made when
 * somebody first asks for them.
 */
export function createCatalogue(data: CatalogueData): Catalogue {
  const tables: Tables = {
    names: data.names.split(' '),
    values: data.values,
    objectNames: data.objects.map(([name]) => name as string),
  };
  const objects = data.objects.map(line => lazyObject(line as ObjectLine, tables, data.generated));
  return { objects, notInAqua: data.notInAqua, object: lookUp(objects) };
}

/** "Bill To Contact ID" for `BillToContactId`, "Region" for `Region__c`. */
export function labelOf(name: string): string {
  return name
    .replace(/__[A-Za-z]+$/, '')
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .replace(/\bId\b/g, 'ID')
    .replace(/_/g, ' ');
}

/** Whether a field is custom or packaged by its name: `Region__c`, `QuoteNumber__QT`. */
export function isCustomName(name: string): boolean {
  return /__\w+$/.test(name);
}

/**
 * Whether a field is a textarea, which ZOQL cannot filter by: the documentation calls those strings so that hold more
 * than 4,000 bytes (Zuora docs, SOAP "Field types").
 */
export function isTextarea({ type, maxLength }: CatalogueField): boolean {
  return type === 'string' && maxLength !== undefined && maxLength > 4_000;
}

type ObjectLine = readonly [
  name: string,
  label: string | 0,
  flags: number,
  feature: string | 0,
  fields: string,
  relations: string,
  restrictions?: readonly ZoqlRestriction[],
];

/** What the numbers in the data stand for. */
interface Tables {
  readonly names: readonly string[];
  readonly values: readonly (readonly string[])[];
  readonly objectNames: readonly string[];
}

// In the order of the generator, whose numbers index this list.
const fieldTypes: readonly FieldType[] = [
  'string',
  'id',
  'boolean',
  'integer',
  'decimal',
  'date',
  'datetime',
  'picklist',
  'binary',
];

function lazyObject(line: ObjectLine, tables: Tables, factsDay: string): CatalogueObject {
  const [name, label, flags, feature, fieldsText, relationsText, restrictions = []] = line;
  const fields = once(() => parts(fieldsText).map(text => readField(text, tables)));
  const relations = once(() => parts(relationsText).map(text => readRelation(text, tables)));
  const field = once(() => lookUp(fields()));
  const relation = once(() => lookUp(relations()));
  return {
    name,
    get label() {
      return label === 0 ? labelOf(name) : label;
    },
    origin: 'Bundled facts',
    bundled: true,
    factsDay,
    zoql: hasBit(flags, 0),
    exported: hasBit(flags, 1),
    fieldsIncomplete: hasBit(flags, 2),
    withoutDeleted: hasBit(flags, 3),
    feature: feature === 0 ? undefined : feature,
    restrictions,
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

function readField(text: string, { names, values }: Tables): CatalogueField {
  const [name = 0, packed = 0, maxLength, valuesNumber, exportPath] = text.split('.').map(readNumber);
  const fieldName = names[name] ?? '';
  return {
    name: fieldName,
    label: labelOf(fieldName),
    type: fieldTypes[packed & 15] ?? 'string',
    typeGuessed: hasBit(packed, 12),
    zoql: threeWay(packed >> 4),
    filterable: threeWay(packed >> 6),
    exported: threeWay(packed >> 8),
    exportPath: exportPath === undefined ? undefined : names[exportPath],
    maxLength,
    values: valuesNumber === undefined ? undefined : values[valuesNumber],
    valuesAssumed: hasBit(packed, 13),
    custom: hasBit(packed, 10),
    guessed: hasBit(packed, 11),
  };
}

function readRelation(text: string, { names, objectNames }: Tables): CatalogueRelation {
  const [name = 0, object = 0, bits = 0] = text.split('.').map(readNumber);
  return {
    name: names[name] ?? '',
    object: objectNames[object] ?? '',
    feature: hasBit(bits, 0),
    assumed: hasBit(bits, 1),
  };
}

/** Undefined for an empty place between two dots. */
function readNumber(text: string): number | undefined {
  return text === '' ? undefined : parseInt(text, 36);
}

function threeWay(bits: number): boolean | undefined {
  const fact = bits & 3;
  return fact === 0 ? undefined : fact === 2;
}

function hasBit(flags: number, bit: number): boolean {
  return (flags & (1 << bit)) !== 0;
}

function parts(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

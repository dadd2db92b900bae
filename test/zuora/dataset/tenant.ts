/** What the stand-in's tenant has: the bundled facts without the guesses, and custom fields of its own. */
import catalogueData from '../../../server/src/zoql/catalogue.data.json' with { type: 'json' };
import {
  createCatalogue,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type FieldType,
} from '../../../server/src/zoql/index';

export function createTenant(): Catalogue {
  const bundled = createCatalogue(catalogueData);
  const objects = bundled.objects.map(ofTenant);
  const byName = new Map(objects.map(object => [object.name.toLowerCase(), object]));
  return { ...bundled, objects, object: name => byName.get(name.toLowerCase()) };
}

function ofTenant(object: CatalogueObject): CatalogueObject {
  const own = customFields[object.name] ?? [];
  const known = object.fields.filter(field => !field.guessed).map(field => decided(object, field));
  const fields = [...known, ...own.map(customField)];
  const byName = new Map(fields.map(field => [field.name.toLowerCase(), field]));
  return {
    name: object.name,
    label: object.label,
    origin: 'The local stand-in',
    zoql: object.zoql,
    exported: object.exported || object.name === withoutExportFields,
    fieldsIncomplete: false,
    feature: object.feature,
    restrictions: object.restrictions,
    fields,
    relations: object.relations,
    field: name => byName.get(name.toLowerCase()),
    relation: name => object.relation(name),
  };
}

/** Zuora lists it as a data source and exports no field of it, so that a query of it aborts (seen on a tenant, 2026-08). */
const withoutExportFields = 'BillingPreviewRun';

/** Where no source says whether a field is exported, this tenant exports what ZOQL reads, but no foreign keys. */
function decided(object: CatalogueObject, field: CatalogueField): CatalogueField {
  if (object.name === withoutExportFields) return { ...field, exported: false };
  const isForeignKey = field.exportPath !== undefined || object.relation(field.name.replace(/Id$/, '')) !== undefined;
  const isSoapOnly = soapOnly.has(`${object.name}.${field.name}`);
  const zoql = field.zoql ?? (field.name === 'Id' && object.zoql);
  return { ...field, zoql, exported: field.exported ?? (field.zoql === true && !isForeignKey && !isSoapOnly) };
}

/** Zuora's object reference: the body is a PDF, the run only filters, and prices are exported with their tiers. */
const soapOnly: ReadonlySet<string> = new Set([
  'Invoice.Body',
  'Invoice.BillRunId',
  'RatePlanCharge.DiscountAmount',
  'RatePlanCharge.DiscountPercentage',
  'RatePlanCharge.IncludedUnits',
  'RatePlanCharge.OveragePrice',
  'RatePlanCharge.Price',
]);

interface CustomField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly values?: readonly string[];
}

const customFields: Readonly<Record<string, readonly CustomField[]>> = {
  Account: [
    { name: 'CRMAccountId__c', label: 'CRM Account ID', type: 'string' },
    { name: 'Region__c', label: 'Region', type: 'picklist', values: ['AMER', 'APAC', 'EMEA'] },
    { name: 'RenewalReminder__c', label: 'Renewal Reminder', type: 'date' },
  ],
  Contact: [{ name: 'Newsletter__c', label: 'Newsletter', type: 'boolean' }],
  Subscription: [
    { name: 'PromoCode__c', label: 'Promo Code', type: 'string' },
    { name: 'Seats__c', label: 'Seats', type: 'integer' },
  ],
};

function customField({ name, label, type, values }: CustomField): CatalogueField {
  return {
    name,
    label,
    type,
    typeGuessed: false,
    zoql: true,
    filterable: true,
    exported: true,
    exportPath: undefined,
    maxLength: type === 'string' ? 255 : undefined,
    values,
    valuesAssumed: false,
    custom: true,
    guessed: false,
  };
}

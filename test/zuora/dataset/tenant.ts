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
  const fields = [...object.fields.filter(field => !field.guessed), ...own.map(customField)];
  const byName = new Map(fields.map(field => [field.name.toLowerCase(), field]));
  return {
    name: object.name,
    label: object.label,
    origin: 'The local stand-in',
    zoql: object.zoql,
    exported: object.exported,
    fieldsIncomplete: false,
    feature: object.feature,
    restrictions: object.restrictions,
    fields,
    relations: object.relations,
    field: name => byName.get(name.toLowerCase()),
    relation: name => object.relation(name),
  };
}

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

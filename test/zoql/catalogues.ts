/** The catalogues that tests use: the bundled one, and a small one whose every field a test can know by heart. */
import bundledData from '../../server/src/zoql/catalogue.data.json';
import {
  createCatalogue,
  labelOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type CatalogueRelation,
  type FieldType,
  type ZoqlRestriction,
} from '../../server/src/zoql/catalogue';

export const bundled: Catalogue = createCatalogue(bundledData);

/**
 * A field is `Name type` and, where they say something else than "usable everywhere", these words: `zoql` or `export`
 * (only there), `unknown` (no source says where), `unfiltered`, `custom`, `guessed`, `max=50`, `path=Contact.Id`,
 * `values=A,B`.
 */
export const fixture: Catalogue = catalogueOf([
  object(
    'Account',
    'zoql export',
    [
      'Id id max=32',
      'Name string max=255',
      'AutoPay boolean',
      'Balance decimal',
      'BillToId id zoql path=BillToContact.Id',
      'CreatedDate datetime',
      'Mrr decimal export',
      'Notes string unfiltered',
      'Segment string guessed',
      'Status picklist values=Draft,Active,On_Hold',
    ],
    { BillToContact: 'Contact', ParentAccount: 'Account feature' },
  ),
  object('Contact', 'zoql export', ['Id id', 'Country string', 'FirstName string'], { Account: 'Account' }),
  object('Order', 'export', ['Id id', 'OrderDate date', 'State string unknown', 'Vendor string guessed'], {
    Account: 'Account',
  }),
  object('Amendment', 'zoql', ['Id id', 'Code string', 'Type__c string custom'], {}),
]);

/** A small catalogue of a test's own objects. */
export function catalogueOf(objects: readonly CatalogueObject[]): Catalogue {
  return { objects, notInAqua: ['ChargeMetrics'], object: finder(objects) };
}

/**
 * `dialects` holds `zoql` and `export` and, where they fit, `incomplete` (not all fields are known) and `without deleted`. A relation is `Target` and, where
 * they fit, `feature` and `assumed`.
 */
export function object(
  name: string,
  dialects: string,
  fieldLines: readonly string[],
  relationLines: Readonly<Record<string, string>>,
  restrictions: readonly ZoqlRestriction[] = [],
): CatalogueObject {
  const fields = fieldLines.map(field);
  const relations = Object.entries(relationLines).map(([relation, target]) => relationOf(relation, target));
  return {
    name,
    label: labelOf(name),
    origin: 'Test facts',
    zoql: dialects.includes('zoql'),
    exported: dialects.includes('export'),
    fieldsIncomplete: dialects.includes('incomplete'),
    withoutDeleted: dialects.includes('without deleted'),
    feature: undefined,
    restrictions,
    fields,
    relations,
    field: finder(fields),
    relation: finder(relations),
  };
}

function field(line: string): CatalogueField {
  const [name = '', type = '', ...words] = line.split(' ');
  const setting = (key: string): string | undefined =>
    words.find(word => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const unknown = words.includes('unknown');
  const zoql = unknown ? undefined : !words.includes('export');
  return {
    name,
    label: labelOf(name),
    type: type as FieldType,
    typeGuessed: words.includes('guessed'),
    zoql,
    filterable: words.includes('unfiltered') ? false : zoql,
    exported: unknown || setting('path') !== undefined ? undefined : !words.includes('zoql'),
    exportPath: setting('path'),
    maxLength: setting('max') === undefined ? undefined : Number(setting('max')),
    values: setting('values')?.split(','),
    valuesAssumed: false,
    custom: words.includes('custom'),
    guessed: words.includes('guessed'),
  };
}

function relationOf(name: string, target: string): CatalogueRelation {
  const [leadsTo = '', ...words] = target.split(' ');
  return { name, object: leadsTo, feature: words.includes('feature'), assumed: words.includes('assumed') };
}

function finder<T extends { readonly name: string }>(things: readonly T[]): (name: string) => T | undefined {
  return name => things.find(thing => thing.name.toLowerCase() === name.toLowerCase());
}

import { isCustomName, type Catalogue, type CatalogueField, type CatalogueObject } from './catalogue';
import type { Dialect, DialectSetting } from './dialect';
import { targetOf, type SchemaName } from './insertion';
import { nameIn } from './selectable';

/**
 * A query to begin with: of an object with the fields that tell its records apart, of a field with that one, of what an
 * object leads to with fields of both. In the dialect of the setting `zoql.queryType`; where the object is not in it, a
 * `-- @type` says which one it is. Undefined where the catalogue does not know the object.
 */
export function newQuery(name: SchemaName, catalogue: Catalogue, setting: DialectSetting): string | undefined {
  const { steps, field: fieldName } = name;
  const object = catalogue.object(name.object);
  const target = targetOf(name, catalogue);
  if (!object || !target) return undefined;
  const wanted = fieldName === undefined ? undefined : target.field(fieldName);
  const dialect = dialectFor(object, wanted, 0 < steps.length, setting);
  const path = steps.map(step => `${step}.`).join('');
  const own = 0 < steps.length || wanted ? keysOf(object, dialect, 1) : [];
  const others = wanted ? [nameIn(wanted, target, dialect) ?? wanted.name] : keysOf(target, dialect, mostKeys);
  const names = [...new Set([...own, ...others.map(other => path + other)])];
  const declared = setting === 'auto' || setting === dialect ? '' : `-- @type ${dialect}\n`;
  return `${declared}select ${names.join(', ')}\nfrom ${object.name}\n`;
}

/** More fields than these nobody reads at first. */
const mostKeys = 6;

function dialectFor(
  object: CatalogueObject,
  field: CatalogueField | undefined,
  isPath: boolean,
  setting: DialectSetting,
): Dialect {
  const inZoql = object.zoql && !isPath && field?.zoql !== false;
  const inExport = object.exported && (field?.exported !== false || field.exportPath !== undefined);
  if (setting === 'zoqlexport') return inExport || !inZoql ? 'zoqlexport' : 'zoql';
  return inZoql || !inExport ? 'zoql' : 'zoqlexport';
}

/** The fields by which people know a record, the best first; Id where no source says what else there is. */
function keysOf(object: CatalogueObject, dialect: Dialect, most: number): string[] {
  const ranked = object.fields.flatMap(field => {
    const name = isCustomName(field.name) ? undefined : nameIn(field, object, dialect);
    const rank = rankOf(field, object);
    return name === undefined || rank === undefined ? [] : [{ name, rank }];
  });
  const names = ranked.sort((one, other) => one.rank - other.rank).map(({ name }) => name);
  return names.length === 0 ? ['Id'] : names.slice(0, most);
}

function rankOf({ name, exportPath }: CatalogueField, object: CatalogueObject): number | undefined {
  if (name === 'Id') return 0;
  if (name === 'Name' || name === `${object.name}Number` || name === 'Number') return 1;
  if (name === 'Status' || name === 'State') return 2;
  if (name === 'AccountId' || exportPath === 'Account.Id') return 3;
  if (/^(Amount|Balance|Total|Currency)$/.test(name)) return 4;
  return name === 'UpdatedDate' ? 5 : undefined;
}

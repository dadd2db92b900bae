/** Which fields a list of fields can hold, as far as a source says so: one field too many refuses the whole query. */
import type { CatalogueField, CatalogueObject } from './catalogue';
import type { Dialect } from './dialect';

/** A field that is a column of its own: foreign keys of Export ZOQL are none, and `*` leaves them out. */
export function isColumn(field: CatalogueField, object: CatalogueObject, dialect: Dialect): boolean {
  if (isUnsure(field, object)) return false;
  return dialect === 'zoqlexport' ? field.exported === true : field.zoql === true && !isRestricted(field, object);
}

/** How a query of the dialect writes the field; undefined where it may not have it. */
export function nameIn(field: CatalogueField, object: CatalogueObject, dialect: Dialect): string | undefined {
  if (isColumn(field, object, dialect)) return field.name;
  return dialect === 'zoqlexport' && !isUnsure(field, object) && field.exported !== false
    ? field.exportPath
    : undefined;
}

/** One field that a tenant has not makes Zuora refuse the whole job. */
function isUnsure({ guessed, custom }: CatalogueField, { bundled }: CatalogueObject): boolean {
  return guessed || (custom && bundled === true);
}

/** Whether ZOQL takes the field only by itself, with a condition, or not in the list at all. */
function isRestricted({ name }: CatalogueField, { restrictions }: CatalogueObject): boolean {
  return restrictions.some(({ kind, fields }) => kind !== 'implicit filter' && fields.includes(name));
}

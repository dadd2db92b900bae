import { isTextarea, type CatalogueObject } from '../catalogue';
import type { CheckContext } from './check';
import { isObjectServed, pathsToCheck } from './names';

/**
 * textarea-in-where: a field of long text in ZOQL's WHERE. The documentation refuses textareas there and calls those
 * strings so that hold more than 4,000 bytes; its own list of Account's fields lets one be filtered by all the same.
 *
 * not-filterable: a field in ZOQL's WHERE that the documentation does not list as a filter. Its examples filter by some
 * of them, so this is only a hint.
 *
 * Source: Zuora docs, SOAP "Field types" and object reference.
 */
export function notFilterable(context: CheckContext): void {
  const { dialect, report } = context;
  if (dialect !== 'zoql' || !isObjectServed(context)) return;
  for (const { node, place, resolved } of pathsToCheck(context)) {
    const { field, object } = resolved;
    if (place !== 'where' || !object || !field || field.guessed) continue;
    const { start, end } = node;
    if (isTextarea(field)) {
      const message = `ZOQL cannot filter by ${field.name}, a long text`;
      report({ start, end, code: 'textarea-in-where', message, severity: 'warning' });
    } else if (field.zoql !== false && field.filterable === false && listsFilters(object)) {
      const message = `The documentation does not list ${field.name} as a filter in ZOQL`;
      report({ start, end, code: 'not-filterable', message, severity: 'hint' });
    }
  }
}

/** Where the documentation does not even list Id as a filter, it lists none: that says nothing. */
function listsFilters(object: CatalogueObject): boolean {
  return object.field('Id')?.filterable === true;
}

import type { CatalogueField } from '../catalogue';
import { dialects } from '../dialect';
import type { CheckContext } from './check';
import { isInZoql, isObjectServed, otherDialect, pathsToCheck } from './names';
import { declareOther } from './otherDialect';

/**
 * field-not-in-dialect: the object has the field, and the statement's dialect has it not, or not there.
 *
 * Source: Zuora docs, SOAP object reference ("Query" and "Filter" of each field) and "Changes to the Describe API".
 */
export function fieldNotInDialect(context: CheckContext): void {
  if (!isObjectServed(context)) return;
  const { dialect, report } = context;
  for (const { node, place, resolved } of pathsToCheck(context)) {
    const { field } = resolved;
    const name = node.parts.at(-1);
    if (!name || !field || field.guessed || hasField(field, place, context)) continue;
    const here = dialects[dialect].name;
    const isElsewhere = dialect === 'zoql' ? field.exported : field.zoql;
    report({
      start: name.start,
      end: name.end,
      code: 'field-not-in-dialect',
      message:
        dialect === 'zoql' && field.filterable
          ? `${here} takes ${field.name} in WHERE only`
          : `${here} has no ${field.name}${isElsewhere ? `; ${dialects[otherDialect(dialect)].name} does` : ''}`,
      severity: 'warning',
      fixes: () => declareOther(context),
    });
  }
}

/** A field that ZOQL selects and only cannot filter by is what not-filterable is about. */
function hasField(field: CatalogueField, place: string, { dialect }: CheckContext): boolean {
  if (dialect === 'zoqlexport') return field.exported !== false;
  return isInZoql(field, 'select') || (place === 'where' && field.filterable === true);
}

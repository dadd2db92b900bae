import { dialects } from '../dialect';
import { declaration } from '../repairs';
import type { CheckContext } from './check';
import { isInZoql, isObjectServed, onTenant, otherDialect, pathsToCheck } from './names';

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
    if (!name || !field || field.guessed) continue;
    if (dialect === 'zoql' ? isInZoql(field, place) : field.exported !== false) continue;
    const here = dialects[dialect].name;
    const isElsewhere = dialect === 'zoql' ? field.exported : field.zoql;
    const refused =
      resolved.object && field.refused?.includes(dialect) ? `; AQuA has refused it${onTenant(resolved.object)}` : '';
    report({
      start: name.start,
      end: name.end,
      code: 'field-not-in-dialect',
      message:
        dialect === 'zoql' && field.filterable
          ? `${here} takes ${field.name} in WHERE only`
          : `${here} has no ${field.name}${isElsewhere ? `; ${dialects[otherDialect(dialect)].name} does` : ''}${refused}`,
      severity: 'warning',
      fixes: () => (isElsewhere ? [declaration(context.statement, otherDialect(dialect))] : []),
    });
  }
}

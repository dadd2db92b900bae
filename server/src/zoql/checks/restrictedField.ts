import type { ZoqlRestriction } from '../catalogue';
import { removalFromList } from '../repairs';
import type { Expression, Query } from '../syntax/tree';
import type { CheckContext } from './check';

/**
 * restricted-field: a field that ZOQL selects only under conditions. They are documented, and the service's messages for
 * them were seen; an example of the documentation selects two fields of which only one is allowed, so it is a warning.
 *
 * Source: Zuora docs, SOAP object reference (Invoice, ProductRatePlan, ProductRatePlanChargeTier, RatePlanCharge).
 */
export function restrictedField(context: CheckContext): void {
  const { object, query, uses, dialect, report } = context;
  if (dialect !== 'zoql' || !object || object.restrictions.length === 0) return;
  const selected = new Set<string>();
  for (const { node, place, resolved } of uses.paths) {
    const name = resolved?.field?.name;
    if (place !== 'select' || name === undefined || resolved?.object !== object) continue;
    for (const rule of object.restrictions) {
      if (!rule.fields.includes(name) || !isRefused(rule, selected, query)) continue;
      report({
        start: node.start,
        end: node.end,
        code: 'restricted-field',
        message: messageFor(rule, name),
        severity: 'warning',
        fixes: () => {
          const index = query.items.findIndex(({ start }) => start === node.start);
          const isOnly = query.items.length === 1;
          return index === -1 || isOnly
            ? []
            : [{ title: `Remove ${name}`, edits: [removalFromList(query.items, index)] }];
        },
      });
    }
    selected.add(name);
  }
}

/** Whether a rule keeps a field from being selected, after the fields that already are. */
function isRefused({ kind, fields }: ZoqlRestriction, before: ReadonlySet<string>, query: Query): boolean {
  switch (kind) {
    case 'by id':
      return !asksForOneId(query.where);
    case 'filter only':
      return true;
    case 'one of':
      return fields.some(field => before.has(field));
    case 'alone':
      return query.items.length > 1;
    case 'implicit filter':
      return false;
  }
}

/** Whether every row that passes has one given Id: `Id = '…'`, alone or joined by AND. */
function asksForOneId(where: Expression | undefined): boolean {
  if (where?.kind === 'and') return where.operands.some(asksForOneId);
  if (where?.kind !== 'comparison' || where.operator !== '=' || where.left.kind !== 'path') return false;
  return where.left.parts.map(({ text }) => text.toLowerCase()).join() === 'id';
}

function messageFor({ kind, fields }: ZoqlRestriction, name: string): string {
  switch (kind) {
    case 'one of':
      return `ZOQL selects only one of ${fields.join(', ')}`;
    case 'by id':
      return `ZOQL selects ${name} only of one record: where Id = '…'`;
    case 'filter only':
      return `ZOQL takes ${name} in WHERE only`;
    default:
      return `ZOQL selects ${name} only alone`;
  }
}

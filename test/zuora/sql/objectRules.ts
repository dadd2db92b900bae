/**
 * What ZOQL allows of some fields of single objects. Rules: Zuora's SOAP object reference; messages: those that a client
 * of real tenants has collected (zendesk/iron_bank).
 */
import type { Query } from '../../../server/src/zoql/index';
import { expressions } from './dialectRules';
import { refuse } from './refusal';

export function applyObjectRules(query: Query, object: string): void {
  const names = query.items.map(({ value }) => (value.kind === 'path' ? (value.parts[0]?.text ?? '') : ''));
  const selected = new Set(names.map(name => name.toLowerCase()));
  for (const rule of rules) {
    if (rule.object !== object) continue;
    const count = rule.fields.filter(field => selected.has(field.toLowerCase())).length;
    if (count > 0 && breaks(rule, count, selected, query)) refuse(rule.error);
  }
}

interface Rule {
  readonly object: string;
  readonly fields: readonly string[];
  readonly allowed: 'one of them' | 'in where only' | 'of one Id' | 'beside the Id only';
  readonly error: string;
}

const rules: readonly Rule[] = [
  { object: 'Invoice', fields: ['Body'], allowed: 'of one Id', error: 'Can only query one invoice body at a time' },
  {
    object: 'Invoice',
    fields: ['BillRunId'],
    allowed: 'in where only',
    error: 'Cannot use the BillRunId field in the select clause',
  },
  {
    object: 'ProductRatePlan',
    fields: ['ActiveCurrencies'],
    allowed: 'of one Id',
    error: 'When querying for active currencies, you can only query one product rate plan at a time',
  },
  {
    object: 'ProductRatePlanChargeTier',
    fields: ['Price', 'DiscountAmount', 'DiscountPercentage'],
    allowed: 'one of them',
    error: 'You can only use Price or DiscountAmount or DiscountPercentage in one query',
  },
  {
    object: 'RatePlanCharge',
    fields: ['OveragePrice', 'Price', 'IncludedUnits', 'DiscountAmount', 'DiscountPercentage'],
    allowed: 'one of them',
    error: 'You can only use OveragePrice, Price, IncludedUnits, DiscountAmount or DiscountPercentage in one query',
  },
  {
    object: 'RatePlanCharge',
    fields: ['RolloverBalance'],
    allowed: 'beside the Id only',
    error: 'You can only query RolloverBalance in particular, no other fields allowed at the same time',
  },
];

function breaks({ allowed }: Rule, count: number, selected: ReadonlySet<string>, query: Query): boolean {
  switch (allowed) {
    case 'one of them':
      return 1 < count;
    case 'in where only':
      return true;
    case 'of one Id':
      return !asksForOneId(query);
    case 'beside the Id only':
      return (selected.has('id') ? 2 : 1) < selected.size;
  }
}

/** `where Id = '…'` and nothing else. */
function asksForOneId(query: Query): boolean {
  const [condition, ...others] = expressions(query.where);
  if (condition?.kind !== 'comparison' || others.length > 0) return false;
  const { left, operator } = condition;
  return operator === '=' && left.kind === 'path' && left.parts[0]?.text.toLowerCase() === 'id';
}

import type { CatalogueField } from '../catalogue';
import { dialects, type DialectTable } from '../dialect';
import type { Call, Operand } from '../syntax/tree';
import type { CheckContext, Finding } from './check';

/**
 * function-argument: something between a function's parentheses that it cannot take: a text for sum, a number for year,
 * `*` for anything but count, or more than one thing.
 *
 * Source: Zuora docs, "Export ZOQL clauses" and "Special datetime features"; a constant is shown nowhere.
 */
export function functionArgument({ uses, dialect, report }: CheckContext): void {
  const table = dialects[dialect];
  const { aggregates, dateFunctions } = table;
  if (!table.constructs.has('function')) return;
  const reportAt = (operand: Operand, message: string, fixes?: Finding['fixes']) => {
    const { start, end } = operand;
    report({ start, end, code: 'function-argument', message, severity: 'warning', ...(fixes ? { fixes } : {}) });
  };

  for (const { node } of uses.calls) {
    const name = node.name.text;
    const isAggregate = aggregates.has(name.toLowerCase());
    if (!isAggregate && !dateFunctions.has(name.toLowerCase())) continue;
    const [first, second] = node.args;
    if (second) reportAt(second, `${name} takes one field`);
    else if (first?.kind === 'star' && first.parts.length === 0 && (node.distinct || !isCount(node)))
      reportAt(first, node.distinct ? 'DISTINCT takes a field, not *' : `${name} takes a field, not *`);
    else if (first?.kind === 'literal') {
      const star = { start: first.start, end: first.end, newText: '*' };
      reportAt(first, `${name} takes a field${isCount(node) ? ' or *' : ''}`, () =>
        isCount(node) && !node.distinct ? [{ title: 'Change to *', edits: [star], preferred: true }] : [],
      );
    }
  }
  for (const { node, call, resolved } of uses.paths) {
    const field = resolved?.field;
    if (!call || !field || field.typeGuessed || fits(call, field, table) || 1 < call.args.length) continue;
    reportAt(node, `${call.name.text} takes ${wanted(call, table)}; ${field.name} is ${kindOf(field)}`);
  }
}

function isCount({ name }: Call): boolean {
  return name.text.toLowerCase() === 'count';
}

/** Whether a function makes sense of a field's type. */
function fits({ name }: Call, { type }: CatalogueField, { dateFunctions }: DialectTable): boolean {
  const word = name.text.toLowerCase();
  if (dateFunctions.has(word)) return type === 'date' || type === 'datetime';
  return (word !== 'sum' && word !== 'avg') || type === 'decimal' || type === 'integer';
}

function wanted({ name }: Call, { dateFunctions }: DialectTable): string {
  return dateFunctions.has(name.text.toLowerCase()) ? 'a date' : 'a number';
}

function kindOf({ type }: CatalogueField): string {
  switch (type) {
    case 'string':
    case 'picklist':
      return 'a text';
    case 'id':
      return 'an ID';
    case 'integer':
    case 'decimal':
      return 'a number';
    case 'date':
    case 'datetime':
      return 'a date';
    case 'boolean':
      return 'true or false';
    case 'binary':
      return 'a file';
  }
}

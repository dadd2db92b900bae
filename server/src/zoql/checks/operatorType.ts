import type { FieldType } from '../catalogue';
import { typeOf } from '../comparedValues';
import type { Fix } from '../edits';
import type { Comparison } from '../syntax/tree';
import type { CheckContext } from './check';
import { isNumber, isNumberType } from './values';

/**
 * operator-type: an operator that makes no sense of the field's type: LIKE, which compares texts, and an order of true and
 * false. Silent where no source says the type.
 */
export function operatorType({ uses, statement, report }: CheckContext): void {
  for (const use of uses.conditions) {
    const { node } = use;
    const type = typeOf(use);
    if (node.kind !== 'comparison' || type === undefined || fits(node.operator, type)) continue;
    // What is wrong with null, null-operator says.
    if (node.right?.kind === 'literal' && node.right.type === 'null') continue;
    const name = statement.text.slice(node.left.start, node.left.end);
    const isLike = node.operator === 'like' || node.operator === 'not like';
    report({
      ...node.operatorSpan,
      code: 'operator-type',
      message: isLike ? `LIKE compares texts; ${name} is ${typeWords[type]}` : `${name} is true or false; use = or !=`,
      severity: 'warning',
      fixes: () => (isLike ? equalFixes(node, type) : []),
    });
  }
}

const typeWords: Partial<Readonly<Record<FieldType, string>>> = {
  boolean: 'true or false',
  integer: 'a number',
  decimal: 'a number',
  date: 'a date',
  datetime: 'a datetime',
};

function fits(operator: Comparison['operator'], type: FieldType): boolean {
  switch (operator) {
    case 'like':
    case 'not like':
      return typeWords[type] === undefined;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return type !== 'boolean';
    case '=':
    case '!=':
    case '<>':
      return true;
  }
}

/** With a pattern there is no operator that means the same. */
function equalFixes({ operator, operatorSpan, right }: Comparison, type: FieldType): Fix[] {
  if (right?.kind !== 'literal' || /[%_]/.test(right.text)) return [];
  const sign = operator === 'like' ? '=' : '!=';
  const isBare =
    (isNumberType(type) && isNumber(right.text)) || (type === 'boolean' && /^(true|false)$/i.test(right.text));
  const edits = [{ ...operatorSpan, newText: sign }];
  if (isBare) edits.push({ start: right.start, end: right.end, newText: right.text });
  return [{ title: `Change to ${sign}`, edits, preferred: true }];
}

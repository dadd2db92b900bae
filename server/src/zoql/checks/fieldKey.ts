import type { Operand, Query } from '../syntax/tree';

/**
 * A text that is the same for two operands that mean the same: `Account.Name` and `name` of Account, `max( Balance )`
 * and `MAX(Balance)`. Undefined while a person types the operand.
 */
export function fieldKey(operand: Operand, { from }: Pick<Query, 'from'>): string | undefined {
  switch (operand.kind) {
    case 'path':
    case 'star': {
      if (operand.kind === 'path' && operand.dangling) return undefined;
      const [first, ...others] = operand.parts;
      if (first && others.length === 0 && operand.kind === 'path') return first.text.toLowerCase();
      const isOwn = first?.text.toLowerCase() === from?.text.toLowerCase();
      const names = (isOwn ? others : operand.parts).map(({ text }) => text.toLowerCase());
      if (operand.kind === 'star') names.push('*');
      return names.join('.');
    }
    case 'call': {
      const args = operand.args.map(arg => fieldKey(arg, { from }));
      return `${operand.name.text.toLowerCase()}(${operand.distinct ? 'distinct ' : ''}${args.join()})`;
    }
    case 'literal':
      return operand.type === 'string' ? `'${operand.text}'` : operand.text.toLowerCase();
  }
}

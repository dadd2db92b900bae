import { labelOf } from '../catalogue';
import type { Operand } from '../syntax/tree';
import { Rank, type CompletionItem, type Scope } from './item';

/** A name for the column before AS, in words. The documentation writes it in double quotes. */
export function aliasItems(quote = '"', { statement, object, dialects, word }: Scope): CompletionItem[] {
  const { items } = statement.parsed.query;
  const item = items.findLast(({ value }) => value.end <= word.start);
  if (!item || !dialects.zoqlexport) return [];
  const words = wordsOf(item.value);
  if (words === '') return [];
  // A name that says what the column is called anyway would be ignored: one field alone gets its object's name as well.
  const prefix = object && item.value.kind === 'path' && !words.startsWith(object.label) ? `${object.label} ` : '';
  const name = item.value.kind === 'path' && item.value.parts.length > 1 ? words : prefix + words;
  const taken = new Set(items.map(other => (other === item ? undefined : other.alias?.name)));
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  return [{ label: quote + free + quote, kind: 'value', detail: 'The name of the column', sortText: Rank.best }];
}

/** "Bill To Contact Country" for `BillToContact.Country`, "Max Balance" for `max(Balance)`. */
function wordsOf(operand: Operand): string {
  switch (operand.kind) {
    case 'path':
      return operand.parts.map(({ text }) => labelOf(text)).join(' ');
    case 'call': {
      const name = operand.name.text.toLowerCase();
      const [argument] = operand.args;
      const of = argument && name !== 'count' ? ` ${wordsOf(argument)}` : '';
      return name.charAt(0).toUpperCase() + name.slice(1) + of;
    }
    case 'star':
    case 'literal':
      return '';
  }
}

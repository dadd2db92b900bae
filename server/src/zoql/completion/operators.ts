import type { FieldType } from '../catalogue';
import type { Left } from '../cursorState';
import { dialects as tables } from '../dialect';
import { cased, Rank, type CompletionItem, type Scope } from './item';
import { resolveLeft } from './left';

/** The operators that make sense of what stands before the cursor; all where its type is not known. */
export function operatorItems(left: Left, scope: Scope): CompletionItem[] {
  const { dialects, upperCase } = scope;
  const { type } = resolveLeft(left, scope);
  const isText = type === undefined || type === 'string' || type === 'picklist';
  const exportOnly = dialects.zoqlexport ? [...(isText ? ['NOT LIKE'] : []), 'IS NULL', 'IS NOT NULL'] : [];
  const item = (label: string, sortText: string): CompletionItem => ({ label, kind: 'operator', sortText });
  return [
    item('=', Rank.first),
    item('!=', hasOrder(type) ? Rank.good : Rank.best),
    ...(hasOrder(type) ? ['<', '<=', '>', '>='] : []).map(sign => item(sign, isText ? Rank.further : Rank.best)),
    ...(isText ? [item(cased('LIKE', upperCase), Rank.good)] : []),
    ...exportOnly.map(word => ({
      ...item(cased(word, upperCase), Rank.keyword),
      ...(dialects.zoql && { detail: tables.zoqlexport.name }),
    })),
  ];
}

/** Nobody asks which of two IDs, files or picklist values is the larger one. */
function hasOrder(type: FieldType | undefined): boolean {
  switch (type) {
    case 'boolean':
    case 'id':
    case 'picklist':
    case 'binary':
      return false;
    default:
      return true;
  }
}

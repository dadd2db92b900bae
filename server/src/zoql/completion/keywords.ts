import { dialects as tables } from '../dialect';
import { cased, isExportOnly, Rank, type CompletionItem, type Scope } from './item';

/** Of the words that fit the grammar, those that the open dialects have. */
export function keywordItems(
  keywords: readonly string[],
  { dialects, upperCase }: Pick<Scope, 'dialects' | 'upperCase'>,
): CompletionItem[] {
  return keywords
    .filter(word => dialects.zoqlexport || !isExportOnly(word))
    .map(word => ({
      label: cased(word, upperCase),
      kind: 'keyword',
      ...(isExportOnly(word) && { detail: tables.zoqlexport.name }),
      sortText: Rank.keyword,
    }));
}

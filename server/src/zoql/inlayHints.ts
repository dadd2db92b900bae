import type { Context } from './analysis';
import { analyse } from './analysis';
import { labelOf } from './catalogue';
import type { ZoqlDocument } from './document';
import type { Span } from './syntax/tree';
import { usesOf } from './uses';

/** A text that an editor shows behind a word without its being in the file. */
export interface InlayHint {
  /** Behind the word, in offsets of the file. */
  readonly offset: number;
  readonly label: string;
}

/**
 * What people see in Zuora's UI for the objects and fields of a stretch of the file. A label that only repeats the
 * name's words, as most of the bundled facts do, is no news and left out.
 */
export function inlayHints({ statements, starts }: ZoqlDocument, within: Span, context: Context): InlayHint[] {
  return statements.flatMap((statement, index) => {
    const start = starts[index] ?? 0;
    if (within.end < start || start + statement.text.length < within.start) return [];
    const { query } = statement.parsed;
    const { object } = analyse(statement, context);
    const fields = usesOf(query, object, context.catalogue).paths.map(({ node, resolved }) => ({
      named: resolved?.field,
      end: node.end,
    }));
    return [...fields, ...(query.from ? [{ named: object, end: query.from.end }] : [])]
      .filter(({ end }) => within.start <= start + end && start + end <= within.end)
      .flatMap(({ named, end }) =>
        named && named.label !== labelOf(named.name) ? [{ offset: start + end, label: named.label }] : [],
      );
  });
}

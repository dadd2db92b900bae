// Which statements of a file a person means by a cursor or a selection. Plain data in, plain data out.
import { openDocument, type Span, type ZoqlDocument } from '../../../server/src/zoql/index';

/**
 * The statements that the selections touch, by their place in the file from 0. A statement reaches from its first
 * comment to its `;`; a cursor behind that on the same line still means it.
 */
export function touchedStatements(text: string, selections: readonly Span[]): ReadonlySet<number> {
  const document = openDocument(text);
  const spans = document.statements.map((_, index) => spanOf(document, index));
  return new Set(selections.flatMap(selection => touchedBy(selection, spans, text)));
}

function touchedBy(selection: Span, spans: readonly Span[], text: string): number[] {
  const touched = indexesOf(spans, span => span.start <= selection.end && selection.start <= span.end);
  if (0 < touched.length || selection.start < selection.end) return touched;
  const before = spans.findLastIndex(span => span.end <= selection.start);
  const between = text.slice(spans[before]?.end, selection.start);
  return before === -1 || /[\r\n]/.test(between) ? [] : [before];
}

function spanOf({ statements, starts }: ZoqlDocument, index: number): Span {
  const { text = '', parsed } = statements[index] ?? {};
  const start = starts[index] ?? 0;
  const query = parsed?.query ?? { start: 0, end: text.length };
  // What stands behind the ; before on its line is a remark on that one.
  const rest = start === 0 ? /^\s*/ : /^[^\r\n]*\s*/;
  const lead = rest.exec(text.slice(0, query.start))?.[0].length ?? 0;
  return { start: start + lead, end: start + query.end + 1 };
}

function indexesOf<T>(all: readonly T[], isWanted: (one: T) => boolean): number[] {
  return all.flatMap((one, index) => (isWanted(one) ? [index] : []));
}

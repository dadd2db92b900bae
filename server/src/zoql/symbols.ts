import type { Statement, ZoqlDocument } from './document';
import type { SelectItem, Span } from './syntax/tree';

/** A line of the outline. */
export interface OutlineSymbol {
  /** Never empty. */
  readonly name: string;
  /** What stands beside the name, e.g. the object of a named query; empty when there is nothing to add. */
  readonly detail: string;
  readonly kind: 'query' | 'field';
  /** All that belongs to it, in offsets of the file; its children's lie within. */
  readonly span: Span;
  /** What is selected when a person goes to it; lies within `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/** A longer outline serves to find a query in; listing every field as well would make an answer of megabytes. */
const mostQueriesWithFields = 1_000;

/** A file's outline: each statement under its `@name` or its object, with the fields that it selects. */
export function documentSymbols(document: ZoqlDocument): OutlineSymbol[] {
  const listsFields = document.statements.length <= mostQueriesWithFields;
  return document.statements.map((statement, index) =>
    querySymbol(statement, document.starts[index] ?? 0, listsFields ? fieldSymbols : () => []),
  );
}

function querySymbol(
  statement: Statement,
  start: number,
  children: (statement: Statement, start: number) => OutlineSymbol[],
): OutlineSymbol {
  const { query, directives, tokens } = statement.parsed;
  const name = directives.find(directive => directive.name === 'name' && directive.value !== '');
  const object = query.from;
  const words = { start: tokens.starts[0] ?? 0, end: tokens.ends[tokens.count - 1] ?? 0 };
  const selection = name?.valueSpan ?? object ?? { start: words.start, end: tokens.ends[0] ?? 0 };
  const spans = [words, selection, ...directives];
  const span = {
    start: Math.min(...spans.map(part => part.start)),
    end: Math.max(...spans.map(part => part.end)),
  };
  return {
    name: name?.value ?? object?.text ?? excerpt(statement.text, words),
    detail: name && object ? object.text : '',
    kind: 'query',
    span: moved(span, start),
    selection: moved(selection, start),
    children: children(statement, start),
  };
}

function fieldSymbols(statement: Statement, start: number): OutlineSymbol[] {
  return statement.parsed.query.items.filter(hasText).map(item => {
    const value = excerpt(statement.text, item.value);
    return {
      name: item.alias?.name || value,
      detail: item.alias?.name ? value : '',
      kind: 'field',
      span: moved(item, start),
      selection: moved(item.alias ?? item.value, start),
      children: [],
    };
  });
}

function hasText(item: SelectItem): boolean {
  return item.value.start < item.value.end;
}

/** One line of at most sixty characters. */
function excerpt(text: string, { start, end }: Span): string {
  const line = text
    .slice(start, Math.min(end, start + 200))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

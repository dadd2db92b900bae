import type { Context } from './analysis';
import { statementAt } from './document';
import { placeAt, placesIn, placesLike, type OpenText } from './occurrences';
import type { Clause, Span } from './syntax/tree';

/** A word that is lit up, in offsets of the file. */
export interface Highlight extends Span {
  /** `write` is what gives a column or a query its name; `text` is a keyword. */
  readonly kind: 'text' | 'read' | 'write';
}

/**
 * The words of the statement that mean what the one at the offset means. For a query's name these are its mentions in
 * the whole file; for a keyword that begins a clause, those of the other clauses.
 */
export function highlights(file: OpenText, offset: number, context: Context): Highlight[] {
  const found = statementAt(file.document, offset);
  const place = placeAt(file, offset, [file], context);
  if (!place) return found ? clauseKeywords(found.statement.parsed.query.clauses, found.start, offset) : [];

  const places =
    place.kind === 'name' || !found
      ? placesLike(place, [file], context)
      : placesIn(found.statement, found.start, file.uri, context).filter(
          ({ kind, key }) => kind === place.kind && key === place.key,
        );
  return places.map(({ start, end, declares }) => ({ start, end, kind: declares ? 'write' : 'read' }));
}

function clauseKeywords(clauses: readonly Clause[], by: number, offset: number): Highlight[] {
  const keywords = clauses.map(({ start, bodyStart }) => ({
    start: by + start,
    end: by + bodyStart,
    kind: 'text' as const,
  }));
  return keywords.some(({ start, end }) => start <= offset && offset <= end) ? keywords : [];
}

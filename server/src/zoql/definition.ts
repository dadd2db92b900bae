import type { Context } from './analysis';
import { placeAt, placesLike, type OpenText, type Place } from './occurrences';

/**
 * Where the word at an offset comes from: an alias from behind AS, a query's name from its `-- @name`. Nothing in a
 * query declares a field or an object: for these it is where else the open files use them.
 */
export function definition(
  file: OpenText,
  offset: number,
  files: readonly OpenText[],
  context: Context,
): readonly Place[] {
  const place = placeAt(file, offset, files, context);
  switch (place?.kind) {
    case undefined:
    case 'function':
      return [];
    case 'alias':
    case 'name':
      return placesLike(place, files, context).filter(({ declares }) => declares);
    case 'object':
    case 'relation':
    case 'field':
      return placesLike(place, files, context).filter(({ uri, start }) => uri !== place.uri || start !== place.start);
  }
}

import type { Context } from './analysis';
import { placeAt, placesLike, type OpenText, type Place } from './occurrences';

/**
 * Every use in the open files of what stands at an offset, itself included; an alias is used in its own statement only.
 * Who wants no declarations leaves out the places that declare.
 */
export function references(
  file: OpenText,
  offset: number,
  files: readonly OpenText[],
  context: Context,
): readonly Place[] {
  const place = placeAt(file, offset, files, context);
  return place ? placesLike(place, files, context) : [];
}

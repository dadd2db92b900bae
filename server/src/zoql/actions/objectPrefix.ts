import { dialects } from '../dialect';
import type { ActionScope, Rewrite } from './action';
import { hasComment } from './conditions';

/** Writes the object's name before its own fields, or takes it away: `Name` and `Account.Name` are the same. */
export function objectPrefix({ analysis, parsed, uses, selection, isSound }: ActionScope): readonly Rewrite[] {
  const { object, dialect } = analysis;
  const hasPaths = dialects[dialect].constructs.has('path');
  const isTouched = uses.paths.some(({ node }) => node.start <= selection.end && selection.start <= node.end);
  if (!object || !isTouched) return [];

  const remove = uses.paths.flatMap(({ node: { start, parts }, resolved }) =>
    resolved?.prefix === 1 && parts[1] ? [{ start, end: parts[1].start, newText: '' }] : [],
  );
  // Of one name alone: a path begins with a relation, and a word that is no field can be a text without its quotes.
  const add = uses.paths.flatMap(({ node: { start, parts }, resolved }) =>
    parts.length === 1 && resolved?.field ? [{ start, end: start, newText: `${object.name}.` }] : [],
  );
  const rewrites: readonly Rewrite[] = [
    { title: `Remove ${object.name} before its fields`, edits: remove },
    { title: `Write ${object.name} before its fields`, edits: hasPaths ? add : [] },
  ];
  return rewrites.filter(
    ({ edits }) => edits.length > 0 && !edits.some(edit => hasComment(parsed, edit)) && isSound(edits),
  );
}

import { dialects } from '../dialect';
import { isClosed, quoted, readMoment, unescaped } from '../literals';
import type { ActionScope, Rewrite } from './action';

/** Puts the number or date at the cursor in quotes, or takes them away, where the dialect reads both alike. */
export function quoteValue({ analysis, parsed, uses, selection, isSound }: ActionScope): readonly Rewrite[] {
  const { dialect } = analysis;
  const literal = uses.literals.find(({ node }) => node.start <= selection.start && selection.end <= node.end)?.node;
  const condition =
    literal && uses.conditions.find(({ node }) => node.start <= literal.start && literal.end <= node.end);
  const field = condition?.field?.call ? undefined : condition?.field?.resolved?.field;
  if (!literal || !field || field.typeGuessed || !isClosed(literal)) return [];

  const { start, end, type } = literal;
  const written = parsed.text.slice(start, end);
  const rewrite = (title: string, newText: string): Rewrite[] => {
    const edits = [{ start, end, newText }];
    return isSound(edits) ? [{ title, edits }] : [];
  };
  if (type === 'number' || type === 'date') return rewrite(`Put ${written} in quotes`, quoted(written, dialect));
  if (type !== 'string') return [];

  const value = unescaped(literal.text, written.charAt(0), dialect);
  const isNumber = (field.type === 'integer' || field.type === 'decimal') && /^-?\d+(\.\d+)?$/.test(value);
  const isDate = (field.type === 'date' || field.type === 'datetime') && readMoment(value)?.form === 'iso';
  const canStandBare = isNumber || (isDate && dialects[dialect].literals.has('date'));
  return canStandBare ? rewrite(`Take ${value} out of its quotes`, value) : [];
}

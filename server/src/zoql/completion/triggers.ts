/**
 * Whether a list is wanted behind a character that asks for one by itself. A list that comes up where a person types on
 * gets in the way: the next Enter would choose from it.
 */
import type { Slot } from '../slot';
import { TokenKind } from '../syntax/lexer';
import type { Scope } from './item';
import { resolveLeft } from './left';

/** As far as the text alone tells. */
export function isWanted(character: string, { place, previous, replace }: Slot): boolean {
  switch (character) {
    case '.':
      return place.kind === 'operand' && place.path.length > 0;
    case '@':
      return place.kind === 'directive';
    case "'":
    case '"':
      return (place.kind === 'value' || place.kind === 'alias') && place.quote !== undefined;
    case ' ':
      if (replace.start < replace.end) return false;
      if (place.kind === 'operand') return place.path.length === 0 && beginsList(previous);
      return place.kind === 'object' || place.kind === 'value' || place.kind === 'directive value';
    default:
      return true;
  }
}

/** As far as the catalogue tells: of an unknown object no field is known, and of most fields no value. */
export function isWantedValue({ place }: Slot, scope: Scope): boolean {
  if (place.kind === 'operand') return scope.object !== undefined;
  if (place.kind !== 'value' || place.quote !== undefined) return true;
  const { field, type } = resolveLeft(place.left, scope);
  return type === 'boolean' || (field?.values ?? []).length > 0;
}

/** Whether what follows the token is a list of fields, or one more of it. */
function beginsList(kind: number): boolean {
  switch (kind) {
    case TokenKind.select:
    case TokenKind.comma:
    case TokenKind.where:
    case TokenKind.and:
    case TokenKind.or:
    case TokenKind.by:
    case TokenKind.having:
      return true;
    default:
      return false;
  }
}

import type { CatalogueField, FieldType } from '../catalogue';
import type { Left } from '../cursorState';
import { dateFunctions } from '../dialect';
import { resolvePath } from '../resolve';
import type { Scope } from './item';

/** What is known of the left side of a comparison. */
export interface LeftSide {
  /** Undefined where it is unknown, or stands in a function. */
  readonly field: CatalogueField | undefined;
  /** Undefined where no source says. */
  readonly type: FieldType | undefined;
}

export function resolveLeft({ path, call }: Left, { object, catalogue }: Scope): LeftSide {
  const field = object && path.length > 0 ? resolvePath(path, object, catalogue).field : undefined;
  const type = field?.typeGuessed ? undefined : field?.type;
  if (call === undefined) return { field, type };
  return { field: undefined, type: typeOfCall(call.toLowerCase(), type) };
}

function typeOfCall(name: string, argument: FieldType | undefined): FieldType | undefined {
  if (name === 'max' || name === 'min') return argument;
  if (name === 'sum' || name === 'avg') return 'decimal';
  if (name === 'date') return 'date';
  return name === 'count' || dateFunctions.has(name) ? 'integer' : undefined;
}

/** Types that can be compared with each other. */
export type Family = 'text' | 'number' | 'date' | 'boolean' | 'file';

export function familyOf(type: FieldType): Family {
  switch (type) {
    case 'string':
    case 'picklist':
    case 'id':
      return 'text';
    case 'integer':
    case 'decimal':
      return 'number';
    case 'date':
    case 'datetime':
      return 'date';
    case 'boolean':
      return 'boolean';
    case 'binary':
      return 'file';
  }
}

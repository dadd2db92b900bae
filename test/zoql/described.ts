/** What tenants have described, as tests write it. */
import type { DescribedField, DescribedObject } from '../../server/src/zoql/index';

/** A field is `Name type contexts`, and, where they fit, `custom`, `max=50`, `options=A,B`. */
export function described(
  name: string,
  fieldLines: readonly string[],
  relations?: Record<string, string>,
): DescribedObject {
  return {
    name,
    label: name,
    day: '2026-11-20',
    fields: fieldLines.map(field),
    ...(relations && { relations: Object.entries(relations).map(([step, object]) => ({ name: step, object })) }),
  };
}

function field(line: string): DescribedField {
  const [name = '', type = '', contexts = '', ...words] = line.split(' ');
  const setting = (key: string) => words.find(word => word.startsWith(`${key}=`))?.slice(key.length + 1);
  return {
    name,
    label: name,
    type,
    custom: words.includes('custom'),
    filterable: true,
    ...(setting('max') === undefined ? {} : { maxLength: Number(setting('max')) }),
    ...(setting('options') === undefined ? {} : { options: setting('options')?.split(',') ?? [] }),
    contexts: contexts.split('+').filter(Boolean),
  };
}

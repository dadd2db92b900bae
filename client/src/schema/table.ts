// One object as tables in Markdown whose columns stand below each other. Plain data in, plain data out.
import { ageOf, isTextarea, type CatalogueField, type CatalogueObject } from '../../../server/src/zoql/index';

/** What the document that shows an object says; `today` as YYYY-MM-DD. */
export function tableOf(object: CatalogueObject, today: string): string {
  const { name, label, zoql, exported, origin, factsDay, fields, fieldsIncomplete, feature, relations } = object;
  const age = factsDay === undefined ? undefined : ageOf(factsDay, today);
  const served = [...(zoql ? ['ZOQL'] : []), ...(exported ? ['Export ZOQL'] : [])].join(' and ') || 'no query';
  const facts = [`In ${served}`, `${origin}${factsDay === undefined ? '' : ` of ${factsDay}`}${age ? `, ${age}` : ''}`];
  const more = fieldsIncomplete ? ' There are more that no source names.' : '';
  const parts = [
    `# ${name}${label === name ? '' : ` — ${oneLine(label)}`}`,
    `${facts.join('. ')}.${feature === undefined ? '' : ` ${oneLine(feature)}`}`,
    `## ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`,
    ...(more === '' ? [] : [more.trim()]),
    table(
      ['Name', 'Label', 'Type', 'ZOQL', 'WHERE', 'Export ZOQL', 'Values', 'Marks'],
      byName(fields).map(field => [
        field.name,
        field.label,
        typeOf(field),
        yesOrNo(field.zoql),
        yesOrNo(isTextarea(field) ? false : field.filterable),
        field.exported !== true && field.exportPath !== undefined ? field.exportPath : yesOrNo(field.exported),
        valuesOf(field),
        marksOf(field),
      ]),
    ),
  ];
  if (0 < relations.length) {
    parts.push(
      `## ${relations.length} related ${relations.length === 1 ? 'object' : 'objects'}`,
      table(
        ['Name', 'Object', 'Marks'],
        byName(relations).map(relation => [
          relation.name,
          relation.object,
          [relation.feature && 'depends on a feature', relation.assumed && 'not sure'].filter(Boolean).join(', '),
        ]),
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** A table whose columns are as wide as what is in them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cellOf));
  const widths = head.map((_, column) => Math.max(3, ...cells.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map(width => '-'.repeat(width))), ...others.map(line)].join('\n');
}

/** Names and labels come from outside: what is markup in a table is shown as it is. */
function cellOf(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]|<>&~]/g, '\\$&')
    .trim();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function typeOf({ type, typeGuessed, maxLength }: CatalogueField): string {
  const name = type === 'id' ? 'ID' : type;
  const length = type === 'string' && maxLength !== undefined ? `(${maxLength})` : '';
  return `${name}${length}${typeGuessed ? ' (guessed)' : ''}`;
}

function yesOrNo(value: boolean | undefined): string {
  return value === undefined ? '' : value ? 'yes' : 'no';
}

/** A longer cell would push the others out of sight. */
const longestValues = 60;

function valuesOf({ values = [] }: CatalogueField): string {
  let shown = '';
  for (const [index, value] of values.entries()) {
    const next = shown === '' ? value : `${shown}, ${value}`;
    const left = values.length - index;
    if (longestValues < next.length && shown !== '') return `${shown} and ${left} more`;
    shown = next;
  }
  return shown;
}

function marksOf({ custom, guessed, refused = [] }: CatalogueField): string {
  const dialects = refused.map(dialect => (dialect === 'zoql' ? 'ZOQL' : 'Export ZOQL'));
  return [
    ...(custom ? ['custom'] : []),
    ...(guessed ? ['name guessed'] : []),
    ...(dialects.length === 0 ? [] : [`refused in ${dialects.join(' and ')}`]),
  ].join(', ');
}

function byName<T extends { readonly name: string }>(things: readonly T[]): T[] {
  return [...things].sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
}
